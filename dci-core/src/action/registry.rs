//! The interfaces of the standard.

use crate::code::Code;
use crate::query::{Attribute, SearchCriteria, SearchRefusal};
use crate::wire::Wire;
use std::fmt::Debug;

/// An interface of the standard: which registry a path, a record and an event belong to.
pub trait Registry: Debug + Send + Sync + 'static {
    /// The short name, also the first path segment in the sandbox: `social`.
    const NAME: &'static str;
    /// `reg_type` as the newest text writes it.
    const REG_TYPE: &'static str;
    /// `reg_record_type` as the newest text writes it.
    const RECORD_TYPE: &'static str;
    /// What queries and sorts may name.
    const ATTRIBUTES: &'static [Attribute];
    /// Other last words of `reg_type` that mean this registry, in small letters.
    const REG_TYPE_ALIASES: &'static [&'static str] = &[];
    /// Where identifiers lie in a record: dotted paths, lists on the way are searched.
    const IDENTIFIER_PATHS: &'static [&'static str];
    /// One record. Its `Debug` must not show personal data.
    type Record: Wire + Clone + Debug + Send + Sync + 'static;
    /// What it notifies of.
    type Event: Code;

    /// The kind of record the criteria ask for (`response_entity`, `collection`), in this registry's own word; `None`
    /// when they do not say. A kind the registry does not have is refused.
    fn entity(criteria: &SearchCriteria) -> Result<Option<String>, SearchRefusal> {
        let _ = criteria;
        Ok(None)
    }

    /// How `reg_event_type` names `event`: its code, unless the registry writes it in another form.
    fn event_name(event: &Self::Event) -> String {
        event.code().to_owned()
    }

    /// Whether `record` is of the kind `entity`.
    fn is_entity(record: &Self::Record, entity: &str) -> bool {
        let _ = (record, entity);
        true
    }
}

/// The event of `I` that `name` means, in any spelling: namespaces in front of it do not matter. One that `I` does not have
/// stays as it came.
pub fn event_of<I: Registry>(name: &str) -> I::Event {
    let word = I::Event::of(name.rsplit(':').next().unwrap_or(name).trim());
    if word.is_listed() { word } else { I::Event::of(name) }
}
