//! Persons as `OpenCRVS` writes them: camelCase names on the record itself, places as `OpenCRVS` locations, mother and
//! father among `relations`. Everything that has a member in the standard moves there; `relations` stays beside.

use crate::wire::{Json, Object};

/// What is called otherwise, on the record itself.
const MEMBERS: [(&str, &str); 7] = [
    ("birth_date", "birthDate"),
    ("death_date", "deathDate"),
    ("marriage_date", "marriagedate"),
    ("birth_place", "birthPlace"),
    ("death_place", "deathPlace"),
    ("marriage_place", "marriagePlace"),
    ("marital_status", "maritalStatus"),
];
const NAMES: [(&str, &str); 2] = [("given_name", "givenName"), ("surname", "familyName")];
const PLACES: [&str; 3] = ["birth_place", "death_place", "marriage_place"];
const PARENTS: [(&str, &str); 2] = [("parent1_identifier", "spdci:Mother"), ("parent2_identifier", "spdci:Father")];

/// From `OpenCRVS` to the standard.
pub(super) fn read(record: &mut Object) {
    for (standard, theirs) in MEMBERS {
        if record.get(standard).is_none()
            && let Some(value) = record.remove(theirs)
        {
            record.insert(standard, value);
        }
    }
    read_name(record);
    let relations = record.get("relations").and_then(Json::as_array).unwrap_or_default().to_vec();
    for (standard, kind) in PARENTS {
        let parent = relations.iter().find(|relation| relation.get("@type").and_then(Json::as_str) == Some(kind));
        let identifier = parent.and_then(|parent| parent.pointer("/identifier/0"));
        if let Some(identifier) = identifier.filter(|_| record.get(standard).is_none()) {
            record.insert(standard, identifier.clone());
        }
    }
    for place in PLACES {
        if let Some(place) = record.get_mut(place).and_then(Json::as_object_mut) {
            read_place(place);
        }
    }
}

fn read_name(person: &mut Object) {
    let mut name = Object::new();
    for (standard, theirs) in NAMES {
        if let Some(value) = person.remove(theirs) {
            name.insert(standard, value);
        }
    }
    if !name.is_empty() && person.get("name").is_none() {
        person.insert("name", name);
    }
}

/// The address of a place is one text of several lines; the place it lies in is named by its id.
fn read_place(place: &mut Object) {
    if let Some(address) = place.remove("address") {
        place.insert("address_line", address);
    }
    if let Some(parent) = place.remove("containedInPlace") {
        let mut outer = Object::new();
        outer.insert("@id", parent);
        place.insert("contained_in_place", outer);
    }
    if let Some(id) = place.remove("identifier") {
        place.insert("@id", id);
    }
}

/// From the standard to `OpenCRVS`.
pub(super) fn write(record: &mut Object) {
    for (standard, theirs) in MEMBERS {
        if let Some(value) = record.remove(standard) {
            record.insert(theirs, value);
        }
    }
    if let Some(Json::Object(mut name)) = record.remove("name") {
        for (standard, theirs) in NAMES {
            if let Some(value) = name.remove(standard) {
                record.insert(theirs, value);
            }
        }
    }
    write_identifiers(record);
    let mut relations = Vec::new();
    for (standard, kind) in PARENTS {
        if let Some(identifier) = record.remove(standard) {
            let mut relation = Object::new();
            relation.insert("@type", kind);
            relation.insert("identifier", Json::Array(vec![identifier]));
            write_identifiers(&mut relation);
            relations.push(Json::Object(relation));
        }
    }
    if record.get("relations").is_none() {
        record.insert("relations", Json::Array(relations));
    }
}

fn write_identifiers(holder: &mut Object) {
    let Some(Json::Array(identifiers)) = holder.get_mut("identifier") else { return };
    for identifier in identifiers.iter_mut().filter_map(Json::as_object_mut) {
        for (standard, theirs) in [("identifier_type", "name"), ("identifier_value", "identifier")] {
            if let Some(value) = identifier.remove(standard) {
                identifier.insert(theirs, value);
            }
        }
    }
}
