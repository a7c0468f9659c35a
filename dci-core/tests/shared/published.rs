//! Worked examples of RFCs: the JOSE cookbook (RFC 7520, 8037) and the test data of RFC 8785.

use crate::material::{path, text};
use crate::providers::providers;
use dci_core::id::KeyId;
use dci_core::jose::{
    Algorithm, ContentEncryption, DecryptionKey, Jwe, Jws, KeyManagement, PrivateKey, PublicKey, SigningKey,
    VerificationKey,
};
use dci_core::wire::{Form, Json, Limits, Object};
use serde_json::Value;

fn examples(folder: &str) -> Vec<(String, Value)> {
    let folder = path(&format!("vectors/jose-cookbook/{folder}"));
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let name = |path: &std::path::Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    let read = |path: &std::path::Path| serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    files.iter().map(|path| (name(path), read(path))).collect()
}

fn object(value: &Value) -> Object {
    Json::parse_within(value.to_string().as_bytes(), &Limits::tolerant()).unwrap().as_object().unwrap().clone()
}

/// The examples as they are judged: `name: read` or `name: refused`, with the algorithm.
pub(crate) fn cookbook_signatures_are_read_or_refused_as_listed() {
    for provider in providers() {
        let mut verdicts = Vec::new();
        for (name, example) in examples("jws").into_iter().chain(examples("curve25519")).chain(examples("rfc7797")) {
            let Some(compact) = example["output"]["compact"].as_str() else {
                verdicts.push(format!("{name}: refused, there is no compact form"));
                continue;
            };
            let alg = example["input"]["alg"].as_str().unwrap_or_default().to_owned();
            let key = (|| {
                let algorithm = Algorithm::from_name(&alg)?;
                let private = PrivateKey::from_jwk(&object(&example["input"]["key"])).ok()?;
                let id = KeyId::new(example["input"]["key"]["kid"].as_str().unwrap_or("none")).ok()?;
                let signing = SigningKey::new(id, algorithm, &private, &*provider).ok()?;
                signing.verification_key(&*provider).ok()
            })();
            let payload = example["input"]["payload"].as_str().unwrap_or_default().as_bytes();
            let read = key.is_some_and(|key: VerificationKey| {
                if compact.contains("..") {
                    return Jws::parse_detached(compact).is_ok_and(|jws| jws.verify_detached(payload, &key).is_ok());
                }
                Jws::parse_attached(compact).is_ok_and(|jws| jws.verify_attached(&key).is_ok_and(|it| it == payload))
            });
            verdicts.push(format!("{name}: {} ({alg})", if read { "read" } else { "refused" }));
        }
        insta::assert_snapshot!("cookbook_signatures", verdicts.join("\n"), "any provider");
    }
}

pub(crate) fn cookbook_encryption_is_read_or_refused_as_listed() {
    for provider in providers() {
        let mut verdicts = Vec::new();
        for (name, example) in examples("jwe").into_iter().chain(examples("curve25519")) {
            let input = &example["input"];
            let alg = input["alg"].as_str().unwrap_or_default().to_owned();
            let enc = input["enc"].as_str().unwrap_or_default();
            let flat = &example["output"]["json_flat"];
            let opened = (|| {
                let jwe = Jwe::parse(&object(flat.as_object().map(|_| flat)?)).ok()?;
                let private = PrivateKey::from_jwk(&object(&input["key"])).ok()?;
                let id = KeyId::new(input["key"]["kid"].as_str()?).ok()?;
                let key = DecryptionKey::new(id, KeyManagement::from_name(&alg)?, &private, &*provider).ok()?;
                jwe.decrypt(&key).ok()
            })();
            let offered = KeyManagement::from_name(&alg).is_some() && ContentEncryption::from_name(enc).is_some();
            assert!(opened.is_none() || offered, "{name} must not be read");
            verdicts.push(format!("{name}: {} ({alg}, {enc})", if opened.is_some() { "read" } else { "refused" }));
        }
        insta::assert_snapshot!("cookbook_encryption", verdicts.join("\n"), "any provider");
    }
}

/// Public keys are taken, private ones taken for signing, secrets refused.
pub(crate) fn cookbook_keys_are_taken_for_what_they_are() {
    let judged = examples("jwk").into_iter().map(|(name, jwk)| {
        let public = PublicKey::from_jwk(&object(&jwk)).map(|_| "public").unwrap_or_default();
        let private = PrivateKey::from_jwk(&object(&jwk)).map(|_| "private").unwrap_or_default();
        format!("{name}: {public}{private}")
    });
    insta::assert_snapshot!("cookbook_keys", judged.collect::<Vec<_>>().join("\n"));
}

pub(crate) fn canonical_json_is_that_of_rfc_8785() {
    for name in ["arrays", "french", "structures", "unicode", "values", "weird"] {
        let input = text(&format!("vectors/jcs/input/{name}.json"));
        let tree = Json::parse_within(input.as_bytes(), &Limits::tolerant()).unwrap();
        let printed = tree.print(Form::Jcs);
        assert_eq!(printed, text(&format!("vectors/jcs/output/{name}.json")).trim_end_matches('\n'), "{name}");
        let hex = printed.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        let wanted: String = text(&format!("vectors/jcs/outhex/{name}.txt")).split_whitespace().collect();
        assert_eq!(hex, wanted, "{name}");
    }
}
