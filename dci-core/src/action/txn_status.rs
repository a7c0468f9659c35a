//! `txn-status`.

use super::{Action, Registry};
use crate::message::{TxnStatusRequest, TxnStatusResponse};
use std::marker::PhantomData;

/// `txn-status`: ask what became of a transaction (`/registry/txn/status`, `/registry/sync/txn/status`).
#[derive(Debug)]
#[non_exhaustive]
pub struct TxnStatus<R>(PhantomData<R>);

impl<R: Registry> Action for TxnStatus<R> {
    const ACTION: &'static str = "txn-status";
    const PATH: Option<&'static str> = Some("registry/txn/status");
    const SYNC_PATH: Option<&'static str> = Some("registry/sync/txn/status");
    const CALLBACK: &'static str = "txn-on-status";
    const CALLBACK_PATH: Option<&'static str> = Some("registry/txn/on-status");
    const SUMMARY: &'static str = "Ask what became of a transaction";
    type Request = TxnStatusRequest;
    type Response = TxnStatusResponse<R::Record>;
}
