//! What each interface of the sandbox holds, serves and tells of. The people are the same everywhere: whoever is in the
//! beneficiary registry is in the social registry and in civil registration too, under the same UIN.

mod beneficiary;
pub(super) mod civil;
mod disabled;
mod employed;
mod farmer;
mod social;

use super::numbers::Numbers;
use super::service::FaultyService;
use dci_core::action::Registry;
use dci_core::record::{Identifier, Member};
use dci_core::server::Server;
use dci_core::time::RecordDate;
use dci_registry::social::SocialRecord;

/// The people of the sandbox: the members among the records of its social registry.
pub(super) struct People {
    /// The records they come from.
    pub(super) records: Vec<SocialRecord>,
}

/// Born before this year, one can head a farm and work.
const ADULT: i32 = 2007;

impl People {
    /// Every person.
    pub(super) fn all(&self) -> impl Iterator<Item = &Member> {
        self.records.iter().filter_map(|record| match record {
            SocialRecord::Member(member) => Some(&**member),
            _ => None,
        })
    }

    fn adults(&self) -> impl Iterator<Item = &Member> {
        let adult = |date: RecordDate| date.day().is_some_and(|date| chrono::Datelike::year(&date) < ADULT);
        self.all().filter(move |member| {
            member.demographic_info.as_ref().and_then(|person| person.birth_date.clone()).is_some_and(adult)
        })
    }
}

/// Somebody of whom neither date of birth nor sex is known: the registries have a few of them, so that there is more in them
/// than a search by date of birth finds.
fn undated(member: &Member, number: usize) -> Member {
    let mut member = member.clone();
    let uin = Identifier::new("UIN", &format!("X{number:08}"));
    member.member_identifier = vec![uin.clone()];
    if let Some(person) = &mut member.demographic_info {
        person.identifier = vec![uin];
        person.birth_date = None;
        person.sex = None;
    }
    member
}

/// How many of those there are.
const UNDATED: usize = 6;

/// `some` of the people, then those without a date of birth.
fn with_undated<'a>(some: impl Iterator<Item = &'a Member>) -> Vec<Member> {
    let some: Vec<&Member> = some.collect();
    let undated = some.iter().take(UNDATED).enumerate().map(|(number, member)| undated(member, number));
    some.iter().map(|member| (*member).clone()).chain(undated).collect()
}

/// An interface the sandbox serves.
pub(super) trait Served: Registry {
    /// What it holds.
    fn records(people: &People) -> Vec<Self::Record>;

    /// Whether a search by date of birth finds the record.
    fn is_dated(record: &Self::Record) -> bool;

    /// Whether the record is that of a woman.
    fn is_woman(record: &Self::Record) -> bool;

    /// Mounts all of the interface but its subscriptions.
    fn mount(server: Server, service: FaultyService<Self>) -> Server
    where
        Self: Sized,
    {
        server.registry::<Self>(service)
    }

    /// Something that happens to the person of `record`.
    fn happens(numbers: &mut Numbers, record: &Self::Record) -> (Self::Event, Self::Record);
}
