//! Both programs, run against each other.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// An example program beside this test, built by the same `cargo test`.
fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let target = test.parent().unwrap().parent().unwrap();
    let path = target.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(path.exists(), "{} is not built", path.display());
    path
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
