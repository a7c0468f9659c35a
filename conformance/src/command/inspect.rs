//! `inspect`: what one message is, whether it can be trusted, and where it leaves the standard.

use super::{FAILED, PASSED, USAGE, end};
use crate::check::redacted;
use crate::inspect::{Findings, Knowledge, Unreadable, Verdict, inspect};
use crate::target::{TargetError, read_key};
use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use dci_core::carrier::Carrier;
use dci_core::jose::{AwsLc, KeySet};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use url::Url;

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Inspect {
    /// The body of a message; `-` for standard input.
    file: PathBuf,
    /// The kind of system it came from: `opencrvs-2024`, ...; every scheme is tried when not set.
    #[arg(long, value_name = "NAME")]
    peer: Option<String>,
    /// The sender's keys: a JWK set.
    #[arg(long, value_name = "JWKS_FILE")]
    keys: Option<PathBuf>,
    /// The private key that opens it, when it is encrypted (PEM or JWK).
    #[arg(long, value_name = "PEM")]
    decrypt_key: Option<PathBuf>,
    /// The time it is judged at; now when not set.
    #[arg(long, value_name = "RFC3339")]
    at: Option<DateTime<Utc>>,
    /// A header of the HTTP message it came in: `Signature: ...`.
    #[arg(long, value_name = "NAME: VALUE")]
    header: Vec<String>,
    /// The request it came in: `POST https://registry.example.org/registry/search`; or the status of the reply: `200`.
    #[arg(long, value_name = "START")]
    http: Option<String>,
    /// How the findings are printed.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

impl Inspect {
    pub(super) fn run(&self) -> u8 {
        let known = match self.knowledge() {
            Ok(known) => known,
            Err(code) => return code,
        };
        let body = match read(&self.file) {
            Ok(body) => body,
            Err(error) => return end(USAGE, &error),
        };
        let findings = match inspect(&body, &known) {
            Ok(findings) => findings,
            Err(error) => return end(USAGE, &error),
        };
        match self.format {
            Format::Json => match serde_json::to_string_pretty(&findings) {
                Ok(text) => out!("{text}"),
                Err(error) => return end(USAGE, &error),
            },
            Format::Text => out!("{}", text(&findings)),
        }
        if findings.verdict == Verdict::Verified { PASSED } else { FAILED }
    }

    fn knowledge(&self) -> Result<Knowledge, u8> {
        let mut known = Knowledge::none();
        if let Some(name) = &self.peer {
            known.profile = Some(super::sandbox::preset(name)?.profile());
        }
        if let Some(file) = &self.keys {
            let text = read(file).map_err(|error| end(USAGE, &error))?;
            let keys = KeySet::parse(&text, &AwsLc::new());
            known.keys = Some(keys.map_err(|error| end(USAGE, &error))?);
        }
        if let Some(file) = &self.decrypt_key {
            known.decryption_key = Some(read_key(file).map_err(|error| end(USAGE, &error))?);
        }
        if let Some(at) = self.at {
            known.at = at;
        }
        known.carrier = self.carrier()?;
        Ok(known)
    }

    fn carrier(&self) -> Result<Carrier, u8> {
        let usage = |words: &str| {
            eprintln!("error: {words}");
            USAGE
        };
        let mut carrier = match self.http.as_deref() {
            None => Carrier::default(),
            Some(start) => match (start.parse::<u16>(), start.split_once(' ')) {
                (Ok(status), _) => Carrier::reply(status),
                (Err(_), Some((method, url))) => {
                    let url = Url::parse(url).map_err(|_| usage("--http must name a whole address"))?;
                    Carrier::request(method, &url)
                }
                _ => return Err(usage("--http must be a method and an address, or a status")),
            },
        };
        for header in &self.header {
            let (name, value) = header.split_once(':').ok_or_else(|| usage("--header must be NAME: VALUE"))?;
            carrier = carrier.with_header(name.trim(), value);
        }
        Ok(carrier)
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let failed = |error| TargetError::File(path.to_owned(), error).into();
    if path.as_os_str() == "-" {
        let mut body = Vec::new();
        std::io::stdin().read_to_end(&mut body).map_err(failed)?;
        return Ok(body);
    }
    std::fs::read(path).map_err(failed)
}

fn text(findings: &Findings) -> String {
    let mut lines =
        vec![format!("kind        {}{}", findings.kind, if findings.encrypted { ", encrypted" } else { "" })];
    let mut line = |name: &str, value: &Option<String>| {
        lines.extend(value.as_ref().map(|value| format!("{name:<11} {value}")));
    };
    line("sender", &findings.sender_id);
    line("scheme", &findings.scheme);
    line("", &findings.distance);
    line("key", &findings.key_id);
    line("holds over", &findings.basis);
    let reason = findings.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
    let verdict = match findings.verdict {
        Verdict::Verified => "verified".to_owned(),
        Verdict::Refused => format!("refused{reason}"),
        _ => format!("absent{reason}"),
    };
    lines.push(format!("verdict     {verdict}"));
    lines.push(format!("deviations  {}", findings.deviations.len()));
    for noted in &findings.deviations {
        lines.push(format!("  {:<40} {} {}", noted.pointer, noted.rule, noted.seen));
        lines.push(format!("  {:<40} {}", "", noted.meaning));
    }
    if findings.encrypted && findings.content.pointer("/message/ciphertext").is_none() {
        lines.push("decrypted message, personal data not shown:".to_owned());
        let message = findings.content.get("message").cloned().unwrap_or_default();
        lines.push(redacted(message.print(dci_core::wire::Form::Compact).as_bytes()));
    }
    lines.join("\n")
}
