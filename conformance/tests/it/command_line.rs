//! Exit statuses, files and output of the commands.

use dci_conformance::interface::INTERFACES;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

pub(crate) fn suite(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dci-conformance")).args(arguments).output().unwrap()
}

pub(crate) fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

pub(crate) fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// A sandbox in a process of its own.
pub(crate) struct Sandbox {
    process: Child,
    pub(crate) base: String,
}

impl Sandbox {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dci-conformance"));
        let command = command.args(["sandbox", "--listen", "127.0.0.1:0"]).args(arguments).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let line = BufReader::new(process.stdout.take().unwrap()).lines().next().unwrap().unwrap();
        let base = line.strip_prefix("ready ").unwrap_or_else(|| panic!("{line}")).to_owned();
        Self { process, base: format!("{base}/social") }
    }
}

impl Sandbox {
    /// Runs the suite against it, with a token it takes.
    fn run(&self, more: &[&str]) -> Output {
        suite(&[&["run", "social", "--url", &self.base, "--token", "sandbox-token"], more].concat())
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(crate) fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    path
}

pub(crate) fn results(folder: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder.join("results.json")).unwrap()).unwrap()
}

#[test]
fn the_demo_passes_and_writes_three_reports() {
    let report = folder("demo");
    let output = suite(&["demo", "--report", report.to_str().unwrap()]);
    assert_eq!(status(&output), 0, "{}", text(&output));
    let schema: Value = serde_json::from_slice(&suite(&["schema", "results"]).stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for interface in INTERFACES {
        let report = report.join(interface.name);
        let results = results(&report);
        assert_eq!(results["interface"], interface.name);
        assert_eq!(results["summary"]["failed"], 0);
        assert_eq!(results["summary"]["skipped"], 0);
        assert!(results["summary"]["passed"].as_u64().unwrap() > 180);
        for name in ["report.html", "junit.xml"] {
            assert!(std::fs::metadata(report.join(name)).unwrap().len() > 10_000, "{name}");
        }
        assert!(validator.is_valid(&results));
    }
}

#[test]
fn a_failed_check_says_what_came_where_it_is_required_and_what_to_change() {
    let sandbox = Sandbox::start(&["--fault", "accepts-bad-signatures"]);
    let report = folder("failed");
    let output = sandbox.run(&["--run", "signature/altered-body", "--report", report.to_str().unwrap()]);
    assert_eq!(status(&output), 1, "{}", text(&output));
    let results = results(&report);
    let check = &results["checks"][0];
    assert_eq!((check["status"].as_str(), check["level"].as_str()), (Some("failed"), Some("must")));
    assert!(check["message"].as_str().unwrap().contains("err.signature.invalid"));
    assert!(check["remedy"].as_str().unwrap().contains("Verify"));
    let step = check["trace"].as_array().unwrap().last().unwrap();
    assert!(step["sent"].as_str().unwrap().contains("altered-after-signing"));
    // Records are shown by shape only.
    assert!(!check["trace"].to_string().contains("Example Street"));
}

#[test]
fn nothing_selected_and_wrong_usage_are_errors() {
    let run = |more: &[&str]| suite(&[&["run", "social", "--url", "http://127.0.0.1:9/social"], more].concat());
    assert_eq!(status(&run(&["--run", "no/such"])), 2);
    assert_eq!(status(&run(&["--run", "["])), 2);
    assert_eq!(status(&run(&["--token", "a", "--client-id", "b", "--client-secret", "c"])), 2);
    assert_eq!(status(&run(&["--config", "/no/such/file.toml"])), 2);
    assert_eq!(status(&suite(&["run", "social"])), 2);
    assert_eq!(status(&suite(&["run", "social", "--url", "not a url"])), 2);
    assert_eq!(status(&suite(&["run", "church", "--url", "http://127.0.0.1:9"])), 2);
    assert_eq!(status(&suite(&["sandbox", "--listen", "127.0.0.1:0", "--fault", "no-such"])), 2);
    let sandbox = ["sandbox", "--listen", "127.0.0.1:0"];
    for wrong in [&["--events", "often"][..], &["--events", "0/s"], &["--events", "2/s", "--as", "openspp2"]] {
        assert_eq!(status(&suite(&[&sandbox[..], wrong].concat())), 2, "{wrong:?}");
    }
    assert_eq!(status(&suite(&["demo", "tax"])), 2);
    assert_eq!(status(&suite(&["schema", "no-such"])), 2);
}

#[test]
fn a_mistake_in_the_configuration_names_the_member() {
    let folder = folder("config");
    std::fs::create_dir_all(&folder).unwrap();
    for (content, expected) in [
        ("[target]\nreciever_id = \"x\"\n", "reciever_id"),
        ("[target]\nscheme = \"rot13\"\n", "target.scheme"),
        ("[target]\nreceiver_id = \"\"\n", "target.receiver_id"),
        ("[suite]\nsender_id = \"s\"\nkey_id = \"k\"\nkey_file = \"/no/such.pem\"\n", "/no/such.pem"),
    ] {
        let path = folder.join("suite.toml");
        std::fs::write(&path, content).unwrap();
        let output = suite(&["run", "social", "--url", "http://127.0.0.1:9", "--config", path.to_str().unwrap()]);
        assert_eq!(status(&output), 2);
        assert!(text(&output).contains(expected), "{}", text(&output));
    }
}

#[test]
fn an_unreachable_target_is_told_apart() {
    let output = suite(&["run", "social", "--url", "http://127.0.0.1:9/social"]);
    assert_eq!(status(&output), 3, "{}", text(&output));
}

#[test]
fn known_failures_may_fail_and_must_not_pass() {
    let folder = folder("known");
    std::fs::create_dir_all(&folder).unwrap();
    let list = folder.join("known.txt");
    let sandbox = Sandbox::start(&["--fault", "reply-action"]);
    let run = |checks: &str| {
        let list = list.to_str().unwrap();
        sandbox.run(&["--run", checks, "--known-failing", list])
    };
    std::fs::write(&list, "envelope/reply/action # they know\n").unwrap();
    assert_eq!(status(&run("envelope/reply/action")), 0);
    std::fs::write(&list, "envelope/reply/status\n").unwrap();
    let output = run("envelope/reply/status");
    assert_eq!(status(&output), 1);
    assert!(text(&output).contains("take it off the list"));
    std::fs::write(&list, "envelope/reply/gone\n").unwrap();
    let output = run("envelope/reply/action");
    assert_eq!(status(&output), 2);
    assert!(text(&output).contains("envelope/reply/gone"));
}

#[test]
fn levels_narrow_the_selection() {
    let sandbox = Sandbox::start(&[]);
    let run = |level: &str| sandbox.run(&["--run", "transport/*", "--level", level]);
    let (must, every) = (run("must"), run("should"));
    assert_eq!((status(&must), status(&every)), (0, 0), "{}{}", text(&must), text(&every));
    let lines = |output: &Output| text(output).lines().filter(|line| line.contains("  ok")).count();
    assert!(!text(&must).contains("should  ") && text(&every).contains("should"));
    assert!(lines(&must) < lines(&every));
}

#[test]
fn client_credentials_work_and_wrong_ones_say_why() {
    let sandbox = Sandbox::start(&["--token", "only-this"]);
    let run = |secret: &str| {
        suite(&[
            "run",
            "social",
            "--url",
            &sandbox.base,
            "--client-id",
            "sandbox-client",
            "--client-secret",
            secret,
            "--run",
            "signature/accepted",
        ])
    };
    assert_eq!(status(&run("sandbox-secret")), 0);
    let wrong = run("wrong");
    assert_eq!(status(&wrong), 1);
    assert!(text(&wrong).contains("invalid_client"), "{}", text(&wrong));
}

#[test]
fn the_sandbox_serves_what_it_is_given() {
    let folder = folder("seed");
    std::fs::create_dir_all(&folder).unwrap();
    let seed = folder.join("seed.json");
    std::fs::write(
        &seed,
        r#"[{"identifier":[{"identifier_type":"UIN","identifier_value":"7"}],"birth_date":"2000-01-01"}]"#,
    )
    .unwrap();
    let config = folder.join("config.toml");
    std::fs::write(&config, "[data]\nidentifier = { type = \"UIN\", value = \"7\" }\n").unwrap();
    let sandbox = Sandbox::start(&["--seed", seed.to_str().unwrap()]);
    let output = sandbox.run(&["--config", config.to_str().unwrap(), "--run", "search/sync/id-found"]);
    assert_eq!(status(&output), 0, "{}", text(&output));
    let empty = Sandbox::start(&["--seed", "empty"]);
    let output = empty.run(&["--run", "search/sync/id-unknown"]);
    assert_eq!(status(&output), 0, "{}", text(&output));
    let broken = suite(&["sandbox", "--listen", "127.0.0.1:0", "--seed", "/no/such/seed.json"]);
    assert_eq!(status(&broken), 2);
}

#[test]
fn the_sandbox_publishes_its_keys_and_says_where_interfaces_lie() {
    let sandbox = Sandbox::start(&[]);
    let root = sandbox.base.trim_end_matches("/social").trim_start_matches("http://").to_owned();
    let get = |path: &str| {
        use std::io::{Read as _, Write as _};
        let mut socket = std::net::TcpStream::connect(&root).unwrap();
        write!(socket, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        answer
    };
    for path in ["/.well-known/jwks.json", "/social/.well-known/jwks.json"] {
        assert!(get(path).contains(r#""kty":"OKP""#), "{path}");
    }
    assert!(get("/").starts_with("HTTP/1.1 404") && get("/").contains("/social/registry/sync/search"));
}

#[test]
fn the_unsigned_sandbox_takes_messages_without_signature() {
    let sandbox = Sandbox::start(&["--unsigned"]);
    let output = sandbox.run(&["--run", "signature/missing"]);
    // The suite still says that this is not what the standard means.
    assert_eq!(status(&output), 1, "{}", text(&output));
    assert!(text(&output).contains("accepted"), "{}", text(&output));
}

#[test]
fn the_list_names_every_requirement_with_its_checks() {
    let output = suite(&["list", "social", "--format", "json"]);
    let list: Value = serde_json::from_slice(&output.stdout).unwrap();
    let requirements = list["requirements"].as_array().unwrap();
    assert!(requirements.len() >= 60);
    for requirement in requirements {
        for member in ["id", "interface", "level", "statement", "source"] {
            assert!(requirement[member].is_string(), "{requirement}");
        }
        assert!(!requirement["checks"].as_array().unwrap().is_empty(), "{requirement}");
    }
    assert!(text(&suite(&["list"])).contains("checked by signature/altered-body"));
    assert_eq!(status(&suite(&["list", "church"])), 2);
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dci-conformance"));
    let mut process = command.arg("list").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(process.stdout.take());
    let output = process.wait_with_output().unwrap();
    assert_eq!(status(&output), 0, "{}", text(&output));
}

/// A schema in one line: types by their name, lists in brackets, codes as they are.
fn shape(schema: &Value) -> String {
    let codes = |values: &Value| {
        let values: Vec<&str> = values.as_array().unwrap().iter().filter_map(Value::as_str).collect();
        values.join("|")
    };
    if let Some(name) = schema["$ref"].as_str() {
        return name.rsplit('/').next().unwrap().to_owned();
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let choices: Vec<String> = choices.iter().map(shape).filter(|choice| choice != "null").collect();
        return choices.join(" or ");
    }
    if schema["enum"].is_array() {
        return format!("one of {}", codes(&schema["enum"]));
    }
    if schema["examples"].is_array() {
        return format!("such as {}", codes(&schema["examples"]));
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or_default(),
        kind => kind.as_str().unwrap_or("anything"),
    };
    match kind {
        "array" => format!("[{}]", shape(&schema["items"])),
        "string" => {
            let more = ["format", "pattern"].iter().find_map(|keyword| schema[*keyword].as_str());
            more.map_or_else(|| "string".to_owned(), |more| format!("string {more}"))
        }
        kind => kind.to_owned(),
    }
}

fn outline(name: &str, schema: &Value) -> String {
    let mut out = format!("{name}: {}\n", shape(schema));
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    for (member, inner) in schema["properties"].as_object().into_iter().flatten() {
        let mark = if required.iter().any(|required| required == member) { "!" } else { "" };
        out.extend(["  ", member, mark, ": ", &shape(inner), "\n"]);
    }
    out
}

#[test]
fn schemas_are_schemas_and_do_not_change_unseen() {
    let names = text(&suite(&["schema", "list"]));
    let mut roots = String::new();
    let mut types: BTreeMap<String, String> = BTreeMap::new();
    for name in names.lines() {
        let schema: Value = serde_json::from_slice(&suite(&["schema", name]).stdout).unwrap();
        jsonschema::validator_for(&schema).unwrap();
        // Where a schema is its own root, references to it say so.
        let own = schema["title"].as_str().unwrap_or_default();
        roots += &outline(name, &schema).replace('#', own);
        for (name, definition) in schema["$defs"].as_object().into_iter().flatten() {
            let outline = outline(name, definition).replace('#', own);
            let known = types.entry(name.clone()).or_insert_with(|| outline.clone());
            assert_eq!(*known, outline, "two types are called {name}");
        }
    }
    let types: String = types.into_values().collect();
    insta::assert_snapshot!(format!("{roots}\n# types\n\n{types}"));
}
