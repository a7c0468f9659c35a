//! T-30 to T-35: texts that two readers read differently. (T-36 is the parsing suite in `tests/shared`.)

use crate::world::{World, content, forge, judge, received};
use dci_core::envelope::Received;
use dci_core::jose::Algorithm;
use dci_core::wire::{Form, Json, Limits};
use serde_json::json;

fn parse(text: &str) -> Result<Received, String> {
    Received::parse(text, &Limits::default()).map_err(|error| error.to_string())
}

#[test]
fn t_30_members_that_occur_twice() {
    for text in [
        r#"{"header":{"sender_id":"a","sender_id":"b"},"message":{}}"#,
        r#"{"header":{},"message":{},"message":{"a":1}}"#,
        r#"{"header":{},"message":{"a":[{"b":{"c":1,"c":1}}]}}"#,
        r#"{"header":{"a":1,"\u0061":2},"message":{}}"#,
        r#"{"signature":"a","signature":"b","header":{},"message":{}}"#,
    ] {
        assert!(parse(text).is_err(), "{text}");
    }
}

/// Members nobody knows stand under the signature and are not acted on.
#[tokio::test]
async fn t_31_members_nobody_knows() {
    let world = World::new();
    let mut body = world.jws_request().await;
    body["header"]["x_country"] = json!("kept");
    body["message"]["x"] = json!({"sender_id": "other"});
    let unsigned = judge(&world.gate(), &body).await;
    assert!(unsigned.is_err(), "added after signing");
    body["signature"] =
        forge(r#"{"alg":"EdDSA","kid":"key-EdDSA"}"#, &body, &world.caller.key(Algorithm::EdDsa)).into();
    let admitted = world.gate().admit::<crate::world::PlainSearch>(&received(&body), None).await.unwrap();
    assert_eq!(admitted.header().sender_id.as_str(), "caller");
    assert!(admitted.header().extra.get("x_country").is_some());
}

#[test]
fn t_32_numbers_that_readers_round() {
    let body = |number: &str| format!(r#"{{"header":{{}},"message":{{"n":{number}}}}}"#);
    for number in [
        "9007199254740993",
        "72057594037927937",
        "18446744073709551616",
        "-9223372036854775809",
        "1e400",
        "-1e400",
        "123456789012345678901234567890",
    ] {
        assert!(parse(&body(number)).is_err(), "{number}");
    }
    // What is left keeps its spelling in the forms signatures are made over.
    for number in ["1e21", "1e-7", "-0", "-0.0", "1.0", "1E2", "0.1e1", "9007199254740991"] {
        let received = parse(&body(number)).unwrap();
        for form in [Form::SortedUtf8, Form::SortedAscii] {
            assert!(received.canonical(form).contains(&format!(r#""n":{number}}}"#)), "{number}");
        }
        assert!(received.as_received().ends_with(format!(r#"{{"n":{number}}}}}"#).as_bytes()));
    }
    // In the scheme of RFC 8785 they become those of ECMAScript; two spellings of one value are one text.
    for (number, printed) in [
        ("1e21", "1e+21"),
        ("1e-7", "1e-7"),
        ("-0", "0"),
        ("1.0", "1"),
        ("1E2", "100"),
        ("333333333.33333329", "333333333.3333333"),
    ] {
        assert_eq!(Json::parse(number.as_bytes()).unwrap().print(Form::Jcs), printed);
    }
}

#[test]
fn t_33_broken_characters() {
    for text in [
        &br#"{"header":{"a":"\ud800"},"message":{}}"#[..],
        br#"{"header":{"a":"\udfff\ud800"},"message":{}}"#,
        br#"{"header":{"\ud800":1},"message":{}}"#,
        b"{\"header\":{\"a\":\"\xff\"},\"message\":{}}",
        b"\xef\xbb\xbf{\"header\":{},\"message\":{}}",
        b"{\"header\":{\"a\":\"\xc0\x80\"},\"message\":{}}",
        b"\xff\xfe{\x00}\x00",
    ] {
        assert!(Received::parse(text, &Limits::default()).is_err());
    }
    // A character that ends texts in other languages is none of an id.
    assert!(dci_core::id::SystemId::new("a\u{0}b").is_err() && dci_core::id::MessageId::new("a\u{0}b").is_err());
}

#[test]
fn t_34_names_are_compared_by_code_point() {
    let (composed, decomposed) = ("\u{e9}", "e\u{301}");
    let text = format!(r#"{{"header":{{"{composed}":1,"{decomposed}":2}},"message":{{}}}}"#);
    let received = parse(&text).unwrap();
    assert_eq!(received.header().as_object().unwrap().len(), 2, "nothing is normalised");
    let tree = Json::parse("{\"\\ufb33\":1,\"\\ud83d\\ude02\":2}".as_bytes()).unwrap();
    assert_eq!(tree.print(Form::Jcs), "{\"\u{1f602}\":2,\"\u{fb33}\":1}", "by UTF-16 unit");
    assert_eq!(tree.print(Form::SortedUtf8), "{\"\u{fb33}\":1,\"\u{1f602}\":2}", "by code point");
}

#[tokio::test]
async fn t_35_one_meaning_in_other_bytes() {
    let world = World::new();
    let body = world.jws_request().await;
    let text = String::from_utf8(content(&body)).unwrap();
    let signature = body["signature"].as_str().unwrap();
    let with = |rest: &str| format!(r#"{{"signature":"{signature}",{}"#, &rest[1..]);
    // White space, order and escapes do not change what is meant; the canonical form is what was signed.
    for same in [
        with(&text),
        with(&text).replace(',', " ,\n"),
        with(&text).replace("search", "\\u0073earch"),
        with(&text).replace('/', "\\/"),
    ] {
        let received = Received::parse(same.clone(), &Limits::default()).unwrap();
        assert!(world.gate().admit::<crate::world::PlainSearch>(&received, None).await.is_ok(), "{same}");
    }
    for broken in [
        with(&text).replace('}', ",}"),
        format!("{}{{}}", with(&text)),
        format!("// a comment\n{}", with(&text)),
        with(&text).replace("\"total_count\":1", "\"total_count\":NaN"),
        with(&text).replace('"', "'"),
    ] {
        assert!(Received::parse(broken.clone(), &Limits::default()).is_err(), "{broken}");
    }
}
