//! Checks of HTTP, limits, and what is published.

use super::draft::Endpoint;
use super::ensure;
use super::outcome::{Outcome, Stop, failed};
use super::probe::Probe;
use crate::interface::AnySearch;
use crate::results::Step;
use dci_core::jose::{AwsLc, KeySet};
use dci_core::wire::Json;

pub(super) async fn body_size(probe: &mut Probe<'_>) -> Outcome {
    let limit = probe.session.target.config.target.body_limit.unwrap_or(1 << 20);
    let criteria = probe.known_identifier().await?;
    let mut draft = probe.search(Endpoint::SyncSearch, criteria);
    let filler: Vec<Json> = (0..limit / 50_000 + 2).map(|_| Json::from("x".repeat(50_000))).collect();
    draft.set("/message/filler", Json::Array(filler));
    let mut answer = probe.send(&draft).await;
    // A target that answers before it has read everything may close the connection under the answer: now and then that is lost.
    for _ in 0..2 {
        if answer.is_err() {
            answer = probe.send(&draft).await;
        }
    }
    match answer {
        Ok(answer) => answer.refused(&[], &[413]),
        // Closing the connection in the middle of a body that is too large is a refusal too, but tells nobody why.
        Err(Stop::Failed(reason)) => Err(failed(format!("expected HTTP 413; {reason}"))),
        Err(skipped) => Err(skipped),
    }
}

pub(super) async fn batch_limit(probe: &mut Probe<'_>) -> Outcome {
    let limit = probe.session.target.config.target.sync_items.unwrap_or(10);
    let criteria = probe.known_identifier().await?;
    let draft = probe.batch(Endpoint::SyncSearch, vec![criteria; limit + 1]);
    let answer = probe.send(&draft).await?;
    answer.refused(&["rjct.total_count.limit_exceeded".to_owned()], &[413])
}

pub(super) async fn batch_at_limit(probe: &mut Probe<'_>) -> Outcome {
    let limit = probe.session.target.config.target.sync_items.unwrap_or(10);
    let criteria = probe.known_identifier().await?;
    let draft = probe.batch(Endpoint::SyncSearch, vec![criteria; limit]);
    let reply = probe.send(&draft).await?.reply::<AnySearch>()?;
    let answered = reply.message.search_response.len();
    ensure!(answered == limit, "expected {limit} results, got {answered}");
    Ok(())
}

pub(super) async fn jwks(probe: &mut Probe<'_>) -> Outcome {
    let session = probe.session;
    let url = session.target.jwks_url.clone();
    let reply = session.http.get(url.clone()).send().await.map_err(|error| failed(error.without_url().to_string()))?;
    let status = reply.status().as_u16();
    let body = reply.bytes().await.map_err(|error| failed(error.without_url().to_string()))?;
    probe.trace.push(Step {
        from: "suite".to_owned(),
        request: format!("GET {}", url.path()),
        status,
        received: super::redact::body(&body),
        ..Step::default()
    });
    ensure!(status == 200, "expected HTTP 200 with a key set at {}, got HTTP {status}", url.path());
    let set = KeySet::parse(&body, &AwsLc::new()).map_err(|error| failed(error.to_string()))?;
    ensure!(!set.is_empty(), "expected at least one signature key in the set");
    let tree = Json::parse(&body).map_err(|error| failed(error.to_string()))?;
    for (index, key) in tree.get("keys").and_then(Json::as_array).unwrap_or_default().iter().enumerate() {
        for member in ["kty", "kid", "use", "alg"] {
            let text = key.get(member).and_then(Json::as_str).unwrap_or_default();
            ensure!(!text.is_empty(), "expected /keys/{index}/{member}");
        }
    }
    Ok(())
}
