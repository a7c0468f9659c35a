//! One self-contained page, readable on a telephone.

use crate::results::{CheckResult, CheckStatus, Results, Step};
use maud::{DOCTYPE, Markup, PreEscaped, html as page};

const STYLE: &str = "
:root{color-scheme:light dark;--bad:#b3261e;--good:#1a6b35;--dim:#667;--line:#ccd;--box:#f5f6f9}
@media(prefers-color-scheme:dark){:root{--bad:#ff8a80;--good:#7fd694;--dim:#99a;--line:#445;--box:#20232b}}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:62rem;padding:1rem;overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:.5rem 0}h2{font-size:1.15rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line)}
.verdict{font-size:1.3rem;font-weight:700}.failed{color:var(--bad)}.passed{color:var(--good)}
.skipped,.known_failing,.dim{color:var(--dim)}
.counts{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;margin:.5rem 0;padding:0;list-style:none}
.counts b{font-size:1.3rem}
.check{border:1px solid var(--line);border-radius:.4rem;margin:.4rem 0;padding:.4rem .7rem}
.check>summary{cursor:pointer;display:flex;gap:.6rem;flex-wrap:wrap;align-items:baseline}
.word{font-weight:700;min-width:4.5rem}.level{font-size:.8rem;border:1px solid var(--line);border-radius:.3rem;padding:0 .35rem}
.title{flex:1 1 14rem}code{font-size:.85em}.id{color:var(--dim);font-size:.8rem;flex-basis:100%}
dl{margin:.5rem 0}dt{font-weight:600;margin-top:.4rem}dd{margin:0}
pre{background:var(--box);padding:.6rem;border-radius:.3rem;overflow-x:auto;max-height:24rem;font-size:.8rem;white-space:pre-wrap}
";

fn word(status: CheckStatus) -> (&'static str, &'static str) {
    match status {
        CheckStatus::Passed => ("passed", "passed"),
        CheckStatus::Failed => ("failed", "FAILED"),
        CheckStatus::Skipped => ("skipped", "skipped"),
        CheckStatus::KnownFailing => ("known_failing", "known"),
    }
}

/// The results as a page.
pub fn html(results: &Results) -> String {
    let summary = results.summary;
    let verdict = if summary.failed == 0 { ("passed", "Passed") } else { ("failed", "Failed") };
    let of = |wanted: &[CheckStatus]| {
        results.checks.iter().filter(|check| wanted.contains(&check.status)).collect::<Vec<_>>()
    };
    let page = page! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                title { "DCI conformance: " (results.interface) ", " (verdict.1) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { "DCI conformance: " (results.interface) }
                p class={ "verdict " (verdict.0) } { (verdict.1) }
                ul.counts {
                    li.passed { b { (summary.passed) } " passed" }
                    li.failed { b { (summary.failed) } " failed" }
                    li.skipped { b { (summary.skipped) } " skipped" }
                    li.known_failing { b { (summary.known_failing) } " known failing" }
                }
                p.dim {
                    "Target " code { (results.target) } ", signed with " (results.scheme) " (" (results.distance) "), " (results.started)
                    ", suite " (results.suite_version) ". A " b { "must" } " is demanded by the standard; a " b { "should" }
                    " is what the standard leaves open and safe exchanges need."
                }
                (section("To mend", &of(&[CheckStatus::Failed]), true))
                (section("Known failures", &of(&[CheckStatus::KnownFailing]), false))
                (section("Not tried", &of(&[CheckStatus::Skipped]), false))
                (section("Fulfilled", &of(&[CheckStatus::Passed]), false))
            }
        }
    };
    page.into_string()
}

fn section(title: &str, checks: &[&CheckResult], open: bool) -> Markup {
    page! {
        @if !checks.is_empty() {
            h2 { (title) " (" (checks.len()) ")" }
            @for check in checks { (one(check, open)) }
        }
    }
}

fn one(check: &CheckResult, open: bool) -> Markup {
    let (class, word) = word(check.status);
    page! {
        details.check open[open] {
            summary {
                span class={ "word " (class) } { (word) }
                span.title { (check.title) }
                span.level { (check.level.as_str()) }
                code.id { (check.id) }
            }
            dl {
                @if !check.message.is_empty() { dt { "What happened" } dd { (check.message) } }
                dt { "Requirement " (check.requirement) }
                dd { (check.statement) }
                dt { "Where the standard says so" }
                dd { (check.source) }
                @if !check.remedy.is_empty() { dt { "What to change" } dd { (check.remedy) } }
            }
            @if check.status == CheckStatus::Failed || check.status == CheckStatus::KnownFailing {
                @for step in &check.trace { (exchange(step)) }
            }
        }
    }
}

fn exchange(step: &Step) -> Markup {
    page! {
        p { b { "From the " (step.from) ": " } code { (step.request) } }
        @if !step.sent.is_empty() { pre { (step.sent) } }
        @if step.status != 0 || !step.received.is_empty() {
            p { "Answer: HTTP " (step.status) }
            pre { (step.received) }
        }
    }
}
