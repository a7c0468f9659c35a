//! How much a caller may ask of a server (security defaults).

use crate::wire::Limits;
use std::time::Duration;

/// Limits of one server.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ServerLimits {
    /// Bytes of a request body.
    pub body: usize,
    /// Limits of the JSON in it.
    pub json: Limits,
    /// Items of a synchronous batch.
    pub sync_items: usize,
    /// Items of an asynchronous batch.
    pub async_items: usize,
    /// Time for the head of a request.
    pub head_time: Duration,
    /// Time for the body of a request.
    pub body_time: Duration,
    /// Time in which nothing of an answer is taken by its reader.
    pub stall_time: Duration,
    /// Time for the answer to a synchronous request.
    pub answer_time: Duration,
    /// Time for the answer to an asynchronous request; then its callback says that there is none.
    pub async_answer_time: Duration,
    /// Open connections.
    pub connections: usize,
    /// Bytes of all bodies that are being read at once.
    pub bodies_in_flight: usize,
    /// Time to finish when shutting down.
    pub drain: Duration,
    /// Callbacks that are being delivered at once.
    pub deliveries: usize,
    /// Callbacks under way to one host and port.
    pub deliveries_per_origin: usize,
    /// Time for the delivery of one callback.
    pub delivery_time: Duration,
    /// Live subscriptions of one subscriber.
    pub subscriptions: usize,
}

impl Default for ServerLimits {
    fn default() -> Self {
        Self {
            body: 1 << 20,
            json: Limits::default(),
            sync_items: 10,
            async_items: 100,
            head_time: Duration::from_secs(10),
            body_time: Duration::from_secs(30),
            stall_time: Duration::from_secs(30),
            answer_time: Duration::from_secs(30),
            async_answer_time: Duration::from_secs(300),
            connections: 1_024,
            bodies_in_flight: 256 << 20,
            drain: Duration::from_secs(25),
            deliveries: 64,
            deliveries_per_origin: 8,
            delivery_time: Duration::from_secs(30),
            subscriptions: 1_000,
        }
    }
}
