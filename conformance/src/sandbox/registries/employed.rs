//! The employment service: every second adult.

use super::{People, Served, with_undated};
use crate::sandbox::numbers::Numbers;
use crate::sandbox::service::FaultyService;
use chrono::NaiveDate;
use dci_core::code::{EmploymentStatus, Sex};
use dci_core::server::Server;
use dci_registry::ess::{self, EmploymentInfo, EmploymentMember, EmploymentType, Ess, EventType, UnemploymentReason};

impl Served for Ess {
    fn records(people: &People) -> Vec<EmploymentMember> {
        let some = with_undated(people.adults().step_by(2));
        let all = some.into_iter().enumerate().map(|(index, member)| {
            let mut record = EmploymentMember::default();
            record.member_identifier = member.member_identifier;
            record.demographic_info = member.demographic_info;
            record.marital_status = member.marital_status;
            record.registration_date = member.registration_date;
            let unemployed = member.employment_status == Some(EmploymentStatus::NotEmployed);
            record.employment_status = member.employment_status;
            if unemployed {
                record.unemployment_reason = Some(UnemploymentReason::JobEnded);
            }
            let mut job = EmploymentInfo::default();
            job.start_date = NaiveDate::from_ymd_opt(2020, 1, 1).map(Into::into);
            job.end_date = if unemployed { NaiveDate::from_ymd_opt(2025, 12, 31).map(Into::into) } else { None };
            job.job_title = Some(if index % 2 == 0 { "Baker" } else { "Driver" }.to_owned());
            job.employer = Some("Example Works".to_owned());
            job.employment_type =
                Some(if index % 3 == 0 { EmploymentType::FixedTerm } else { EmploymentType::Permanent });
            record.employment_info = vec![job];
            record
        });
        all.collect()
    }

    fn is_dated(record: &EmploymentMember) -> bool {
        record.demographic_info.as_ref().is_some_and(|person| person.birth_date.is_some())
    }

    fn is_woman(record: &EmploymentMember) -> bool {
        record.demographic_info.as_ref().is_some_and(|person| person.sex == Some(Sex::Female))
    }

    fn mount(server: Server, service: FaultyService<Self>) -> Server {
        ess::serve(server, service)
    }

    fn happens(_: &mut Numbers, record: &EmploymentMember) -> (EventType, EmploymentMember) {
        (EventType::Register, record.clone())
    }
}
