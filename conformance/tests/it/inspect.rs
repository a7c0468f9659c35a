//! `inspect`, `--peer` and `--as` from the outside.

use crate::command_line::{Sandbox, folder, results, status, suite, text};
use dci_conformance::identity::{Identity, SANDBOX, SUITE};
use dci_core::carrier::Carrier;
use dci_core::envelope::Envelope;
use dci_core::gate::Sealed;
use dci_core::header::RequestHeader;
use dci_core::id::SystemId;
use dci_core::jose::KeySet;
use dci_core::message::SearchRequest;
use dci_core::peer::{EncryptionForm, Peer, Preset, Profile};
use dci_core::query::SearchCriteria;
use dci_core::wire::Form;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A request of the suite as `profile` reads it, and the files that go with it.
struct Files {
    folder: PathBuf,
}

async fn sealed(profile: Profile, encrypted: bool) -> Sealed {
    let own = Identity::test(SUITE, SUITE).unwrap();
    let mut peer =
        Peer::new(SystemId::new(SANDBOX).unwrap(), Identity::test(SANDBOX, SANDBOX).unwrap().keys).speaking(profile);
    if encrypted {
        peer = peer.encrypting(EncryptionForm::default());
    }
    let header = RequestHeader::new("search", own.seal.own_id().clone(), peer.id().clone(), 1);
    let message = SearchRequest::one(SearchCriteria::identifier("UIN", "847951632"));
    let url = url::Url::parse("https://registry.example.org/registry/sync/search").unwrap();
    own.seal.seal(&Envelope::new(header, message), &peer, &Carrier::request("POST", &url)).await.unwrap()
}

impl Files {
    async fn new(name: &str, profile: Profile, encrypted: bool) -> (Self, Sealed) {
        let folder = folder(name);
        std::fs::create_dir_all(&folder).unwrap();
        let sealed = sealed(profile, encrypted).await;
        let keys = Identity::test(SUITE, SUITE).unwrap();
        std::fs::write(folder.join("message.json"), &sealed.body).unwrap();
        std::fs::write(folder.join("keys.json"), KeySet::document(keys.seal.keys(), []).print(Form::Compact)).unwrap();
        std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("keys/sandbox.open.pem"), folder.join("open.pem"))
            .unwrap();
        (Self { folder }, sealed)
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).to_str().unwrap().to_owned()
    }

    fn inspect(&self, more: &[&str]) -> (i32, Value) {
        let (message, keys) = (self.path("message.json"), self.path("keys.json"));
        let output = suite(&[&["inspect", &message, "--keys", &keys, "--format", "json"], more].concat());
        (status(&output), serde_json::from_slice(&output.stdout).unwrap_or_default())
    }
}

#[tokio::test]
async fn every_scheme_is_found_and_judged() {
    for info in dci_core::signature::SCHEMES {
        let mut profile = Profile::standard();
        profile.schemes = vec![info.make()];
        let (files, sealed) = Files::new(&format!("inspect-{}", info.name), profile, false).await;
        let headers: Vec<String> = sealed.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let mut more = vec!["--http", "POST https://registry.example.org/registry/sync/search"];
        for header in &headers {
            more.extend(["--header", header]);
        }
        let (code, findings) = files.inspect(&more);
        assert_eq!((code, findings["verdict"].as_str()), (0, Some("verified")), "{}: {findings}", info.name);
        assert_eq!(findings["kind"], "search");
        // The texts of some schemes are alike where nothing in the message tells them apart.
        let alike = ["dci-string-reprinted", "dci-string-jcs", "detached-jws-jcs"].contains(&info.name);
        assert!(findings["scheme"] == info.name || alike, "{}: {findings}", info.name);
        assert_eq!(findings["deviations"], serde_json::json!([]), "{}", info.name);
        // An hour later it is too old, and the finding says so.
        let late = (chrono::Utc::now() + chrono::TimeDelta::hours(1)).to_rfc3339();
        let (code, findings) = files.inspect(&[&more[..], &["--at", &late]].concat());
        assert_eq!((code, findings["verdict"].as_str()), (1, Some("refused")), "{}", info.name);
        assert!(findings["reason"].as_str().is_some_and(|reason| !reason.is_empty()));
    }
}

#[tokio::test]
async fn what_is_refused_has_its_reason() {
    let (files, sealed) = Files::new("inspect-refused", Profile::standard(), false).await;
    let altered = String::from_utf8(sealed.body.clone()).unwrap().replace("UIN", "UIM");
    std::fs::write(files.folder.join("message.json"), altered).unwrap();
    let (code, findings) = files.inspect(&[]);
    assert_eq!((code, &findings["reason"]), (1, &Value::from("the signature does not hold")));
    let keys = KeySet::document(Identity::test(SANDBOX, "a stranger's").unwrap().seal.keys(), []).print(Form::Compact);
    std::fs::write(files.folder.join("keys.json"), keys.replace("test-key-1", "another")).unwrap();
    let (code, findings) = files.inspect(&[]);
    assert_eq!(code, 1);
    assert!(findings["reason"].as_str().unwrap().contains("has no key"), "{findings}");
    // As another kind of system, whose signatures have another form.
    let (code, findings) = files.inspect(&["--peer", "opencrvs-2024"]);
    assert_eq!((code, findings["verdict"].as_str()), (1, Some("refused")), "{findings}");
}

#[tokio::test]
async fn an_encrypted_message_is_opened_and_nothing_personal_is_shown() {
    let (files, _) = Files::new("inspect-encrypted", Profile::standard(), true).await;
    let (message, keys, open) = (files.path("message.json"), files.path("keys.json"), files.path("open.pem"));
    let output = suite(&["inspect", &message, "--keys", &keys, "--decrypt-key", &open]);
    let said = text(&output);
    assert_eq!(status(&output), 0, "{said}");
    assert!(
        said.contains("search, encrypted") && said.contains("decrypted message") && said.contains("idtype-value"),
        "{said}"
    );
    assert!(!said.contains("847951632"), "{said}");
    // Another key does not open it: refused, although the signature holds.
    let stranger = Path::new(env!("CARGO_MANIFEST_DIR")).join("keys/other.open.pem");
    let output = suite(&["inspect", &message, "--keys", &keys, "--decrypt-key", stranger.to_str().unwrap()]);
    assert_eq!(status(&output), 1, "{}", text(&output));
    assert!(text(&output).contains("does not open"));
}

#[test]
fn acknowledgements_errors_and_other_things() {
    let folder = folder("inspect-other");
    std::fs::create_dir_all(&folder).unwrap();
    let judge = |text: &str| {
        let file = folder.join("body.json");
        std::fs::write(&file, text).unwrap();
        let output = suite(&["inspect", file.to_str().unwrap(), "--format", "json"]);
        let findings: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (status(&output), findings["kind"].as_str().map(str::to_owned), findings)
    };
    let (code, kind, _) =
        judge(r#"{"message":{"ack_status":"ACK","timestamp":"2026-01-01T00:00:00Z","correlation_id":"c"}}"#);
    assert_eq!((code, kind.as_deref()), (1, Some("ack")));
    let (code, kind, findings) = judge(r#"{"error":{"code":500,"message":"Internal Server Error"}}"#);
    assert_eq!((code, kind.as_deref()), (1, Some("http-error")));
    assert_eq!(findings["deviations"][0]["rule"], "error-shape");
    let unsigned = r#"{"signature":"unsigned-stub","header":{"action":"search"},"message":{}}"#;
    let (code, _, findings) = judge(unsigned);
    assert_eq!((code, findings["verdict"].as_str()), (1, Some("absent")));
    assert!(findings["reason"].as_str().unwrap().contains("unsigned systems"));
    for unreadable in ["", "<html>", "[]", r#"{"a":1}"#, "\u{feff}{}"] {
        assert_eq!(judge(unreadable).0, 2, "{unreadable}");
    }
    assert_eq!(status(&suite(&["inspect", "/does/not/exist"])), 2);
}

/// A vendor who speaks a dialect is tested in it, and the verdict says so.
#[test]
fn the_suite_speaks_as_any_peer_and_says_how_far_that_is_from_the_standard() {
    let sandbox = Sandbox::start(&["--as", "spar2"]);
    let root = sandbox.base.trim_end_matches("/social").to_owned();
    let report = folder("peer");
    let output = suite(&[
        "run",
        "social",
        "--url",
        &root,
        "--token",
        "sandbox-token",
        "--peer",
        "spar2",
        "--run",
        "signature/*",
        "--report",
        report.to_str().unwrap(),
    ]);
    let said = text(&output);
    assert_eq!(status(&output), 0, "{said}");
    assert!(said.contains("signed with detached-jws-header") && said.contains("not the standard's string"), "{said}");
    let results = results(&report);
    assert_eq!(results["scheme"], "detached-jws-header");
    assert_eq!(results["peer"], "spar2");
    assert!(results["summary"]["passed"].as_u64().unwrap() > 10, "{}", results["summary"]);
    // What the system does wrong is still found.
    let output = suite(&[
        "run",
        "social",
        "--url",
        &root,
        "--token",
        "sandbox-token",
        "--peer",
        "spar2",
        "--run",
        "envelope/header/message-ts-old",
    ]);
    assert_eq!(status(&output), 1, "{}", text(&output));
}

#[test]
fn every_peer_can_be_played_and_wrong_names_are_refused() {
    let listed = text(&suite(&["sandbox", "--listen", "127.0.0.1:0", "--as", "help"]));
    for preset in Preset::ALL {
        assert!(listed.contains(preset.name()), "{}", preset.name());
    }
    assert_eq!(status(&suite(&["sandbox", "--listen", "127.0.0.1:0", "--as", "nobody"])), 2);
    assert_eq!(status(&suite(&["sandbox", "--listen", "127.0.0.1:0", "--encryption", "rot13"])), 2);
    assert_eq!(status(&suite(&["inspect", "-", "--peer", "nobody"])), 2);
    let both = suite(&["sandbox", "--listen", "127.0.0.1:0", "--as", "g2pc", "--fault", "accepts-copies"]);
    assert_eq!(status(&both), 2, "{}", text(&both));
}

#[test]
fn messages_of_every_action_are_read() {
    let header = |action: &str, more: &str| {
        format!(
            r#"{{"version":"1.0.0","message_id":"m","message_ts":"2026-01-01T00:00:00Z","action":"{action}","sender_id":"s","receiver_id":"r","total_count":1{more}}}"#
        )
    };
    let answer = r#","status":"succ","completed_count":1"#;
    let cases = [
        (
            "unsubscribe",
            header("unsubscribe", ""),
            r#"{"transaction_id":"t","timesstamp":"2026-01-01T00:00:00Z","subscription_codes":["c"]}"#,
            "member-name",
        ),
        (
            "notify",
            header("notify", answer),
            r#"{"transaction_id":"t","notify_event":[{"reference_id":"r","timestamp":"2026-01-01T00:00:00Z","data":{
            "reg_type":"ns:org:RegistryType:Civil","reg_event_type":"birth","reg_record_type":"x","reg_records":{"gender":"F"}}}]}"#,
            "code-spelling",
        ),
        (
            "search",
            header("search", ""),
            r#"{"transaction_id":"t","enrolled_criteria":{"query_type":"expression","query":{"a":{"$eq":"1"}}}}"#,
            "",
        ),
    ];
    let folder = folder("inspect-actions");
    std::fs::create_dir_all(&folder).unwrap();
    for (kind, header, message, rule) in cases {
        let file = folder.join(format!("{kind}.json"));
        std::fs::write(&file, format!(r#"{{"header":{header},"message":{message}}}"#)).unwrap();
        let output = suite(&["inspect", file.to_str().unwrap(), "--format", "json"]);
        let findings: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((status(&output), findings["kind"].as_str()), (1, Some(kind)), "{findings}");
        let rules: Vec<&str> =
            findings["deviations"].as_array().unwrap().iter().filter_map(|it| it["rule"].as_str()).collect();
        assert!(!rules.contains(&"unknown-action") && !rules.contains(&"unreadable"), "{kind}: {findings}");
        assert!(rule.is_empty() || rules.contains(&rule), "{kind}: {findings}");
    }
}
