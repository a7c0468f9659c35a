//! The events of a life that are registered.

use dci_core::open_enum;
use dci_core::query::SearchCriteria;

open_enum! {
    /// A vital event (`VitalEventTypeEnum` of the vocabulary). Events of a country's own are kept as they come.
    pub enum VitalEvent {
        /// A live birth.
        LiveBirth = "live_birth" / "Live Birth" ["LiveBirth", "birth", "1"],
        /// A death.
        Death = "death" / "Death" ["2"],
        /// A fetal death.
        FetalDeath = "fetal_death" / "Fetal death" ["FetalDeath", "stillbirth"],
        /// A marriage.
        Marriage = "marriage" / "Marriage" ["4"],
        /// A divorce.
        Divorce = "divorce" / "Divorce",
        /// An adoption.
        Adoption = "adoption" / "Adoption",
    }
}

impl VitalEvent {
    /// The name among the events of all registries (`RegistryEventTypeEnum`, which lacks two of the six).
    pub fn registry_name(&self) -> &str {
        match self {
            Self::LiveBirth => "LiveBirth",
            Self::Death => "Death",
            Self::FetalDeath => "FetalDeath",
            Self::Marriage => "Marriage",
            Self::Divorce => "Divorce",
            Self::Adoption => "Adoption",
            Self::Unlisted(other) => other.as_str(),
        }
    }
}

/// Criteria that name the event they are about.
pub trait EventCriteria {
    /// Looks among the registrations of `event`. The newest text has no place for it in searches; the systems that read the
    /// older member spell a birth `birth`.
    #[must_use]
    fn event(self, event: VitalEvent) -> Self;
}

impl EventCriteria for SearchCriteria {
    fn event(mut self, event: VitalEvent) -> Self {
        let word = if event == VitalEvent::LiveBirth { "birth" } else { event.as_str() };
        self.reg_event_type = Some(word.to_owned());
        self
    }
}
