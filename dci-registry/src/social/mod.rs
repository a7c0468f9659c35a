//! The social registry (SR): people, their households, and what decides about their eligibility.
//!
//! The records are those of the core vocabulary, narrowed by `extensions/social/v1/data`; the messages and endpoints
//! those of every registry (`social_api_v1.0.0`).

mod attribute;
mod record;

pub use record::SocialRecord;

use dci_core::action::Registry;
use dci_core::code::SearchReason;
use dci_core::open_enum;
use dci_core::query::{Attribute, Query, SearchCriteria, SearchRefusal};

/// The interface: [`dci_core::action::Search<Social>`](dci_core::action::Search), `Client<Social>`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Social;

open_enum! {
    /// What a record of the social registry is (`reg_record_type`).
    pub enum RecordType {
        /// A person of the registry, alone or with the household.
        SrPerson = "SRPerson" ["SR_Person", "Person", "person"],
        /// A household or other group.
        Group = "Group" ["spdci-extensions-dci:Group", "Household"],
        /// A member of a group.
        Member = "Member" ["spdci-extensions-dci:Member"],
    }
}

open_enum! {
    closed
    /// What can be notified (`NotifyEventRequest.reg_event_type` of the social registry).
    pub enum EventType {
        /// Someone was registered.
        Register = "REGISTER" ["spdci-common:RegistryEventType:REGISTER", "REGISTRATION"],
        /// A household has a new member.
        NewHouseholdMember = "NewHouseHoldMember",
    }
}

open_enum! {
    closed
    /// The unit of the records that are wanted (`search_criteria.response_entity`).
    pub enum ResponseEntity {
        /// Households and other groups.
        Group = "Group" ["Household", "HouseHold", "Family"],
        /// Members of groups.
        Member = "Member",
    }
}

impl Registry for Social {
    const NAME: &'static str = "social";
    const REG_TYPE: &'static str = "ns:org:RegistryType:Social";
    const RECORD_TYPE: &'static str = "SRPerson";
    const REG_TYPE_ALIASES: &'static [&'static str] = &["sr", "social_registry", "socialregistry"];
    const ATTRIBUTES: &'static [Attribute] = attribute::ATTRIBUTES;
    const IDENTIFIER_PATHS: &'static [&'static str] = attribute::IDENTIFIER_PATHS;
    type Record = SocialRecord;
    type Event = EventType;

    fn entity(criteria: &SearchCriteria) -> Result<Option<String>, SearchRefusal> {
        let named = criteria.response_entity.as_deref().map(|name| ("response_entity", name));
        let collection = match &criteria.query {
            Query::Expression(expression) => expression.collection.as_deref().map(|name| ("collection", name)),
            _ => None,
        };
        let Some((member, name)) = named.or(collection) else { return Ok(None) };
        if let Some(entity) = ResponseEntity::from_spelling(name) {
            Ok(Some(entity.as_str().to_owned()))
        } else {
            let message = format!("{member} must be Group or Member");
            Err(SearchRefusal::new(SearchReason::SearchCriteriaInvalid, message))
        }
    }

    fn is_entity(record: &SocialRecord, entity: &str) -> bool {
        match record {
            SocialRecord::Group(_) => entity == ResponseEntity::Group.as_str(),
            SocialRecord::Member(_) | SocialRecord::Person(_) => entity == ResponseEntity::Member.as_str(),
        }
    }
}
