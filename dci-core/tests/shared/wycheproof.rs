//! Project Wycheproof, through our API, with every provider. What is accepted although marked invalid, and what is refused
//! although marked valid, is listed with its reason in snapshots: a list that is too long or too short fails.

use crate::material::text;
use crate::providers::providers;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use dci_core::id::KeyId;
use dci_core::jose::{
    Algorithm, Curve, DecryptionKey, Jwe, Jws, KeyManagement, KeyRejected, KeySet, PrivateKey, Provider, PublicKey,
    VerificationKey,
};
use dci_core::wire::{Json, Object};
use serde_json::{Value, json};

fn file(name: &str) -> Value {
    serde_json::from_str(&text(&format!("vectors/wycheproof/{name}_test.json"))).unwrap()
}

fn object(value: &Value) -> Object {
    Json::parse(value.to_string().as_bytes()).unwrap().as_object().unwrap().clone()
}

fn hex(value: &Value) -> Vec<u8> {
    let text = value.as_str().unwrap();
    (0..text.len() / 2).map(|at| u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).unwrap()).collect()
}

/// Runs every test of `file` and lists where the verdict differs from the mark.
fn differences(
    file: &Value,
    provider: &dyn Provider,
    accepts: &dyn Fn(&Value, &Value, &dyn Provider) -> bool,
    reason: &dyn Fn(&Value, &Value) -> String,
) -> (usize, usize, Vec<String>) {
    let (mut accepted, mut refused, mut list) = (0, 0, Vec::new());
    for group in file["testGroups"].as_array().unwrap() {
        for test in group["tests"].as_array().unwrap() {
            let valid = test["result"] == "valid";
            let taken = accepts(group, test, provider);
            if taken {
                accepted += 1;
            } else {
                refused += 1;
            }
            // "acceptable" may be either way; there is none of it in these files beyond RSA's old encodings.
            if taken == valid || (test["result"] == "acceptable" && !taken) {
                continue;
            }
            let what = if taken { "taken" } else { "refused" };
            list.push(format!(
                "#{} {} {what}: {}",
                test["tcId"],
                test["comment"].as_str().unwrap(),
                reason(group, test)
            ));
        }
    }
    (accepted, refused, list)
}

/// The same verdicts with every provider, as the snapshot `name` has them.
fn check(
    name: &str,
    accepts: &dyn Fn(&Value, &Value, &dyn Provider) -> bool,
    reason: &dyn Fn(&Value, &Value) -> String,
) {
    let file = file(name);
    for provider in providers() {
        let (accepted, refused, list) = differences(&file, &*provider, accepts, reason);
        assert!(!list.iter().any(|line| line.ends_with("no reason")), "{}: {list:#?}", provider.name());
        insta::assert_snapshot!(
            name,
            format!("{accepted} accepted, {refused} refused\n{}", list.join("\n")),
            &format!("{name}, any provider")
        );
    }
}

fn parts(compact: &str) -> Vec<&str> {
    compact.split('.').collect()
}

fn header_of(compact: &str) -> Value {
    let bytes = B64.decode(parts(compact)[0]).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

fn key_of(group: &Value) -> &Value {
    group.get("public").unwrap_or(&group["private"])
}

/// The set a group publishes: one key, or several.
fn set_of(group: &Value, provider: &dyn Provider) -> Option<KeySet> {
    let key = key_of(group);
    let keys = key.get("keys").cloned().unwrap_or_else(|| json!([key]));
    KeySet::parse(json!({"keys": keys}).to_string().as_bytes(), provider).ok()
}

fn signature_holds(group: &Value, compact: &str, provider: &dyn Provider) -> bool {
    let Ok(jws) = Jws::parse_attached(compact) else { return false };
    let Some(set) = set_of(group, provider) else { return false };
    set.find(jws.key_id()).iter().any(|key| jws.verify_attached(key).is_ok())
}

/// A compact JWE as the flattened form our reader takes.
fn flattened(compact: &str) -> Option<Value> {
    let [protected, key, iv, ciphertext, tag] = parts(compact).try_into().ok()?;
    Some(json!({"protected": protected, "encrypted_key": key, "iv": iv, "ciphertext": ciphertext, "tag": tag}))
}

fn opens(group: &Value, compact: &str, provider: &dyn Provider) -> Option<Vec<u8>> {
    let jwe = Jwe::parse(&object(&flattened(compact)?)).ok()?;
    let private = &group["private"];
    let management = KeyManagement::from_name(private["alg"].as_str()?)?;
    let key = PrivateKey::from_jwk(&object(private)).ok()?;
    let id = KeyId::new(private["kid"].as_str().unwrap_or("none")).ok()?;
    let key = DecryptionKey::new(id, management, &key, provider).ok()?;
    jwe.decrypt(&key).ok().map(|plain| plain.to_vec())
}

fn jws_reason(group: &Value, test: &Value) -> String {
    /// Errors of the file (spec/security.md 2.1).
    const ERRORS: [(u64, &str); 9] = [
        (17, "an error of the file: the text is cut short"),
        (346, "an error of the file: key and token name different algorithms"),
        (347, "an error of the file: ES521 is no algorithm"),
        (350, "an error of the file: key and token name different algorithms"),
        (351, "an error of the file: ES521 is no algorithm"),
        (367, "an error of the file: byte for byte the valid 357"),
        (370, "an error of the file: byte for byte the valid 357"),
        (372, "an error of the file: a question mark is no base64url"),
        (373, "an error of the file: a question mark is no base64url"),
    ];
    let id = test["tcId"].as_u64().unwrap();
    if let Some((_, reason)) = ERRORS.iter().find(|(error, _)| *error == id) {
        return (*reason).to_owned();
    }
    policy(group, test)
}

/// The rule of ours that refuses what is valid elsewhere.
fn policy(group: &Value, test: &Value) -> String {
    let compact = test["jws"].as_str().or_else(|| test["jwe"].as_str()).unwrap_or_default();
    let header = header_of(compact);
    let (alg, enc) = (header["alg"].as_str().unwrap_or_default(), header["enc"].as_str().unwrap_or_default());
    let key = key_of(group);
    let rsa_exponent = key["e"].as_str().is_some_and(|e| e != "AQAB" && e.len() < 4);
    if key["kty"] == "oct"
        || alg.starts_with("HS")
        || alg.starts_with("PBES2")
        || alg == "dir"
        || alg.ends_with("GCMKW")
    {
        return "policy: shared keys are not offered".to_owned();
    }
    if test["jws"].is_object() || test["jwe"].is_object() || compact.starts_with('{') {
        return "policy: this JSON form is not offered".to_owned();
    }
    if test["jws"].is_string() && parts(compact).get(1) == Some(&"") {
        return "policy: an empty payload is taken for a detached one".to_owned();
    }
    if rsa_exponent {
        return "policy: RSA exponents below 65537".to_owned();
    }
    if !alg.is_empty() && Algorithm::from_name(alg).is_none() && KeyManagement::from_name(alg).is_none() {
        return format!("policy: {alg} is not offered");
    }
    if !enc.is_empty() && dci_core::jose::ContentEncryption::from_name(enc).is_none() {
        return format!("policy: {enc} is not offered");
    }
    if ["zip", "apu", "apv", "crit"].iter().any(|name| header.get(name).is_some()) {
        return "policy: a header member that is not offered".to_owned();
    }
    if !matches!(key["crv"].as_str(), None | Some("P-256" | "P-384" | "Ed25519")) {
        return format!("policy: the curve {} is not offered", key["crv"]);
    }
    "no reason".to_owned()
}

pub(crate) fn json_web_signature() {
    let accepts = |group: &Value, test: &Value, provider: &dyn Provider| {
        test["jws"].as_str().is_some_and(|compact| signature_holds(group, compact, provider))
    };
    check("json_web_signature", &accepts, &jws_reason);
}

pub(crate) fn json_web_encryption() {
    let accepts = |group: &Value, test: &Value, provider: &dyn Provider| {
        let opened = test["jwe"].as_str().and_then(|compact| opens(group, compact, provider));
        opened.is_some_and(|plain| test.get("pt").is_none_or(|wanted| hex(wanted) == plain))
    };
    check("json_web_encryption", &accepts, &policy);
}

pub(crate) fn json_web_key() {
    let accepts = |group: &Value, test: &Value, provider: &dyn Provider| {
        test["jws"].as_str().is_some_and(|compact| signature_holds(group, compact, provider))
    };
    check("json_web_key", &accepts, &policy);
}

pub(crate) fn json_web_crypto() {
    let accepts = |group: &Value, test: &Value, provider: &dyn Provider| {
        test["jws"].as_str().is_some_and(|compact| signature_holds(group, compact, provider))
            || test["jwe"].as_str().is_some_and(|compact| opens(group, compact, provider).is_some())
    };
    check("json_web_crypto", &accepts, &policy);
}

/// The key of a group. Some have no JWK; every curve has its point.
fn public_key(group: &Value) -> Result<PublicKey, KeyRejected> {
    let point = &group["publicKey"]["uncompressed"];
    if point.is_string() {
        let point = hex(point);
        return PublicKey::ec(Curve::P256, &point[1..33], &point[33..]);
    }
    PublicKey::from_jwk(&object(group.get("publicKeyJwk").or_else(|| group.get("keyJwk")).unwrap()))
}

/// Signatures of one algorithm over the keys of a file.
fn signatures(name: &str, algorithm: Algorithm) {
    let accepts = move |group: &Value, test: &Value, provider: &dyn Provider| {
        let Ok(public) = public_key(group) else { return false };
        let key = VerificationKey::new(KeyId::new("k").unwrap(), algorithm, public, provider);
        key.is_ok_and(|key| key.verify(&hex(&test["msg"]), &hex(&test["sig"])).is_ok())
    };
    let reason = |group: &Value, _: &Value| match public_key(group) {
        Ok(_) => "no reason".to_owned(),
        Err(refused) => format!("policy: {refused}"),
    };
    check(name, &accepts, &reason);
}

pub(crate) fn ecdsa() {
    signatures("ecdsa_secp256r1_sha256_p1363", Algorithm::Es256);
}

pub(crate) fn ed25519() {
    signatures("ed25519", Algorithm::EdDsa);
}

pub(crate) fn rsa_pkcs1() {
    signatures("rsa_signature_2048_sha256", Algorithm::Rs256);
}

pub(crate) fn rsa_pss() {
    signatures("rsa_pss_2048_sha256_mgf1_32", Algorithm::Ps256);
}

pub(crate) fn rsa_oaep() {
    let accepts = |group: &Value, test: &Value, provider: &dyn Provider| {
        if test["label"] != "" {
            return false;
        }
        let key = PrivateKey::from_pkcs8_der(hex(&group["privateKeyPkcs8"]));
        let key = provider.decrypter(&key, KeyManagement::RsaOaep256).unwrap();
        key.oaep_decrypt(&hex(&test["ct"])).is_ok_and(|plain| plain.as_slice() == hex(&test["msg"]))
    };
    let reason = |_: &Value, test: &Value| {
        let labelled = test["label"] != "";
        if labelled { "policy: labels are not offered".to_owned() } else { "no reason".to_owned() }
    };
    check("rsa_oaep_2048_sha256_mgf1sha256", &accepts, &reason);
}

pub(crate) fn aes_gcm() {
    // Lengths the types cannot hold are refused by them.
    let fits = |test: &Value| {
        let length = |name: &str| test[name].as_str().unwrap().len() / 2;
        length("iv") == 12 && length("tag") == 16 && matches!(length("key"), 16 | 32)
    };
    let accepts = move |_: &Value, test: &Value, provider: &dyn Provider| {
        if !fits(test) {
            return false;
        }
        let cipher = provider.cipher();
        let (key, aad, ct) = (hex(&test["key"]), hex(&test["aad"]), hex(&test["ct"]));
        let (iv, tag) = (hex(&test["iv"]).try_into().unwrap(), hex(&test["tag"]).try_into().unwrap());
        let opened = cipher.gcm_open(&key, &iv, &aad, &ct, &tag);
        if opened.as_ref().is_ok_and(|plain| plain.as_slice() == hex(&test["msg"])) {
            let sealed = cipher.gcm_seal(&key, &iv, &aad, &hex(&test["msg"])).unwrap();
            assert_eq!(sealed, (ct, tag), "what is opened is what we would have sealed");
        }
        opened.is_ok()
    };
    let reason = move |_: &Value, test: &Value| {
        let words = "policy: keys of 16 or 32, IVs of 12 and tags of 16 bytes only";
        if fits(test) { "no reason".to_owned() } else { words.to_owned() }
    };
    check("aes_gcm", &accepts, &reason);
}
