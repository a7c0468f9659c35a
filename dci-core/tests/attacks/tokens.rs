//! T-60 to T-62: bearer tokens. (T-63 is about mTLS and `DPoP`, which are not offered.)

use crate::world::{PlainSearch, World, forge, id, received};
use dci_core::client::Token;
use dci_core::code::ErrorCode;
use dci_core::gate::Fault;
use dci_core::jose::{Algorithm, ClaimsPolicy, KeySet, sign_attached};
use dci_core::server::{Client, JwtTokens, TokenCheck as _};
use serde_json::{Value, json};

fn issuer() -> (crate::world::System, JwtTokens) {
    let issuer = crate::world::System::new("issuer");
    let policy = ClaimsPolicy::new("https://auth.example.org", "registry");
    let tokens = JwtTokens::new(issuer.keys.clone(), policy);
    (issuer, tokens)
}

fn claims() -> Value {
    let now = chrono::Utc::now().timestamp();
    json!({"iss": "https://auth.example.org", "aud": "registry", "sub": "caller", "iat": now, "exp": now + 600})
}

#[tokio::test]
async fn t_60_tokens_that_are_not_for_here() {
    let (issuer, tokens) = issuer();
    let key = issuer.key(Algorithm::EdDsa);
    let sign = |claims: &Value| sign_attached(claims.to_string().as_bytes(), &key).unwrap();
    let accepted = async |token: String| tokens.check(&token).await;
    assert_eq!(accepted(sign(&claims())).await, Some(Client::System(id("caller"))));
    let with = |name: &str, value: Value| {
        let mut claims = claims();
        claims[name] = value;
        if claims[name].is_null() {
            claims.as_object_mut().unwrap().remove(name);
        }
        sign(&claims)
    };
    assert!(accepted(with("aud", json!(["x", "registry"]))).await.is_some());
    let later = chrono::Utc::now().timestamp() + 500;
    for (what, token) in [
        ("another audience", with("aud", json!("payments"))),
        ("no audience", with("aud", json!(null))),
        ("an audience among others, not ours", with("aud", json!(["x", "y"]))),
        ("an issuer with a slash", with("iss", json!("https://auth.example.org/"))),
        ("no issuer", with("iss", json!(null))),
        ("no end", with("exp", json!(null))),
        ("an end beyond time", with("exp", json!(1e300))),
        ("an end as text", with("exp", json!("9999999999"))),
        ("a negative end", with("exp", json!(-1))),
        ("an end in a year", with("exp", json!(later + 31_536_000))),
        ("not yet", with("nbf", json!(later))),
        ("a subject that is no system", with("sub", json!("a|b"))),
        ("a megabyte", with("padding", json!("x".repeat(1 << 20)))),
        ("no algorithm", format!("{}.e30.", "eyJhbGciOiJub25lIn0")),
        ("a MAC", format!("{}.e30.AAAA", "eyJhbGciOiJIUzI1NiJ9")),
        ("nothing", String::new()),
        ("an encrypted one", "a.b.c.d.e".to_owned()),
    ] {
        assert_eq!(accepted(token).await, None, "{what}");
    }
    let stranger = crate::world::System::new("issuer").key(Algorithm::EdDsa);
    assert_eq!(
        accepted(sign_attached(claims().to_string().as_bytes(), &stranger).unwrap()).await,
        None,
        "a stranger's"
    );
    assert!(
        JwtTokens::new(KeySet::default(), ClaimsPolicy::new("https://auth.example.org", "registry"))
            .check(&sign(&claims()))
            .await
            .is_none()
    );
}

#[tokio::test]
async fn t_61_one_systems_token_with_anothers_message() {
    let world = World::new();
    let body = world.request().await;
    let rejection = world.gate().admit::<PlainSearch>(&received(&body), Some(&id("other"))).await.unwrap_err();
    assert_eq!((rejection.fault.clone(), rejection.status()), (Fault::Envelope(ErrorCode::SenderIdInvalid), 403));
    let mut forged = body.clone();
    forged["signature"] =
        forge(r#"{"alg":"EdDSA","kid":"key-EdDSA"}"#, &body, &world.other.key(Algorithm::EdDsa)).into();
    assert!(world.gate().admit::<PlainSearch>(&received(&forged), Some(&id("caller"))).await.is_err());
}

/// Secrets are not shown by whatever holds them.
#[test]
fn t_62_tokens_in_words() {
    let token = Token::bearer("secret-token");
    assert!(!format!("{token:?}").contains("secret"));
    let url = url::Url::parse("https://auth.example.org/token").unwrap();
    let credentials = dci_core::client::ClientCredentials::new(url, "client", "secret");
    assert!(!format!("{credentials:?}").contains("secret"));
    let private = dci_core::jose::PrivateKey::from_ed25519_seed(&[7; 32]);
    assert_eq!(format!("{private:?}"), "PrivateKey(..)");
}
