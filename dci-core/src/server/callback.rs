//! Delivering callbacks: from the outbox, signed anew at each attempt, until the receiver answered 2xx.

use super::limits::ServerLimits;
use crate::carrier::Carrier;
use crate::envelope::Envelope;
use crate::exchange::{Delivery, Store, retry_after};
use crate::gate::{Gate, Seal, SealError};
use crate::time::Timestamp;
use crate::transport::{Http, HttpError, HttpReply, Post};
use crate::wire::{Json, Wire as _};
use chrono::{TimeDelta, Utc};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, Semaphore, watch};
use tokio::task::JoinSet;
use url::Url;

/// The largest answer to a callback that is read.
const ANSWER_BYTES: usize = 64 << 10;

/// Why a callback did not leave.
#[derive(Debug, thiserror::Error)]
enum Undelivered {
    #[error("its receiver, or this address of it, is no longer registered")]
    NotRegistered,
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error(transparent)]
    Http(#[from] HttpError),
}

/// Delivers what is in the outbox.
#[derive(Clone, Debug)]
pub(super) struct Courier {
    pub(super) store: Arc<dyn Store>,
    pub(super) gate: Gate,
    pub(super) seal: Seal,
    pub(super) http: Http,
    pub(super) limits: Arc<ServerLimits>,
    pub(super) news: Arc<Notify>,
    pub(super) lanes: Lanes,
}

/// One receiver gets so many callbacks at once; the others wait for their turn and for nobody else's.
#[derive(Clone, Debug, Default)]
pub(super) struct Lanes(Arc<Mutex<BTreeMap<String, Arc<Semaphore>>>>);

impl Lanes {
    /// The lane to the host of `url`.
    fn of(&self, url: &Url, width: usize) -> Arc<Semaphore> {
        let mut lanes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A lane nobody is in or waits for is made anew when it is needed.
        lanes.retain(|_, lane| Arc::strong_count(lane) > 1);
        let lane = lanes.entry(url.origin().ascii_serialization());
        Arc::clone(lane.or_insert_with(|| Arc::new(Semaphore::new(width.max(1)))))
    }
}

impl Courier {
    /// Works until `stop` is set, then finishes what was claimed.
    pub(super) async fn work(self, mut stop: watch::Receiver<bool>) {
        let mut under_way = JoinSet::new();
        loop {
            let room = self.limits.deliveries.saturating_sub(under_way.len());
            let lease = TimeDelta::from_std(self.limits.delivery_time * 2).unwrap_or(TimeDelta::seconds(60));
            match self.store.claim(Utc::now(), lease, room).await {
                Ok(claimed) => {
                    for delivery in claimed {
                        let courier = self.clone();
                        under_way.spawn(async move { courier.deliver(delivery).await });
                    }
                }
                Err(error) => tracing::error!(%error, "the outbox cannot be read"),
            }
            if *stop.borrow() {
                break;
            }
            tokio::select! {
                () = self.news.notified() => {}
                Some(_) = under_way.join_next() => {}
                // Retries become due without news.
                () = tokio::time::sleep(Duration::from_millis(500)) => {}
                changed = stop.changed() => if changed.is_err() { break },
            }
        }
        while under_way.join_next().await.is_some() {}
    }

    async fn deliver(&self, delivery: Delivery) {
        let outcome = match self.post(&delivery).await {
            Ok(reply) if (200..300).contains(&reply.status) => self.store.delivered(delivery.id, delivery.fence).await,
            Ok(reply) => self.put_back(&delivery, retry_time(delivery.failures + 1, Some(&reply)), reply.status).await,
            Err(error) => {
                tracing::warn!(id = delivery.id, %error, "a callback was not delivered");
                self.put_back(&delivery, retry_time(delivery.failures + 1, None), 0).await
            }
        };
        if let Err(error) = outcome {
            // The lease ends by itself, and the callback is delivered again: at least once.
            tracing::error!(id = delivery.id, %error, "the outcome of a callback was not kept");
        }
    }

    async fn put_back(
        &self,
        delivery: &Delivery,
        wait: Option<TimeDelta>,
        status: u16,
    ) -> Result<(), crate::exchange::StoreError> {
        if wait.is_none() {
            tracing::error!(id = delivery.id, receiver = %delivery.outgoing.receiver_id, status, "a callback was given up");
        }
        self.store.failed(delivery.id, delivery.fence, wait.map(|wait| Utc::now() + wait)).await
    }

    async fn post(&self, delivery: &Delivery) -> Result<HttpReply, Undelivered> {
        let outgoing = &delivery.outgoing;
        let mut header = outgoing.header.clone();
        if let Some(header) = header.as_object_mut() {
            header.insert("message_ts", Timestamp::now().write());
        }
        let Some(peer) = self.gate.peer(&outgoing.receiver_id).await else {
            return Err(Undelivered::NotRegistered);
        };
        // What was registered may have changed since the request was taken.
        if peer.callback_url(outgoing.url.as_str()).is_none() {
            return Err(Undelivered::NotRegistered);
        }
        let mut message = outgoing.message.clone();
        peer.profile().write_answer(&mut message);
        let envelope: Envelope<Json, Json> = Envelope::new(header, message);
        let carrier = Carrier::request("POST", &outgoing.url);
        let sealed = self.seal.seal(&envelope, &peer, &carrier).await?;
        self.http.permit(&outgoing.url, &peer.networks());
        let lane = self.lanes.of(&outgoing.url, self.limits.deliveries_per_origin);
        let _turn = lane.acquire().await;
        let mut post = Post::json(outgoing.url.clone(), sealed.body);
        post.media_type.clone_from(&peer.profile().callback_media_type);
        post.headers = sealed.headers;
        Ok(self.http.post(post, ANSWER_BYTES).await?)
    }
}

/// When to try again; never for answers that will not change.
fn retry_time(failures: u32, reply: Option<&HttpReply>) -> Option<TimeDelta> {
    let own = retry_after(failures)?;
    let Some(reply) = reply else { return Some(own) };
    match reply.status {
        408 | 425 | 429 | 500..=599 => {
            let asked = reply.retry_after.and_then(|wait| TimeDelta::from_std(wait).ok());
            Some(asked.map_or(own, |asked| asked.clamp(TimeDelta::seconds(1), TimeDelta::days(1))))
        }
        // Perhaps not deployed yet.
        404 => (failures <= 5).then_some(own),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, wait: Option<u64>) -> HttpReply {
        let retry_after = wait.map(Duration::from_secs);
        HttpReply { status, content_type: String::new(), retry_after, carrier: Carrier::default(), body: Vec::new() }
    }

    #[test]
    fn what_may_change_is_tried_again_and_nothing_else() {
        assert_eq!(retry_time(1, None), Some(TimeDelta::seconds(5)));
        assert_eq!(retry_time(10, None), None);
        assert_eq!(retry_time(1, Some(&reply(503, Some(7)))), Some(TimeDelta::seconds(7)));
        assert_eq!(retry_time(1, Some(&reply(503, Some(1 << 40)))), Some(TimeDelta::days(1)));
        for status in [400, 401, 410, 302] {
            assert_eq!(retry_time(1, Some(&reply(status, None))), None, "{status}");
        }
    }
}
