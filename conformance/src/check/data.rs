//! What the target holds: fetched once, then used to know what each query must return.

use super::answer::{only_result, succeeded};
use super::draft::{Draft, Endpoint};
use super::ensure;
use super::outcome::{Outcome, Stop, failed};
use super::probe::Probe;
use super::session::Session;
use crate::identity::SANDBOX;
use crate::interface::{AnySearch, Facts, Population};
use crate::target::ComparisonConfig;
use dci_core::code::{AttributeType, Operator, SearchReason};
use dci_core::message::{AttributeValue, TxnStatusRequest};
use dci_core::query::{Comparison, Predicate, Query, SearchCriteria};
use dci_core::wire::{Form, Json};
use std::collections::BTreeSet;

/// Records per page when walking.
const PAGE: u64 = 100;
/// A population larger than this is not fetched.
const MOST: u64 = 20_000;

/// A record as something that can be compared.
pub(crate) fn key(record: &Json) -> String {
    record.print(Form::SortedUtf8)
}

fn comparison(config: &ComparisonConfig) -> Query {
    let operator = Operator::from(config.operator.as_str());
    Query::Predicate(vec![Predicate::new(Comparison::new(&config.attribute, operator, &config.value))])
}

fn own_comparison(attribute: &str) -> Query {
    let everything = Comparison::new(attribute, Operator::GreaterOrEqual, "1800-01-01");
    Query::Predicate(vec![Predicate::new(everything)])
}

impl Session {
    /// Criteria for persons only.
    pub(crate) fn people(&self, query: Query) -> SearchCriteria {
        let mut criteria = SearchCriteria::new(query);
        criteria.response_entity = self.facts().entity.map(str::to_owned);
        criteria
    }

    /// Where the facts lie that the checks need.
    pub(crate) fn facts(&self) -> Facts {
        self.target.interface.facts
    }

    /// Criteria that every person with a date of birth fulfils.
    pub(crate) fn everybody(&self) -> SearchCriteria {
        let configured = self.target.config.data.population.as_ref();
        self.people(configured.map_or_else(|| own_comparison("birth_date"), comparison))
    }

    /// Criteria that more records fulfil than the target returns.
    pub(crate) fn too_many(&self) -> Option<SearchCriteria> {
        match &self.target.config.data.too_many {
            Some(configured) => Some(SearchCriteria::new(comparison(configured))),
            None if self.target.receiver_id.as_str() == SANDBOX => {
                Some(SearchCriteria::new(own_comparison(self.facts().dated)))
            }
            None => None,
        }
    }
}

impl Probe<'_> {
    /// One page of what the target finds.
    async fn page(&mut self, criteria: SearchCriteria) -> Result<(Vec<Json>, u64), Stop> {
        let draft = self.search(Endpoint::SyncSearch, criteria);
        let answer = self.send(&draft).await?;
        let reply = answer.reply::<AnySearch>()?;
        let result = only_result(&reply.message)?;
        if result.status_reason_code == Some(SearchReason::FilterInvalid) {
            let words = "the target does not offer an attribute this check uses (rjct.filter.invalid)";
            return Err(Stop::Skipped(words.to_owned()));
        }
        succeeded(result)?;
        let total = result.pagination.as_ref().and_then(|page| page.total_count);
        let total = total.ok_or_else(|| failed("the page has no total_count"))?;
        Ok((result.records().to_vec(), total))
    }

    /// Every record the target finds, page by page.
    pub(crate) async fn find_all(&mut self, criteria: &SearchCriteria) -> Result<Vec<Json>, Stop> {
        let mut found = Vec::new();
        let size = self.session.target.profile.page_size.unwrap_or(PAGE).min(PAGE);
        for number in 1.. {
            let (records, total) = self.page(criteria.clone().page(number, size)).await?;
            ensure!(total <= MOST, "{total} records match; the suite fetches at most {MOST}");
            let none = records.is_empty();
            found.extend(records);
            ensure!(found.len() as u64 <= total, "{} records came, although total_count says {total}", found.len());
            if none || found.len() as u64 == total {
                ensure!(found.len() as u64 == total, "{} records came, although total_count says {total}", found.len());
                break;
            }
        }
        Ok(found)
    }

    /// The members the target holds, as a table to compare with.
    pub(crate) async fn population(&mut self) -> Result<&dyn Population, Stop> {
        let session = self.session;
        let fetched = session
            .population
            .get_or_init(|| async {
                let mut own = Probe::new(session);
                match own.find_all(&session.everybody()).await {
                    Ok(records) => (session.target.interface.table)(&records)
                        .map_err(|error| failed(format!("a record cannot be read: {error}"))),
                    Err(stop) => Err(stop),
                }
            })
            .await;
        let words = "the members of the registry, which this check compares with, could not be fetched";
        let table = fetched.as_ref().map_err(|stop| match stop {
            Stop::Failed(reason) => failed(format!("{words}: {reason}")),
            Stop::Skipped(reason) => Stop::Skipped(format!("{words}: {reason}")),
        })?;
        if table.records().is_empty() {
            return Err(Stop::Skipped("the registry holds no persons".to_owned()));
        }
        Ok(&**table)
    }

    /// Values of one member over the population, sorted: to choose bounds that divide it.
    pub(crate) async fn values(&mut self, pointer: &str) -> Result<Vec<String>, Stop> {
        let table = self.population().await?;
        let text = |record: &Json| record.pointer(pointer).and_then(Json::as_str).map(str::to_owned);
        let mut values: Vec<String> = table.records().iter().filter_map(text).collect();
        values.sort();
        if values.len() < 4 {
            return Err(Stop::Skipped(format!("fewer than four persons have {pointer}")));
        }
        Ok(values)
    }

    /// Criteria for one record that exists.
    pub(crate) async fn known_identifier(&mut self) -> Result<SearchCriteria, Stop> {
        if let Some(known) = &self.session.target.config.data.identifier {
            return Ok(SearchCriteria::identifier(&known.kind, &known.value));
        }
        let place = self.session.facts().identifier;
        let table = self.population().await?;
        let identifier = table.records().iter().find_map(|record| {
            let identifier = record.pointer(place)?;
            let text = |name: &str| identifier.get(name).and_then(Json::as_str).map(str::to_owned);
            Some((text("identifier_type")?, text("identifier_value")?))
        });
        let (kind, value) = identifier
            .ok_or_else(|| Stop::Skipped("no person has an identifier; name one in [data.identifier]".to_owned()))?;
        Ok(self.session.people(Query::identifier(&kind, &value)))
    }

    /// The target must return what the criteria mean, and not more: the same records the suite finds in what it fetched.
    pub(crate) async fn compare(&mut self, criteria: &SearchCriteria) -> Outcome {
        let table = self.population().await?;
        let all = table.records().len();
        let local = table.search(&criteria.clone().page(1, MOST));
        let local = local.map_err(|refusal| failed(format!("the suite's own query is refused: {refusal}")))?;
        let expected: BTreeSet<String> = local.records.iter().map(key).collect();
        if expected.is_empty() || expected.len() == all {
            return Err(Stop::Skipped("the query does not divide the records of this registry".to_owned()));
        }
        let found = self.find_all(criteria).await?;
        let keys: BTreeSet<String> = found.iter().map(key).collect();
        let missing = expected.difference(&keys).count();
        let extra = keys.difference(&expected).count();
        ensure!(
            missing == 0 && extra == 0 && found.len() == expected.len(),
            "expected {} of {all} records; got {}: {missing} are missing, {extra} should not be there, {} came twice",
            expected.len(),
            found.len(),
            found.len() - keys.len()
        );
        Ok(())
    }

    /// A good question about a search that was just made.
    pub(crate) async fn status_of_new_search(&mut self, endpoint: Endpoint) -> Result<Draft, Stop> {
        let criteria = self.known_identifier().await?;
        let draft = self.search(Endpoint::SyncSearch, criteria);
        self.send(&draft).await?.reply::<AnySearch>()?;
        let value = AttributeValue::One(draft.text("/message/transaction_id"));
        Ok(self.status(endpoint, &TxnStatusRequest::search(AttributeType::TransactionId, value)))
    }
}
