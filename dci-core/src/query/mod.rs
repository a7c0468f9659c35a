//! What is looked for: criteria, the query languages, paging and order, and an evaluator that applies them.

mod attribute;
mod criteria;
mod evaluate;
mod expression;
mod filter;
mod language;
mod limits;
mod map;
mod predicate;

pub use attribute::{Attribute, Kind};
pub use criteria::{Consent, PageInfo, Pagination, Purpose, SearchCriteria, Sort};
pub use evaluate::{Page, Table};
pub use expression::Expression;
pub use filter::{Filter, Literal};
pub use language::{IdTypeValue, Query};
pub use limits::{QueryLimits, SearchRefusal};
pub use map::MapQuery;
pub use predicate::{Comparison, Predicate};
