//! Civil registration: the same persons, with a number of their birth registration, and their parents where they are known.

use super::{People, Served, with_undated};
use crate::sandbox::numbers::Numbers;
use crate::sandbox::service::FaultyService;
use async_trait::async_trait;
use dci_core::action::Notify;
use dci_core::code::Sex;
use dci_core::gate::{Rejection, Verified};
use dci_core::header::CallbackHeader;
use dci_core::message::NotifyRequest;
use dci_core::record::{Identifier, Member, Place};
use dci_core::server::{NoticeHandler, Server};
use dci_core::wire::Extra;
use dci_crvs::{Civil, CivilPerson, LOCATIONS_PATH, Location, LocationHierarchy, VitalEvent};

fn person(member: &Member) -> CivilPerson {
    let mut person = CivilPerson::default();
    let Some(known) = &member.demographic_info else { return person };
    person.identifier.clone_from(&known.identifier);
    if let Some(uin) = uin(known.identifier.first()) {
        person.identifier.insert(0, Identifier::new("BRN", &format!("B{uin}")));
        // Within a household the last digit counts: 0 and 1 are the parents.
        if let Some((household, place)) = uin.split_at_checked(uin.len().saturating_sub(1))
            && !matches!(place, "0" | "1")
            && known.birth_date.is_some()
        {
            person.parent1_identifier = Some(Identifier::new("UIN", &format!("{household}0")));
        }
    }
    person.name.clone_from(&known.name);
    person.sex.clone_from(&known.sex);
    person.birth_date.clone_from(&known.birth_date);
    person.birth_place = known.address.first().and_then(|address| address.region_code.clone()).map(|region| {
        let mut place = Place::default();
        place.name = Some(region);
        place
    });
    person.marital_status.clone_from(&member.marital_status);
    person.address.clone_from(&known.address);
    person.registration_date.clone_from(&known.registration_date);
    person
}

fn uin(identifier: Option<&Identifier>) -> Option<String> {
    identifier?.identifier_value.clone()
}

/// Everybody, as civil registration knows them.
pub(in crate::sandbox) fn persons(people: &People) -> Vec<CivilPerson> {
    people.all().map(person).collect()
}

/// Where people live: a country, its regions, a district of each.
pub(in crate::sandbox) fn locations() -> LocationHierarchy {
    let mut places = vec![Location::new("sandbox", "country", "Example Country", None)];
    for region in crate::sandbox::population::REGIONS {
        places.push(Location::new("sandbox", region, &region.replace('_', " "), Some("country")));
        let district = format!("{region}_first_district");
        places.push(Location::new("sandbox", &district, "First District", Some(region)));
    }
    LocationHierarchy::new(places)
}

/// Takes notices of births nobody registered; they are looked into and not published.
struct Births;

#[async_trait]
impl NoticeHandler<Notify<Civil>> for Births {
    async fn handle(&self, _: &Verified<CallbackHeader, NotifyRequest<CivilPerson>>) -> Result<(), Rejection> {
        Ok(())
    }
}

impl Served for Civil {
    fn records(people: &People) -> Vec<CivilPerson> {
        with_undated(people.all()).iter().map(person).collect()
    }

    fn is_dated(record: &CivilPerson) -> bool {
        record.birth_date.is_some()
    }

    fn is_woman(record: &CivilPerson) -> bool {
        record.sex == Some(Sex::Female)
    }

    fn mount(server: Server, service: FaultyService<Self>) -> Server {
        server.registry::<Self>(service).notice::<Notify<Civil>>(Births).document(LOCATIONS_PATH, &locations())
    }

    /// Mostly births: a child of the person. Deaths and marriages too.
    fn happens(numbers: &mut Numbers, record: &CivilPerson) -> (VitalEvent, CivilPerson) {
        let today = chrono::Utc::now().date_naive();
        let mut person = record.clone();
        match numbers.below(8) {
            0 => {
                person.death_date = Some(today.into());
                person.identifier.push(Identifier::new("DRN", &format!("D{:09}", numbers.below(1_000_000_000))));
                (VitalEvent::Death, person)
            }
            1 => {
                person.marriage_date.push(today.into());
                (VitalEvent::Marriage, person)
            }
            _ => {
                let number = format!("{:09}", 900_000_000 + numbers.below(100_000_000));
                let mut child = CivilPerson::default();
                child.identifier = vec![Identifier::new("BRN", &format!("B{number}")), Identifier::new("UIN", &number)];
                child.name.clone_from(&record.name);
                child.sex = Some(if numbers.below(2) == 0 { Sex::Female } else { Sex::Male });
                child.birth_date = Some(today.into());
                child.birth_place.clone_from(&record.birth_place);
                child.address.clone_from(&record.address);
                child.parent1_identifier = uin(record.identifier.last()).map(|uin| Identifier::new("UIN", &uin));
                child.registration_date = Some(today.into());
                child.extra = Extra::default();
                (VitalEvent::LiveBirth, child)
            }
        }
    }
}
