//! Whatever arrives, reading ends in a value or an error; whatever is written reads back.

use dci_core::message::SearchRequest;
use dci_core::query::{Query, SearchCriteria};
use dci_core::wire::{Form, Json, Leniency, Limits, Number, Object, Wire, read};
use dci_registry::social::SocialRecord;
use proptest::prelude::*;

/// Any JSON tree, with the names and values of real messages among its own.
fn tree() -> impl Strategy<Value = Json> {
    let name = prop_oneof![
        prop::sample::select(vec![
            "identifier",
            "identifier_type",
            "name",
            "sex",
            "gender",
            "birth_date",
            "address",
            "member_list",
            "group_size",
            "demographic_info",
            "person",
            "search_request",
            "search_criteria",
            "query",
            "type",
            "value",
            "expression",
            "seq_num",
            "expression1",
            "condition",
            "attribute_name",
            "operator",
            "attribute_value",
            "pagination",
            "page_size",
            "$and",
            "transaction_id",
            "reference_id",
            "timestamp",
            "locale",
            "example",
        ])
        .prop_map(str::to_owned),
        "[a-zé]{1,6}",
    ];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i32>().prop_map(|number| Json::from(i64::from(number))),
        "[0-9]{1,3}\\.[0-9]{1,3}".prop_map(|text| Number::parse(&text).map_or(Json::Null, Json::Number)),
        prop::sample::select(vec![
            "",
            " ",
            "1",
            "UIN",
            "eq",
            "and",
            "2022-12-04T17:20:07Z",
            "female",
            "F",
            "eng",
            "Group"
        ])
        .prop_map(Json::from),
        any::<String>().prop_map(Json::from),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::vec((name.clone(), inner), 0..6).prop_map(|members| {
                let mut object = Object::new();
                for (name, value) in members {
                    object.insert(name, value);
                }
                Json::from(object)
            }),
        ]
    })
}

/// What was read and is written reads back as the same, and forgives nothing new in the second reading of its spelling.
fn survives<T: Wire + PartialEq + std::fmt::Debug>(tree: &Json) -> Result<(), TestCaseError> {
    let Ok((value, _)) = read::<T>(tree, Leniency::Content) else { return Ok(()) };
    let text = value.write().print(Form::Compact);
    let parsed = Json::parse_within(text.as_bytes(), &Limits::tolerant()).unwrap();
    let (again, _) = read::<T>(&parsed, Leniency::Content).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(again.write().print(Form::SortedUtf8), value.write().print(Form::SortedUtf8));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn records_survive_reading_and_writing(tree in tree()) {
        survives::<SocialRecord>(&tree)?;
    }

    #[test]
    fn queries_survive_reading_and_writing(tree in tree()) {
        survives::<Query>(&tree)?;
        survives::<SearchCriteria>(&tree)?;
    }

    #[test]
    fn requests_survive_reading_and_writing(tree in tree()) {
        survives::<SearchRequest>(&tree)?;
    }

    #[test]
    fn unknown_members_are_kept(members in prop::collection::btree_map("x_[a-z]{1,8}", any::<String>(), 1..5)) {
        let object: Object = members.iter().map(|(name, value)| (name.clone(), Json::from(value.as_str()))).collect();
        let (record, _) = read::<SocialRecord>(&Json::Object(object), Leniency::Content).unwrap();
        let written = record.write();
        for (name, value) in &members {
            prop_assert_eq!(written.get(name).and_then(Json::as_str), Some(value.as_str()));
        }
    }
}
