//! Checks of encrypted messages: with the caller whose messages are registered as encrypted.

use super::answer::Answer;
use super::draft::{Draft, Endpoint, encrypted};
use super::ensure;
use super::outcome::{Outcome, Stop, failed};
use super::probe::Probe;
use super::signature::{reply_of, verify};
use crate::identity::Identity;
use crate::interface::AnySearch;
use dci_core::peer::EncryptionForm;
use dci_core::wire::Json;

fn encrypting(probe: &Probe<'_>) -> Result<(Identity, EncryptionForm), Stop> {
    let needed = "needs a registered caller whose messages are encrypted ([encrypting] in the configuration)";
    probe.session.target.encrypting.clone().ok_or_else(|| Stop::Skipped(needed.to_owned()))
}

/// A good encrypted search.
async fn search(probe: &mut Probe<'_>) -> Result<Draft, Stop> {
    let (identity, form) = encrypting(probe)?;
    let known = probe.known_identifier().await?;
    Ok(probe.search(Endpoint::SyncSearch, known).by_encrypting(&identity, form))
}

fn refused(answer: &Answer) -> Outcome {
    answer.refused(&["err.encryption.invalid".to_owned()], &[])
}

pub(super) async fn answered(probe: &mut Probe<'_>) -> Outcome {
    let draft = search(probe).await?;
    let (answer, sent) = reply_of(probe, &draft).await?;
    let wire = Json::parse(&answer.body).map_err(|error| failed(error.to_string()))?;
    ensure!(
        wire.pointer("/message/ciphertext").is_some(),
        "expected an encrypted message in the reply to an encrypted request, got a plain one"
    );
    verify::<AnySearch>(probe, &draft, &answer.body, &answer.carrier, &sent).await?;
    answer.reply::<AnySearch>().map(drop)
}

pub(super) async fn plain(probe: &mut Probe<'_>) -> Outcome {
    let mut draft = search(probe).await?;
    draft.encryption = None;
    refused(&probe.send(&draft).await?)
}

/// The ciphertext is changed and signed again: only the tag can tell.
pub(super) async fn altered(probe: &mut Probe<'_>) -> Outcome {
    let mut draft = search(probe).await?;
    let Some(form) = draft.encryption.take() else { return Err(failed("the draft is not encrypted")) };
    let mut message = encrypted(&mut draft.header, &draft.message, form, probe)?;
    let text = message.get("ciphertext").and_then(Json::as_str).unwrap_or_default().to_owned();
    let changed = if text.starts_with('A') {
        text.replacen('A', "B", 1)
    } else {
        format!("A{}", text.get(1..).unwrap_or_default())
    };
    crate::sandbox::set_member(&mut message, "/ciphertext", Json::from(changed));
    draft.message = message;
    refused(&probe.send(&draft).await?)
}

/// The ciphertext of one message in the envelope of another, well signed.
pub(super) async fn moved(probe: &mut Probe<'_>) -> Outcome {
    let (_, form) = encrypting(probe)?;
    if !form.bound {
        return Err(Stop::Skipped("the form that is agreed with this target binds nothing".to_owned()));
    }
    let mut first = search(probe).await?;
    let mut second = search(probe).await?;
    second.message = encrypted(&mut first.header, &first.message, form, probe)?;
    second.set("/header/is_msg_encrypted", Json::Bool(true));
    second.encryption = None;
    refused(&probe.send(&second).await?)
}
