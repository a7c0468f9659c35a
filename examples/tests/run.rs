//! The programs, run against each other and against the sandbox.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod program;

use program::program;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

/// A civil registry with the habits of a real one, found through a file with peers.
#[tokio::test]
async fn a_birth_is_looked_up_in_a_civil_registry() {
    let mut options = dci_conformance::sandbox::Options::default();
    options.acting = Some(dci_core::peer::Preset::OpenCrvs2024);
    let sandbox = dci_conformance::sandbox::Sandbox::start("127.0.0.1:0", &options).await.unwrap();
    let base = format!("http://{}", sandbox.address());
    let file = std::env::temp_dir().join(format!("peers-{}.toml", std::process::id()));
    let id = dci_conformance::identity::SANDBOX;
    let peers = format!(
        "[[peer]]\nid = \"{id}\"\npreset = \"opencrvs-2024\"\nbase_url = \"{base}\"\njwks_url = \"{base}/.well-known/jwks.json\"\n"
    );
    std::fs::write(&file, peers).unwrap();
    let key = concat!(env!("CARGO_MANIFEST_DIR"), "/../conformance/keys/suite.sign.pem");
    let lookup = |number: &'static str| {
        let own = [dci_conformance::identity::SUITE, "test-key-2", key];
        let mut command = Command::new(program("birth_lookup"));
        command.arg(&file).args(own).args([number]).env("DCI_CLIENT_SECRET", "sandbox-secret");
        tokio::task::spawn_blocking(move || command.output().unwrap())
    };
    let (found, none) = (lookup("B100000000").await.unwrap(), lookup("NOPE").await.unwrap());
    sandbox.stop().await;
    std::fs::remove_file(&file).unwrap();
    let text = |output: std::process::Output| String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    let found = text(found);
    assert!(found.starts_with("1 found\nborn "), "{found}");
    assert_eq!(text(none), "0 found\n");
}

#[test]
fn the_client_finds_what_the_server_holds() {
    let mut server = Command::new(program("social_server")).arg("127.0.0.1:0").stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let ready = lines.next().unwrap().unwrap();
    let base = ready.strip_prefix("ready ").unwrap_or_else(|| panic!("{ready}"));
    let found = Command::new(program("social_client")).args([base, "847951632"]).output();
    let none = Command::new(program("social_client")).args([base, "1"]).output();
    server.kill().unwrap();
    server.wait().unwrap();
    let text = |output: std::io::Result<std::process::Output>| String::from_utf8(output.unwrap().stdout).unwrap();
    assert_eq!(text(found), "1 found\nAmina Example\n");
    assert_eq!(text(none), "0 found\n");
}
