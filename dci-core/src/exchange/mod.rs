//! What must not be lost between request and callback: inbox, outbox, transactions.
//!
//! An `ACK` is sent only after [`Store::accept`] returned; a callback leaves the outbox only when its receiver answered
//! 2xx; delivery is at least once, effects are once per sender and message id.

mod memory;
mod store;

pub use memory::MemoryStore;
pub use store::{
    Acceptance, Delivery, NewRequest, Outgoing, Store, StoreError, Transaction, TransactionKey, retry_after,
};
