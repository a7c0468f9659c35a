//! `get-disability-support` and `get-disability-details`: what a disabled person needs, and what is impaired.

use super::disabled::DisabledRequest;
use super::{DisabilityDetailsRecord, DisabilitySupport};
use dci_core::action::Action;
use dci_core::message::SearchResponse;

/// `get-disability-support` (`dr_api_v1.0.0`, `/registry/sync/get-disability-support`). Synchronous only. Its records are
/// lists: the support of one person each.
#[derive(Debug)]
#[non_exhaustive]
pub struct GetDisabilitySupport;

impl Action for GetDisabilitySupport {
    const ACTION: &'static str = "search";
    const ACTION_ALIASES: &'static [&'static str] = &["get_disability_support"];
    const PATH: Option<&'static str> = None;
    const SYNC_PATH: Option<&'static str> = Some("registry/sync/get-disability-support");
    const CALLBACK: &'static str = "on-search";
    const CALLBACK_PATH: Option<&'static str> = None;
    const SUMMARY: &'static str = "Ask what support a person with a disability needs or gets";
    type Request = DisabledRequest;
    type Response = SearchResponse<Vec<DisabilitySupport>>;
}

/// `get-disability-details` (`dr_api_v1.0.0`, `/registry/sync/get-disability-details`, once `get-disability-info`).
/// Synchronous only.
#[derive(Debug)]
#[non_exhaustive]
pub struct GetDisabilityDetails;

impl Action for GetDisabilityDetails {
    const ACTION: &'static str = "search";
    const ACTION_ALIASES: &'static [&'static str] = &["get_disability_info", "get_disability_details"];
    const PATH: Option<&'static str> = None;
    const SYNC_PATH: Option<&'static str> = Some("registry/sync/get-disability-details");
    const SYNC_ALIASES: &'static [&'static str] = &["registry/sync/get-disability-info"];
    const CALLBACK: &'static str = "on-search";
    const CALLBACK_PATH: Option<&'static str> = None;
    const SUMMARY: &'static str = "Ask what a person's impairments are";
    type Request = DisabledRequest;
    type Response = SearchResponse<DisabilityDetailsRecord>;
}
