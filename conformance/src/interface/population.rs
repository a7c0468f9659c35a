//! Records whose types the suite need not know.

use dci_core::action::{Action, Registry, Search};
use dci_core::message::{SearchRequest, SearchResponse};
use dci_core::query::{Page, QueryLimits, SearchCriteria, SearchRefusal, Table};
use dci_core::wire::{Json, ReadError, Reading, Wire};
use dci_registry::social::EventType;

/// The records of one registry, to compare answers with.
pub(crate) trait Population: Send + Sync {
    /// The page of the records that fulfil `criteria`.
    fn search(&self, criteria: &SearchCriteria) -> Result<Page<Json>, SearchRefusal>;

    /// Every record, in the standard's form.
    fn records(&self) -> &[Json];
}

struct Known<I: Registry> {
    table: Table<I>,
    trees: Vec<Json>,
}

impl<I: Registry> Population for Known<I> {
    fn search(&self, criteria: &SearchCriteria) -> Result<Page<Json>, SearchRefusal> {
        let page = self.table.search(criteria)?;
        let records = page.records.iter().map(Wire::write).collect();
        Ok(Page::new(records, page.page_number, page.page_size, page.total_count))
    }

    fn records(&self) -> &[Json] {
        &self.trees
    }
}

/// Records per query of a population: more than the suite ever fetches.
const MOST: u64 = 20_000;

/// Reads records as the interface's own.
pub(super) type ToTable = fn(&[Json]) -> Result<Box<dyn Population>, ReadError>;

pub(super) fn table<I: Registry>(records: &[Json]) -> Result<Box<dyn Population>, ReadError> {
    let mut reading = Reading::new(dci_core::wire::Leniency::Content);
    let mut read = Vec::with_capacity(records.len());
    for record in records {
        read.push(reading.read_at::<I::Record>("reg_records", record)?);
    }
    let mut limits = QueryLimits::default();
    limits.max_page_size = MOST;
    limits.records = usize::try_from(MOST).unwrap_or(usize::MAX);
    let trees = read.iter().map(Wire::write).collect();
    Ok(Box::new(Known { table: Table::<I>::new(read).limits(limits), trees }))
}

/// Reads a tree at a place and writes it again.
pub(crate) type Rewrite = fn(&mut Reading, &'static str, &Json) -> Result<Json, ReadError>;

pub(crate) fn rewrite<T: Wire>(reading: &mut Reading, place: &'static str, tree: &Json) -> Result<Json, ReadError> {
    Ok(reading.read_at::<T>(place, tree)?.write())
}

/// A search in any registry. Which one answers is looked at by the checks.
#[derive(Debug)]
pub(crate) struct AnySearch;

impl Action for AnySearch {
    const ACTION: &'static str = Search::<Open>::ACTION;
    const PATH: Option<&'static str> = Search::<Open>::PATH;
    const SYNC_PATH: Option<&'static str> = Search::<Open>::SYNC_PATH;
    const CALLBACK: &'static str = Search::<Open>::CALLBACK;
    const CALLBACK_PATH: Option<&'static str> = Search::<Open>::CALLBACK_PATH;
    const SUMMARY: &'static str = Search::<Open>::SUMMARY;
    type Request = SearchRequest;
    type Response = SearchResponse<Json>;
}

/// Any registry: its records are trees.
#[derive(Debug)]
pub(crate) struct Open;

impl Registry for Open {
    const NAME: &'static str = "any";
    const REG_TYPE: &'static str = "";
    const RECORD_TYPE: &'static str = "";
    const ATTRIBUTES: &'static [dci_core::query::Attribute] = &[];
    const IDENTIFIER_PATHS: &'static [&'static str] = &[];
    type Record = Json;
    // Some list has to stand here; events are compared as text.
    type Event = EventType;
}
