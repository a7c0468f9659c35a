//! Every rule of the JOSE guard, with each provider.

use crate::providers::providers;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use dci_core::id::KeyId;
use dci_core::jose::{
    Algorithm, ClaimsPolicy, Curve, Jws, KeySet, PrivateKey, Provider, PublicKey, SigningKey, VerificationKey,
    check_token, sign_attached, sign_detached,
};
use dci_core::wire::Json;

fn key(provider: &dyn Provider, algorithm: Algorithm) -> (SigningKey, VerificationKey) {
    let signing = SigningKey::generate(KeyId::new("k1").unwrap(), algorithm, provider).unwrap();
    let verification = signing.verification_key(provider).unwrap();
    (signing, verification)
}

fn with_header(header: &str, rest: &str) -> String {
    format!("{}{rest}", B64.encode(header))
}

#[test]
fn every_algorithm_signs_and_verifies_and_refuses_what_was_altered() {
    for provider in providers() {
        for algorithm in Algorithm::ALL {
            let (signing, verification) = key(&*provider, algorithm);
            let text = sign_detached(b"content", &signing).unwrap();
            let jws = Jws::parse_detached(&text).unwrap();
            assert!(jws.verify_detached(b"content", &verification).is_ok(), "{} {algorithm}", provider.name());
            assert!(jws.verify_detached(b"Content", &verification).is_err(), "{} {algorithm}", provider.name());
            let (_, other) = key(&*provider, algorithm);
            assert!(jws.verify_detached(b"content", &other).is_err(), "{} {algorithm}", provider.name());
            let attached = sign_attached(b"content", &signing).unwrap();
            assert_eq!(Jws::parse_attached(&attached).unwrap().verify_attached(&verification).unwrap(), b"content");
        }
    }
}

#[test]
fn the_providers_read_each_other() {
    for writer in providers() {
        for reader in providers() {
            for algorithm in Algorithm::ALL {
                let (signing, _) = key(&*writer, algorithm);
                let document = KeySet::document([&signing], []).print(dci_core::wire::Form::Compact);
                let set = KeySet::parse(document.as_bytes(), &*reader).unwrap();
                let text = sign_detached(b"x", &signing).unwrap();
                let found = set.find(Some(signing.key_id()));
                assert!(Jws::parse_detached(&text).unwrap().verify_detached(b"x", &found[0]).is_ok());
            }
        }
    }
}

#[test]
fn the_form_is_fixed_by_the_place_and_never_guessed() {
    for provider in providers() {
        let (signing, verification) = key(&*provider, Algorithm::EdDsa);
        let detached = sign_detached(b"x", &signing).unwrap();
        let attached = sign_attached(b"x", &signing).unwrap();
        assert!(Jws::parse_detached(&attached).is_err() && Jws::parse_attached(&detached).is_err());
        for parts in ["", "a", "a.b", "a.b.c.d", "a.b.c.d.e", "..", "...."] {
            assert!(Jws::parse_detached(parts).is_err() && Jws::parse_attached(parts).is_err(), "{parts}");
        }
        assert!(Jws::parse_attached(&attached).unwrap().verify_detached(b"x", &verification).is_err());
    }
}

#[test]
fn only_strict_base64url_is_read() {
    for provider in providers() {
        let (signing, _) = key(&*provider, Algorithm::EdDsa);
        let good = sign_detached(b"x", &signing).unwrap();
        let (header, signature) = good.split_once("..").unwrap();
        for bad in [
            format!("{header}=..{signature}"),
            format!("{header}..{signature}=="),
            format!("{header}.. {signature}"),
            format!("{header}..{signature}\n"),
            format!("{header}..{}", signature.replace(['-', '_'], "+")) + "+",
            format!("{header}..{signature}?"),
        ] {
            assert!(Jws::parse_detached(&bad).is_err(), "{bad}");
        }
    }
}

#[test]
fn headers_hold_allowed_members_only_and_none_twice() {
    for header in [
        r#"{"alg":"none"}"#,
        r#"{"alg":"None"}"#,
        r#"{"alg":""}"#,
        r"{}",
        r#"{"alg":["EdDSA"]}"#,
        r#"{"alg":1}"#,
        r#"{"alg":"HS256"}"#,
        r#"{"alg":"ES256K"}"#,
        r#"{"alg":"eddsa"}"#,
        r#"{"alg":"EdDSA","crit":["exp"]}"#,
        r#"{"alg":"EdDSA","crit":[]}"#,
        r#"{"alg":"EdDSA","b64":false}"#,
        r#"{"alg":"EdDSA","zip":"DEF"}"#,
        r#"{"alg":"EdDSA","jwk":{"kty":"OKP"}}"#,
        r#"{"alg":"EdDSA","jku":"http://127.0.0.1/"}"#,
        r#"{"alg":"EdDSA","x5u":"http://127.0.0.1/"}"#,
        r#"{"alg":"EdDSA","x5c":["MII"]}"#,
        r#"{"alg":"EdDSA","x5t":"x"}"#,
        r#"{"alg":"EdDSA","alg":"EdDSA"}"#,
        r#"{"alg":"EdDSA","\u0061lg":"EdDSA"}"#,
        r#"{"alg":"EdDSA","kid":"a|b"}"#,
        r#"{"alg":"EdDSA","kid":7}"#,
        r#"["EdDSA"]"#,
        r#"{"alg":"EdDSA"} x"#,
    ] {
        assert!(Jws::parse_detached(&with_header(header, "..AAAA")).is_err(), "{header}");
    }
    assert!(Jws::parse_detached(&with_header(r#"{"alg":"EdDSA","kid":"k","typ":"JWT"}"#, "..AAAA")).is_ok());
    let long = format!(r#"{{"alg":"EdDSA","kid":"{}"}}"#, "k".repeat(10_240));
    assert!(Jws::parse_detached(&with_header(&long, "..AAAA")).is_err());
}

#[test]
fn the_algorithm_is_the_keys_and_not_the_messages() {
    for provider in providers() {
        let (rs256, _) = key(&*provider, Algorithm::Rs256);
        let ps256 =
            VerificationKey::new(rs256.key_id().clone(), Algorithm::Ps256, rs256.public_key(), &*provider).unwrap();
        let text = sign_detached(b"x", &rs256).unwrap();
        assert!(Jws::parse_detached(&text).unwrap().verify_detached(b"x", &ps256).is_err());
        let (ec, _) = key(&*provider, Algorithm::Es256);
        assert!(VerificationKey::new(ec.key_id().clone(), Algorithm::EdDsa, ec.public_key(), &*provider).is_err());
        assert!(VerificationKey::new(ec.key_id().clone(), Algorithm::Es384, ec.public_key(), &*provider).is_err());
    }
}

#[test]
fn a_signature_has_exactly_its_length() {
    for provider in providers() {
        for algorithm in [Algorithm::EdDsa, Algorithm::Es256, Algorithm::Es384, Algorithm::Rs256, Algorithm::Ps256] {
            let (signing, verification) = key(&*provider, algorithm);
            let signature = signing.sign(b"x").unwrap();
            assert!(verification.verify(b"x", &signature).is_ok());
            for length in [0, 1, signature.len() - 1] {
                assert!(verification.verify(b"x", &signature[..length]).is_err());
            }
            assert!(verification.verify(b"x", &[signature.clone(), vec![0]].concat()).is_err());
            assert!(verification.verify(b"x", &vec![0; signature.len()]).is_err());
        }
    }
}

#[test]
fn a_point_must_lie_on_its_curve() {
    for provider in providers() {
        let (signing, _) = key(&*provider, Algorithm::Es256);
        let PublicKey::Ec { x, mut y, .. } = signing.public_key() else { panic!("an EC key") };
        y[31] ^= 1;
        let off = PublicKey::ec(Curve::P256, &x, &y).unwrap();
        assert!(VerificationKey::new(KeyId::new("k").unwrap(), Algorithm::Es256, off, &*provider).is_err());
        assert!(PublicKey::ec(Curve::P256, &x[1..], &y).is_err());
    }
}

#[test]
fn a_key_set_is_taken_as_a_whole_or_refused() {
    let ed = r#""kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo""#;
    for provider in providers() {
        let parse = |text: &str| KeySet::parse(text.as_bytes(), &*provider);
        assert!(
            !parse(&format!(r#"{{"keys":[{{{ed},"kid":"a"}},{{{ed},"kid":"b","use":"sig","alg":"EdDSA"}}]}}"#))
                .unwrap()
                .is_empty()
        );
        assert!(
            parse(&format!(r#"{{"keys":[{{{ed},"use":"enc"}},{{"kty":"EC","crv":"secp256k1"}}]}}"#))
                .unwrap()
                .is_empty()
        );
        for bad in [
            format!(r#"{{"keys":[{{{ed},"kid":"a"}},{{{ed},"kid":"a"}}]}}"#),
            format!(r#"{{"keys":[{{{ed},"kid":"a"}},{{"kty":"oct","k":"AAAA","kid":"b"}}]}}"#),
            format!(r#"{{"keys":[{{{ed},"d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}}]}}"#),
            format!(r#"{{"keys":[{{{ed},"alg":"RS256"}}]}}"#),
            format!(r#"{{"keys":[{{{ed},"alg":"HS256"}}]}}"#),
            format!(r#"{{"keys":[{{{ed},"use":"sig","key_ops":["encrypt"]}}]}}"#),
            format!(r#"{{"keys":[{{{ed},"use":"enc","key_ops":["verify"]}}]}}"#),
            format!(r#"{{"keys":[{{{ed},"kid":"a","kid":"b"}}]}}"#),
            r#"{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}"#.to_owned(),
            r#"{"keys":[{"crv":"Ed25519"}]}"#.to_owned(),
            r#"{"keys":{}}"#.to_owned(),
            "[]".to_owned(),
            "<html>".to_owned(),
            format!(r#"{{"keys":[{}]}}"#, vec!["{\"kty\":\"x\"}"; 101].join(",")),
            format!(r#"{{"keys":[]{}}}"#, " ".repeat(300_000)),
        ] {
            assert!(parse(&bad).is_err(), "{}", &bad[..bad.len().min(120)]);
        }
    }
}

#[test]
fn a_token_needs_a_known_key_and_every_claim() {
    for provider in providers() {
        let (signing, verification) = key(&*provider, Algorithm::Es256);
        let set = KeySet::new([verification]);
        let now = chrono::Utc::now();
        let policy = ClaimsPolicy::new("https://auth.example.org", "registry");
        let claims =
            |exp: i64| format!(r#"{{"iss":"https://auth.example.org","aud":"registry","exp":{exp},"sub":"client-1"}}"#);
        let good = sign_attached(claims(now.timestamp() + 600).as_bytes(), &signing).unwrap();
        assert!(check_token(&good, &set, &policy, now).unwrap().get("sub").is_some());
        let expired = sign_attached(claims(now.timestamp() - 61).as_bytes(), &signing).unwrap();
        assert!(check_token(&expired, &set, &policy, now).is_err());
        let (stranger, _) = key(&*provider, Algorithm::Es256);
        let forged = sign_attached(claims(now.timestamp() + 600).as_bytes(), &stranger).unwrap();
        assert!(check_token(&forged, &set, &policy, now).is_err());
        assert!(check_token(&"a".repeat(1 << 20), &set, &policy, now).is_err());
    }
}

#[test]
fn private_keys_are_taken_from_jwk_pem_and_seed() {
    let jwk = r#"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    let tree = Json::parse(jwk.as_bytes()).unwrap();
    for provider in providers() {
        let private = PrivateKey::from_jwk(tree.as_object().unwrap()).unwrap();
        let signing = SigningKey::new(KeyId::new("k").unwrap(), Algorithm::EdDsa, &private, &*provider).unwrap();
        assert_eq!(signing.public_key().thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        // RFC 8037, appendix A.4.
        let protected = B64.encode(br#"{"alg":"EdDSA"}"#);
        let input = format!("{protected}.{}", B64.encode("Example of Ed25519 signing"));
        let signature = B64.encode(signing.sign(input.as_bytes()).unwrap());
        assert_eq!(signature, "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
        assert_eq!(format!("{private:?}"), "PrivateKey(..)");
        assert!(PrivateKey::from_pem("-----BEGIN RSA PRIVATE KEY-----").is_err());
        assert!(SigningKey::new(KeyId::new("k").unwrap(), Algorithm::Es256, &private, &*provider).is_err());
        assert!(
            SigningKey::new(
                KeyId::new("k").unwrap(),
                Algorithm::EdDsa,
                &PrivateKey::from_pkcs8_der(vec![1]),
                &*provider
            )
            .is_err()
        );
    }
}
