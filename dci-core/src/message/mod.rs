//! The messages envelopes carry.

mod notify;
mod search;
mod subscribe;
mod txn_status;
mod unsubscribe;

pub use notify::{EventRecords, NotifyData, NotifyEvent, NotifyRequest};
pub use search::{Records, SearchData, SearchItem, SearchRequest, SearchResponse, SearchResult};
pub use subscribe::{
    EventFrequency, SubscribeCriteria, SubscribeItem, SubscribeRequest, SubscribeResponse, SubscribeResult,
    SubscriptionInfo,
};
pub use txn_status::{
    AttributeValue, Receipt, ReceiptInformation, TxnState, TxnStatusAnswer, TxnStatusQuery, TxnStatusRequest,
    TxnStatusResponse,
};
pub use unsubscribe::{CodeStatus, UnsubscribeRequest, UnsubscribeResponse};
