//! The interfaces of the registry family: what commands, sandbox and checks need to know of each, without its types.

mod operation;
mod population;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod round_trip;

pub use operation::{Operation, Part};
pub(crate) use population::{AnySearch, Open, Population, Rewrite, rewrite};

use dci_core::action::{Registry, Search, Subscribe, TxnStatus, Unsubscribe, event_of};
use dci_core::code::Code as _;
use dci_core::schema::JsonSchema;
use dci_crvs::{Civil, LocationHierarchy};
use dci_registry::dr::{Disabled, Dr, GetDisabilityDetails, GetDisabilitySupport};
use dci_registry::ess::{CheckEnrollment, Ess};
use dci_registry::fr::Fr;
use dci_registry::ibr::{Enrolled, EnrollmentUpdates, Ibr};
use dci_registry::social::Social;
use population::table;

/// One interface.
#[derive(Debug)]
#[non_exhaustive]
pub struct Interface {
    /// Its short name: `social`.
    pub name: &'static str,
    /// Its name in a sentence: `social registry`.
    pub title: &'static str,
    /// `reg_type`.
    pub reg_type: &'static str,
    /// `reg_record_type`.
    pub record_type: &'static str,
    /// What it does.
    pub operations: &'static [Operation],
    /// Its records.
    pub records: &'static [Part],
    /// Documents it publishes.
    pub documents: &'static [(&'static str, Part)],
    /// The events it tells of.
    pub events: fn() -> Vec<String>,
    /// Whether two names mean the same event.
    pub(crate) same_event: fn(&str, &str) -> bool,
    /// Where the facts lie that the checks need, as JSON pointers into a record.
    pub(crate) facts: Facts,
    /// Its records as something that can be searched.
    pub(crate) table: population::ToTable,
    /// An answer to a search, read as the interface's own and written again in the standard's form.
    pub(crate) search_response: Rewrite,
    /// The same for an answer to a question for a transaction.
    pub(crate) txn_status_response: Rewrite,
    /// The same for a notification.
    pub(crate) notification: Rewrite,
}

/// Where the facts lie that the checks need.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    /// The kind of record that is a person, where the criteria can ask for it.
    pub(crate) entity: Option<&'static str>,
    pub(crate) birth_date: &'static str,
    pub(crate) sex: &'static str,
    /// The first identifier of the person.
    pub(crate) identifier: &'static str,
    /// A date every record has.
    pub(crate) dated: &'static str,
}

macro_rules! operations {
    ($interface:ty $(, $name:literal $action:ty)*) => {
        &[
            Operation::action::<Search<$interface>>("search"),
            Operation::action::<TxnStatus<$interface>>("txn-status"),
            Operation::action::<Subscribe<$interface>>("subscribe"),
            Operation::action::<Unsubscribe<$interface>>("unsubscribe"),
            Operation::notice::<dci_core::action::Notify<$interface>>("notify"),
            $(Operation::action::<$action>($name),)*
        ]
    };
}

fn events<I: Registry>() -> Vec<String> {
    I::Event::CODES.iter().map(|code| I::event_name(&I::Event::of(code))).collect()
}

fn same_event<I: Registry>(one: &str, other: &str) -> bool {
    event_of::<I>(one) == event_of::<I>(other)
}

const fn interface<I: Registry>(
    title: &'static str,
    operations: &'static [Operation],
    records: &'static [Part],
    facts: Facts,
) -> Interface
where
    I::Record: JsonSchema,
{
    Interface {
        name: I::NAME,
        title,
        reg_type: I::REG_TYPE,
        record_type: I::RECORD_TYPE,
        operations,
        records,
        documents: &[],
        events: events::<I>,
        same_event: same_event::<I>,
        facts,
        table: table::<I>,
        search_response: rewrite::<dci_core::message::SearchResponse<I::Record>>,
        txn_status_response: rewrite::<dci_core::message::TxnStatusResponse<I::Record>>,
        notification: rewrite::<dci_core::message::NotifyRequest<I::Record>>,
    }
}

static SOCIAL: Interface = interface::<Social>(
    "social registry",
    operations!(Social),
    &[
        Part::of::<dci_registry::social::SocialRecord>("social-record"),
        Part::of::<dci_core::record::Group>("group"),
        Part::of::<dci_core::record::Member>("member"),
        Part::of::<dci_core::record::Person>("person"),
    ],
    Facts {
        entity: Some("Member"),
        birth_date: "/demographic_info/birth_date",
        sex: "/demographic_info/sex",
        identifier: "/member_identifier/0",
        dated: "registration_date",
    },
);

static CRVS: Interface = {
    let facts = Facts {
        entity: None,
        birth_date: "/birth_date",
        sex: "/sex",
        identifier: "/identifier/0",
        dated: "registration_date",
    };
    let records = &[Part::of::<dci_crvs::CivilPerson>("civil-person")];
    let mut interface = interface::<Civil>("civil registration", operations!(Civil), records, facts);
    interface.documents = &[(dci_crvs::LOCATIONS_PATH, Part::of::<LocationHierarchy>("location-hierarchy"))];
    interface
};

static IBR: Interface = interface::<Ibr>(
    "integrated beneficiary registry",
    operations!(Ibr, "enrolled" Enrolled, "enrollment-updates" EnrollmentUpdates),
    &[
        Part::of::<dci_registry::ibr::Beneficiary>("beneficiary"),
        Part::of::<dci_registry::ibr::Programme>("programme"),
        Part::of::<dci_registry::ibr::Benefit>("benefit"),
        Part::of::<dci_registry::ibr::BenefitFrequency>("benefit-frequency"),
    ],
    Facts {
        entity: None,
        birth_date: "/member/demographic_info/birth_date",
        sex: "/member/demographic_info/sex",
        identifier: "/member/member_identifier/0",
        dated: "enrollment_date",
    },
);

static DR: Interface = interface::<Dr>(
    "disability registry",
    operations!(
        Dr,
        "disabled" Disabled,
        "get-disability-support" GetDisabilitySupport,
        "get-disability-details" GetDisabilityDetails
    ),
    &[
        Part::of::<dci_registry::dr::DisabledPerson>("disabled-person"),
        Part::of::<dci_registry::dr::DisabilityDetails>("disability-details"),
        Part::of::<dci_registry::dr::DisabilitySupport>("disability-support"),
    ],
    Facts {
        entity: None,
        birth_date: "/personal_details/demographic_info/birth_date",
        sex: "/personal_details/demographic_info/sex",
        identifier: "/personal_details/member_identifier/0",
        dated: "registration_date",
    },
);

static FR: Interface = interface::<Fr>(
    "farmer registry",
    operations!(Fr),
    &[Part::of::<dci_registry::fr::Farmer>("farmer"), Part::of::<dci_registry::fr::FarmInfo>("farm-info")],
    Facts {
        entity: None,
        birth_date: "/farmer_personal_details/demographic_info/birth_date",
        sex: "/farmer_personal_details/demographic_info/sex",
        identifier: "/farmer_personal_details/member_identifier/0",
        dated: "registration_date",
    },
);

static ESS: Interface = interface::<Ess>(
    "employment and social security registry",
    operations!(Ess, "check-enrollment" CheckEnrollment),
    &[Part::of::<dci_registry::ess::EmploymentMember>("employment-member")],
    Facts {
        entity: None,
        birth_date: "/demographic_info/birth_date",
        sex: "/demographic_info/sex",
        identifier: "/member_identifier/0",
        dated: "registration_date",
    },
);

/// Every interface, in the order of the standard's documents.
pub static INTERFACES: [&Interface; 6] = [&SOCIAL, &CRVS, &IBR, &DR, &FR, &ESS];

/// The interface called `name`.
pub fn find(name: &str) -> Option<&'static Interface> {
    INTERFACES.into_iter().find(|interface| interface.name == name)
}

/// The names of all interfaces, for a message.
pub(crate) fn names() -> String {
    INTERFACES.map(|interface| interface.name).join(", ")
}
