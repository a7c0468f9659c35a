//! Our half of the cross-check with other JOSE libraries (`.ci/interop/run`).
//!
//! `interop write DIR` signs and encrypts with the keys of `DIR/keys.json`, in every algorithm and form offered;
//! `interop read DIR FILE` reads what another library made of the same keys.

use dci_core::id::KeyId;
use dci_core::jose::{
    Algorithm, AwsLc, ContentEncryption, DecryptionKey, Jwe, JweOptions, Jws, KeyManagement, PrivateKey, SigningKey,
    encrypt, sign_attached, sign_detached,
};
use dci_core::wire::{Form, Json, Limits, Object};
use std::error::Error;
use std::path::Path;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

const PAYLOAD: &str = r#"{"name":"Åkerlund 😀","n":1.0}"#;
const AAD: &str = "bound to this";
/// Name, protected header, additional data.
const FORMS: [(&str, bool, bool); 4] =
    [("plain", false, false), ("protected", true, false), ("bound", false, true), ("protected-bound", true, true)];

fn read(path: &Path) -> Outcome<Json> {
    Ok(Json::parse_within(&std::fs::read(path)?, &Limits::tolerant())?)
}

fn key(keys: &Json, name: &str) -> Outcome<PrivateKey> {
    let jwk = keys.get(name).and_then(Json::as_object).ok_or(format!("no key for {name}"))?;
    Ok(PrivateKey::from_jwk(jwk)?)
}

fn signing(keys: &Json, algorithm: Algorithm) -> Outcome<SigningKey> {
    Ok(SigningKey::new(KeyId::new(algorithm.name())?, algorithm, &key(keys, algorithm.name())?, &AwsLc::new())?)
}

fn opening(keys: &Json, management: KeyManagement) -> Outcome<DecryptionKey> {
    Ok(DecryptionKey::new(KeyId::new(management.name())?, management, &key(keys, management.name())?, &AwsLc::new())?)
}

fn object(members: &[(&str, Json)]) -> Json {
    Json::Object(members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect::<Object>())
}

fn write(folder: &Path) -> Outcome {
    let keys = read(&folder.join("keys.json"))?;
    let mut signed = Vec::new();
    for algorithm in Algorithm::ALL {
        let key = signing(&keys, algorithm)?;
        for (form, text) in [
            ("attached", sign_attached(PAYLOAD.as_bytes(), &key)?),
            ("detached", sign_detached(PAYLOAD.as_bytes(), &key)?),
        ] {
            signed.push(object(&[("alg", algorithm.name().into()), ("form", form.into()), ("jws", text.into())]));
        }
    }
    let mut encrypted = Vec::new();
    for management in KeyManagement::ALL {
        let public = opening(&keys, management)?.encryption_key(&AwsLc::new())?;
        for content in ContentEncryption::ALL {
            for (form, protected, bound) in FORMS {
                let mut options = JweOptions::default();
                options.content_encryption = content;
                options.protected = protected;
                options.aad = bound.then(|| AAD.as_bytes().to_vec());
                let jwe = Json::Object(encrypt(PAYLOAD.as_bytes(), &public, &options)?);
                let (alg, enc) = (management.name(), content.name());
                encrypted.push(object(&[
                    ("alg", alg.into()),
                    ("enc", enc.into()),
                    ("form", form.into()),
                    ("jwe", jwe),
                ]));
            }
        }
    }
    println!("wrote {} signatures and {} encrypted messages", signed.len(), encrypted.len());
    let all =
        object(&[("payload", PAYLOAD.into()), ("aad", AAD.into()), ("jws", signed.into()), ("jwe", encrypted.into())]);
    Ok(std::fs::write(folder.join("ours.json"), all.print(Form::Compact))?)
}

fn check(folder: &Path, file: &str) -> Outcome {
    let keys = read(&folder.join("keys.json"))?;
    let theirs = read(&folder.join(file))?;
    let list = |name: &str| theirs.get(name).and_then(Json::as_array).unwrap_or_default().to_vec();
    let text = |item: &Json, name: &str| item.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let (signed, encrypted) = (list("jws"), list("jwe"));
    for item in &signed {
        let algorithm = Algorithm::from_name(&text(item, "alg")).ok_or("an algorithm that is not offered")?;
        let key = signing(&keys, algorithm)?.verification_key(&AwsLc::new())?;
        let jws = text(item, "jws");
        let read = if text(item, "form") == "detached" {
            Jws::parse_detached(&jws)?.verify_detached(PAYLOAD.as_bytes(), &key).is_ok()
        } else {
            Jws::parse_attached(&jws)?.verify_attached(&key).is_ok_and(|payload| payload == PAYLOAD.as_bytes())
        };
        if !read {
            return Err(format!("{file}: {algorithm} {} does not verify", text(item, "form")).into());
        }
    }
    for item in &encrypted {
        let management = KeyManagement::from_name(&text(item, "alg")).ok_or("an algorithm that is not offered")?;
        let message = item.get("jwe").and_then(Json::as_object).ok_or("no message")?;
        let plain = Jwe::parse(message)
            .and_then(|jwe| jwe.decrypt(&opening(&keys, management).map_err(|_| dci_core::jose::JweRefused)?));
        if !plain.is_ok_and(|plain| plain.as_slice() == PAYLOAD.as_bytes()) {
            return Err(format!(
                "{file}: {} {} {} is not opened",
                management.name(),
                text(item, "enc"),
                text(item, "form")
            )
            .into());
        }
    }
    let enough =
        signed.len() == Algorithm::ALL.len() * 2 && encrypted.len() == KeyManagement::ALL.len() * 2 * FORMS.len();
    if !enough {
        return Err(format!("{file} holds {} signatures and {} messages", signed.len(), encrypted.len()).into());
    }
    println!("{file}: read {} signatures and {} encrypted messages", signed.len(), encrypted.len());
    Ok(())
}

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["write", folder] => write(Path::new(folder)),
        ["read", folder, file] => check(Path::new(folder), file),
        _ => Err("interop write DIR | interop read DIR FILE".into()),
    }
}
