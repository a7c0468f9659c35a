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

/// The types the rows name.
const TYPES: &[(&str, Reread)] = &[
    ("AckBody", reread::<AckBody>),
    ("Address", reread::<Address>),
    ("Beneficiary", reread::<Beneficiary>),
    ("CallbackHeader", reread::<CallbackHeader>),
    ("CivilPerson", reread::<CivilPerson>),
    ("CropDetails", reread::<CropDetails>),
    ("DisabledPerson", reread::<DisabledPerson>),
    ("FarmInfo", reread::<FarmInfo>),
    ("Farmer", reread::<Farmer>),
    ("FarmingActivities", reread::<FarmingActivities>),
    ("GeoCoordinates", reread::<GeoCoordinates>),
    ("GeoLocation", reread::<GeoLocation>),
    ("Group", reread::<Group>),
    ("HumanAssistance", reread::<HumanAssistance>),
    ("Identifier", reread::<Identifier>),
    ("Machineries", reread::<Machineries>),
    ("Member", reread::<Member>),
    ("Name", reread::<Name>),
    ("PageInfo", reread::<PageInfo>),
    ("Person", reread::<Person>),
    ("Place", reread::<Place>),
    ("Purpose", reread::<Purpose>),
    ("RequestHeader", reread::<RequestHeader>),
    ("SearchCriteria", reread::<SearchCriteria>),
    ("SearchRequest", reread::<SearchRequest>),
    ("SearchResponse<CivilPerson>", reread::<SearchResponse<CivilPerson>>),
    ("SearchResponse<SocialRecord>", reread::<SearchResponse<SocialRecord>>),
    ("SubscribeRequest", reread::<SubscribeRequest>),
    ("SubscriptionInfo", reread::<SubscriptionInfo>),
    ("TxnStatusRequest", reread::<TxnStatusRequest>),
    ("UnsubscribeRequest", reread::<UnsubscribeRequest>),
    ("UnsubscribeResponse", reread::<UnsubscribeResponse>),
    ("VitalEvent", reread::<VitalEvent>),
    ("ibr::EventType", reread::<ibr::EventType>),
];

/// A row: its place in the digest, the type, what comes, where it must stand afterwards and as what, and the rule.
type Row = (String, String, String, String, String, String);

#[derive(serde::Deserialize)]
struct Rows {
    rows: Vec<Row>,
}

#[test]
fn every_row_is_read_written_strictly_and_reported() {
    let Rows { rows } = toml::from_str(include_str!("dialects.toml")).unwrap();
    assert!(rows.len() >= 90, "{}", rows.len());
    let mut faults = Vec::new();
    for (id, kind, came, place, written, rule) in &rows {
        let mut fault = |words: String| faults.push(format!("{id} {kind} {came}: {words}"));
        let (_, reread) = TYPES.iter().find(|(name, _)| name == kind).unwrap();
        let tree = Json::parse_within(came.as_bytes(), &Limits::tolerant()).unwrap();
        let (out, deviations) = match reread(&tree) {
            Ok(read) => read,
            Err(error) => {
                fault(error.to_string());
                continue;
            }
        };
        let found = out.pointer(place).map_or(Value::Null, |found| serde_json::to_value(found).unwrap());
        if found != serde_json::from_str::<Value>(written).unwrap() {
            fault(format!("{place} is {found}, not {written}"));
        }
        let rules: Vec<&str> = deviations.iter().map(|deviation| deviation.rule.id()).collect();
        if !rules.contains(&rule.as_str()) {
            fault(format!("forgiven as {rules:?}, not as {rule}"));
        }
    }
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), rows.len(), faults.join("\n"));
}

/// Records that fulfil one comparison.
fn found<I: Registry>(record: &Value, attribute: &str, operator: Operator, value: &str) -> u64 {
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
        assert_eq!(found::<Ibr>(&beneficiary(), &attribute, Operator::Equal, "P1"), 1, "S8 {attribute}");
    }
    let person = || json!({"@type": "SRPerson", "sex": "female", "birth_date": "1990-05-06"});
    for (attribute, value) in [("gender", "F"), ("demographic_info.sex", "female"), ("DOB", "1990-05-06")] {
        assert_eq!(found::<Social>(&person(), attribute, Operator::Equal, value), 1, "4.6 {attribute}");
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
