//! JUnit XML, for build servers.

use super::ReportError;
use crate::results::{CheckStatus, Results};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::time::Duration;

/// The results as JUnit XML: one suite per area, one case per check.
pub fn junit(results: &Results) -> Result<String, ReportError> {
    let mut report = Report::new(format!("dci-conformance {}", results.interface));
    let area = |id: &str| id.split('/').next().unwrap_or_default().to_owned();
    let mut areas: Vec<String> = results.checks.iter().map(|check| area(&check.id)).collect();
    areas.dedup();
    for name in areas {
        let mut suite = TestSuite::new(name.clone());
        for check in results.checks.iter().filter(|check| area(&check.id) == name) {
            let status = match check.status {
                CheckStatus::Passed => TestCaseStatus::success(),
                CheckStatus::Skipped | CheckStatus::KnownFailing => {
                    let mut status = TestCaseStatus::skipped();
                    status.set_message(check.message.clone());
                    status
                }
                CheckStatus::Failed => {
                    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                    status.set_message(check.message.clone());
                    status.set_type(check.requirement.clone());
                    status.set_description(format!(
                        "{}\n{}\n{}\nto mend it: {}",
                        check.message, check.statement, check.source, check.remedy
                    ));
                    status
                }
            };
            let mut case = TestCase::new(check.id.clone(), status);
            case.set_classname(check.requirement.clone());
            case.set_time(Duration::from_millis(check.milliseconds));
            suite.add_test_case(case);
        }
        report.add_test_suite(suite);
    }
    report.to_string().map_err(|error| ReportError::Form(error.to_string()))
}
