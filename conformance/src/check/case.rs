//! Cases that are one exchange: data in `cases/**/*.toml`, one file per behaviour, named by its path.

use super::answer::{only_result, succeeded};
use super::draft::{Draft, Endpoint, Signing, TokenUse};
use super::ensure;
use super::outcome::{Outcome, Stop, failed};
use super::probe::Probe;
use crate::interface::INTERFACES;
use crate::interface::{AnySearch, Interface};
use crate::requirement::DataError;
use chrono::{TimeDelta, Utc};
use dci_core::code::Status;
use dci_core::time::Timestamp;
use dci_core::wire::{Json, Object, Wire as _};
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use std::collections::BTreeMap;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/cases");

/// Where a case is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Asked {
    #[default]
    SyncSearch,
    Search,
    SyncStatus,
    Status,
}

impl Asked {
    fn is_sync(self) -> bool {
        matches!(self, Self::SyncSearch | Self::SyncStatus)
    }
}

/// One case: a good request, what is changed in it, and what must come back.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) requirement: String,
    pub(crate) title: String,
    #[serde(default)]
    endpoint: Asked,
    #[serde(default)]
    signing: Signing,
    #[serde(default)]
    token: TokenUse,
    /// Members set before signing: JSON pointer to value.
    #[serde(default)]
    set: BTreeMap<String, toml::Value>,
    /// Members removed before signing.
    #[serde(default)]
    remove: Vec<String>,
    /// Members set after signing.
    #[serde(default)]
    alter: BTreeMap<String, toml::Value>,
    /// How many items the batch has.
    items: Option<usize>,
    /// A body instead of an envelope.
    raw: Option<String>,
    /// So many nested arrays in `header.meta`.
    nested: Option<usize>,
    /// Media type; none is sent for a blank one.
    content_type: Option<String>,
    method: Option<String>,
    path: Option<String>,
    expect: Expect,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum Expect {
    /// The whole is turned away with one of these codes, or one of these statuses.
    Refused {
        #[serde(default)]
        codes: Vec<String>,
        #[serde(default)]
        statuses: Vec<u16>,
    },
    /// The item is rejected with one of these codes.
    ItemRejected(Vec<String>),
    /// The search succeeds and finds so many records.
    Found(u64),
}

/// Every case, by id.
pub(crate) fn all() -> Result<Vec<(String, Case)>, DataError> {
    let mut out = Vec::new();
    collect(&FILES, &mut out)?;
    out.sort_by(|(left, _), (right, _)| left.cmp(right));
    Ok(out)
}

fn collect(dir: &Dir<'_>, out: &mut Vec<(String, Case)>) -> Result<(), DataError> {
    for file in dir.files() {
        let name = file.path().display().to_string();
        let broken = |reason: String| DataError { file: name.clone(), reason };
        let text = file.contents_utf8().ok_or_else(|| broken("not UTF-8".to_owned()))?;
        let case: Case = toml::from_str(text).map_err(|error| broken(error.to_string()))?;
        out.push((name.trim_end_matches(".toml").to_owned(), case));
    }
    dir.dirs().try_for_each(|dir| collect(dir, out))
}

/// A value of a case. In texts, `{now+60}` is a time, `{chars:100}` so many characters, `{other registry}` the
/// `reg_type` of a registry that is not the target.
fn value(value: &toml::Value, interface: &Interface) -> Json {
    match value {
        toml::Value::String(text) => Json::from(expand(text, interface)),
        toml::Value::Integer(whole) => Json::from(*whole),
        toml::Value::Boolean(flag) => Json::from(*flag),
        toml::Value::Array(items) => Json::Array(items.iter().map(|item| self::value(item, interface)).collect()),
        toml::Value::Table(table) => Json::Object(
            table.iter().map(|(name, inner)| (name.clone(), self::value(inner, interface))).collect::<Object>(),
        ),
        toml::Value::Float(number) => Json::parse(number.to_string().as_bytes()).unwrap_or_default(),
        toml::Value::Datetime(time) => Json::from(time.to_string()),
    }
}

fn expand(text: &str, interface: &Interface) -> String {
    let Some(inner) = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) else { return text.to_owned() };
    if let Some(seconds) = inner.strip_prefix("now").and_then(|seconds| seconds.parse::<i64>().ok()) {
        return Timestamp::from(Utc::now() + TimeDelta::seconds(seconds)).to_string();
    }
    if inner == "other registry" {
        let other = INTERFACES.iter().find(|other| other.name != interface.name);
        return other.map(|other| other.reg_type.to_owned()).unwrap_or_default();
    }
    match inner.strip_prefix("chars:").and_then(|count| count.parse::<usize>().ok()) {
        Some(count) => "é".repeat(count),
        None => text.to_owned(),
    }
}

impl Case {
    async fn draft(&self, probe: &mut Probe<'_>) -> Result<Draft, Stop> {
        let criteria = probe.known_identifier().await?;
        let mut draft = match self.endpoint {
            Asked::SyncStatus => probe.status_of_new_search(Endpoint::SyncStatus).await?,
            Asked::Status => probe.status_of_new_search(Endpoint::Status).await?,
            Asked::SyncSearch => probe.batch(Endpoint::SyncSearch, vec![criteria; self.items.unwrap_or(1)]),
            Asked::Search => probe.batch(Endpoint::Search, vec![criteria; self.items.unwrap_or(1)]),
        };
        if !self.endpoint.is_sync() {
            let mailbox = probe.session.receiver.mailbox(0);
            draft = draft.callback_to(&mailbox.url);
        }
        let interface = probe.session.target.interface;
        draft.signing = self.signing;
        draft.token = self.token;
        for (pointer, member) in &self.set {
            draft.set(pointer, value(member, interface));
        }
        for pointer in &self.remove {
            draft.remove(pointer);
        }
        draft.altered =
            self.alter.iter().map(|(pointer, member)| (pointer.clone(), value(member, interface))).collect();
        draft.raw = self.raw.as_ref().map(|text| text.clone().into_bytes());
        if let Some(depth) = self.nested {
            let nested = (0..depth).fold(Json::Array(Vec::new()), |inner, _| Json::Array(vec![inner]));
            draft.set("/header/meta", Json::Object(std::iter::once(("nested".to_owned(), nested)).collect()));
        }
        if let Some(media_type) = &self.content_type {
            draft.content_type = (!media_type.is_empty()).then(|| media_type.clone());
        }
        if let Some(method) = &self.method {
            draft.method = method.parse().map_err(|_| failed(format!("{method} is no method")))?;
        }
        draft.path.clone_from(&self.path);
        Ok(draft)
    }

    pub(crate) async fn run(&self, probe: &mut Probe<'_>) -> Outcome {
        if self.token != TokenUse::Good && !probe.session.target.has_token {
            return Err(Stop::Skipped("the suite was given no token, so the target may not want one".to_owned()));
        }
        let draft = self.draft(probe).await?;
        let answer = probe.send(&draft).await?;
        match &self.expect {
            Expect::Refused { codes, statuses } => answer.refused(codes, statuses),
            Expect::ItemRejected(codes) => {
                if answer.status >= 400 {
                    // Some systems reject the whole for one item; the code still has to be the right one.
                    return answer.refused(codes, &[]);
                }
                let reply = answer.reply::<AnySearch>()?;
                let result = only_result(&reply.message)?;
                let reason = result.status_reason_code.as_ref().map_or("no code", |reason| reason.as_str());
                let wanted = codes.join(" or ");
                ensure!(
                    result.status == Status::Rejected,
                    "expected the item to be rejected with {wanted}, but its status is {}",
                    result.status
                );
                ensure!(codes.iter().any(|code| code == reason), "expected the reason {wanted}, got {reason}");
                Ok(())
            }
            Expect::Found(count) => {
                let reply = answer.reply::<AnySearch>()?;
                for result in &reply.message.search_response {
                    succeeded(result)?;
                }
                let found = reply.message.records().count() as u64;
                ensure!(found == *count, "expected {count} records, got {found}");
                ensure!(
                    reply.message.transaction_id.write() == Json::from(draft.text("/message/transaction_id")),
                    "the reply belongs to another transaction"
                );
                Ok(())
            }
        }
    }
}
