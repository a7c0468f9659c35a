//! Checks of what only one registry is asked.

use super::answer::Answer;
use super::draft::{Draft, Endpoint};
use super::ensure;
use super::outcome::{Outcome, Stop, failed};
use super::probe::Probe;
use dci_core::action::{Action, Notify};
use dci_core::code::Status;
use dci_core::query::{Query, SearchCriteria};
use dci_core::wire::{Json, Leniency, read};
use dci_crvs::{Civil, CivilPerson, LOCATIONS_PATH, LocationHierarchy, LocationTree, unregistered_birth};
use dci_registry::MapCriteria;
use dci_registry::dr::{Disabled, DisabledRequest, GetDisabilityDetails, GetDisabilitySupport};
use dci_registry::ess::{CheckEnrollment, CheckEnrollmentRequest};
use dci_registry::ibr::{Beneficiary, Enrolled, EnrolledRequest, EnrollmentUpdates, EnrollmentUpdatesRequest};

const NOBODY: &str = "no-such-identifier-0003";

/// The value of an identifier the registry knows.
async fn somebody(probe: &mut Probe<'_>) -> Result<String, Stop> {
    let SearchCriteria { query: Query::IdTypeValue(known), .. } = probe.known_identifier().await? else {
        return Err(failed("the suite's own query has no identifier"));
    };
    Ok(known.value.as_str().to_owned())
}

/// Asks, and returns the answer of a request that should have worked.
async fn ask<A: super::answer::Judged>(probe: &mut Probe<'_>, request: &A::Request) -> Result<A::Response, Stop> {
    let draft = probe.asking::<A>(Endpoint::sync_of::<A>(), request);
    Ok(probe.send(&draft).await?.reply::<A>()?.message)
}

/// Asks what cannot be asked: the answer must say no, at whatever level.
async fn ask_badly<A: Action>(probe: &mut Probe<'_>, request: &A::Request, items: &str) -> Outcome {
    let draft = probe.asking::<A>(Endpoint::sync_of::<A>(), request);
    let answer = probe.send(&draft).await?;
    ensure!(
        answer.status < 500,
        "expected a refusal, got HTTP {}: bad input must never end in a server error",
        answer.status
    );
    let item = answer.text(&format!("/message/{items}/0/status"));
    let says_no = item.is_some_and(|status| Status::from_spelling(&status) == Some(Status::Rejected));
    ensure!(
        says_no || answer.is_refusal(),
        "expected the question to be rejected (HTTP {}), it was answered",
        answer.status
    );
    Ok(())
}

/// A person and programme that are in the registry.
async fn enrolled_person(probe: &mut Probe<'_>) -> Result<(String, String), Stop> {
    let identifier = somebody(probe).await?;
    let place = probe.session.facts().identifier;
    let records = probe.population().await?.records();
    let value = |record: &Json| record.pointer(place)?.get("identifier_value")?.as_str().map(str::to_owned);
    let record = records.iter().find(|record| value(record).as_deref() == Some(&identifier));
    let programme = record
        .and_then(|record| record.pointer("/programme_identifier/0/programme_identifier")?.as_str().map(str::to_owned));
    let programme =
        programme.ok_or_else(|| Stop::Skipped("the known person is in no programme with an id".to_owned()))?;
    Ok((identifier, programme))
}

pub(super) async fn enrolled_yes(probe: &mut Probe<'_>) -> Outcome {
    let (identifier, programme) = enrolled_person(probe).await?;
    let answer = ask::<Enrolled>(probe, &EnrolledRequest::new(&identifier, &programme)).await?;
    let said = answer.is_enrolled();
    ensure!(said == Some(true), "expected enrolled_status yes for somebody in the programme, got {said:?}");
    Ok(())
}

pub(super) async fn enrolled_no(probe: &mut Probe<'_>) -> Outcome {
    let (identifier, programme) = enrolled_person(probe).await?;
    for (who, what) in [(NOBODY, programme.as_str()), (identifier.as_str(), "no-such-programme")] {
        let said = ask::<Enrolled>(probe, &EnrolledRequest::new(who, what)).await?.is_enrolled();
        ensure!(said == Some(false), "expected enrolled_status no, got {said:?}");
    }
    Ok(())
}

pub(super) async fn enrolled_envelope(probe: &mut Probe<'_>) -> Outcome {
    let request = EnrolledRequest::new(NOBODY, "any");
    let draft = probe.asking::<Enrolled>(Endpoint::sync_of::<Enrolled>(), &request);
    let answer = probe.send(&draft).await?;
    let action = answer.reply::<Enrolled>()?.header.action;
    ensure!(action == Enrolled::CALLBACK, "expected /header/action {}, got {action}", Enrolled::CALLBACK);
    let told = answer.text("/message/transaction_id").unwrap_or_default();
    ensure!(told == request.transaction_id.as_str(), "expected the transaction_id of the request, got {told:?}");
    Ok(())
}

pub(super) async fn enrolled_bad(probe: &mut Probe<'_>) -> Outcome {
    let request = EnrolledRequest::of(MapCriteria::equal([("no_such_attribute", "1")]));
    ask_badly::<Enrolled>(probe, &request, "enrolled_response").await
}

pub(super) async fn updates_taken(probe: &mut Probe<'_>) -> Outcome {
    let number = uuid::Uuid::new_v4().simple().to_string();
    let text = format!(
        r#"{{"assistance_unit":"1","member":{{"member_identifier":[{{"identifier_type":"UIN","identifier_value":"{number}"}}]}},
        "programme_identifier":[{{"programme_identifier":"CONFORMANCE-TEST"}}],"enrollment_status":"1"}}"#
    );
    let tree = Json::parse(text.as_bytes()).map_err(|error| failed(error.to_string()))?;
    let (beneficiary, _) = read::<Beneficiary>(&tree, Leniency::Content).map_err(|error| failed(error.to_string()))?;
    let answer = ask::<EnrollmentUpdates>(probe, &EnrollmentUpdatesRequest::new([beneficiary])).await?;
    let result = answer.enrolled_response.first().ok_or_else(|| failed("the answer has no item"))?;
    ensure!(result.status == Status::Succeeded, "expected the item status succ, got {}", result.status);
    Ok(())
}

pub(super) async fn disabled_yes(probe: &mut Probe<'_>) -> Outcome {
    let identifier = somebody(probe).await?;
    let said = ask::<Disabled>(probe, &DisabledRequest::person(&identifier)).await?.is_disabled();
    ensure!(said == Some(true), "expected disabled_status yes for a registered person, got {said:?}");
    Ok(())
}

pub(super) async fn disabled_no(probe: &mut Probe<'_>) -> Outcome {
    let said = ask::<Disabled>(probe, &DisabledRequest::person(NOBODY)).await?.is_disabled();
    ensure!(said == Some(false), "expected disabled_status no for somebody unknown, got {said:?}");
    Ok(())
}

pub(super) async fn disabled_bad(probe: &mut Probe<'_>) -> Outcome {
    let request = DisabledRequest::of(MapCriteria::equal([("no_such_attribute", "1")]));
    ask_badly::<Disabled>(probe, &request, "disabled_response").await
}

pub(super) async fn disability_details(probe: &mut Probe<'_>) -> Outcome {
    let identifier = somebody(probe).await?;
    let answer = ask::<GetDisabilityDetails>(probe, &DisabledRequest::person(&identifier)).await?;
    let details = answer.records().flat_map(|record| &record.disability_details).count();
    ensure!(details > 0, "expected disability_details of a registered person, got none");
    Ok(())
}

pub(super) async fn disability_support(probe: &mut Probe<'_>) -> Outcome {
    let identifier = somebody(probe).await?;
    let request = DisabledRequest::person(&identifier);
    let draft = probe.asking::<GetDisabilitySupport>(Endpoint::sync_of::<GetDisabilitySupport>(), &request);
    let answer = probe.send(&draft).await?;
    answer.reply::<GetDisabilitySupport>()?;
    let records = answer.tree.as_ref().and_then(|tree| tree.pointer("/message/search_response/0/data/reg_records/0"));
    let support = records.and_then(Json::as_array).map(<[Json]>::len);
    ensure!(
        support.is_some_and(|items| items > 0),
        "expected each record as the list of one person's support, got {}",
        records.map_or("nothing", Json::kind)
    );
    Ok(())
}

pub(super) async fn disability_unknown(probe: &mut Probe<'_>) -> Outcome {
    let answer = ask::<GetDisabilityDetails>(probe, &DisabledRequest::person(NOBODY)).await?;
    let records = answer.records().count();
    ensure!(records == 0, "expected no record for somebody unknown, got {records}");
    Ok(())
}

pub(super) async fn employment_known(probe: &mut Probe<'_>) -> Outcome {
    let identifier = somebody(probe).await?;
    let answer = ask::<CheckEnrollment>(probe, &CheckEnrollmentRequest::person(&identifier)).await?;
    let said = answer.status().ok_or_else(|| failed("expected enrolled_status of somebody registered, got none"))?;
    ensure!(said.is_published(), "expected enrolled_status to be a label of the list, got {said}");
    Ok(())
}

pub(super) async fn employment_unknown(probe: &mut Probe<'_>) -> Outcome {
    let answer = ask::<CheckEnrollment>(probe, &CheckEnrollmentRequest::person(NOBODY)).await?;
    let said = answer.status();
    ensure!(said.is_none(), "expected no enrolled_status of somebody unknown, got {said:?}");
    Ok(())
}

pub(super) async fn locations(probe: &mut Probe<'_>) -> Outcome {
    let answer = probe.get(LOCATIONS_PATH).await?;
    ensure!(answer.status == 200, "expected HTTP 200 at {LOCATIONS_PATH}, got {}", answer.status);
    let tree = answer.tree.as_ref().ok_or_else(|| failed("the document is no JSON"))?;
    let (hierarchy, _) = read::<LocationHierarchy>(tree, Leniency::Content)
        .map_err(|error| failed(format!("the document cannot be read: {error}")))?;
    let locations = LocationTree::new(hierarchy.clone());
    ensure!(!locations.is_empty(), "the document has no locations");
    for location in &hierarchy.locations {
        let Some(id) = location.ids().next() else { return Err(failed("a location has no identifier")) };
        let lost = location.contained_in_place.as_deref().is_some_and(|outer| locations.get(outer).is_none());
        ensure!(!lost, "{id} lies in a place that is not in the document");
    }
    ensure!(locations.roots().count() > 0, "no location is outermost: the places lie in each other");
    Ok(())
}

/// Tells the target of a birth with `draft`; skipped where it takes no such notices.
async fn tell_of_birth(probe: &mut Probe<'_>, draft: &Draft) -> Result<Answer, Stop> {
    let answer = probe.send(draft).await?;
    if matches!(answer.status, 404 | 405) {
        let words = "the registry does not take notices of births; the standard has no endpoint for them";
        return Err(Stop::Skipped(words.to_owned()));
    }
    Ok(answer)
}

pub(super) async fn birth_notice(probe: &mut Probe<'_>) -> Outcome {
    let mut child = CivilPerson::default();
    child.birth_date = Some(chrono::Utc::now().date_naive().into());
    let draft = probe.telling::<Notify<Civil>>(&unregistered_birth(child));
    tell_of_birth(probe, &draft).await?.acknowledged().map(drop)
}

/// A notice is a message like others: an altered one is refused.
pub(super) async fn birth_notice_altered(probe: &mut Probe<'_>) -> Outcome {
    let mut draft = probe.telling::<Notify<Civil>>(&unregistered_birth(CivilPerson::default()));
    draft.altered = vec![("/message/transaction_id".to_owned(), Json::from("123456789"))];
    tell_of_birth(probe, &draft).await?.refused(&["err.signature.invalid".to_owned()], &[])
}
