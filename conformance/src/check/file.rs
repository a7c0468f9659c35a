//! Checks of messages in files (`multipart/form-data` with `FileInfo`).

use super::answer::{Answer, delivered, only_result, read_reply, succeeded};
use super::draft::{Draft, Endpoint};
use super::ensure;
use super::outcome::{Outcome, Stop, failed};
use super::probe::Probe;
use super::receiver::Mailbox;
use crate::interface::AnySearch;
use dci_core::wire::Json;

/// Sends the draft as a file, for `action`.
async fn send(probe: &mut Probe<'_>, mut draft: Draft, action: &str) -> Result<Answer, Stop> {
    let mut sealed = draft.sealed(probe)?;
    if !sealed.headers.is_empty() {
        let scheme = probe.session.target.scheme.name();
        return Err(Stop::Skipped(format!("the scheme {scheme} signs the HTTP body, which a file is only a part of")));
    }
    let boundary = uuid::Uuid::new_v4().simple().to_string();
    let mut body = Vec::new();
    for (name, content) in [("action", action), ("fileFormat", "json")] {
        let part = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let head =
        format!("--{boundary}\r\nContent-Disposition: form-data; name=\"fileName\"; filename=\"m.json\"\r\n\r\n");
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(&sealed.body);
    body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    sealed.body = body;
    draft.content_type = Some(format!("multipart/form-data; boundary={boundary}"));
    let answer = probe.send_sealed(&draft, sealed).await?;
    if answer.status == 415 {
        return Err(Stop::Skipped("the target takes no files (HTTP 415)".to_owned()));
    }
    Ok(answer)
}

/// A good search to be sent in a file, and where its callback arrives. Files are for asynchronous requests.
async fn search(probe: &mut Probe<'_>) -> Result<(Draft, Mailbox), Stop> {
    let known = probe.known_identifier().await?;
    let mailbox = probe.session.receiver.mailbox(0);
    let draft = probe.search(Endpoint::Search, known).callback_to(&mailbox.url);
    Ok((draft, mailbox))
}

pub(super) async fn answered(probe: &mut Probe<'_>) -> Outcome {
    let (draft, mailbox) = search(probe).await?;
    let identity = draft.identity.clone();
    send(probe, draft, "search").await?.acknowledged()?;
    let arrived = probe.callbacks(&mailbox, 1).await.into_iter().next();
    let arrived = arrived.ok_or_else(|| failed("no callback came in time"))?;
    let target = &probe.session.target;
    let body = delivered(&arrived.body, target, &identity);
    let reply = read_reply::<AnySearch>(&body, target.interface)?;
    let result = only_result(&reply.message)?;
    succeeded(result)?;
    ensure!(result.records().len() == 1, "expected the one record with the identifier, got {}", result.records().len());
    Ok(())
}

pub(super) async fn altered(probe: &mut Probe<'_>) -> Outcome {
    let (mut draft, _) = search(probe).await?;
    draft.altered = vec![("/message/transaction_id".to_owned(), Json::from("123456789"))];
    send(probe, draft, "search").await?.refused(&["err.signature.invalid".to_owned()], &[])
}

pub(super) async fn other_action(probe: &mut Probe<'_>) -> Outcome {
    let (draft, _) = search(probe).await?;
    let answer = send(probe, draft, "subscribe").await?;
    answer.refused(&["rjct.action.invalid".to_owned(), "err.request.bad".to_owned()], &[400])
}
