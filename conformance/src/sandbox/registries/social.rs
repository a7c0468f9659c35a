//! The social registry.

use super::{People, Served};
use crate::sandbox::numbers::Numbers;
use dci_core::action::Registry as _;
use dci_core::code::Sex;
use dci_registry::social::{EventType, ResponseEntity, Social, SocialRecord};

impl Served for Social {
    fn records(people: &People) -> Vec<SocialRecord> {
        people.records.clone()
    }

    /// Groups have dates of birth inside, and are not asked for.
    fn is_dated(record: &SocialRecord) -> bool {
        Self::is_entity(record, ResponseEntity::Member.as_str())
    }

    fn is_woman(record: &SocialRecord) -> bool {
        let SocialRecord::Member(member) = record else { return false };
        member.demographic_info.as_ref().is_some_and(|person| person.sex == Some(Sex::Female))
    }

    fn happens(numbers: &mut Numbers, record: &SocialRecord) -> (EventType, SocialRecord) {
        let event = if numbers.below(4) == 0 { EventType::NewHouseholdMember } else { EventType::Register };
        (event, record.clone())
    }
}
