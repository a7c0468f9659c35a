//! T-01 to T-15: the signature layer.

use crate::world::{System, World, content, every_scheme, forge, judge, received, refused_signature};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD as B64};
use dci_core::carrier::Carrier;
use dci_core::envelope::Envelope;
use dci_core::gate::Fault;
use dci_core::jose::{Algorithm, AwsLc, PrivateKey, SigningKey};
use dci_core::peer::Peer;
use dci_core::wire::Json;
use serde_json::{Value, json};

#[tokio::test]
async fn t_01_no_algorithm() {
    let world = World::new();
    let mut body = world.jws_request().await;
    for alg in [json!("none"), json!("None"), json!("nOnE"), json!("NONE"), json!(""), json!([]), json!(1), Value::Null]
    {
        let header = json!({"alg": alg, "kid": "key-EdDSA"}).to_string();
        for signature in ["", "AAAA"] {
            body["signature"] = format!("{}..{signature}", B64.encode(&header)).into();
            refused_signature(&world.gate(), &body, &header).await;
        }
    }
    body["signature"] = format!("{}..", B64.encode(r#"{"kid":"key-EdDSA"}"#)).into();
    refused_signature(&world.gate(), &body, "alg is absent").await;
}

/// A symmetric algorithm cannot be named: whatever a MAC was keyed with, it is refused before one is computed.
#[tokio::test]
async fn t_02_public_keys_as_secrets() {
    let world = World::new();
    let mut body = world.jws_request().await;
    for alg in ["HS256", "HS384", "HS512", "hs256"] {
        for kid in ["key-RS256", "key-ES256", "key-EdDSA"] {
            let header = format!(r#"{{"alg":"{alg}","kid":"{kid}"}}"#);
            body["signature"] = format!("{}..{}", B64.encode(&header), B64.encode([7; 32])).into();
            refused_signature(&world.gate(), &body, &header).await;
            let rejection = judge(&world.gate(), &body).await.unwrap_err();
            assert_eq!(rejection.detail, Some("not an acceptable detached JWS"), "before any key is looked at");
        }
    }
}

#[tokio::test]
async fn t_03_the_algorithm_of_another_key() {
    let world = World::new();
    let mut body = world.jws_request().await;
    for (alg, kid) in [
        ("PS256", "key-RS256"),
        ("RS384", "key-RS256"),
        ("RS256", "key-ES256"),
        ("ES384", "key-ES256"),
        ("EdDSA", "key-ES256"),
        ("ES256", "key-EdDSA"),
    ] {
        let key = world.caller.key(Algorithm::from_name(kid.trim_start_matches("key-")).unwrap());
        body["signature"] = forge(&format!(r#"{{"alg":"{alg}","kid":"{kid}"}}"#), &body, &key).into();
        refused_signature(&world.gate(), &body, &format!("{alg} over {kid}")).await;
    }
}

#[tokio::test]
async fn t_04_keys_that_a_message_brings_along() {
    let world = World::new();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/keys", listener.local_addr().unwrap());
    let attacker = System::new("attacker").key(Algorithm::EdDsa);
    let jwk = Json::Object(attacker.public_jwk()).print(dci_core::wire::Form::Compact);
    let mut body = world.jws_request().await;
    for member in [
        format!(r#""jwk":{jwk}"#),
        format!(r#""jku":"{url}""#),
        format!(r#""x5u":"{url}""#),
        r#""x5c":["AAAA"]"#.to_owned(),
        r#""x5t":"AAAA""#.to_owned(),
    ] {
        body["signature"] = forge(&format!(r#"{{"alg":"EdDSA",{member}}}"#), &body, &attacker).into();
        refused_signature(&world.gate(), &body, &member).await;
    }
    let hit = tokio::time::timeout(std::time::Duration::from_millis(50), listener.accept()).await;
    assert!(hit.is_err(), "nobody may be asked for keys");
}

#[tokio::test]
async fn t_05_key_ids_are_names_and_nothing_else() {
    let world = World::new();
    let mut body = world.jws_request().await;
    let long = "k".repeat(10_240);
    for kid in [
        "../../dev/null",
        "/dev/null",
        "' UNION SELECT '1",
        "$(sleep 10)",
        &long,
        "a\u{0}b",
        "\u{202e}key",
        "key-EdDSA\n",
    ] {
        let header = json!({"alg": "EdDSA", "kid": kid}).to_string();
        body["signature"] = forge(&header, &body, &world.caller.key(Algorithm::EdDsa)).into();
        refused_signature(&world.gate(), &body, kid).await;
    }
    // Another system's key has the same id; it is not looked for there.
    body["signature"] = forge(r#"{"alg":"EdDSA","kid":"key-EdDSA"}"#, &body, &world.other.key(Algorithm::EdDsa)).into();
    refused_signature(&world.gate(), &body, "the key of another sender").await;
}

#[tokio::test]
async fn t_06_the_sender_in_the_key_id() {
    let world = World::new();
    let good = world.request().await;
    assert!(judge(&world.gate(), &good).await.is_ok());
    let text = good["signature"].as_str().unwrap();
    for (from, to) in [
        ("caller|", "other|"),
        ("|ed25519\"", "|rs256\""),
        ("caller|key-EdDSA|ed25519", "caller|key-EdDSA"),
        ("caller|key-EdDSA|ed25519", "caller|key|EdDSA|ed25519"),
        ("caller|key-EdDSA|ed25519", "caller||ed25519"),
    ] {
        let mut body = good.clone();
        body["signature"] = text.replace(from, to).into();
        refused_signature(&world.gate(), &body, to).await;
    }
}

#[tokio::test]
async fn t_07_critical_members() {
    let world = World::new();
    let key = world.caller.key(Algorithm::EdDsa);
    let mut body = world.jws_request().await;
    for crit in [r#"["exp"]"#, r#"["unknown"]"#, "[]", r#""exp""#, r#"["exp","exp"]"#, r#"["absent"]"#] {
        let header = format!(r#"{{"alg":"EdDSA","kid":"key-EdDSA","crit":{crit},"exp":1}}"#);
        body["signature"] = forge(&header, &body, &key).into();
        refused_signature(&world.gate(), &body, crit).await;
    }
    let twice = r#"{"alg":"none","alg":"EdDSA","kid":"key-EdDSA"}"#;
    body["signature"] = forge(twice, &body, &key).into();
    refused_signature(&world.gate(), &body, "alg twice").await;
}

#[tokio::test]
async fn t_08_payloads_that_are_not_encoded() {
    let world = World::new();
    let key = world.caller.key(Algorithm::EdDsa);
    let mut body = world.jws_request().await;
    for member in [r#""b64":false"#, r#""b64":false,"crit":["b64"]"#, r#""b64":true"#] {
        body["signature"] = forge(&format!(r#"{{"alg":"EdDSA","kid":"key-EdDSA",{member}}}"#), &body, &key).into();
        refused_signature(&world.gate(), &body, member).await;
    }
    let good = world.jws_request().await;
    body["signature"] = good["signature"].as_str().unwrap().replace("..", ".a.b.").into();
    refused_signature(&world.gate(), &body, "a dot in the payload").await;
}

/// The JSON forms of a JWS, with their unprotected header and their several signatures, are no forms of this protocol.
#[tokio::test]
async fn t_09_t_10_json_forms_of_a_jws() {
    let world = World::new();
    let mut body = world.jws_request().await;
    let text = body["signature"].as_str().unwrap().to_owned();
    let (protected, signature) = text.split_once("..").unwrap();
    let one = json!({"protected": protected, "header": {"kid": "key-EdDSA"}, "signature": signature});
    let two = json!({"signatures": [one, {"protected": protected, "signature": "AAAA"}]});
    for form in [&one, &two] {
        body["signature"] = form.clone();
        refused_signature(&world.gate(), &body, "an object").await;
        body["signature"] = form.to_string().into();
        refused_signature(&world.gate(), &body, "an object as text").await;
    }
}

#[tokio::test]
async fn t_11_sloppy_base64() {
    let world = World::new();
    let mut body = world.jws_request().await;
    let text = body["signature"].as_str().unwrap().to_owned();
    assert!(judge(&world.gate(), &body).await.is_ok());
    let last = text.chars().last().unwrap();
    // The last letter of 64 bytes carries four bits: one more set bit is another text of the same bytes.
    let sibling = char::from(last as u8 + 1);
    for sloppy in [
        format!("{text}="),
        format!("{text}=="),
        text.replacen("..", ".. ", 1),
        text.replacen("..", "\n..", 1),
        format!("{}{sibling}", &text[..text.len() - 1]),
        format!("{}?{}", &text[..20], &text[20..]),
        text.replacen('-', "+", 1) + "+",
    ] {
        body["signature"] = sloppy.clone().into();
        refused_signature(&world.gate(), &body, &sloppy).await;
    }
}

/// The form is fixed by the place: a compact JWE, an attached JWS or a bare signature is not taken for a detached JWS.
#[tokio::test]
async fn t_13_one_form_in_place_of_another() {
    let world = World::new();
    let mut body = world.jws_request().await;
    let text = body["signature"].as_str().unwrap().to_owned();
    let attached = text.replacen("..", &format!(".{}.", B64.encode(content(&body))), 1);
    for other in ["a.b.c.d.e", "a..c.d.e", &attached, "AAAA", "..", "."] {
        body["signature"] = other.into();
        refused_signature(&world.gate(), &body, other).await;
    }
}

#[tokio::test]
async fn t_14_the_signature_string() {
    let world = World::new();
    let good = world.request().await;
    let text = good["signature"].as_str().unwrap().to_owned();
    let other = world.request().await;
    let digest_of_another = other["signature"].as_str().unwrap().to_owned();
    for (what, changed) in [
        ("without (created)", text.replace("(created) (expires) digest", "(expires) digest")),
        ("without digest", text.replace("(created) (expires) digest", "(created) (expires)")),
        ("in another order", text.replace("(created) (expires) digest", "digest (created) (expires)")),
        ("a parameter twice", format!("{text}, algorithm=\"ed25519\"")),
        ("the signature of another message", digest_of_another),
        ("a digest of its own", format!("{text}, digest=\"SHA-1=AAAA\"")),
        ("an escape", text.replace("namespace=\"dci\"", "namespace=\"d\\\"ci\"")),
        ("another time", text.replace("created=\"1", "created=\"2")),
    ] {
        let mut body = good.clone();
        body["signature"] = changed.into();
        refused_signature(&world.gate(), &body, what).await;
    }
    // The order of parameters means nothing.
    let mut parameters: Vec<&str> = text.split(", ").collect();
    parameters.reverse();
    let mut body = good.clone();
    body["signature"] = parameters.join(", ").into();
    assert!(judge(&world.gate(), &body).await.is_ok());
}

/// A JWS whose signature has another letter in its tenth place.
fn altered(jws: &str) -> String {
    let place = jws.rfind('.').unwrap() + 10;
    let other = if &jws[place..=place] == "A" { "B" } else { "A" };
    [&jws[..place], other, &jws[place + 1..]].concat()
}

/// Nothing in an answer tells one cause from another. (That the time does not either is measured by the bench
/// `failure_times`; a test cannot promise it.)
#[tokio::test]
async fn t_15_one_text_for_every_cause() {
    let world = World::new();
    let good = world.jws_request().await;
    let text = good["signature"].as_str().unwrap();
    let stranger = System::new("caller").key(Algorithm::EdDsa);
    let mut answers = std::collections::BTreeSet::new();
    for signature in [
        "garbage".to_owned(),
        altered(text),
        forge(r#"{"alg":"EdDSA","kid":"unknown"}"#, &good, &stranger),
        forge(r#"{"alg":"EdDSA","kid":"key-EdDSA"}"#, &good, &stranger),
        forge(r#"{"alg":"none"}"#, &good, &stranger),
    ] {
        let mut body = good.clone();
        body["signature"] = signature.into();
        let rejection = judge(&world.gate(), &body).await.unwrap_err();
        answers.insert((format!("{:?}", rejection.as_error()), rejection.status()));
    }
    assert_eq!(answers.len(), 1, "{answers:?}");
}

/// What every scheme must refuse: another key, another sender's key, an altered message, its absence.
#[tokio::test]
async fn every_scheme_binds_message_sender_and_key() {
    let world = World::new();
    let url = url::Url::parse("https://registry.example.org/registry/sync/search").unwrap();
    let carrier = Carrier::request("POST", &url);
    for scheme in every_scheme() {
        let name = scheme.name();
        let speaks = |peer: Peer| peer.with_schemes([scheme.clone()]);
        let gate = world.gate_for(speaks);
        let message = dci_core::message::SearchRequest::one(dci_core::query::SearchCriteria::identifier("UIN", "1"));
        let envelope = Envelope::new(World::header(), message);
        let sealed_by = |system: &System| {
            let (seal, peer, envelope, carrier) =
                (system.seal.clone(), speaks(world.registry.peer()), envelope.clone(), carrier.clone());
            async move { seal.seal(&envelope, &peer, &carrier).await.unwrap() }
        };
        let arrive = |sealed: &dci_core::gate::Sealed, change: &dyn Fn(String) -> String| {
            let body = change(String::from_utf8(sealed.body.clone()).unwrap());
            let carrier =
                sealed.headers.iter().fold(carrier.clone(), |carrier, (name, value)| carrier.with_header(name, value));
            dci_core::envelope::Received::parse(body, &dci_core::wire::Limits::default()).unwrap().carried_by(carrier)
        };
        let same = |body: String| body;
        let good = sealed_by(&world.caller).await;
        let admitted = gate.admit::<crate::world::PlainSearch>(&arrive(&good, &same), None).await;
        assert!(admitted.is_ok(), "{name}: {:?}", admitted.err());
        let altered = |body: String| body.replace("\"UIN\"", "\"UIM\"");
        let other_time = |body: String| body.replace("\"action\":\"search\"", "\"action\":\"search\",\"x\":1");
        let unsigned = |body: String| {
            let mut tree: Value = serde_json::from_str(&body).unwrap();
            tree.as_object_mut().unwrap().remove("signature");
            tree.to_string()
        };
        let by_other = sealed_by(&System { name: "caller", ..world.other.clone() }).await;
        let mut bare = good.clone();
        bare.headers.clear();
        for (what, received) in [
            ("an altered message", arrive(&good, &altered)),
            ("an altered header", arrive(&good, &other_time)),
            ("another's key", arrive(&by_other, &same)),
            ("no signature", arrive(&bare, &unsigned)),
        ] {
            let rejection = gate.admit::<crate::world::PlainSearch>(&received, None).await.expect_err(what);
            assert!(matches!(rejection.fault, Fault::Envelope(_)), "{name}: {what}: {rejection}");
            assert_eq!(rejection.status(), 401, "{name}: {what}: {rejection}");
        }
    }
}

/// A key that was taken in for one thing signs nothing else: the RSA scheme wants RSA, the string Ed25519 or RSA.
#[test]
fn a_scheme_signs_with_its_algorithms_only() {
    let world = World::new();
    for scheme in every_scheme() {
        for algorithm in [Algorithm::EdDsa, Algorithm::Rs256, Algorithm::Es256] {
            let key = world.caller.key(algorithm);
            let unsigned = dci_core::signature::Unsigned::new(
                Json::parse(br#"{"a":1}"#).unwrap(),
                Json::parse(br#"{"b":1}"#).unwrap(),
                Carrier::reply(200),
            );
            let validity = dci_core::signature::Validity::starting(chrono::Utc::now(), chrono::TimeDelta::seconds(1));
            let sender = crate::world::id("caller");
            let signed = scheme.sign(&unsigned, &dci_core::signature::Signer::new(&sender, &key, validity));
            assert_eq!(signed.is_ok(), scheme.takes(algorithm), "{} {algorithm}", scheme.name());
        }
    }
    let broken = PrivateKey::from_pkcs8_der(STANDARD.decode("AAAA").unwrap());
    assert!(SigningKey::new(crate::world::key_id("k"), Algorithm::EdDsa, &broken, &AwsLc::new()).is_err());
    let _ = received;
}
