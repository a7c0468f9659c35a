//! The examples against the sandbox, as somebody would run them.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod program;

use dci_conformance::sandbox::{Options, Sandbox};
use program::program;
use std::process::Command;

/// What the example prints, run against a sandbox of its own.
async fn printed(name: &'static str, arguments: &'static [&'static str]) -> Vec<String> {
    let mut options = Options::default();
    options.events = Some(40.0);
    let sandbox = Sandbox::start("127.0.0.1:0", &options).await.unwrap();
    let base = format!("http://{}", sandbox.address());
    let run = move || Command::new(program(name)).arg(base).args(arguments).output().unwrap();
    let output = tokio::task::spawn_blocking(run).await.unwrap();
    sandbox.stop().await;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout).lines().map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn children_are_enrolled_when_they_are_born() {
    let lines = printed("child_allowance", &["3"]).await;
    assert_eq!(lines[0], "subscribed to births");
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(lines[1..].iter().all(|line| line.starts_with("B9") && line.ends_with(" enrolled")), "{lines:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn pensions_end_with_a_death() {
    let lines = printed("pension_stopped", &["6"]).await;
    assert_eq!(lines[0], "subscribed to deaths");
    assert_eq!(lines.len(), 7, "{lines:?}");
    let ended = lines.iter().filter(|line| line.ends_with("1 enrolment ended")).count();
    let nothing = lines.iter().filter(|line| line.ends_with("got nothing")).count();
    assert_eq!((ended > 0, ended + nothing), (true, 6), "half of the people get something: {lines:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn widows_are_found_and_confirmed() {
    let lines = printed("widow_allowance", &["60"]).await;
    let count = |line: &str| line.split(' ').next().unwrap().parse::<usize>().unwrap();
    assert!(lines[0].ends_with("widowed persons of 60 or more in the social registry"), "{lines:?}");
    assert!(lines[1].ends_with("may get the allowance"), "{lines:?}");
    assert_eq!(count(&lines[0]), count(&lines[1]), "the same people are in both registries");
    assert!(count(&lines[0]) > 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_support_of_a_disabled_person_is_looked_up() {
    let lines = printed("disability_support", &["100000000"]).await;
    assert_eq!(
        lines,
        [
            "100000000 has a recognised disability",
            "impairment: Mobility (Moderate)",
            "support: Wheelchairs, still needed"
        ]
    );
    assert_eq!(printed("disability_support", &["nobody"]).await, ["nobody has no recognised disability"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn small_farms_are_found_page_by_page() {
    let lines = printed("farmer_subsidy", &["3"]).await;
    let (last, farmers) = lines.split_last().unwrap();
    assert_eq!(*last, format!("{} farmers get the subsidy", farmers.len()));
    assert!(farmers.len() > 5, "more than one page: {lines:?}");
    let size = |line: &String| line.split(' ').nth(2).unwrap().parse::<f64>().unwrap();
    assert!(farmers.iter().all(|line| size(line) < 3.0), "{lines:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_enrolled_twice() {
    let lines = printed("enrolment_check", &["100000000", "PENSION"]).await;
    assert_eq!(
        lines,
        ["100000000 is known to the employment service: Active", "100000000 is in PENSION already: not enrolled again"]
    );
    let lines = printed("enrolment_check", &["nobody", "PENSION"]).await;
    assert_eq!(lines, ["nobody is not known to the employment service", "nobody is not in PENSION: may be enrolled"]);
}
