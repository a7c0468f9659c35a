//! `search`.

use super::{Action, Registry};
use crate::message::{SearchRequest, SearchResponse};
use std::marker::PhantomData;

/// `search`: find the records that match a query (registry standard, `/registry/search`, `/registry/sync/search`).
#[derive(Debug)]
#[non_exhaustive]
pub struct Search<R>(PhantomData<R>);

impl<R: Registry> Action for Search<R> {
    const ACTION: &'static str = "search";
    const PATH: Option<&'static str> = Some("registry/search");
    const SYNC_PATH: Option<&'static str> = Some("registry/sync/search");
    const CALLBACK: &'static str = "on-search";
    const CALLBACK_PATH: Option<&'static str> = Some("registry/on-search");
    const SUMMARY: &'static str = "Find the records that match a query";
    type Request = SearchRequest;
    type Response = SearchResponse<R::Record>;

    /// An answer that says of itself to come from another registry of the standard is none to this search. Names that are
    /// not the standard's say nothing.
    fn is_answered_by(response: &Self::Response) -> bool {
        let word = |name: &str| name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        let own = word(R::REG_TYPE);
        let mut named = response.search_response.iter().filter_map(|result| result.data.as_ref()?.reg_type.as_deref());
        named.all(|name| !REGISTRIES.contains(&word(name).as_str()) || word(name) == own)
    }
}

/// The last words of the standard's names of registries.
const REGISTRIES: [&str; 6] = ["social", "civil", "ibr", "dr", "fr", "ess"];
