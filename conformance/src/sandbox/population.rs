//! A deterministic synthetic population. No name, number or date belongs to a real person.

use super::numbers::Numbers;
use dci_core::code::{AssistanceUnit, EmploymentStatus, MaritalStatus, Sex};
use dci_core::record::{Address, Group, Identifier, Member, Name, Person, Place};
use dci_core::time::RecordDate;
use dci_core::wire::{self, Json, Leniency, Limits, Number};
use dci_registry::social::SocialRecord;
use std::path::PathBuf;

/// What the registry holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Seed {
    /// So many synthetic households, the same at every start.
    Demo(usize),
    /// Nothing.
    Empty,
    /// The records of a JSON file: a list.
    File(PathBuf),
}

impl Default for Seed {
    fn default() -> Self {
        Self::Demo(60)
    }
}

/// Why a seed cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SeedError {
    /// The file cannot be read.
    #[error("the seed {0} cannot be read")]
    File(PathBuf, #[source] std::io::Error),
    /// It is not JSON.
    #[error("the seed {0} is {1}")]
    Json(PathBuf, wire::ParseError),
    /// A record in it cannot be read.
    #[error("the seed {0}: {1}")]
    Record(PathBuf, wire::ReadError),
}

/// The records of `seed`.
pub(super) fn records(seed: &Seed) -> Result<Vec<SocialRecord>, SeedError> {
    match seed {
        Seed::Empty => Ok(Vec::new()),
        Seed::Demo(households) => Ok(demo(*households)),
        Seed::File(path) => {
            let text = std::fs::read(path).map_err(|error| SeedError::File(path.clone(), error))?;
            let limits = {
                let mut limits = Limits::tolerant();
                limits.nodes = 10_000_000;
                limits
            };
            let tree = Json::parse_within(&text, &limits).map_err(|error| SeedError::Json(path.clone(), error))?;
            let read = wire::read::<Vec<SocialRecord>>(&tree, Leniency::Content);
            Ok(read.map_err(|error| SeedError::Record(path.clone(), error))?.0)
        }
    }
}

const SURNAMES: [&str; 12] = [
    "Åsen", "Baraka", "Chikondi", "Dlamini", "Escobar", "Faleolo", "Gurung", "Hoang", "Imanova", "Jansen", "Kaboré",
    "Lý",
];
const WOMEN: [&str; 8] = ["Amina", "Bente", "Chloé", "Dilnoza", "Esi", "Fatou", "Grace", "Hạnh"];
const MEN: [&str; 8] = ["Abebe", "Bayani", "Çelik", "Diego", "Emeka", "Farid", "Goran", "Hari"];
pub(super) const REGIONS: [&str; 4] = ["north_region", "central_region", "south_region", "island_region"];

fn demo(households: usize) -> Vec<SocialRecord> {
    let mut numbers = Numbers::new(0x00D_C15A);
    let mut groups = Vec::new();
    let mut singles = Vec::new();
    for household in 0..households {
        let region = numbers.pick(&REGIONS);
        let surname = numbers.pick(&SURNAMES);
        let size = 1 + numbers.below(6);
        let members: Vec<Member> =
            (0..size).map(|place| member(&mut numbers, household, place, surname, region)).collect();
        singles.extend(members.iter().cloned().map(|member| SocialRecord::Member(Box::new(member))));
        groups.push(SocialRecord::Group(Box::new(group(&mut numbers, household, members, region))));
    }
    groups.extend(singles);
    groups
}

fn group(numbers: &mut Numbers, household: usize, members: Vec<Member>, region: &str) -> Group {
    let mut place = Place::default();
    place.name = Some(region.to_owned());
    let mut group = Group::default();
    group.at_type = Some("Group".to_owned());
    group.group_identifier = vec![Identifier::new("HHID", &format!("HH-{household:06}"))];
    group.group_type = Some(AssistanceUnit::Household);
    group.geographical_location = Some(place);
    group.place_address = Some(true);
    group.poverty_score = Number::parse(&format!("{}.{}", numbers.below(10), numbers.below(10)));
    group.group_size = Some(members.len() as u64);
    group.group_head_info = members.first().cloned().map(Box::new);
    group.member_list = members;
    group.registration_date = Some(numbers.date(2019, 6).into());
    group
}

fn member(numbers: &mut Numbers, household: usize, place: u64, surname: &str, region: &str) -> Member {
    let woman = numbers.below(2) == 0;
    let adult = place < 2;
    let mut name = Name::default();
    name.surname = Some(surname.to_owned());
    name.given_name = Some(numbers.pick(if woman { &WOMEN } else { &MEN }).to_owned());
    let mut address = Address::default();
    address.address_line_1 = Some(format!("{} Example Street", 1 + numbers.below(200)));
    address.region_code = Some(region.to_owned());
    address.postal_code = Some(format!("{:05}", 10_000 + numbers.below(50)));
    address.country_code = Some("XX".to_owned());
    let birth: RecordDate = if adult { numbers.date(1945, 55) } else { numbers.date(2008, 17) }.into();
    let uin = format!("{:09}", 100_000_000 + household as u64 * 10 + place);
    let mut person = Person::default();
    person.identifier = vec![Identifier::new("UIN", &uin)];
    person.name = Some(name);
    person.sex = Some(if woman { Sex::Female } else { Sex::Male });
    person.birth_date = Some(birth);
    person.address = vec![address];
    person.registration_date = Some(numbers.date(2019, 6).into());
    let mut member = Member::default();
    member.at_type = Some("Member".to_owned());
    member.member_identifier = vec![Identifier::new("UIN", &uin)];
    member.demographic_info = Some(person);
    member.is_disabled = Some(numbers.below(12) == 0);
    if adult {
        member.marital_status = Some(if place == 0 { MaritalStatus::Married } else { MaritalStatus::Widowed });
        member.employment_status =
            Some(if numbers.below(3) == 0 { EmploymentStatus::NotEmployed } else { EmploymentStatus::Employed });
    }
    member.registration_date = Some(numbers.date(2019, 6).into());
    member
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_population_is_the_same_at_every_start() {
        assert_eq!(demo(20), demo(20));
        assert_eq!(demo(20).iter().filter(|record| matches!(record, SocialRecord::Group(_))).count(), 20);
    }
}
