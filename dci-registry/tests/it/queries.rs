//! Every form of query that is sent, and what it finds; what is refused, and with which code.

use dci_core::action::Registry as _;
use dci_core::code::SearchReason;
use dci_core::query::{Filter, Query, QueryLimits, SearchCriteria, Table};
use dci_core::wire::{Form, Json, Leniency, Wire as _, read};
use dci_registry::social::{Social, SocialRecord};

fn table() -> Table<Social> {
    let person = |number: u32, sex: &str, birth: &str, score: &str| -> SocialRecord {
        let text = format!(
            r#"{{"group_identifier":[{{"identifier_type":"UIN","identifier_value":"{number}"}}],"poverty_score":{score},
            "member_list":[{{"demographic_info":{{"sex":"{sex}","birth_date":"{birth}"}}}}],
            "geographical_location":{{"name":"central_region"}}}}"#
        );
        serde_json::from_str(&text).unwrap()
    };
    Table::new([
        person(1, "female", "1980-01-01", "1.5"),
        person(2, "male", "1990-01-01", "2.0"),
        person(3, "female", "2000-01-01T00:00:00Z", "7"),
    ])
}

fn criteria(query_type: &str, query: &str) -> SearchCriteria {
    let text = format!(r#"{{"query_type":"{query_type}","query":{query}}}"#);
    let tree = Json::parse_within(text.as_bytes(), &dci_core::wire::Limits::tolerant()).unwrap();
    read(&tree, Leniency::Content).unwrap().0
}

fn found(query_type: &str, query: &str) -> Result<Vec<String>, SearchReason> {
    let page = table().search(&criteria(query_type, query)).map_err(|refusal| refusal.reason)?;
    let number = |record: &SocialRecord| {
        record.write().pointer("/group_identifier/0/identifier_value").unwrap().as_str().unwrap().to_owned()
    };
    Ok(page.records.iter().map(number).collect())
}

#[test]
fn every_form_that_is_sent_finds_what_it_means() {
    let low = r#"{"poverty_score":{"$lt":5}}"#;
    let template = |kind: &str, inner: &str| format!(r#"{{"type":"{kind}","value":{{"expression":{inner}}}}}"#);
    let clause = r#"{"attribute_name":"sex","operator":"eq","attribute_value":"F"}"#;
    for (query_type, query, expected) in [
        // idtype-value: as published, with other member names, nested, in the draft's list, in the vocabulary's form.
        ("idtype-value", r#"{"type":"UIN","value":"2"}"#.to_owned(), vec!["2"]),
        ("idtype-value", r#"{"type":"uin","value":2}"#.to_owned(), vec!["2"]),
        ("idtype-value", r#"{"type":"ns:org:IdType:UIN","value":"2"}"#.to_owned(), vec!["2"]),
        ("idtype-value", r#"{"type":"idtype-value","value":{"id_type":"UIN","id_value":"2"}}"#.to_owned(), vec!["2"]),
        ("idtype-value", r#"{"identifier":[{"identifier_type":"UIN","identifier_value":"2"}]}"#.to_owned(), vec!["2"]),
        ("idtype-value", r#"{"queryType":"idtype-value","idValue":{"attribute":"UIN","value":"2"}}"#.to_owned(), vec!["2"]),
        // expression a, b: the template with collection and query.
        ("expression", template("ns:org:QueryType:expression", &format!(r#"{{"collection":"Group","query":{{"$and":[{low},{{"location":{{"$eq":"central_region"}}}}]}}}}"#)), vec!["1", "2"]),
        ("expression", template("ns:org:QueryType:NoSql", &format!(r#"{{"collection":"HouseHold","query":{low}}}"#)), vec!["1", "2"]),
        // c: without a collection, with and without a query member.
        ("expression", template("ns:org:QueryType:expression", &format!(r#"{{"query":{low}}}"#)), vec!["1", "2"]),
        ("expression", template("ns:org:QueryType:expression", low), vec!["1", "2"]),
        ("expression", format!(r#"{{"type":"ns:org:QueryType:expression","value":{low}}}"#), vec!["1", "2"]),
        // d, e: predicates under the name expression.
        ("expression", format!(r#"[{{"seq_num":"","expression1":{clause},"condition":"","expression2":""}}]"#), vec!["1", "3"]),
        ("expression", clause.to_owned(), vec!["1", "3"]),
        // g: operators without the dollar sign; ranges.
        ("expression", r#"{"poverty_score":{"lt":"5"}}"#.to_owned(), vec!["1", "2"]),
        ("expression", r#"{"birth_date":{"type":"range","gte":"1985-01-01","lte":"1995-01-01"}}"#.to_owned(), vec!["2"]),
        // h: the vocabulary's expression.
        ("expression", format!(r#"{{"queryType":"expression","expression":{{"$and":[{low}]}}}}"#), vec!["1", "2"]),
        // i: a sequence and alternatives.
        ("expression", r#"{"seq":[{"attribute":"poverty_score","operator":">=","value":2}],"or":[{"attribute":"sex","operator":"=","value":"female"}]}"#.to_owned(), vec!["3"]),
        // predicate: two expressions, three with the condition repeated, a list in order, not, in with three forms.
        ("predicate", format!(r#"[{{"expression1":{clause},"condition":"and","expression2":{{"attribute_name":"poverty_score","operator":"lt","attribute_value":"2.5"}}}}]"#), vec!["1"]),
        ("predicate", format!(r#"[{{"expression1":{clause},"condition":"and","expression2":{clause},"condition":"and","expression3":{{"attribute_name":"poverty_score","operator":"gt","attribute_value":2}}}}]"#), vec!["3"]),
        ("predicate", format!(r#"[{{"seq_num":2,"expression1":{clause}}},{{"seq_num":1,"expression1":{{"attribute_name":"age","operator":"gte","attribute_value":"40"}}}}]"#), vec!["1"]),
        ("predicate", format!(r#"[{{"expression1":{{"attribute_name":"poverty_score","operator":"lt","attribute_value":"5"}},"condition":"not","expression2":{clause}}}]"#), vec!["2"]),
        ("predicate", r#"[{"expression1":{"attribute_name":"UIN","operator":"in","attribute_value":"1, 3"}}]"#.to_owned(), vec!["1", "3"]),
        ("predicate", r#"[{"expression1":{"attribute_name":"UIN","operator":"in","attribute_value":["1","3"]}}]"#.to_owned(), vec!["1", "3"]),
        ("predicate", r#"[{"expression1":{"attribute_name":"UIN","operator":"in","attribute_value":{"values":["1","3"]}}}]"#.to_owned(), vec!["1", "3"]),
        ("predicate", r#"[{"expression1":{"attribute_name":"sex","operator":"ne","attribute_value":"female"}}]"#.to_owned(), vec!["2"]),
    ] {
        assert_eq!(found(query_type, &query), Ok(expected.into_iter().map(str::to_owned).collect()), "{query}");
    }
}

#[test]
fn what_is_written_is_the_strict_form() {
    for (query_type, query, strict) in [
        (
            "idtype-value",
            r#"{"type":"idtype-value","value":{"id_type":"UIN","id_value":2}}"#,
            r#"{"type":"UIN","value":"2"}"#,
        ),
        (
            "expression",
            r#"{"poverty_score":{"$lt":5}}"#,
            r#"{"type":"ns:org:QueryType:expression","value":{"expression":{"query":{"poverty_score":{"$lt":5}}}}}"#,
        ),
        (
            "predicate",
            r#"{"expression1":{"attribute_name":"age","operator":"$gte","attribute_value":[1,2]},"condition":""}"#,
            r#"[{"expression1":{"attribute_name":"age","operator":"ge","attribute_value":"1,2"}}]"#,
        ),
        (
            "graphql",
            r#"{"type":"ns:org:QueryType:graphql","value":{"expression":"{ person { name } }"}}"#,
            r#"{"type":"ns:org:QueryType:graphql","value":{"expression":"{ person { name } }"}}"#,
        ),
    ] {
        assert_eq!(criteria(query_type, query).query.write().print(Form::Compact), strict);
    }
}

#[test]
fn what_cannot_be_meant_is_refused_with_its_code() {
    use SearchReason::{FilterInvalid, SearchCriteriaInvalid};
    let deep = (0..10).fold(r#"{"sex":"f"}"#.to_owned(), |inner, _| format!(r#"{{"$not":{inner}}}"#));
    let many = vec![r#"{"sex":"f"}"#; 51].join(",");
    let values = (0..101).map(|number| number.to_string()).collect::<Vec<_>>().join(",");
    for (query, reason) in [
        (r#"{"$where":"1"}"#.to_owned(), SearchCriteriaInvalid),
        (r#"{"sex":{"$regex":"(a+)+$"}}"#.to_owned(), SearchCriteriaInvalid),
        (r#"{"$expr":{"$gt":[1,2]}}"#.to_owned(), SearchCriteriaInvalid),
        (r#"{"sex":{"$ne":null}}"#.to_owned(), FilterInvalid),
        (r#"{"sex":{"$eq":{"$gt":""}}}"#.to_owned(), FilterInvalid),
        (r#"{"name; drop table":"x"}"#.to_owned(), FilterInvalid),
        (r#"{"birth_date":{"$lt":"young"}}"#.to_owned(), FilterInvalid),
        (r#"{"poverty_score":"1e400"}"#.to_owned(), FilterInvalid),
        (r#"{"$and":[]}"#.to_owned(), SearchCriteriaInvalid),
        (r#"{"$and":["x"]}"#.to_owned(), SearchCriteriaInvalid),
        (r#"{"sex":{}}"#.to_owned(), SearchCriteriaInvalid),
        (deep, SearchCriteriaInvalid),
        (format!(r#"{{"$or":[{many}]}}"#), SearchCriteriaInvalid),
        (format!(r#"{{"UIN":{{"$in":"{values}"}}}}"#), SearchCriteriaInvalid),
    ] {
        assert_eq!(found("expression", &query), Err(reason), "{}", &query[..query.len().min(80)]);
    }
    // An identifier of an unknown type finds nothing; it is no error.
    assert_eq!(found("idtype-value", r#"{"type":"VILLAGE","value":"5"}"#), Ok(Vec::new()));
    assert_eq!(found("graphql", r#""{ person }""#), Err(SearchCriteriaInvalid));
    assert!(matches!(criteria("expression", "{}").query, Query::Other(_)));
}

#[test]
fn what_is_looked_for_is_in_no_debug_text_and_no_deviation() {
    let canary = "740061237";
    for (query_type, query) in [
        ("idtype-value", format!(r#"{{"type":"UIN","value":{canary}}}"#)),
        ("idtype-value", format!(r#"{{"type":"UIN","value":"{canary}"}}"#)),
        (
            "predicate",
            format!(r#"[{{"expression1":{{"attribute_name":"UIN","operator":"EQ","attribute_value":{canary}}}}}]"#),
        ),
        ("expression", format!(r#"{{"UIN":"{canary}"}}"#)),
        ("graphql", format!(r#"{{"value":{{"expression":"{{ person(UIN: {canary}) }}"}}}}"#)),
    ] {
        let text = format!(r#"{{"query_type":"{query_type}","query":{query}}}"#);
        let (criteria, deviations) =
            read::<SearchCriteria>(&Json::parse(text.as_bytes()).unwrap(), Leniency::Content).unwrap();
        let compiled =
            Filter::compile(&criteria.query, Social::ATTRIBUTES, Social::IDENTIFIER_PATHS, &QueryLimits::default());
        let shown = format!("{criteria:?} {deviations:?} {compiled:?}");
        assert!(!shown.contains(canary), "{shown}");
    }
}
