//! Beneficiaries, the programmes they are in, and what they get (`extensions/ibr/v1/data` of the vocabulary).

use super::code::{
    BenefitType, ContributionType, EnrollmentStatus, InstitutionType, LegalStatus, ProgrammeType,
    SocialProtectionFunction,
};
use super::money::Money;
use dci_core::code::AssistanceUnit;
use dci_core::record::{Group, Member};
use dci_core::time::RecordDate;
use dci_core::wire::{Json, Number, ReadError, Reading, Rule};
use dci_core::wire_struct;

wire_struct! {
    personal
    /// A person or group that gets benefits (`Beneficiary`).
    pub struct Beneficiary {
        /// JSON-LD context, as it came.
        pub at_context: Option<Json>,
        /// JSON-LD id.
        pub at_id: Option<String>,
        /// JSON-LD type.
        pub at_type: Option<String>,
        /// Who is meant by the beneficiary: a person, a household, a family.
        pub assistance_unit: Option<AssistanceUnit> [also "benefiting_entity"],
        /// The group, when it is one.
        pub group: Option<Group>,
        /// The person, when it is one.
        pub member: Option<Member>,
        /// The programmes. The vocabulary calls them identifiers; they are whole.
        pub programme_identifier: Vec<Programme> [also "programme"],
        /// Since when.
        pub enrollment_date: Option<RecordDate> [also "enrolment_date"],
        /// Where the beneficiary stands.
        pub enrollment_status: Option<EnrollmentStatus> [also "enrolment_status"],
        /// When the status changed.
        pub status_change_date: Vec<RecordDate>,
        /// What was given.
        pub benefits: Vec<Benefit> [also "benefit"],
        /// What a registry adds.
        pub additional_attributes: Vec<String>,
    } unwrap "person"; then bring_programmes_home;
}

/// Published examples have the programmes inside of the member.
fn bring_programmes_home(beneficiary: &mut Beneficiary, reading: &mut Reading) -> Result<(), ReadError> {
    let Some(member) = beneficiary.member.as_mut().filter(|_| beneficiary.programme_identifier.is_empty()) else {
        return Ok(());
    };
    let Some(inside) = member.extra.get("programme_identifier") else { return Ok(()) };
    // What cannot be read stays where it is.
    if let Ok(programmes) = reading.read_at("programme_identifier", inside) {
        reading.within("member", |reading| reading.forgive_as(Rule::MemberPlace, "programme_identifier"))?;
        beneficiary.programme_identifier = programmes;
        member.extra.remove("programme_identifier");
    }
    Ok(())
}

wire_struct! {
    personal
    /// Something that was given (`Benefit`).
    pub struct Benefit {
        /// JSON-LD type.
        pub at_type: Option<String>,
        /// As what it was given.
        pub benefit_type: Option<BenefitType>,
        /// When it was given.
        pub benefit_date: Option<RecordDate>,
        /// Its value: a currency and an amount.
        pub benefit_value: Option<Money>,
        /// In words.
        pub benefit_description: Option<String>,
        /// How many.
        pub benefit_quantity: Option<u64>,
    }
}

wire_struct! {
    personal
    /// A programme of social protection (`Programme`).
    pub struct Programme {
        /// JSON-LD type.
        pub at_type: Option<String>,
        /// Name.
        pub programme_name: Option<String>,
        /// The programme's own identifier.
        pub programme_identifier: Option<String>,
        /// In words.
        pub programme_description: Option<String>,
        /// Who runs it.
        pub implementing_institution: Option<String>,
        /// What kind of institution that is.
        pub institution_type: Option<InstitutionType>,
        /// On what it rests.
        pub legal_status: Option<LegalStatus>,
        /// What it protects from.
        pub social_protection_functions: Vec<SocialProtectionFunction>,
        /// Who pays for it.
        pub contribution_type: Option<ContributionType>,
        /// Its type.
        pub programme_type: Option<ProgrammeType>,
        /// What it gives.
        pub benefit: Vec<Benefit> [also "benefits"],
        /// When it gives.
        pub benefit_frequency: Vec<BenefitFrequency>,
        /// Since when the beneficiary is in it. Required by the vocabulary, which does not define it.
        pub enrolment_date: Option<RecordDate> [also "enrollment_date"],
        /// Where the beneficiary stands in it. Required by the vocabulary, which does not define it.
        pub enrolment_status: Option<EnrollmentStatus> [also "enrollment_status"],
    } unwrap "programme";
}

wire_struct! {
    personal
    /// When benefits are given: a rule of repetition as calendars have it (`BenefitFrequency`, RFC 5545 `RRULE`).
    pub struct BenefitFrequency {
        /// How often: `MONTHLY`.
        pub freq: Option<String>,
        /// The first time.
        pub dtstart: Option<RecordDate>,
        /// How many steps lie between two times.
        pub interval: Option<Number>,
        /// The first day of the week: `MO`.
        pub wkst: Option<String>,
        /// How many times in all.
        pub count: Option<u64>,
        /// The last time.
        pub until: Option<RecordDate>,
    } scalar freq;
}
