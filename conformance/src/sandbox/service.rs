//! The sandbox's registry: the library's table, and what faults make of the criteria.

use super::fault::{Criteria, Fault, Kind};
use async_trait::async_trait;
use dci_core::action::Registry;
use dci_core::code::{Condition, Operator, SortOrder};
use dci_core::query::{Comparison, Page, Predicate, Query, QueryLimits, SearchCriteria, Table};
use dci_core::server::{RegistryService, RequestContext, ServiceError};
use std::sync::{PoisonError, RwLock};

/// A registry in memory that misunderstands its callers on purpose.
pub(super) struct FaultyService<I: Registry> {
    table: RwLock<Table<I>>,
    limits: QueryLimits,
    mistakes: Vec<Criteria>,
}

impl<I: Registry> FaultyService<I> {
    pub(super) fn new(records: &[I::Record], limits: QueryLimits, faults: &[&'static Fault]) -> Self {
        let mistake = |fault: &&'static Fault| match fault.kind {
            Kind::Criteria(mistake) => Some(mistake),
            _ => None,
        };
        let mistakes = faults.iter().filter_map(mistake).collect();
        let table = Table::new(records.iter().cloned()).limits(limits.clone());
        Self { table: RwLock::new(table), limits, mistakes }
    }

    /// Takes records in, in place of those that are of the `same` thing.
    pub(super) fn take(&self, records: &[I::Record], same: impl Fn(&I::Record, &I::Record) -> bool) {
        let mut table = self.table.write().unwrap_or_else(PoisonError::into_inner);
        let kept = table.records().filter(|old| !records.iter().any(|new| same(old, new)));
        let all: Vec<I::Record> = kept.chain(records).cloned().collect();
        *table = Table::new(all).limits(self.limits.clone());
    }
}

#[async_trait]
impl<I: Registry> RegistryService<I> for FaultyService<I> {
    async fn search(&self, criteria: &SearchCriteria, _: &RequestContext) -> Result<Page<I::Record>, ServiceError> {
        let mut criteria = criteria.clone();
        for mistake in &self.mistakes {
            misunderstand(&mut criteria, *mistake);
        }
        let mut page = self.table.read().unwrap_or_else(PoisonError::into_inner).search(&criteria)?;
        if self.mistakes.contains(&Criteria::TotalOfPage) {
            page.total_count = page.records.len() as u64;
        }
        if self.mistakes.contains(&Criteria::EmptyIsRejected) && page.total_count == 0 {
            let reason = dci_core::code::SearchReason::SearchCriteriaInvalid;
            return Err(dci_core::query::SearchRefusal::new(reason, "no records found").into());
        }
        Ok(page)
    }
}

fn misunderstand(criteria: &mut SearchCriteria, mistake: Criteria) {
    match (mistake, &mut criteria.query) {
        (Criteria::IgnoreQuery, query) => {
            let everybody = Comparison::new("birth_date", Operator::Greater, "1800-01-01");
            *query = Query::Predicate(vec![Predicate::new(everybody)]);
        }
        (Criteria::IgnoreEntity, query) => {
            criteria.response_entity = None;
            if let Query::Expression(expression) = query {
                expression.collection = None;
            }
        }
        (Criteria::IgnoreSort, _) => criteria.sort.clear(),
        (Criteria::ReverseSort, _) => {
            for sort in &mut criteria.sort {
                let descending = sort.sort_order == Some(SortOrder::Descending);
                sort.sort_order = Some(if descending { SortOrder::Ascending } else { SortOrder::Descending });
            }
        }
        (Criteria::FirstPageAlways, _) => {
            if let Some(page) = &mut criteria.pagination {
                page.page_number = Some(1);
            }
        }
        (Criteria::IgnorePageSize, _) => {
            if let Some(page) = &mut criteria.pagination {
                page.page_size = Some(2_000);
            }
        }
        (Criteria::AlwaysAnd, Query::Predicate(clauses)) => join_by(clauses, &Condition::And),
        (Criteria::AlwaysOr, Query::Predicate(clauses)) => join_by(clauses, &Condition::Or),
        (Criteria::FirstExpressionOnly, Query::Predicate(clauses)) => {
            clauses.truncate(1);
            for clause in clauses {
                clause.further.clear();
            }
        }
        (Criteria::EqualOnly, Query::Predicate(clauses)) => {
            for clause in clauses {
                // `ge` stays: the suite fetches what it compares with by it.
                if matches!(clause.expression1.operator, Operator::Less | Operator::LessOrEqual | Operator::Greater) {
                    clause.expression1.operator = Operator::Equal;
                }
            }
        }
        (Criteria::InclusiveBounds, Query::Predicate(clauses)) => {
            for clause in clauses {
                clause.expression1.operator = match clause.expression1.operator.clone() {
                    Operator::Less => Operator::LessOrEqual,
                    Operator::Greater => Operator::GreaterOrEqual,
                    other => other,
                };
            }
        }
        _ => {}
    }
}

fn join_by(clauses: &mut [Predicate], condition: &Condition) {
    for (joined, _) in clauses.iter_mut().flat_map(|clause| &mut clause.further) {
        *joined = condition.clone();
    }
}
