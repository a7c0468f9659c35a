//! Between the standard's form of a message and the peer's: what differs is data of the [`Profile`].
//!
//! Signatures are made after this on the way out and checked before it on the way in: what is verified is always what was
//! sent.

mod opencrvs;
mod query;
mod subscription;
mod text;

use super::profile::{LocaleForm, Profile, RecordForm, RegistryName, SubscriptionForm};
use crate::locale::Locale;
use crate::wire::{Json, Object};

/// A request the peer cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {reason}")]
#[non_exhaustive]
pub struct NotSpoken {
    /// Where in the message.
    pub pointer: String,
    /// What the peer does not do.
    pub reason: String,
}

impl NotSpoken {
    fn new(pointer: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), reason: reason.into() }
    }

    fn below(self, prefix: &str) -> Self {
        Self { pointer: format!("{prefix}/{}", self.pointer), ..self }
    }
}

const REQUESTS: &str = "search_request";
const RESPONSES: &str = "search_response";

impl Profile {
    /// Writes a request's `message` as the peer reads it.
    pub fn write_request(&self, message: &mut Json) -> Result<(), NotSpoken> {
        if let Some(items) = array_mut(message, REQUESTS) {
            if let Some(most) = self.batch.filter(|most| items.len() > *most) {
                let reason = format!("{} items; {} answers {most} in one message", items.len(), self.name);
                return Err(NotSpoken::new("/message/search_request", reason));
            }
            for (index, item) in items.iter_mut().enumerate() {
                self.write_item(item).map_err(|error| error.below(&format!("/message/{REQUESTS}/{index}")))?;
            }
        }
        self.text.write_request(message);
        if self.subscriptions == SubscriptionForm::OpenImis {
            subscription::write_codes_as_items(message);
        }
        rename(message, &self.members, Direction::Out);
        Ok(())
    }

    fn write_item(&self, item: &mut Json) -> Result<(), NotSpoken> {
        if self.locale == LocaleForm::TwoLetters
            && let Some(locale) = item.get("locale").and_then(Json::as_str).and_then(Locale::new)
            && let Some(object) = item.as_object_mut()
        {
            object.insert("locale", locale.two_letters().unwrap_or("en"));
        }
        let criteria = item.as_object_mut().and_then(|item| item.get_mut("search_criteria"));
        let Some(criteria) = criteria.and_then(Json::as_object_mut) else { return Ok(()) };
        self.write_criteria(criteria).map_err(|error| error.below("search_criteria"))
    }

    fn write_criteria(&self, criteria: &mut Object) -> Result<(), NotSpoken> {
        if self.needs_consent && criteria.get("consent").is_none() && criteria.get("authorize").is_none() {
            return Err(NotSpoken::new(
                "consent",
                format!("{} answers no search without consent or authorize", self.name),
            ));
        }
        let size =
            criteria.get("pagination").and_then(|page| page.get("page_size")?.scalar_text()?.parse::<u64>().ok());
        if let Some((size, most)) = size.zip(self.page_size).filter(|(size, most)| size > most) {
            let reason = format!("{size} records; {} gives at most {most}", self.name);
            return Err(NotSpoken::new("pagination/page_size", reason));
        }
        self.write_registry(criteria)?;
        self.write_query(criteria)?;
        for sort in array_in(criteria, "sort").into_iter().flatten().filter_map(Json::as_object_mut) {
            let name = sort.get("attribute_name").and_then(Json::as_str);
            let theirs = self.attributes.iter().find(|(own, _)| name == Some(own)).map(|(_, theirs)| theirs.as_str());
            if let Some(theirs) = theirs {
                sort.insert("attribute_name", theirs);
            }
        }
        for name in &self.omits {
            criteria.remove(name);
        }
        Ok(())
    }

    fn write_registry(&self, criteria: &mut Object) -> Result<(), NotSpoken> {
        let Some(registry) = criteria.get("reg_type").and_then(Json::as_str).map(last_word) else { return Ok(()) };
        let known: Vec<&RegistryName> = self.registries.iter().filter(|name| name.registry == registry).collect();
        if known.is_empty() {
            return Ok(());
        }
        let event = criteria.get("reg_event_type").and_then(Json::as_str).map(last_word);
        let found = known.iter().find(|name| name.event.is_none() || name.event == event);
        let Some(found) = found else {
            let events: Vec<&str> = known.iter().filter_map(|name| name.event.as_deref()).collect();
            let reason = format!("{} needs the event: {}", self.name, events.join(", "));
            return Err(NotSpoken::new("reg_event_type", reason));
        };
        criteria.insert("reg_type", found.name.as_str());
        if let Some(record_type) = &found.record_type {
            criteria.insert("reg_record_type", record_type.as_str());
        }
        if found.event.is_some() {
            criteria.remove("reg_event_type");
        }
        Ok(())
    }

    /// Reads a request's `message` as the standard has it.
    pub fn read_request(&self, message: &mut Json) {
        rename(message, &self.members, Direction::In);
        if self.subscriptions == SubscriptionForm::OpenImis {
            subscription::read_codes_of_items(message);
        }
        for item in array_mut(message, REQUESTS).into_iter().flatten() {
            let criteria = item.as_object_mut().and_then(|item| item.get_mut("search_criteria"));
            if let Some(criteria) = criteria.and_then(Json::as_object_mut) {
                self.read_registry(criteria);
                self.read_query(criteria);
            }
        }
    }

    fn read_registry(&self, object: &mut Object) {
        let Some(name) = object.get("reg_type").and_then(Json::as_str) else { return };
        let Some(found) = self.registries.iter().find(|known| known.name == name) else { return };
        object.insert("reg_type", standard_name(&found.registry));
        if let Some(event) = &found.event {
            object.insert("reg_event_type", event.as_str());
        }
    }

    /// Writes an answer's `message` as the peer reads it.
    pub fn write_answer(&self, message: &mut Json) {
        self.each_data(message, |profile, data| {
            let registry = data.get("reg_type").and_then(Json::as_str).map(last_word).unwrap_or_default();
            let event = data.get("reg_event_type").and_then(Json::as_str).map(last_word);
            let known = profile.registries.iter().find(|name| name.registry == registry && name.event == event);
            if let Some(known) = known {
                data.insert("reg_type", known.name.as_str());
                data.remove("reg_event_type");
            }
            if profile.records == RecordForm::OpenCrvs {
                each_record(data, opencrvs::write);
            }
        });
        self.text.write_answer(message);
        rename(message, &self.members, Direction::Out);
    }

    /// Reads an answer's `message` as the standard has it.
    pub fn read_answer(&self, message: &mut Json) {
        rename(message, &self.members, Direction::In);
        if self.subscriptions == SubscriptionForm::OpenSpp {
            subscription::read_flat_events(message);
        }
        self.each_data(message, |profile, data| {
            profile.read_registry(data);
            if profile.records == RecordForm::OpenCrvs {
                each_record(data, opencrvs::read);
            }
        });
    }

    fn each_data(&self, message: &mut Json, change: impl Fn(&Self, &mut Object)) {
        for result in array_mut(message, RESPONSES).into_iter().flatten() {
            let data = result.as_object_mut().and_then(|result| result.get_mut("data"));
            if let Some(data) = data.and_then(Json::as_object_mut) {
                change(self, data);
            }
        }
    }
}

fn each_record(data: &mut Object, change: impl Fn(&mut Object)) {
    let records = data.get_mut("reg_records").map(|records| match records {
        Json::Array(items) => items.iter_mut().collect::<Vec<_>>(),
        other => vec![other],
    });
    for record in records.into_iter().flatten().filter_map(Json::as_object_mut) {
        change(record);
    }
}

fn array_mut<'a>(message: &'a mut Json, name: &str) -> Option<&'a mut Vec<Json>> {
    array_in(message.as_object_mut()?, name)
}

fn array_in<'a>(object: &'a mut Object, name: &str) -> Option<&'a mut Vec<Json>> {
    match object.get_mut(name)? {
        Json::Array(items) => Some(items),
        _ => None,
    }
}

/// The last word of a name, in small letters: `civil` of `ns:org:RegistryType:Civil`.
fn last_word(name: &str) -> String {
    name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase()
}

/// The standard's value for a registry.
fn standard_name(registry: &str) -> String {
    let name = match registry {
        "social" => "Social",
        "civil" => "Civil",
        other => &other.to_ascii_uppercase(),
    };
    format!("ns:org:RegistryType:{name}")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Out,
    In,
}

/// Renames members everywhere but inside of records, which belong to their country.
fn rename(tree: &mut Json, members: &[(String, String)], direction: Direction) {
    if members.is_empty() {
        return;
    }
    match tree {
        Json::Array(items) => items.iter_mut().for_each(|item| rename(item, members, direction)),
        Json::Object(object) => {
            for (standard, theirs) in members {
                let (from, to) = if direction == Direction::Out { (standard, theirs) } else { (theirs, standard) };
                if let Some(value) = object.remove(from) {
                    object.insert(to, value);
                }
            }
            let names: Vec<String> = object.iter().map(|(name, _)| name.to_owned()).collect();
            for name in names.iter().filter(|name| *name != "reg_records" && *name != "records") {
                if let Some(inner) = object.get_mut(name) {
                    rename(inner, members, direction);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
