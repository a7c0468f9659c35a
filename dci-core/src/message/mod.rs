//! The messages envelopes carry.

mod search;
mod txn_status;

pub use search::{Records, SearchData, SearchItem, SearchRequest, SearchResponse, SearchResult};
pub use txn_status::{AttributeValue, TxnState, TxnStatusAnswer, TxnStatusQuery, TxnStatusRequest, TxnStatusResponse};
