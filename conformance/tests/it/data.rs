//! Requirements and checks belong together.

use dci_conformance::interface::INTERFACES;
use dci_conformance::sandbox::FAULTS;
use dci_conformance::select::Patterns;
use dci_conformance::{check, requirement};
use std::collections::BTreeSet;

#[test]
fn every_requirement_has_a_check_and_every_check_a_requirement() {
    let requirements = requirement::all().unwrap();
    let ids: BTreeSet<&str> = requirements.iter().map(|requirement| requirement.id.as_str()).collect();
    assert_eq!(ids.len(), requirements.len(), "an id is used twice");
    let checks = INTERFACES.map(|interface| check::all(interface).unwrap()).concat();
    let verified: BTreeSet<&str> = checks.iter().map(|check| check.requirement.as_str()).collect();
    assert_eq!(ids, verified);
    assert!(requirements.len() >= 100, "{}", requirements.len());
    for requirement in &requirements {
        for text in [&requirement.statement, &requirement.source, &requirement.remedy] {
            assert!(text.len() > 5, "{}: {text:?}", requirement.id);
        }
    }
}

#[test]
fn requirements_are_cited_from_the_document_of_their_interface() {
    for interface in INTERFACES {
        let requirements = requirement::of(interface).unwrap();
        let own = format!("{}_api_v1.0.0", interface.name);
        let cites = |requirement: &&requirement::Requirement| requirement.source.contains(&own);
        let count = requirements.iter().filter(cites).count();
        assert_eq!(count > 50, interface.name != "ess", "{own}: {count}");
        let names: BTreeSet<&str> = requirements.iter().map(|requirement| &*requirement.interface).collect();
        assert!(names.is_subset(&["registry", interface.name].into()), "{names:?}");
    }
}

#[test]
fn check_ids_are_unique_paths() {
    for interface in INTERFACES {
        let checks = check::all(interface).unwrap();
        let ids: BTreeSet<&str> = checks.iter().map(|check| check.id.as_str()).collect();
        assert_eq!(ids.len(), checks.len());
        assert!(ids.iter().all(|id| id.contains('/') && !id.contains(' ')));
    }
}

#[test]
fn every_fault_names_checks_that_exist() {
    let checks = INTERFACES.map(|interface| check::all(interface).unwrap()).concat();
    let ids: Vec<&str> = checks.iter().map(|check| check.id.as_str()).collect();
    let mut names = BTreeSet::new();
    for fault in FAULTS {
        assert!(names.insert(fault.name), "{} twice", fault.name);
        let patterns = Patterns::new(fault.proves).unwrap();
        assert_eq!(patterns.unused(&ids), Vec::<&str>::new(), "{}", fault.name);
    }
}
