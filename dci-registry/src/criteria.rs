//! What the domain actions share: criteria without paging, and answers of yes or no.

use dci_core::code::QueryType;
use dci_core::open_enum;
use dci_core::query::{MapQuery, Query, SearchCriteria};
use dci_core::wire::Extra;
use dci_core::wire_struct;

wire_struct! {
    /// Whom a domain action is about (`enrolled_criteria`, `disabled_criteria`). The standard requires none of its members.
    pub struct MapCriteria {
        /// The language of `query`.
        pub query_type: Option<QueryType>,
        /// The unit meant: `Group` or `Member`; beneficiary registry only.
        pub response_entity: Option<String>,
        /// The query.
        pub query: Option<MapQuery> [expected],
    }
}

impl MapCriteria {
    /// All of `pairs` of attribute and value hold.
    pub fn equal<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self {
            query_type: Some(QueryType::Expression),
            response_entity: None,
            query: Some(MapQuery::equal(pairs)),
            extra: Extra::default(),
        }
    }

    /// The person with this identifier, of any type.
    pub fn person(identifier: &str) -> Self {
        Self::equal([("person_identifier", identifier)])
    }

    /// The same as criteria of a search; `None` without a query.
    pub fn as_search(&self) -> Option<SearchCriteria> {
        let query: Query = self.query.clone()?.0;
        let mut criteria = SearchCriteria::new(query);
        // `Beneficiary` names no unit: the published example means whoever is enrolled.
        let unit = self.response_entity.as_deref().filter(|unit| !unit.eq_ignore_ascii_case("beneficiary"));
        criteria.response_entity = unit.map(str::to_owned);
        Some(criteria)
    }
}

open_enum! {
    closed
    /// An answer of yes or no (`enrolled_status`, `disabled_status`).
    pub enum YesNo {
        /// Yes.
        Yes = "yes" ["true", "1", "y", "active", "approved", "enrolled"],
        /// No.
        No = "no" ["false", "0", "n", "inactive", "not enrolled"],
    }
}

impl From<bool> for YesNo {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}
