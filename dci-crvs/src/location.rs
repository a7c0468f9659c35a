//! Administrative areas: the public document `/.well-known/locations.json` (`locations_core_api_v1.0.0`), and the tree in it.

use dci_core::time::RecordDate;
use dci_core::wire::{Extra, Json, Object};
use dci_core::wire_struct;
use std::collections::{BTreeMap, BTreeSet};

/// Where a civil registry publishes its locations, below the address it is called at.
pub const LOCATIONS_PATH: &str = ".well-known/locations.json";

wire_struct! {
    /// The document (`LocationHierarchy`).
    pub struct LocationHierarchy {
        /// JSON-LD context, as it came.
        pub at_context: Option<Json> [expected],
        /// JSON-LD type.
        pub at_type: Option<String> [expected],
        /// When it was changed last.
        pub last_updated: Option<RecordDate> [also "lastUpdated"],
        /// The areas; each names the one it lies in.
        pub locations: Vec<Location>,
    }
}

impl LocationHierarchy {
    /// A document of `locations`.
    pub fn new(locations: impl IntoIterator<Item = Location>) -> Self {
        let mut context = Object::new();
        context.insert("@context", "http://spdci.org/");
        context.insert("xsd", "http://www.w3.org/2001/XMLSchema#");
        context.insert("schema", "http://schema.org/");
        Self {
            at_context: Some(Json::Object(context)),
            at_type: Some("LocationHierarchy".to_owned()),
            last_updated: None,
            locations: locations.into_iter().collect(),
            extra: Extra::default(),
        }
    }
}

wire_struct! {
    /// One area (`locations[]`).
    pub struct Location {
        /// JSON-LD type.
        pub at_type: Option<String>,
        /// The id. The document's schema requires it and does not define it: it is that of the first of `identifier`.
        pub id: Option<String>,
        /// Ids, each under the name of its system.
        pub identifier: Vec<PropertyValue>,
        /// Name.
        pub name: Option<String>,
        /// What kind of area.
        pub additional_type: Option<String> [also "additionalType"],
        /// The id of the area it lies in; none for the outermost.
        pub contained_in_place: Option<String> [also "containedInPlace"],
    }
}

wire_struct! {
    /// A named value (`PropertyValue` of schema.org).
    pub struct PropertyValue {
        /// JSON-LD type.
        pub at_type: Option<String>,
        /// The name of the system the id is of.
        pub name: Option<String>,
        /// The id.
        pub identifier: Option<String>,
    }
}

impl Location {
    /// The area `id` of the system `system`.
    pub fn new(system: &str, id: &str, name: &str, contained_in: Option<&str>) -> Self {
        Self {
            at_type: Some("Place".to_owned()),
            id: Some(id.to_owned()),
            identifier: vec![PropertyValue {
                at_type: Some("PropertyValue".to_owned()),
                name: Some(system.to_owned()),
                identifier: Some(id.to_owned()),
                extra: Extra::default(),
            }],
            name: Some(name.to_owned()),
            additional_type: None,
            contained_in_place: contained_in.map(str::to_owned),
            extra: Extra::default(),
        }
    }

    /// Every id it has.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let own = self.id.as_deref().into_iter();
        own.chain(self.identifier.iter().filter_map(|value| value.identifier.as_deref()))
    }
}

/// The areas of a document, to be looked up.
#[derive(Clone, Debug)]
pub struct LocationTree {
    locations: Vec<Location>,
    /// Any id of an area leads to it.
    by_id: BTreeMap<String, usize>,
    parents: Vec<Option<usize>>,
}

impl LocationTree {
    /// The tree of `hierarchy`. An id that two areas have leads to the first; an area whose outer one is missing is outermost.
    pub fn new(hierarchy: LocationHierarchy) -> Self {
        let locations = hierarchy.locations;
        let mut by_id = BTreeMap::new();
        for (index, location) in locations.iter().enumerate() {
            for id in location.ids() {
                by_id.entry(id.to_owned()).or_insert(index);
            }
        }
        let outer = |location: &Location| by_id.get(last_part(location.contained_in_place.as_deref()?)).copied();
        let parents = locations.iter().map(outer).collect();
        Self { locations, by_id, parents }
    }

    fn index(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).or_else(|| self.by_id.get(last_part(id))).copied()
    }

    /// The area with the id `id`; a reference like `Location/…` is one too.
    pub fn get(&self, id: &str) -> Option<&Location> {
        self.locations.get(self.index(id)?)
    }

    /// The areas `id` lies in, the nearest first. Ends where a published tree goes round in a circle.
    pub fn ancestors(&self, id: &str) -> Vec<&Location> {
        let mut out = Vec::new();
        let mut seen = BTreeSet::new();
        let mut here = self.index(id);
        while let Some(index) = here.filter(|index| seen.insert(*index)) {
            here = self.parents.get(index).copied().flatten();
            out.extend(here.filter(|next| !seen.contains(next)).and_then(|next| self.locations.get(next)));
        }
        out
    }

    /// The areas that lie directly in `id`.
    pub fn children(&self, id: &str) -> Vec<&Location> {
        let Some(outer) = self.index(id) else { return Vec::new() };
        let inside = self.locations.iter().zip(&self.parents).filter(|(_, parent)| **parent == Some(outer));
        inside.map(|(location, _)| location).collect()
    }

    /// The outermost areas.
    pub fn roots(&self) -> impl Iterator<Item = &Location> {
        self.locations.iter().zip(&self.parents).filter(|(_, parent)| parent.is_none()).map(|(location, _)| location)
    }

    /// Whether the area `id` is, or lies in, the area `outer`.
    pub fn is_in(&self, id: &str, outer: &str) -> bool {
        let Some(outer) = self.get(outer) else { return false };
        self.get(id).is_some_and(|own| own == outer) || self.ancestors(id).contains(&outer)
    }

    /// How many areas there are.
    pub fn len(&self) -> usize {
        self.locations.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.locations.is_empty()
    }
}

/// The id in a reference: `Location/00421529` means `00421529`.
fn last_part(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(pairs: &[(&str, Option<&str>)]) -> LocationTree {
        let areas = pairs.iter().map(|(id, outer)| Location::new("test", id, id, *outer));
        LocationTree::new(LocationHierarchy::new(areas))
    }

    fn names(found: &[&Location]) -> Vec<String> {
        found.iter().filter_map(|location| location.name.clone()).collect()
    }

    #[test]
    fn areas_are_found_with_what_is_around_them() {
        let tree = tree(&[
            ("country", None),
            ("north", Some("country")),
            ("town", Some("Location/north")),
            ("south", Some("country")),
        ]);
        assert_eq!(names(&tree.ancestors("town")), ["north", "country"]);
        assert_eq!(names(&tree.children("country")), ["north", "south"]);
        assert_eq!(names(&tree.roots().collect::<Vec<_>>()), ["country"]);
        assert!(tree.is_in("town", "country") && tree.is_in("town", "town") && !tree.is_in("town", "south"));
        assert!(tree.get("Location/town").is_some() && tree.get("nowhere").is_none());
    }

    #[test]
    fn a_circle_ends_and_a_missing_outer_area_is_none() {
        let tree = tree(&[("a", Some("b")), ("b", Some("a")), ("c", Some("gone")), ("d", Some("d"))]);
        assert_eq!(names(&tree.ancestors("a")), ["b"]);
        assert!(tree.ancestors("c").is_empty() && tree.ancestors("d").is_empty());
    }
}
