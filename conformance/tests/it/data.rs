//! Requirements and checks belong together.

use dci_conformance::sandbox::FAULTS;
use dci_conformance::select::Patterns;
use dci_conformance::{check, requirement};
use std::collections::BTreeSet;

#[test]
fn every_requirement_has_a_check_and_every_check_a_requirement() {
    let requirements = requirement::all().unwrap();
    let checks = check::all("social").unwrap();
    let ids: BTreeSet<&str> = requirements.iter().map(|requirement| requirement.id.as_str()).collect();
    assert_eq!(ids.len(), requirements.len(), "an id is used twice");
    let verified: BTreeSet<&str> = checks.iter().map(|check| check.requirement.as_str()).collect();
    assert_eq!(ids, verified);
    assert!(requirements.len() >= 60, "{}", requirements.len());
    for requirement in &requirements {
        for text in [&requirement.statement, &requirement.source, &requirement.remedy] {
            assert!(text.len() > 5, "{}: {text:?}", requirement.id);
        }
    }
}

#[test]
fn check_ids_are_unique_paths() {
    let checks = check::all("social").unwrap();
    let ids: BTreeSet<&str> = checks.iter().map(|check| check.id.as_str()).collect();
    assert_eq!(ids.len(), checks.len());
    assert!(ids.iter().all(|id| id.contains('/') && !id.contains(' ')));
}

#[test]
fn every_fault_names_checks_that_exist() {
    let checks = check::all("social").unwrap();
    let ids: Vec<&str> = checks.iter().map(|check| check.id.as_str()).collect();
    let mut names = BTreeSet::new();
    for fault in FAULTS {
        assert!(names.insert(fault.name), "{} twice", fault.name);
        let patterns = Patterns::new(fault.proves).unwrap();
        assert_eq!(patterns.unused(&ids), Vec::<&str>::new(), "{}", fault.name);
    }
}
