//! What must not be lost between request and callback: inbox, outbox, transactions, subscriptions.
//!
//! An `ACK` is sent only after [`Store::accept`] returned; a callback leaves the outbox only when its receiver answered
//! 2xx; delivery is at least once, effects are once per sender and message id.

mod memory;
mod memory_subscriptions;
mod outbox;
mod store;
mod subscription;

pub use memory::MemoryStore;
pub use outbox::{Delivery, Outgoing, retry_after};
pub use store::{Acceptance, NewRequest, Store, StoreError, Transaction, TransactionKey};
pub use subscription::{NewNotification, Subscribed, Subscription, Unsubscribed, join_events};
