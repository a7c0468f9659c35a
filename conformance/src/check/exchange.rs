//! Sending a draft, and what comes back.

use super::answer::Answer;
use super::draft::{Draft, Endpoint, TokenUse};
use super::outcome::{Stop, failed};
use super::probe::Probe;
use super::receiver::{Arrived, Mailbox};
use super::redact;
use crate::results::Step;
use dci_core::carrier::Carrier;
use dci_core::peer::Authorization;
use dci_core::query::SearchCriteria;
use dci_core::signature::Sealed;
use http::header::{AUTHORIZATION, CONTENT_TYPE};

impl Probe<'_> {
    /// Sends `draft` and notes the exchange.
    pub(crate) async fn send(&mut self, draft: &Draft) -> Result<Answer, Stop> {
        let sealed = draft.sealed(self)?;
        self.send_sealed(draft, sealed).await
    }

    /// Sends what was sealed, with everything else as in `draft`.
    pub(crate) async fn send_sealed(&mut self, draft: &Draft, sealed: Sealed) -> Result<Answer, Stop> {
        let target = &self.session.target;
        let path = draft.path(self)?;
        let url = target.base.join(&path).map_err(|error| failed(format!("{path} is no path: {error}")))?;
        let mut request = self.session.http.request(draft.method.clone(), url.clone());
        if let Some(media_type) = &draft.content_type {
            request = request.header(CONTENT_TYPE, media_type);
        }
        match draft.token {
            TokenUse::None => {}
            TokenUse::Wrong => request = request.header(AUTHORIZATION, "Bearer not-a-token-of-this-system"),
            TokenUse::Good => {
                let token = target.token.current(&self.session.tokens).await;
                let token = token.map_err(|error| failed(format!("the suite got no token: {error}")))?;
                request = match (token, target.profile.authorization) {
                    (Some(token), Authorization::Bearer) => request.bearer_auth(token.as_str()),
                    (Some(token), Authorization::Bare) => request.header(AUTHORIZATION, token.as_str()),
                    _ => request,
                };
            }
        }
        for (name, value) in &sealed.headers {
            request = request.header(*name, value);
        }
        let body = sealed.body;
        let shown = redact::body(&body);
        let line = format!("{} {}", draft.method, url.path());
        if draft.method != http::Method::GET {
            request = request.body(body);
        }
        let mut step = Step { from: "suite".to_owned(), request: line, sent: shown, ..Step::default() };
        let answer = async {
            let response = request.send().await?;
            let status = response.status().as_u16();
            let media_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
            let media_type = media_type.unwrap_or_default().to_owned();
            let carrier = carrier_of(status, response.headers());
            let body = response.bytes().await?.to_vec();
            let mut answer = Answer::new(status, media_type, body, target.interface);
            answer.carrier = carrier;
            Ok::<_, reqwest::Error>(answer.made_readable(target, &draft.identity))
        };
        match answer.await {
            Ok(answer) => {
                step.status = answer.status;
                step.received = redact::body(&answer.body);
                self.trace.push(step);
                Ok(answer)
            }
            Err(error) => {
                let error = error.without_url();
                step.received = format!("(no answer: {error})");
                self.trace.push(step);
                Err(failed(format!("no answer came: {error}")))
            }
        }
    }

    /// Fetches a document of the target.
    pub(crate) async fn get(&mut self, path: &str) -> Result<Answer, Stop> {
        let mut draft = self.search(Endpoint::SyncSearch, SearchCriteria::identifier("UIN", "none"));
        draft.method = http::Method::GET;
        draft.path = Some(path.to_owned());
        let sealed = Sealed::in_envelope(Vec::new(), None);
        self.send_sealed(&draft, sealed).await
    }

    /// Waits for callbacks at `mailbox` and notes them.
    pub(crate) async fn callbacks(&mut self, mailbox: &Mailbox, count: usize) -> Vec<Arrived> {
        self.callbacks_until(mailbox, |arrived| arrived.len() >= count).await
    }

    /// Waits until what came to `mailbox` is `enough`, and notes it.
    pub(crate) async fn callbacks_until(
        &mut self,
        mailbox: &Mailbox,
        enough: impl Fn(&[Arrived]) -> bool,
    ) -> Vec<Arrived> {
        let arrived = mailbox.wait_until(enough, self.session.target.callback_wait()).await;
        for callback in &arrived {
            self.trace.push(Step {
                from: "target".to_owned(),
                request: format!("POST {}", callback.path),
                sent: redact::body(&callback.body),
                ..Step::default()
            });
        }
        arrived
    }
}

/// What surrounds a body, as far as signatures cover it.
pub(crate) fn carrier_of(status: u16, headers: &http::HeaderMap) -> Carrier {
    let pairs = headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    pairs.fold(Carrier::reply(status), |carrier, (name, value)| carrier.with_header(name, value))
}
