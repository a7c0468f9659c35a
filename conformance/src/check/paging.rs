//! Checks of pages.

use super::answer::{only_result, succeeded};
use super::data::key;
use super::draft::Endpoint;
use super::ensure;
use super::outcome::{Outcome, Stop, failed};
use super::probe::Probe;
use crate::interface::AnySearch;
use dci_core::query::{PageInfo, SearchCriteria};
use dci_core::wire::Json;
use std::collections::BTreeSet;

async fn page(probe: &mut Probe<'_>, criteria: SearchCriteria) -> Result<(Vec<Json>, PageInfo), Stop> {
    let draft = probe.search(Endpoint::SyncSearch, criteria);
    let reply = probe.send(&draft).await?.reply::<AnySearch>()?;
    let result = only_result(&reply.message)?;
    succeeded(result)?;
    let info = result.pagination.clone().ok_or_else(|| failed("expected search_response[].pagination"))?;
    Ok((result.records().to_vec(), info))
}

async fn enough(probe: &mut Probe<'_>, least: usize) -> Result<usize, Stop> {
    let count = probe.population().await?.records().len();
    if count < least {
        return Err(Stop::Skipped(format!("the registry holds {count} members; this check needs {least}")));
    }
    Ok(count)
}

pub(super) async fn size(probe: &mut Probe<'_>) -> Outcome {
    enough(probe, 8).await?;
    let (records, _) = page(probe, probe.session.everybody().page(1, 7)).await?;
    ensure!(records.len() == 7, "expected a page of 7 records, got {}", records.len());
    Ok(())
}

pub(super) async fn info(probe: &mut Probe<'_>) -> Outcome {
    let count = enough(probe, 8).await? as u64;
    let (_, info) = page(probe, probe.session.everybody().page(2, 7)).await?;
    let told = (info.page_size, info.page_number, info.total_count);
    ensure!(
        told == (Some(7), Some(2), Some(count)),
        "expected page_size 7, page_number 2, total_count {count}; got {told:?}"
    );
    Ok(())
}

pub(super) async fn walk(probe: &mut Probe<'_>) -> Outcome {
    let count = enough(probe, 20).await?;
    let size = count.div_ceil(4) as u64;
    let mut seen = BTreeSet::new();
    let mut total = 0;
    for number in 1..=4 {
        let (records, info) = page(probe, probe.session.everybody().page(number, size)).await?;
        ensure!(
            info.total_count == Some(count as u64),
            "total_count changed from page to page: {:?}",
            info.total_count
        );
        total += records.len();
        seen.extend(records.iter().map(key));
    }
    ensure!(seen.len() == total, "{} records came on more than one page", total - seen.len());
    ensure!(total == count, "the pages hold {total} records in all, total_count says {count}");
    Ok(())
}

pub(super) async fn beyond(probe: &mut Probe<'_>) -> Outcome {
    let count = enough(probe, 1).await? as u64;
    let (records, info) = page(probe, probe.session.everybody().page(count + 1, 10)).await?;
    ensure!(records.is_empty(), "expected no records beyond the last page, got {}", records.len());
    ensure!(
        info.total_count == Some(count),
        "expected total_count {count} beyond the last page too, got {:?}",
        info.total_count
    );
    Ok(())
}
