//! Where callbacks of the target arrive: one address per check, answers as the check wants them.

use crate::target::CallbackConfig;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use dci_core::ack::{Ack, AckBody};
use dci_core::carrier::{Carrier, Start};
use dci_core::id::CorrelationId;
use dci_core::server::{Running, ServerLimits, listen};
use dci_core::wire::{Form, Wire as _};
use http::{HeaderMap, Method, StatusCode, Uri, header};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Notify;

/// A callback as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Arrived {
    pub(crate) path: String,
    pub(crate) body: Vec<u8>,
    /// What surrounded the body, as far as signatures cover it.
    pub(crate) carrier: Carrier,
    /// Whether it was refused.
    pub(crate) refused: bool,
}

#[derive(Debug, Default)]
struct Slot {
    arrived: Vec<Arrived>,
    /// How many callbacks to refuse with 503 first.
    refuse: usize,
}

#[derive(Debug, Default)]
struct Shared {
    slots: Mutex<BTreeMap<String, Slot>>,
    news: Notify,
}

impl Shared {
    fn slots(&self) -> MutexGuard<'_, BTreeMap<String, Slot>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) struct Receiver {
    shared: Arc<Shared>,
    running: Running,
    public: String,
}

/// The address of one check.
pub(crate) struct Mailbox {
    shared: Arc<Shared>,
    name: String,
    pub(crate) url: String,
    pub(crate) path: String,
}

impl Receiver {
    pub(super) async fn start(config: &CallbackConfig) -> std::io::Result<Self> {
        let listener = TcpListener::bind(config.listen.as_deref().unwrap_or("127.0.0.1:0")).await?;
        let shared = Arc::new(Shared::default());
        let router = Router::new().fallback(take).with_state(Arc::clone(&shared));
        let running = listen(listener, router, &ServerLimits::default())?;
        let own = format!("http://{}", running.address());
        let public = config.public_url.clone().unwrap_or(own).trim_end_matches('/').to_owned();
        Ok(Self { shared, running, public })
    }

    /// A new address; the first `refuse` callbacks are answered with 503.
    pub(crate) fn mailbox(&self, refuse: usize) -> Mailbox {
        self.mailbox_for("on-search", refuse)
    }

    /// A new address for callbacks of `action`.
    pub(crate) fn mailbox_for(&self, action: &str, refuse: usize) -> Mailbox {
        let name = uuid::Uuid::new_v4().simple().to_string();
        let path = format!("/{name}/registry/{action}");
        self.shared.slots().insert(name.clone(), Slot { arrived: Vec::new(), refuse });
        Mailbox { shared: Arc::clone(&self.shared), name, url: format!("{}{path}", self.public), path }
    }

    pub(super) async fn stop(self) {
        self.running.stop().await;
    }
}

impl Mailbox {
    /// What arrived so far.
    pub(crate) fn arrived(&self) -> Vec<Arrived> {
        self.shared.slots().get(&self.name).map(|slot| slot.arrived.clone()).unwrap_or_default()
    }

    /// Refuses the next `count` callbacks with 503.
    pub(crate) fn refuse(&self, count: usize) {
        if let Some(slot) = self.shared.slots().get_mut(&self.name) {
            slot.refuse = count;
        }
    }

    /// Waits until `count` callbacks arrived, at most `wait`; returns what is there then.
    pub(crate) async fn wait_for(&self, count: usize, wait: Duration) -> Vec<Arrived> {
        self.wait_until(|arrived| arrived.len() >= count, wait).await
    }

    /// Waits until what arrived is `enough`, at most `wait`; returns what is there then.
    pub(crate) async fn wait_until(&self, enough: impl Fn(&[Arrived]) -> bool, wait: Duration) -> Vec<Arrived> {
        let until = async {
            loop {
                let news = self.shared.news.notified();
                tokio::pin!(news);
                news.as_mut().enable();
                if enough(&self.arrived()) {
                    return;
                }
                news.await;
            }
        };
        let _ = tokio::time::timeout(wait, until).await;
        self.arrived()
    }
}

async fn take(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let name = uri.path().split('/').nth(1).unwrap_or_default().to_owned();
    let refused = {
        let mut slots = shared.slots();
        let Some(slot) = slots.get_mut(&name) else { return StatusCode::NOT_FOUND.into_response() };
        let refused = slot.refuse > 0;
        slot.refuse = slot.refuse.saturating_sub(1);
        slot.arrived.push(Arrived {
            path: uri.path().to_owned(),
            body: body.to_vec(),
            carrier: carrier_of(&method, &uri, &headers),
            refused,
        });
        refused
    };
    shared.news.notify_waiters();
    if refused {
        return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1")]).into_response();
    }
    let ack = AckBody::from(Ack::accepted(CorrelationId::random()));
    ([(header::CONTENT_TYPE, "application/json")], ack.write().print(Form::Compact)).into_response()
}

fn carrier_of(method: &Method, uri: &Uri, headers: &HeaderMap) -> Carrier {
    let text = |value: &http::HeaderValue| value.to_str().unwrap_or_default().to_owned();
    let start = Start::Request {
        method: method.to_string(),
        authority: headers.get(header::HOST).map(text).unwrap_or_default(),
        path: uri.path().to_owned(),
        query: uri.query().map(|query| format!("?{query}")).unwrap_or_default(),
    };
    headers
        .iter()
        .fold(Carrier::start(start), |carrier, (name, value)| carrier.with_header(name.as_str(), &text(value)))
}
