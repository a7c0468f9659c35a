//! The disability registry: every fourth person.

use super::{People, Served, with_undated};
use crate::sandbox::numbers::Numbers;
use crate::sandbox::service::FaultyService;
use dci_core::code::Sex;
use dci_core::record::Person;
use dci_core::server::Server;
use dci_registry::dr::{
    self, AgeOnSet, AssistiveTechnology, AssistiveTechnologyType, DisabilityDetails, DisabilityLevel, DisabilityStatus,
    DisabilitySupport, DisabledPerson, Dr, EventType, HousingType, ImpairmentCause, ImpairmentLevel, ImpairmentType,
    PersonalDetails, SupportStatus, TransportRequirement,
};

fn person(record: &DisabledPerson) -> Option<&Person> {
    match record.personal_details.as_ref()? {
        PersonalDetails::Member(member) => member.demographic_info.as_ref(),
        PersonalDetails::Person(person) => Some(person),
        _ => None,
    }
}

impl Served for Dr {
    fn records(people: &People) -> Vec<DisabledPerson> {
        let some = with_undated(people.all().step_by(4));
        let all = some.into_iter().enumerate().map(|(index, member)| {
            let mut record = DisabledPerson::default();
            record.registration_date.clone_from(&member.registration_date);
            record.personal_details = Some(PersonalDetails::Member(Box::new(member)));
            let pending = index % 5 == 4;
            record.disability_status =
                Some(if pending { DisabilityStatus::Pending } else { DisabilityStatus::Approved });
            record.disability_status_level =
                Some(if index % 2 == 0 { DisabilityLevel::Moderate } else { DisabilityLevel::Severe });
            let mut details = DisabilityDetails::default();
            details.impairment_type =
                Some(if index % 3 == 0 { ImpairmentType::Mobility } else { ImpairmentType::Hearing });
            details.impairment_level = Some(ImpairmentLevel::Moderate);
            details.impairment_cause = Some(ImpairmentCause::Illness);
            details.age_on_set = Some(AgeOnSet::Childhood);
            record.disability_details = vec![details];
            let mut technology = AssistiveTechnology::default();
            technology.kind = Some(if index % 3 == 0 {
                AssistiveTechnologyType::Wheelchair
            } else {
                AssistiveTechnologyType::HearingAid
            });
            technology.status = Some(if index % 2 == 0 { SupportStatus::Needed } else { SupportStatus::Received });
            let mut support = DisabilitySupport::default();
            support.assistive_technology = vec![technology];
            record.disability_support = vec![support];
            record.transport_requirement = Some(TransportRequirement::Public);
            record.housing_type = Some(HousingType::OwnHome);
            record
        });
        all.collect()
    }

    fn is_dated(record: &DisabledPerson) -> bool {
        person(record).is_some_and(|person| person.birth_date.is_some())
    }

    fn is_woman(record: &DisabledPerson) -> bool {
        person(record).is_some_and(|person| person.sex == Some(Sex::Female))
    }

    fn mount(server: Server, service: FaultyService<Self>) -> Server {
        dr::serve(server, service)
    }

    fn happens(_: &mut Numbers, record: &DisabledPerson) -> (EventType, DisabledPerson) {
        (EventType::Register, record.clone())
    }
}
