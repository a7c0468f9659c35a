use crate::code::Operator;
use crate::message::SearchRequest;
use crate::peer::{Preset, Profile};
use crate::query::{Comparison, Predicate, Query, SearchCriteria};
use crate::wire::{Form, Json, Object, Wire as _};

fn between() -> SearchCriteria {
    let from = Comparison::new("birth_date", Operator::GreaterOrEqual, "2010-01-01");
    let until = Comparison::new("birth_date", Operator::LessOrEqual, "2012-12-31");
    let mut criteria = SearchCriteria::new(Query::Predicate(vec![Predicate::new(from).and(until)])).page(1, 2);
    criteria.reg_type = Some("ns:org:RegistryType:Civil".to_owned());
    criteria.reg_event_type = Some("birth".to_owned());
    criteria.authorize =
        Some(crate::wire::read(&Json::Object(Object::new()), crate::wire::Leniency::Content).unwrap().0);
    criteria
}

fn spoken(preset: Preset, criteria: SearchCriteria) -> Result<String, String> {
    let mut message = SearchRequest::one(criteria).write();
    preset.profile().write_request(&mut message).map_err(|error| error.to_string())?;
    Ok(message.pointer("/search_request/0/search_criteria").unwrap().print(Form::Compact))
}

#[test]
fn one_range_of_dates_in_every_dialect() {
    let all = Preset::ALL.map(|preset| {
        let spoken = spoken(preset, between()).unwrap_or_else(|error| format!("refused: {error}"));
        format!("{:<17} {spoken}", preset.name())
    });
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn one_identifier_in_every_dialect() {
    let all = Preset::ALL.map(|preset| {
        let mut criteria = SearchCriteria::identifier("BRN", "2023BIYCGRT");
        criteria.reg_type = Some("ns:org:RegistryType:Civil".to_owned());
        criteria.reg_event_type = Some("birth".to_owned());
        let spoken = spoken(preset, criteria).unwrap_or_else(|error| format!("refused: {error}"));
        format!("{:<17} {spoken}", preset.name())
    });
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn what_a_peer_does_not_do_is_said_with_its_place() {
    let page = SearchCriteria::identifier("UIN", "1").page(1, 5_000);
    assert_eq!(
        spoken(Preset::OpenSpp2, page).unwrap_err(),
        "/message/search_request/0/search_criteria/pagination/page_size: 5000 records; openspp2 gives at most 1000"
    );
    let mut two = SearchRequest::batch([between(), between()]).write();
    let refused = Preset::OpenCrvs2024.profile().write_request(&mut two).unwrap_err();
    assert_eq!(refused.to_string(), "/message/search_request: 2 items; opencrvs-2024 answers 1 in one message");
    let either = Predicate::new(Comparison::new("birth_date", Operator::Equal, "2010-01-01"));
    let either = either.or(Comparison::new("birth_date", Operator::Equal, "2011-01-01"));
    let refused = spoken(Preset::OpenSpp17, SearchCriteria::new(Query::Predicate(vec![either]))).unwrap_err();
    assert!(refused.contains("no alternatives"), "{refused}");
}

#[test]
fn a_request_in_the_peers_form_reads_back_as_the_standards() {
    let profile = Preset::OpenCrvs2024.profile();
    let mut message = SearchRequest::one(between()).write();
    profile.write_request(&mut message).unwrap();
    profile.read_request(&mut message);
    let criteria = message.pointer("/search_request/0/search_criteria").unwrap();
    assert_eq!(criteria.get("reg_type").and_then(Json::as_str), Some("ns:org:RegistryType:Civil"));
    assert_eq!(criteria.get("reg_event_type").and_then(Json::as_str), Some("birth"));
    let name = criteria.pointer("/query/0/expression1/attribute_name").and_then(Json::as_str);
    assert_eq!(name, Some("birth_date"));
}

#[test]
fn members_are_renamed_everywhere_but_in_records() {
    let profile = Profile { members: vec![("status".to_owned(), "state".to_owned())], ..Profile::standard() };
    let text = r#"{"status":1,"search_response":[{"status":2,"data":{"reg_records":[{"status":3}]}}]}"#;
    let mut message = Json::parse(text.as_bytes()).unwrap();
    profile.write_answer(&mut message);
    let expected = r#"{"search_response":[{"data":{"reg_records":[{"status":3}]},"state":2}],"state":1}"#;
    assert_eq!(message.print(Form::SortedUtf8), expected);
    profile.read_answer(&mut message);
    assert_eq!(message.print(Form::SortedUtf8), Json::parse(text.as_bytes()).unwrap().print(Form::SortedUtf8));
}

#[test]
fn subscriptions_are_ended_and_told_as_two_systems_do() {
    let imis = Preset::OpenImis.profile();
    let text = r#"{"transaction_id":"t","subscription_codes":["a","b"]}"#;
    let mut message = Json::parse(text.as_bytes()).unwrap();
    imis.write_request(&mut message).unwrap();
    let items = r#"[{"subscription_id":"a"},{"subscription_id":"b"}]"#;
    assert_eq!(message.get("unsubscribe_request").unwrap().print(Form::SortedUtf8), items);
    imis.read_request(&mut message);
    assert_eq!(message.get("subscription_codes").unwrap().print(Form::SortedUtf8), r#"["a","b"]"#);

    let text = r#"{"transaction_id":"t","subscription_code":"c","notify_event":[{"event_id":"1","event_ts":"2026-01-01T00:00:00Z",
        "event_type":"registration","reg_type":"SOCIAL_REGISTRY","event_data":{"sex":"female"}}]}"#;
    let mut message = Json::parse(text.as_bytes()).unwrap();
    Preset::OpenSpp2.profile().read_answer(&mut message);
    let event = message.pointer("/notify_event/0").unwrap();
    assert_eq!(event.get("reference_id").and_then(Json::as_str), Some("1"));
    assert_eq!(event.pointer("/data/reg_records/sex").and_then(Json::as_str), Some("female"));
    assert_eq!(event.pointer("/data/reg_event_type").and_then(Json::as_str), Some("registration"));
}
