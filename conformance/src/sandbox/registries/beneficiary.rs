//! The beneficiary registry: every second person is in the child allowance or, as an adult, in the pension.

use super::{People, Served, with_undated};
use crate::sandbox::numbers::Numbers;
use crate::sandbox::service::FaultyService;
use async_trait::async_trait;
use chrono::NaiveDate;
use dci_core::code::{AssistanceUnit, Sex};
use dci_core::server::{RequestContext, Server, ServiceError};
use dci_core::wire::Number;
use dci_registry::ibr::{
    self, Beneficiary, Benefit, BenefitFrequency, BenefitType, ContributionType, EnrollmentService, EnrollmentStatus,
    EventType, Ibr, InstitutionType, LegalStatus, Money, Programme, ProgrammeType, SocialProtectionFunction,
};

fn programme(is_child: bool) -> Programme {
    let (id, name, amount) =
        if is_child { ("CHILD-ALLOWANCE", "Child allowance", 20) } else { ("PENSION", "Old age pension", 50) };
    let mut programme = Programme::default();
    programme.programme_identifier = Some(id.to_owned());
    programme.programme_name = Some(name.to_owned());
    programme.implementing_institution = Some("Example Social Agency".to_owned());
    programme.institution_type = Some(InstitutionType::Public);
    programme.legal_status = Some(LegalStatus::Anchored);
    programme.contribution_type = Some(ContributionType::NonContributory);
    programme.programme_type = Some(ProgrammeType::UniversalCategorical);
    programme.social_protection_functions =
        vec![if is_child { SocialProtectionFunction::Family } else { SocialProtectionFunction::OldAge }];
    programme.benefit = vec![benefit(amount)];
    let mut frequency = BenefitFrequency::default();
    frequency.freq = Some("MONTHLY".to_owned());
    frequency.interval = Number::parse("1");
    programme.benefit_frequency = vec![frequency];
    programme
}

fn benefit(amount: u32) -> Benefit {
    let mut benefit = Benefit::default();
    benefit.benefit_type = Some(BenefitType::Cash);
    benefit.benefit_value = Money::new("USD", amount.into());
    benefit.benefit_quantity = Some(1);
    benefit
}

impl Served for Ibr {
    fn records(people: &People) -> Vec<Beneficiary> {
        let enrolled = with_undated(people.all().step_by(2));
        let day = NaiveDate::from_ymd_opt(2024, 3, 1).unwrap_or_default();
        let all = enrolled.into_iter().enumerate().map(|(index, member)| {
            let mut beneficiary = Beneficiary::default();
            beneficiary.at_type = Some("Beneficiary".to_owned());
            beneficiary.assistance_unit = Some(AssistanceUnit::Member);
            // Who has no marital status is a child.
            beneficiary.programme_identifier = vec![programme(member.marital_status.is_none())];
            beneficiary.member = Some(member);
            beneficiary.enrollment_date = Some((day + chrono::Days::new(index as u64 % 300)).into());
            let status = if index % 9 == 8 { EnrollmentStatus::Suspended } else { EnrollmentStatus::Active };
            beneficiary.enrollment_status = Some(status);
            beneficiary
        });
        all.collect()
    }

    fn is_dated(record: &Beneficiary) -> bool {
        let person = record.member.as_ref().and_then(|member| member.demographic_info.as_ref());
        person.is_some_and(|person| person.birth_date.is_some())
    }

    fn is_woman(record: &Beneficiary) -> bool {
        let person = record.member.as_ref().and_then(|member| member.demographic_info.as_ref());
        person.is_some_and(|person| person.sex == Some(Sex::Female))
    }

    fn mount(server: Server, service: FaultyService<Self>) -> Server {
        ibr::serve(server, service)
    }

    fn happens(numbers: &mut Numbers, record: &Beneficiary) -> (EventType, Beneficiary) {
        let mut beneficiary = record.clone();
        if numbers.below(3) == 0 {
            beneficiary.enrollment_status = Some(EnrollmentStatus::Suspended);
            beneficiary.status_change_date.push(chrono::Utc::now().date_naive().into());
            return (EventType::StatusChange, beneficiary);
        }
        (EventType::Enrollment, beneficiary)
    }
}

/// Who is in what: a beneficiary is known by the first identifier of the person and that of the programme.
fn enrolment(beneficiary: &Beneficiary) -> Option<(&str, &str)> {
    let person = beneficiary.member.as_ref()?.member_identifier.first()?.identifier_value.as_deref()?;
    Some((person, beneficiary.programme_identifier.first()?.programme_identifier.as_deref()?))
}

#[async_trait]
impl EnrollmentService for FaultyService<Ibr> {
    async fn update(&self, beneficiaries: &[Beneficiary], _: &RequestContext) -> Result<(), ServiceError> {
        self.take(beneficiaries, |old, new| enrolment(old) == enrolment(new) && enrolment(old).is_some());
        Ok(())
    }
}
