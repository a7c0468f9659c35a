//! Checks of what searches find.

use super::answer::{only_result, succeeded};
use super::data::key;
use super::draft::Endpoint;
use super::ensure;
use super::outcome::{Outcome, Stop, failed};
use super::probe::Probe;
use crate::interface::AnySearch;
use dci_core::code::{HeaderReason, Operator, SearchReason, SortOrder, Status};
use dci_core::query::{Comparison, Expression, Predicate, Query, SearchCriteria};
use dci_core::wire::{Json, Object};

/// The value at `part`/4 of the sorted list.
fn quarter(values: &[String], part: usize) -> String {
    values.get(values.len() * part / 4).cloned().unwrap_or_default()
}

fn compare(attribute: &str, operator: Operator, value: &str) -> Comparison {
    Comparison::new(attribute, operator, value)
}

/// Dates of birth, sorted.
async fn births(probe: &mut Probe<'_>) -> Result<Vec<String>, Stop> {
    let place = probe.session.facts().birth_date;
    probe.values(place).await
}

async fn sexes(probe: &mut Probe<'_>) -> Result<Vec<String>, Stop> {
    let place = probe.session.facts().sex;
    probe.values(place).await
}

fn one(probe: &Probe<'_>, comparison: Comparison) -> SearchCriteria {
    probe.session.people(Query::Predicate(vec![Predicate::new(comparison)]))
}

pub(super) async fn id_found(probe: &mut Probe<'_>) -> Outcome {
    let criteria = probe.known_identifier().await?;
    let draft = probe.search(Endpoint::SyncSearch, criteria);
    let reply = probe.send(&draft).await?.reply::<AnySearch>()?;
    let result = only_result(&reply.message)?;
    succeeded(result)?;
    ensure!(result.records().len() == 1, "expected the one record with the identifier, got {}", result.records().len());
    let value = draft.text("/message/search_request/0/search_criteria/query/value");
    let record = result.records().first().map(key).unwrap_or_default();
    ensure!(
        record.contains(&Json::from(value.as_str()).print(dci_core::wire::Form::SortedUtf8)),
        "the record does not hold the identifier that was asked for"
    );
    Ok(())
}

pub(super) async fn id_unknown(probe: &mut Probe<'_>) -> Outcome {
    let draft = probe.search(Endpoint::SyncSearch, SearchCriteria::identifier("UIN", "no-such-identifier-0000"));
    let reply = probe.send(&draft).await?.reply::<AnySearch>()?;
    let result = only_result(&reply.message)?;
    succeeded(result)?;
    ensure!(result.records().is_empty(), "expected no record, got {}", result.records().len());
    let total = result.pagination.as_ref().and_then(|page| page.total_count);
    ensure!(total == Some(0), "expected pagination.total_count 0, got {total:?}");
    Ok(())
}

pub(super) async fn predicate_lt(probe: &mut Probe<'_>) -> Outcome {
    let bound = quarter(&births(probe).await?, 2);
    let criteria = one(probe, compare("birth_date", Operator::Less, &bound));
    probe.compare(&criteria).await
}

pub(super) async fn predicate_le(probe: &mut Probe<'_>) -> Outcome {
    let bound = quarter(&births(probe).await?, 2);
    let criteria = one(probe, compare("birth_date", Operator::LessOrEqual, &bound));
    probe.compare(&criteria).await
}

pub(super) async fn predicate_gt(probe: &mut Probe<'_>) -> Outcome {
    let bound = quarter(&births(probe).await?, 1);
    let criteria = one(probe, compare("birth_date", Operator::Greater, &bound));
    probe.compare(&criteria).await
}

pub(super) async fn predicate_ge(probe: &mut Probe<'_>) -> Outcome {
    let bound = quarter(&births(probe).await?, 1);
    let criteria = one(probe, compare("birth_date", Operator::GreaterOrEqual, &bound));
    probe.compare(&criteria).await
}

pub(super) async fn predicate_eq(probe: &mut Probe<'_>) -> Outcome {
    let sex = quarter(&sexes(probe).await?, 1);
    let criteria = one(probe, compare("sex", Operator::Equal, &sex));
    probe.compare(&criteria).await
}

pub(super) async fn predicate_in(probe: &mut Probe<'_>) -> Outcome {
    let place = format!("{}/identifier_value", probe.session.facts().identifier);
    let values = probe.values(&place).await?;
    let kind = probe.values(&format!("{}/identifier_type", probe.session.facts().identifier)).await?.swap_remove(0);
    let three = [quarter(&values, 0), quarter(&values, 1), quarter(&values, 3)].join(",");
    let criteria = one(probe, compare(&kind, Operator::In, &three));
    probe.compare(&criteria).await
}

async fn joined(probe: &mut Probe<'_>, join: impl Fn(Comparison, Comparison) -> Vec<Predicate>) -> Outcome {
    let bound = quarter(&births(probe).await?, 2);
    let sex = quarter(&sexes(probe).await?, 1);
    let clauses = join(compare("birth_date", Operator::Less, &bound), compare("sex", Operator::Equal, &sex));
    let criteria = probe.session.people(Query::Predicate(clauses));
    probe.compare(&criteria).await
}

pub(super) async fn predicate_and(probe: &mut Probe<'_>) -> Outcome {
    joined(probe, |first, second| vec![Predicate::new(first).and(second)]).await
}

pub(super) async fn predicate_or(probe: &mut Probe<'_>) -> Outcome {
    joined(probe, |first, second| vec![Predicate::new(first).or(second)]).await
}

pub(super) async fn predicate_not(probe: &mut Probe<'_>) -> Outcome {
    joined(probe, |first, second| {
        let mut clause = Predicate::new(first);
        clause.further.push((dci_core::code::Condition::Not, second));
        vec![clause]
    })
    .await
}

pub(super) async fn predicate_list(probe: &mut Probe<'_>) -> Outcome {
    joined(probe, |first, second| {
        let number = |number, comparison| {
            let mut clause = Predicate::new(comparison);
            clause.seq_num = Some(number);
            clause
        };
        vec![number(1, first), number(2, second)]
    })
    .await
}

fn expression(probe: &Probe<'_>, text: &str) -> Result<SearchCriteria, Stop> {
    let tree = Json::parse(text.as_bytes()).map_err(|error| failed(error.to_string()))?;
    let query: Object = tree.as_object().cloned().unwrap_or_default();
    let mut expression = Expression::new(query);
    expression.collection = probe.session.facts().entity.map(str::to_owned);
    Ok(probe.session.people(Query::Expression(expression)))
}

pub(super) async fn expression_and(probe: &mut Probe<'_>) -> Outcome {
    let (bound, sex) = (quarter(&births(probe).await?, 2), quarter(&sexes(probe).await?, 1));
    let text = format!(r#"{{"$and":[{{"birth_date":{{"$lt":"{bound}"}}}},{{"sex":{{"$eq":"{sex}"}}}}]}}"#);
    let criteria = expression(probe, &text)?;
    probe.compare(&criteria).await
}

pub(super) async fn expression_or(probe: &mut Probe<'_>) -> Outcome {
    let (bound, sex) = (quarter(&births(probe).await?, 3), quarter(&sexes(probe).await?, 1));
    let text = format!(r#"{{"$or":[{{"birth_date":{{"$gt":"{bound}"}}}},{{"sex":{{"$eq":"{sex}"}}}}]}}"#);
    let criteria = expression(probe, &text)?;
    probe.compare(&criteria).await
}

pub(super) async fn expression_implicit(probe: &mut Probe<'_>) -> Outcome {
    let (bound, sex) = (quarter(&births(probe).await?, 1), quarter(&sexes(probe).await?, 1));
    let text = format!(r#"{{"sex":"{sex}","birth_date":{{"$gte":"{bound}"}}}}"#);
    let criteria = expression(probe, &text)?;
    probe.compare(&criteria).await
}

/// The birth dates of a sorted search must rise (or fall).
async fn sorted(probe: &mut Probe<'_>, order: SortOrder) -> Outcome {
    probe.population().await?;
    let descending = order == SortOrder::Descending;
    let criteria = probe.session.everybody().sorted_by("birth_date", order);
    let found = probe.find_all(&criteria).await?;
    let place = probe.session.facts().birth_date;
    let dates: Vec<String> = found
        .iter()
        .filter_map(|record: &Json| record.pointer(place).and_then(Json::as_str).map(str::to_owned))
        .collect();
    let mut ordered = dates.clone();
    ordered.sort();
    if descending {
        ordered.reverse();
    }
    if ordered.first() == ordered.last() {
        return Err(Stop::Skipped("fewer than two birth dates differ".to_owned()));
    }
    ensure!(dates == ordered, "the records are not in the order that was asked for");
    Ok(())
}

pub(super) async fn sort_ascending(probe: &mut Probe<'_>) -> Outcome {
    sorted(probe, SortOrder::Ascending).await
}

pub(super) async fn sort_descending(probe: &mut Probe<'_>) -> Outcome {
    sorted(probe, SortOrder::Descending).await
}

async fn entity(probe: &mut Probe<'_>, wanted: &str) -> Outcome {
    let mut criteria = probe.known_identifier().await?;
    criteria.response_entity = Some(wanted.to_owned());
    let draft = probe.search(Endpoint::SyncSearch, criteria);
    let reply = probe.send(&draft).await?.reply::<AnySearch>()?;
    let result = only_result(&reply.message)?;
    succeeded(result)?;
    let is_group = |record: &Json| record.get("group_identifier").is_some() || record.get("member_list").is_some();
    let wrong = result.records().iter().filter(|record| is_group(record) != (wanted == "Group")).count();
    ensure!(wrong == 0, "{wrong} records are not of the response_entity {wanted}");
    ensure!(!result.records().is_empty(), "expected a {wanted} for a known identifier, got none");
    Ok(())
}

pub(super) async fn entity_group(probe: &mut Probe<'_>) -> Outcome {
    entity(probe, "Group").await
}

pub(super) async fn entity_member(probe: &mut Probe<'_>) -> Outcome {
    entity(probe, "Member").await
}

pub(super) async fn data_shape(probe: &mut Probe<'_>) -> Outcome {
    let criteria = probe.known_identifier().await?;
    let draft = probe.search(Endpoint::SyncSearch, criteria);
    let answer = probe.send(&draft).await?;
    answer.reply::<AnySearch>()?;
    let records = answer.tree.as_ref().and_then(|tree| tree.pointer("/message/search_response/0/data/reg_records"));
    let kind = records.map_or("nothing", Json::kind);
    // The disability registry writes one record as an object; several have no other form than the list.
    if probe.session.target.interface.name == "dr" && records.is_some_and(|records| records.as_object().is_some()) {
        return Ok(());
    }
    ensure!(
        records.is_some_and(|records| records.as_array().is_some()),
        "expected data.reg_records as an array, got {kind}"
    );
    let items = records.and_then(Json::as_array).unwrap_or_default();
    ensure!(
        !items.is_empty() && items.iter().all(|item| item.as_object().is_some()),
        "expected objects in data.reg_records"
    );
    Ok(())
}

pub(super) async fn data_type(probe: &mut Probe<'_>) -> Outcome {
    let criteria = probe.known_identifier().await?;
    let draft = probe.search(Endpoint::SyncSearch, criteria);
    let answer = probe.send(&draft).await?;
    answer.reply::<AnySearch>()?;
    let registry = answer.text("/message/search_response/0/data/reg_type").unwrap_or_default();
    let last = registry.rsplit(':').next().unwrap_or_default();
    let own = probe.session.target.interface.reg_type;
    let word = own.rsplit(':').next().unwrap_or_default();
    ensure!(last.eq_ignore_ascii_case(word), "expected data.reg_type {own}, got {registry:?}");
    let record = answer.text("/message/search_response/0/data/reg_record_type").unwrap_or_default();
    ensure!(!record.is_empty(), "expected data.reg_record_type to say what the records are");
    Ok(())
}

pub(super) async fn batch(probe: &mut Probe<'_>) -> Outcome {
    let known = probe.known_identifier().await?;
    let unknown = SearchCriteria::identifier("UIN", "no-such-identifier-0001");
    let draft = probe.batch(Endpoint::SyncSearch, vec![known, unknown]);
    let reply = probe.send(&draft).await?.reply::<AnySearch>()?;
    for (index, count) in [(0, 1), (1, 0)] {
        let asked = draft.text(&format!("/message/search_request/{index}/reference_id"));
        let result = reply.message.search_response.iter().find(|result| result.reference_id.as_str() == asked);
        let result = result.ok_or_else(|| failed(format!("there is no result for item {index}")))?;
        succeeded(result)?;
        let found = result.records().len();
        ensure!(found == count, "expected {count} records for item {index}, got {found}");
    }
    Ok(())
}

pub(super) async fn batch_one_bad(probe: &mut Probe<'_>) -> Outcome {
    let known = probe.known_identifier().await?;
    let draft = probe.batch(Endpoint::SyncSearch, vec![known.clone().page(0, 10), known]);
    let reply = probe.send(&draft).await?.reply::<AnySearch>()?;
    let at = |index: usize| {
        let asked = draft.text(&format!("/message/search_request/{index}/reference_id"));
        let result = reply.message.search_response.iter().find(|result| result.reference_id.as_str() == asked);
        result.ok_or_else(|| failed(format!("there is no result for item {index}")))
    };
    ensure!(at(0)?.status == Status::Rejected, "expected the bad item to be rejected, its status is {}", at(0)?.status);
    succeeded(at(1)?)?;
    ensure!(at(1)?.records().len() == 1, "expected the good item to find its record, got {}", at(1)?.records().len());
    Ok(())
}

pub(super) async fn batch_all_bad(probe: &mut Probe<'_>) -> Outcome {
    let known = probe.known_identifier().await?.page(0, 10);
    let draft = probe.batch(Endpoint::SyncSearch, vec![known.clone(), known]);
    let answer = probe.send(&draft).await?;
    let wanted = HeaderReason::ErrorsTooMany;
    if answer.status >= 400 {
        return answer.refused(&[wanted.as_str().to_owned()], &[]);
    }
    let reply = answer.reply::<AnySearch>()?;
    let got = reply.header.status.as_ref().map_or("nothing", |status| status.as_str());
    ensure!(got == "rjct", "expected /header/status rjct for a batch in which nothing succeeded, got {got}");
    let reason = reply.header.status_reason_code.as_ref().map_or("no code", |reason| reason.as_str());
    ensure!(reason == wanted.as_str(), "expected /header/status_reason_code {wanted}, got {reason}");
    Ok(())
}

pub(super) async fn repeated_reference(probe: &mut Probe<'_>) -> Outcome {
    let known = probe.known_identifier().await?;
    let mut draft = probe.batch(Endpoint::SyncSearch, vec![known.clone(), known]);
    let first = draft.text("/message/search_request/0/reference_id");
    draft.set("/message/search_request/1/reference_id", Json::from(first));
    let answer = probe.send(&draft).await?;
    let code = SearchReason::ReferenceIdDuplicate;
    if answer.status >= 400 {
        return answer.refused(&[code.as_str().to_owned(), "err.request.bad".to_owned()], &[]);
    }
    let reply = answer.reply::<AnySearch>()?;
    let told = reply.message.search_response.iter().any(|result| result.status_reason_code.as_ref() == Some(&code));
    ensure!(told, "expected an item rejected with {code}, there is none");
    Ok(())
}

pub(super) async fn too_many(probe: &mut Probe<'_>) -> Outcome {
    let Some(criteria) = probe.session.too_many() else {
        return Err(Stop::Skipped("needs [data.too_many] in the configuration".to_owned()));
    };
    let draft = probe.search(Endpoint::SyncSearch, criteria);
    let reply = probe.send(&draft).await?.reply::<AnySearch>()?;
    let reason = only_result(&reply.message)?.status_reason_code.clone();
    let wanted = SearchReason::TooManyRecordsFound;
    let got = reason.as_ref().map_or("no code", |reason| reason.as_str());
    ensure!(reason.as_ref() == Some(&wanted), "expected the item rejected with {wanted}, got {got}");
    Ok(())
}

pub(super) async fn expected_counts(probe: &mut Probe<'_>) -> Outcome {
    let expected = probe.session.target.config.data.expected.clone();
    if expected.is_empty() {
        return Err(Stop::Skipped("needs [[data.expected]] in the configuration".to_owned()));
    }
    for entry in expected {
        let comparison = compare(&entry.attribute, Operator::from(entry.operator.as_str()), &entry.value);
        let criteria = one(probe, comparison);
        let found = probe.find_all(&criteria).await?.len() as u64;
        let name = &entry.attribute;
        ensure!(found == entry.count, "expected {} records for {name} {}, got {found}", entry.count, entry.operator);
    }
    Ok(())
}
