//! Reports of one fixed run.

use dci_conformance::report::{html, junit, line, summary};
use dci_conformance::results::Results;

fn results() -> Results {
    let check = |id: &str, status: &str, message: &str| {
        serde_json::json!({
            "id": id, "title": "a title", "requirement": "SR-X-1", "level": "must", "statement": "It must be so.",
            "source": "document: place", "status": status, "message": message,
            "remedy": if status == "failed" { "Do it so." } else { "" },
            "trace": [{"from": "suite", "request": "POST /registry/sync/search", "sent": "{\"a\":1}", "status": 200, "received": "<b>&"}],
            "milliseconds": 5,
        })
    };
    serde_json::from_value(serde_json::json!({
        "suite_version": "0.0.0", "interface": "social", "target": "http://127.0.0.1/social/",
        "peer": "spec-strict", "scheme": "dci-string", "distance": "none",
        "started": "2026-01-01T00:00:00Z",
        "summary": {"passed": 1, "failed": 1, "skipped": 1, "known_failing": 1},
        "checks": [
            check("a/passes", "passed", ""),
            check("a/fails", "failed", "expected this, got that"),
            check("b/skipped", "skipped", "nothing to try it with"),
            check("b/known", "known_failing", "as last time"),
        ],
    }))
    .unwrap()
}

#[test]
fn the_page_shows_what_failed_and_escapes_what_came() {
    let page = html(&results());
    assert!(page.contains("&lt;b&gt;&amp;") && !page.contains("<b>&"));
    insta::assert_snapshot!(page.split("</style>").nth(1).unwrap());
}

#[test]
fn junit_counts_failures_and_skips() {
    let xml = junit(&results()).unwrap();
    insta::assert_snapshot!(xml);
}

#[test]
fn the_terminal_says_what_to_change() {
    let results = results();
    let lines: Vec<String> = results.checks.iter().map(line).collect();
    insta::assert_snapshot!(format!("{}\n{}", lines.join("\n"), summary(&results)));
}
