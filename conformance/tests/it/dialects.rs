//! Every spelling and shape of the field that the digest of the standard lists, by its row: read, written as the standard has
//! it, and reported as the deviation it is.

use dci_core::ack::AckBody;
use dci_core::action::{Action as _, Registry, event_of};
use dci_core::code::{Code as _, Operator, Relationship};
use dci_core::header::{CallbackHeader, RequestHeader};
use dci_core::message::{
    SearchRequest, SearchResponse, SubscribeRequest, SubscriptionInfo, TxnStatusRequest, UnsubscribeRequest,
    UnsubscribeResponse,
};
use dci_core::query::{Comparison, PageInfo, Predicate, Purpose, Query, SearchCriteria, Table};
use dci_core::record::{Address, GeoCoordinates, GeoLocation, Group, Identifier, Member, Name, Person, Place};
use dci_core::wire::{Deviation, Json, Leniency, Limits, ReadError, Wire, read};
use dci_crvs::{Civil, CivilPerson, VitalEvent};
use dci_registry::dr::{Disabled, DisabledPerson, Dr, GetDisabilityDetails, HumanAssistance};
use dci_registry::fr::{CropDetails, FarmInfo, Farmer, FarmingActivities, Fr, Machineries};
use dci_registry::ibr::{self, Beneficiary, EnrollmentUpdates, Ibr};
use dci_registry::social::{Social, SocialRecord};
use serde_json::{Value, json};

type Reread = fn(&Json) -> Result<(Json, Vec<Deviation>), ReadError>;

fn reread<T: Wire>(tree: &Json) -> Result<(Json, Vec<Deviation>), ReadError> {
    read::<T>(tree, Leniency::Content).map(|(value, deviations)| (value.write(), deviations))
}

/// A row: what comes, where it must stand afterwards, and under which rule it was forgiven.
struct Row {
    id: &'static str,
    reread: Reread,
    came: &'static str,
    place: &'static str,
    written: Value,
    rule: &'static str,
}

fn row<T: Wire>(id: &'static str, came: &'static str, place: &'static str, written: Value, rule: &'static str) -> Row {
    Row { id, reread: reread::<T>, came, place, written, rule }
}

fn names() -> Vec<Row> {
    vec![
        row::<UnsubscribeRequest>(
            "S1",
            r#"{"transaction_id":"t","timesstamp":"2026-01-01T00:00:00Z","subscription_codes":["c"]}"#,
            "/timestamp",
            json!("2026-01-01T00:00:00Z"),
            "member-name",
        ),
        row::<UnsubscribeRequest>(
            "S1",
            r#"{"transaction_id":"t","timestamp":"2026-01-01T00:00:00Z","sunscription_codes":["c"]}"#,
            "/subscription_codes",
            json!(["c"]),
            "member-name",
        ),
        row::<UnsubscribeResponse>(
            "S2",
            r#"{"transaction_id":"t","correlation_id":"c","timesatmp":"2026-01-01T00:00:00Z","status":"succ"}"#,
            "/timestamp",
            json!("2026-01-01T00:00:00Z"),
            "member-name",
        ),
        row::<TxnStatusRequest>(
            "S3",
            r#"{"transaction_id":"t","txnstatus_request":{"reference_id":"r","txn_type":"subscibe","attribute_type":"transaction_id","attribute_value":"x"}}"#,
            "/txnstatus_request/txn_type",
            json!("subscribe"),
            "code-spelling",
        ),
        row::<TxnStatusRequest>(
            "S4",
            r#"{"transaction_id":"t","txnstatus_request":{"reference_id":"r","txn_type":"on-search","attribute_type":"transaction_id","attribute_value":"x"}}"#,
            "/txnstatus_request/txn_type",
            json!("search"),
            "code-spelling",
        ),
        row::<SubscriptionInfo>(
            "S5",
            r#"{"subscription_code":"c","status":"subscribe","timestamp":"2026-01-01T00:00:00Z"}"#,
            "/code",
            json!("c"),
            "member-name",
        ),
        row::<ibr::EventType>("S6", r#""enrolment""#, "", json!("enrollement"), "code-spelling"),
        row::<ibr::EventType>(
            "S6",
            r#""enrollment_status_change""#,
            "",
            json!("enrollement_status_change"),
            "code-spelling",
        ),
        row::<Beneficiary>(
            "S7",
            r#"{"enrolment_date":"2026-01-01"}"#,
            "/enrollment_date",
            json!("2026-01-01"),
            "member-name",
        ),
        row::<Beneficiary>("S7", r#"{"enrolment_status":"Active"}"#, "/enrollment_status", json!("1"), "code-spelling"),
        row::<DisabledPerson>(
            "S7",
            r#"{"programs_enrollments":[{"programme_name":"x"}]}"#,
            "/programs_enrolments/0/programme_name",
            json!("x"),
            "member-name",
        ),
        row::<Address>("S9", r#"{"address_line1":"1 Road"}"#, "/address_line_1", json!("1 Road"), "member-name"),
        row::<Person>("S10", r#"{"last_update":"2026-01-01"}"#, "/last_updated", json!("2026-01-01"), "member-name"),
        row::<Person>(
            "S10",
            r#"{"sregistration_date":"2026-01-01"}"#,
            "/registration_date",
            json!("2026-01-01"),
            "member-name",
        ),
        row::<Farmer>(
            "S11",
            r#"{"famer_personal_details":{"marital_status":"M"}}"#,
            "/farmer_personal_details/marital_status",
            json!("M"),
            "member-name",
        ),
        row::<Machineries>("S11", r#"{"equipment_source":"1"}"#, "/equipement_source", json!("1"), "member-name"),
        row::<FarmInfo>("S11", r#"{"measurement":"Hectare"}"#, "/measurment", json!("0"), "member-name"),
        row::<FarmInfo>("S11", r#"{"place":{"name":"x"}}"#, "/location/name", json!("x"), "member-name"),
        row::<FarmingActivities>("S11", r#"{"aqua_culture":["0321"]}"#, "/aquaculture/0", json!("0321"), "member-name"),
        row::<CropDetails>("S11", r#"{"crop_type":"Cereals"}"#, "/crop_type_name", json!("1"), "member-name"),
        row::<DisabledPerson>(
            "S12",
            r#"{"disability_level":"Severe"}"#,
            "/disability_status_level",
            json!("2"),
            "member-name",
        ),
        row::<HumanAssistance>(
            "S12",
            r#"{"frequency":"Daily","support_status":"Received"}"#,
            "/intensity",
            json!("2"),
            "member-name",
        ),
        row::<HumanAssistance>("S12", r#"{"support_status":"Received"}"#, "/support", json!("1"), "member-name"),
        row::<CivilPerson>(
            "S13",
            r#"{"spdci:identifier":[{"identifier_type":"UIN"}]}"#,
            "/identifier/0/identifier_type",
            json!("UIN"),
            "member-name",
        ),
        row::<Person>(
            "S13",
            r#"{":identifier":[{"identifier_type":"UIN"}]}"#,
            "/identifier/0/identifier_type",
            json!("UIN"),
            "member-name",
        ),
        row::<Member>(
            "S13",
            r#"{"spdci:member_identifier":[{"identifier_type":"UIN"}]}"#,
            "/member_identifier/0/identifier_type",
            json!("UIN"),
            "member-name",
        ),
        row::<Person>("S14", r#"{"gender":"F"}"#, "/sex", json!("female"), "member-name"),
        row::<Person>("S14", r#"{"date_of_birth":"1990-01-02"}"#, "/birth_date", json!("1990-01-02"), "member-name"),
        row::<Name>("S14", r#"{"first_name":"Amina"}"#, "/given_name", json!("Amina"), "member-name"),
        row::<Name>("S14", r#"{"last_name":"Example"}"#, "/surname", json!("Example"), "member-name"),
        row::<Name>("S14", r#"{"sur_name":"Example"}"#, "/surname", json!("Example"), "member-name"),
        row::<Member>(
            "S15",
            r#"{"demographic_info":{"person":{"sex":"male"}}}"#,
            "/demographic_info/sex",
            json!("male"),
            "wrapper",
        ),
        row::<Group>(
            "S15",
            r#"{"group_head_info":{"person":{"sex":"male"}}}"#,
            "/group_head_info/demographic_info/sex",
            json!("male"),
            "member-name",
        ),
        row::<Group>(
            "S15",
            r#"{"member_list":[{"household_member":{"marital_status":"M"}}]}"#,
            "/member_list/0/marital_status",
            json!("M"),
            "wrapper",
        ),
        row::<Beneficiary>(
            "S15",
            r#"{"programme_identifier":[{"programme":{"programme_name":"x"}}]}"#,
            "/programme_identifier/0/programme_name",
            json!("x"),
            "wrapper",
        ),
        row::<Purpose>(
            "S16",
            r#"{"text":"x","refUri":"https://example.org"}"#,
            "/ref_uri",
            json!("https://example.org"),
            "member-name",
        ),
        row::<RequestHeader>(
            "S17",
            r#"{"version":"1.0.0","message_id":"m","message_ts":"2026-01-01T00:00:00Z","action":"search","sender_id":"s","receiver_id":"r","total_count":1,"encrypted":true}"#,
            "/is_msg_encrypted",
            json!(true),
            "member-name",
        ),
        row::<VitalEvent>("S21", r#""LiveBirth""#, "", json!("live_birth"), "code-spelling"),
    ]
}

const SEARCH: &str = r#"{"transaction_id":"t","correlation_id":"c","search_response":[{"reference_id":"r","timestamp":"2026-01-01T00:00:00Z","status":"succ","data":{"reg_type":"x","reg_records":RECORDS}}]}"#;

fn shapes() -> Vec<Row> {
    let records = |records: &str| -> &'static str { Box::leak(SEARCH.replace("RECORDS", records).into_boxed_str()) };
    vec![
        row::<RequestHeader>(
            "T1",
            r#"{"version":"1.0.0","message_id":"m","message_ts":"2026-01-01T00:00:00Z","action":"search","sender_id":"s","receiver_id":"r","total_count":"1"}"#,
            "/total_count",
            json!(1),
            "number-as-text",
        ),
        row::<RequestHeader>(
            "T1",
            r#"{"version":"1.0.0","message_id":"m","message_ts":"2026-01-01T00:00:00Z","action":"search","sender_id":"s","receiver_id":"r","total_count":1.0}"#,
            "/total_count",
            json!(1),
            "whole-number-form",
        ),
        row::<CallbackHeader>(
            "T2",
            r#"{"version":"1.0.0","message_id":"m","message_ts":"2026-01-01T00:00:00Z","action":"on-search","status":"succ","total_count":1,"completed_count":"","sender_id":"s","receiver_id":"r","meta":""}"#,
            "/completed_count",
            Value::Null,
            "blank-member",
        ),
        row::<Person>("T2", r#"{"death_date":" ","sex":"male"}"#, "/death_date", Value::Null, "blank-member"),
        row::<Person>("T3", r#"{"birth_date":null,"sex":"male"}"#, "/birth_date", Value::Null, "null-member"),
        row::<SearchResponse<SocialRecord>>(
            "T4",
            records(r#"{"sex":"male"}"#),
            "/search_response/0/data/reg_records/0/sex",
            json!("male"),
            "one-for-many",
        ),
        row::<SearchResponse<SocialRecord>>(
            "T4",
            records(r#"[[{"sex":"male"}]]"#),
            "/search_response/0/data/reg_records/0/sex",
            json!("male"),
            "wrapper",
        ),
        row::<SearchResponse<SocialRecord>>(
            "T4",
            records(r#"{"type":"array","example":[{"sex":"male"}]}"#),
            "/search_response/0/data/reg_records/0/sex",
            json!("male"),
            "wrapper",
        ),
        row::<SearchRequest>(
            "T5",
            r#"{"transaction_id":"t","search_request":{"reference_id":"r","timestamp":"2026-01-01T00:00:00Z","search_criteria":{"query_type":"idtype-value","query":{"type":"UIN","value":"1"}}}}"#,
            "/search_request/0/reference_id",
            json!("r"),
            "one-for-many",
        ),
        row::<SubscribeRequest>(
            "T5",
            r#"{"transaction_id":"t","subscribe_request":{"reference_id":"r","timestamp":"2026-01-01T00:00:00Z","subscribe_criteria":{"reg_event_type":"e","filter_type":"idtype-value","filter":{"type":"UIN","value":"1"},"notify_record_type":"x"}}}"#,
            "/subscribe_request/0/reference_id",
            json!("r"),
            "one-for-many",
        ),
        row::<TxnStatusRequest>(
            "T6",
            r#"{"transaction_id":"t","txnstatus_request":[{"reference_id":"r","txn_type":"search","attribute_type":"transaction_id","attribute_value":"x"}]}"#,
            "/txnstatus_request/reference_id",
            json!("r"),
            "many-for-one",
        ),
        row::<Person>(
            "T7",
            r#"{"identifier":{"identifier_type":"UIN"}}"#,
            "/identifier/0/identifier_type",
            json!("UIN"),
            "one-for-many",
        ),
        row::<Person>("T7", r#"{"address":{"locality":"x"}}"#, "/address/0/locality", json!("x"), "one-for-many"),
        row::<Person>("T7", r#"{"name":[{"surname":"x"}]}"#, "/name/surname", json!("x"), "many-for-one"),
        row::<Beneficiary>(
            "T7",
            r#"{"benefits":{"benefit_type":"1"}}"#,
            "/benefits/0/benefit_type",
            json!("1"),
            "one-for-many",
        ),
        row::<Beneficiary>(
            "T7",
            r#"{"programme_identifier":{"programme_name":"x"}}"#,
            "/programme_identifier/0/programme_name",
            json!("x"),
            "one-for-many",
        ),
        row::<SearchCriteria>(
            "T10",
            r#"{"query_type":"idtype-value","query":{"type":"UIN","value":"1"},"pagination":{"page_size":10.0,"page_number":1}}"#,
            "/pagination/page_size",
            json!(10),
            "whole-number-form",
        ),
        row::<PageInfo>(
            "T11",
            r#"{"page_size":10,"page_number":1,"total_count":""}"#,
            "/total_count",
            Value::Null,
            "blank-member",
        ),
        row::<UnsubscribeRequest>(
            "T12",
            r#"{"transaction_id":123456789,"timestamp":"2026-01-01T00:00:00Z","subscription_codes":["c"]}"#,
            "/transaction_id",
            json!("123456789"),
            "text-as-number",
        ),
        row::<Member>("T13", r#"{"is_disabled":"0"}"#, "/is_disabled", json!(false), "boolean-form"),
        row::<Member>("T13", r#"{"is_disabled":"2"}"#, "/is_disabled", json!(false), "boolean-form"),
        row::<Member>("T13", r#"{"is_disabled":1}"#, "/is_disabled", json!(true), "boolean-form"),
        row::<GeoCoordinates>("T14", r#"{"latitude":"40.712776"}"#, "/latitude", json!(40.712776), "number-as-text"),
        row::<Group>("T14", r#"{"group_size":"3"}"#, "/group_size", json!(3), "number-as-text"),
        row::<Group>("T14", r#"{"poverty_score":"4.0"}"#, "/poverty_score", json!(4.0), "number-as-text"),
        row::<RequestHeader>(
            "T15",
            r#"{"version":"1.0.0","message_id":"m","message_ts":"2026-01-01T00:00:00Z","action":"search","sender_id":"s","receiver_id":"r","total_count":1,"meta":""}"#,
            "/meta",
            Value::Null,
            "blank-member",
        ),
        row::<Person>("T16", r#"{"birth_date":"02.05.2004"}"#, "/birth_date", json!("02.05.2004"), "time-form"),
        row::<Person>(
            "T16",
            r#"{"birth_date":"1980-04-12T00:00"}"#,
            "/birth_date",
            json!("1980-04-12T00:00"),
            "time-form",
        ),
        row::<SearchRequest>(
            "T17",
            r#"{"transaction_id":"t","search_request":[{"reference_id":"r","timestamp":"2026-01-01T00:00:00Z","locale":"EN/GB","search_criteria":{"query_type":"idtype-value","query":{"type":"UIN","value":"1"}}}]}"#,
            "/search_request/0/locale",
            json!("eng"),
            "locale-form",
        ),
        row::<SearchCriteria>(
            "T18",
            r#"{"query_type":"predicate","query":[{"expression1":{"attribute_name":"a","operator":"eq","attribute_value":"1"},"condition":"and","expression2":{"attribute_name":"b","operator":"eq","attribute_value":"2"},"condition":"and","expression3":{"attribute_name":"c","operator":"eq","attribute_value":"3"}}]}"#,
            "/query/0/expression2/attribute_name",
            json!("b"),
            "predicate-form",
        ),
        row::<SearchCriteria>(
            "T19",
            r#"{"query_type":"expression","query":[{"expression1":{"attribute_name":"a","operator":"eq","attribute_value":"1"}}]}"#,
            "/query_type",
            json!("predicate"),
            "query-form",
        ),
        row::<AckBody>(
            "T20",
            r#"{"message":{"message":{"ack_status":"ACK","timestamp":"2026-01-01T00:00:00Z","correlation_id":"c"}}}"#,
            "/message/ack_status",
            json!("ACK"),
            "wrapper",
        ),
        row::<SearchRequest>(
            "T24",
            r#"{"transaction_id":"t","search_request":[{"reference_id":"r","timestamp":"2026-01-01T00:00:00Z","consent":{"id":"x"},"search_criteria":{"query_type":"idtype-value","query":{"type":"UIN","value":"1"}}}]}"#,
            "/search_request/0/search_criteria/consent/id",
            json!("x"),
            "member-place",
        ),
        row::<SearchRequest>(
            "T25",
            r#"{"transaction_id":"t","search_request":[{"reference_id":"r","timestamp":"2026-01-01T00:00:00Z","pagination":{"page_size":5,"page_number":1},"search_criteria":{"query_type":"idtype-value","query":{"type":"UIN","value":"1"}}}]}"#,
            "/search_request/0/search_criteria/pagination/page_size",
            json!(5),
            "member-place",
        ),
    ]
}

/// Rows of section 6 that are no traps of section 7.
fn records() -> Vec<Row> {
    vec![
        row::<Person>(
            "6.2",
            r#"{"identifier":"123456"}"#,
            "/identifier/0/identifier_value",
            json!("123456"),
            "wrapper",
        ),
        row::<Person>(
            "6.2",
            r#"{"phone_number":"+1 (425) 555-1212"}"#,
            "/phone_number/0",
            json!("+1 (425) 555-1212"),
            "one-for-many",
        ),
        row::<Person>("6.2", r#"{"sex":"FeMale"}"#, "/sex", json!("female"), "code-spelling"),
        row::<Identifier>(
            "6.2",
            r#"{"identifier_type":"UIN","identifier_value":847}"#,
            "/identifier_value",
            json!("847"),
            "text-as-number",
        ),
        row::<Place>("6.2", r#"{"address":"1 Road"}"#, "/address_line", json!("1 Road"), "member-name"),
        row::<Place>(
            "6.2",
            r#"{"name":"x","containedInPlace":{"name":"y"}}"#,
            "/contained_in_place/name",
            json!("y"),
            "member-name",
        ),
        row::<GeoLocation>("6.2", r#"{"plus_code":" ","latitude":1.5}"#, "/plus_code", Value::Null, "blank-member"),
        row::<Group>("6.3", r#"{"place":{"name":"x"}}"#, "/geographical_location/name", json!("x"), "member-name"),
        row::<Group>("6.3", r#"{"group_type":"family"}"#, "/group_type", json!("3"), "code-spelling"),
        row::<Group>("6.3", r#"{"place_address":1}"#, "/place_address", json!(true), "boolean-form"),
        row::<Member>(
            "6.3",
            r#"{"member_identifier":"HS0205202401"}"#,
            "/member_identifier/0/identifier_value",
            json!("HS0205202401"),
            "wrapper",
        ),
        row::<Member>("6.3", r#"{"marital_status":"Widow"}"#, "/marital_status", json!("W"), "code-spelling"),
        row::<Member>("6.3", r#"{"employment_status":"employed"}"#, "/employment_status", json!("1"), "code-spelling"),
        row::<Member>("6.3", r#"{"language_code":"Eng"}"#, "/language_code/0", json!("Eng"), "one-for-many"),
        row::<CivilPerson>(
            "6.4",
            r#"{"marriage_date":"2020-01-01"}"#,
            "/marriage_date/0",
            json!("2020-01-01"),
            "one-for-many",
        ),
        row::<CivilPerson>("6.4", r#"{"death_place":"","sex":"male"}"#, "/death_place", Value::Null, "blank-member"),
        row::<DisabledPerson>(
            "6.5",
            r#"{"personal_details":{"identifier":"123456","gender":"male"}}"#,
            "/personal_details/sex",
            json!("male"),
            "wrapper",
        ),
        row::<DisabledPerson>(
            "6.5",
            r#"{"disability_status":"Approved"}"#,
            "/disability_status",
            json!("0"),
            "code-spelling",
        ),
        row::<DisabledPerson>(
            "6.5",
            r#"{"transport_requirement":"Adaptable vehical"}"#,
            "/transport_requirement",
            json!("2"),
            "code-spelling",
        ),
        row::<Farmer>(
            "6.6",
            r#"{"farm_details":[{"farming_activities":{"crop_details":[{"variety":"x"}]}}]}"#,
            "/farm_details/0/farming_activities/crop_production/0/variety",
            json!("x"),
            "member-name",
        ),
        row::<Beneficiary>(
            "6.7",
            r#"{"member":{"programme_identifier":[{"programme_name":"x"}]}}"#,
            "/programme_identifier/0/programme_name",
            json!("x"),
            "member-place",
        ),
    ]
}

#[test]
fn every_row_is_read_written_strictly_and_reported() {
    let mut faults = Vec::new();
    let rows: Vec<Row> = names().into_iter().chain(shapes()).chain(records()).collect();
    for Row { id, reread, came, place, written, rule } in &rows {
        let mut fault = |words: String| faults.push(format!("{id} {came}: {words}"));
        let tree = Json::parse_within(came.as_bytes(), &Limits::tolerant()).unwrap();
        let (out, deviations) = match reread(&tree) {
            Ok(read) => read,
            Err(error) => {
                fault(error.to_string());
                continue;
            }
        };
        let found = out.pointer(place).map_or(Value::Null, |found| serde_json::to_value(found).unwrap());
        if found != *written {
            fault(format!("{place} is {found}, not {written}"));
        }
        let rules: Vec<String> = deviations.iter().map(|deviation| deviation.rule.id().to_owned()).collect();
        if !rules.iter().any(|found| found == rule) {
            fault(format!("forgiven as {rules:?}, not as {rule}"));
        }
    }
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), rows.len(), faults.join("\n"));
}

/// Records that fulfil one comparison.
fn found<I: Registry>(record: Value, attribute: &str, operator: Operator, value: &str) -> u64 {
    let tree = Json::parse(record.to_string().as_bytes()).unwrap();
    let record = read::<I::Record>(&tree, Leniency::Content).unwrap().0;
    let query = Query::Predicate(vec![Predicate::new(Comparison::new(attribute, operator, value))]);
    Table::<I>::new([record]).search(&SearchCriteria::new(query)).unwrap().total_count
}

#[test]
fn attributes_are_known_under_every_name() {
    let beneficiary = || json!({"programme_identifier": [{"programme_identifier": "P1"}]});
    for name in ["program", "programme"] {
        let attribute = format!("programme_identifier.{name}.programme_identifier");
        assert_eq!(found::<Ibr>(beneficiary(), &attribute, Operator::Equal, "P1"), 1, "S8 {attribute}");
    }
    let person = || json!({"@type": "SRPerson", "sex": "female", "birth_date": "1990-05-06"});
    for (attribute, value) in [("gender", "F"), ("demographic_info.sex", "female"), ("DOB", "1990-05-06")] {
        assert_eq!(found::<Social>(person(), attribute, Operator::Equal, value), 1, "4.6 {attribute}");
    }
    // T9: three forms of a list.
    let texts = [r#""1990-05-06,1991-01-01""#, r#"["1990-05-06","1991-01-01"]"#, r#"{"values":["1990-05-06"]}"#];
    for text in texts {
        let came = format!(
            r#"{{"query_type":"predicate","query":[{{"expression1":{{"attribute_name":"birth_date","operator":"in","attribute_value":{text}}}}}]}}"#
        );
        let tree = Json::parse(came.as_bytes()).unwrap();
        let criteria = read::<SearchCriteria>(&tree, Leniency::Content).unwrap().0;
        let tree = Json::parse(person().to_string().as_bytes()).unwrap();
        let record = read::<SocialRecord>(&tree, Leniency::Content).unwrap().0;
        assert_eq!(Table::<Social>::new([record]).search(&criteria).unwrap().total_count, 1, "T9 {text}");
    }
}

#[test]
fn registries_events_and_paths_are_known_under_every_name() {
    fn asked<I: Registry>(name: &str) -> bool {
        let mut criteria = SearchCriteria::identifier("UIN", "1");
        criteria.reg_type = Some(name.to_owned());
        Table::<I>::new([]).search(&criteria).is_ok()
    }
    for name in ["ns:org:RegistryType:DR", "ns:org:RegistryType:Disability", "DISABILITY_REGISTRY"] {
        assert!(asked::<Dr>(name), "S20 {name}");
    }
    assert!(asked::<Fr>("ns:org:RegistryType:Farmer") && asked::<Civil>("ns:org:RegistryType:CRVS"), "S20");
    assert!(!asked::<Fr>("ns:org:RegistryType:DR"));

    let births =
        ["LiveBirth", "live_birth", "spdci-common:RegistryEventType:LiveBirth", "spdci:common:LiveBirth", "birth"];
    for name in births {
        assert_eq!(event_of::<Civil>(name), VitalEvent::LiveBirth, "S21 {name}");
    }
    let strike = event_of::<Civil>("x:NationalEvent");
    assert!(!strike.is_listed() && strike.as_str() == "x:NationalEvent", "a national event is kept");

    let aliases =
        [Disabled::SYNC_ALIASES, GetDisabilityDetails::SYNC_ALIASES, EnrollmentUpdates::SYNC_ALIASES].concat();
    for path in
        ["registry/sync/get-disability-status", "registry/sync/get-disability-info", "registry/enrollments/updates"]
    {
        assert!(aliases.contains(&path), "S18, S19 {path}");
    }
    for (one, other) in [("SPOUSE", "SPS"), ("MOTHER", "MTH")] {
        let both = [one, other].map(Relationship::of);
        assert!(both[0].is_listed() || both[1].is_listed(), "S22");
    }
}

#[test]
fn ids_beyond_their_length_are_refused_and_reasons_are_not() {
    let request =
        |id: String| json!({"transaction_id": id, "timestamp": "2026-01-01T00:00:00Z", "subscription_codes": ["c"]});
    let reread = |value: Value| reread::<UnsubscribeRequest>(&Json::parse(value.to_string().as_bytes()).unwrap());
    assert!(reread(request("é".repeat(99))).is_ok(), "T29 characters, not bytes");
    assert!(reread(request("é".repeat(100))).is_err(), "T29");
    let words = "w".repeat(1_200);
    let response = json!({"transaction_id": "t", "correlation_id": "c", "timestamp": "2026-01-01T00:00:00Z",
        "status": "rjct", "status_reason_message": words});
    let (read, _) =
        read::<UnsubscribeResponse>(&Json::parse(response.to_string().as_bytes()).unwrap(), Leniency::Content).unwrap();
    assert_eq!(read.status_reason_message.as_deref().map(str::len), Some(1_200), "T30");
}
