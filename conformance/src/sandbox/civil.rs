//! The synthetic people as civil registration knows them: the same persons, with a number of their birth registration.

use dci_core::record::Identifier;
use dci_crvs::CivilPerson;
use dci_registry::social::SocialRecord;

/// The persons among `records`.
pub(super) fn persons(records: &[SocialRecord]) -> Vec<CivilPerson> {
    let members = records.iter().filter_map(|record| match record {
        SocialRecord::Member(member) => member.demographic_info.as_ref(),
        _ => None,
    });
    members
        .map(|known| {
            let mut person = CivilPerson::default();
            person.identifier.clone_from(&known.identifier);
            if let Some(uin) = known.identifier.first().and_then(|identifier| identifier.identifier_value.as_deref()) {
                person.identifier.insert(0, Identifier::new("BRN", &format!("B{uin}")));
            }
            person.name.clone_from(&known.name);
            person.sex.clone_from(&known.sex);
            person.birth_date.clone_from(&known.birth_date);
            person.address.clone_from(&known.address);
            person.registration_date.clone_from(&known.registration_date);
            person
        })
        .collect()
}
