//! T-40 to T-4C: encrypted messages. All of them are well signed: what is refused is refused for the encryption.

use crate::world::{PlainSearch, World, key_id, received};
use dci_core::carrier::Carrier;
use dci_core::code::ErrorCode;
use dci_core::envelope::Envelope;
use dci_core::gate::{Fault, Gate, Rejection, binding};
use dci_core::jose::{
    AwsLc, Cipher, ContentEncryption, Decrypt, DecryptionKey, EncryptionKey, Jwe, JweOptions, KeyManagement,
    PrivateKey, Provider, PublicKey, encrypt,
};
use dci_core::peer::{EncryptionForm, Peer};
use dci_core::wire::{Form, Json, Object};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A caller whose messages are encrypted, and the registry's gate.
struct Sealed {
    world: World,
    gate: Gate,
    registry: Peer,
}

fn sealed(form: EncryptionForm) -> Sealed {
    let world = World::new();
    let gate = world.gate_for(|peer| peer.encrypting(form));
    let registry = world.registry.peer().with_detached_jws().encrypting(form);
    Sealed { world, gate, registry }
}

impl Sealed {
    async fn good(&self) -> Value {
        self.world.request_for(&self.registry, World::header()).await
    }

    /// Signs whatever `body` holds now.
    fn sign(&self, body: &Value) -> Value {
        let mut body = body.clone();
        let key = self.world.caller.key(dci_core::jose::Algorithm::EdDsa);
        body["signature"] = crate::world::forge(r#"{"alg":"EdDSA","kid":"key-EdDSA"}"#, &body, &key).into();
        body
    }

    async fn judge(&self, body: &Value) -> Result<(), Rejection> {
        self.gate.admit::<PlainSearch>(&received(&self.sign(body)), None).await.map(drop)
    }

    async fn refused(&self, body: &Value, what: &str) {
        let rejection = self.judge(body).await.expect_err(what);
        assert_eq!(rejection.fault, Fault::Envelope(ErrorCode::EncryptionInvalid), "{what}: {rejection}");
        assert_eq!(rejection.message, "/message is not encrypted as is agreed with this sender", "{what}");
    }
}

#[tokio::test]
async fn an_encrypted_request_passes_in_every_form() {
    let plain = EncryptionForm::default();
    for form in [plain, plain.protected(), EncryptionForm::danger_unbound(), plain.content(ContentEncryption::A128Gcm)]
    {
        let sealed = sealed(form);
        let body = sealed.good().await;
        assert!(body["message"]["ciphertext"].is_string() && body["header"]["is_msg_encrypted"] == true);
        let admitted = sealed.gate.admit::<PlainSearch>(&received(&body), None).await.unwrap();
        assert_eq!(admitted.message().search_request.len(), 1);
    }
}

/// A provider that counts how often a private key is used.
#[derive(Clone, Default)]
struct Counting(Arc<AtomicUsize>);

struct CountingKey(Box<dyn Decrypt>, Arc<AtomicUsize>);

impl Decrypt for CountingKey {
    fn oaep_decrypt(&self, ciphertext: &[u8]) -> Result<dci_core::jose::Secret, dci_core::jose::JweRefused> {
        self.1.fetch_add(1, Ordering::SeqCst);
        self.0.oaep_decrypt(ciphertext)
    }

    fn agree(&self, key: &PublicKey) -> Result<dci_core::jose::Secret, dci_core::jose::JweRefused> {
        self.1.fetch_add(1, Ordering::SeqCst);
        self.0.agree(key)
    }

    fn public_key(&self) -> PublicKey {
        self.0.public_key()
    }
}

impl Provider for Counting {
    fn name(&self) -> &'static str {
        "counting"
    }

    fn verifier(
        &self,
        key: &PublicKey,
        algorithm: dci_core::jose::Algorithm,
    ) -> Result<Box<dyn dci_core::jose::Verify>, dci_core::jose::KeyRejected> {
        AwsLc::new().verifier(key, algorithm)
    }

    fn signer(
        &self,
        key: &PrivateKey,
        algorithm: dci_core::jose::Algorithm,
    ) -> Result<Box<dyn dci_core::jose::Sign>, dci_core::jose::KeyRejected> {
        AwsLc::new().signer(key, algorithm)
    }

    fn generate(&self, algorithm: dci_core::jose::Algorithm) -> Result<PrivateKey, dci_core::jose::KeyRejected> {
        AwsLc::new().generate(algorithm)
    }

    fn decrypter(
        &self,
        key: &PrivateKey,
        management: KeyManagement,
    ) -> Result<Box<dyn Decrypt>, dci_core::jose::KeyRejected> {
        Ok(Box::new(CountingKey(AwsLc::new().decrypter(key, management)?, self.0.clone())))
    }

    fn cipher(&self) -> Arc<dyn Cipher> {
        AwsLc::new().cipher()
    }
}

/// A key and a message for it.
fn message_for(management: KeyManagement) -> (Counting, DecryptionKey, Object) {
    let provider = Counting::default();
    let algorithm = match management {
        KeyManagement::RsaOaep256 => dci_core::jose::Algorithm::Rs256,
        _ => dci_core::jose::Algorithm::Es256,
    };
    let private = provider.generate(algorithm).unwrap();
    let key = DecryptionKey::new(key_id("k"), management, &private, &provider).unwrap();
    let public = key.encryption_key(&provider).unwrap();
    let message = encrypt(b"{}", &public, &JweOptions::default()).unwrap();
    (provider, key, message)
}

fn changed(message: &Object, change: impl FnOnce(&mut Value)) -> Object {
    let mut tree: Value = serde_json::from_str(&Json::Object(message.clone()).print(Form::Compact)).unwrap();
    change(&mut tree);
    Json::parse(tree.to_string().as_bytes()).unwrap().as_object().unwrap().clone()
}

fn opens(message: &Object, key: &DecryptionKey) -> bool {
    Jwe::parse(message).and_then(|jwe| jwe.decrypt(key)).is_ok()
}

#[test]
fn t_40_t_41_old_padding_under_a_good_key() {
    let (provider, key, message) = message_for(KeyManagement::RsaOaep256);
    assert!(opens(&message, &key));
    assert_eq!(provider.0.swap(0, Ordering::SeqCst), 1);
    for alg in ["RSA1_5", "RSA-OAEP", "RSA-OAEP-384", "RSA-OAEP-512", "dir", "A256KW", "none"] {
        assert!(!opens(&changed(&message, |message| message["header"]["alg"] = alg.into()), &key), "{alg}");
    }
    assert_eq!(provider.0.load(Ordering::SeqCst), 0, "refused unread: the private key was not used");
}

/// Modes without authentication are not offered, so there is no padding to ask about.
#[test]
fn t_42_modes_with_padding() {
    let (provider, key, message) = message_for(KeyManagement::RsaOaep256);
    for enc in ["A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512", "A128CBC", ""] {
        assert!(!opens(&changed(&message, |message| message["header"]["enc"] = enc.into()), &key), "{enc}");
    }
    assert_eq!(provider.0.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn t_43_a_changed_header() {
    for form in [EncryptionForm::default(), EncryptionForm::danger_unbound()] {
        let sealed = sealed(form);
        let good = sealed.good().await;
        // Without a new signature the envelope's own stops it.
        let mut body = good.clone();
        body["message"]["header"]["kid"] = "other".into();
        let rejection = sealed.gate.admit::<PlainSearch>(&received(&body), None).await.unwrap_err();
        assert_eq!(rejection.fault, Fault::Envelope(ErrorCode::SignatureInvalid), "before anything is opened");
        // With one, the rules do.
        for (member, value) in [
            ("enc", "A128CBC-HS256"),
            ("enc", "A128GCM"),
            ("zip", "DEF"),
            ("kid", "other"),
            ("crit", "exp"),
            ("x", "y"),
        ] {
            let mut body = good.clone();
            body["message"]["header"][member] = value.into();
            sealed.refused(&body, member).await;
        }
    }
}

#[test]
fn t_44_t_45_lengths() {
    for management in KeyManagement::ALL {
        let (provider, key, message) = message_for(management);
        let zeros = |length: usize| {
            use base64::Engine as _;
            base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(vec![0; length])
        };
        for (member, lengths) in [
            ("tag", (0..16).chain([17, 32]).collect::<Vec<_>>()),
            ("iv", vec![0, 1, 8, 11, 13, 16]),
            ("ciphertext", vec![0]),
            ("encrypted_key", (1..24).chain([39, 41, 255, 257, 40_000]).collect()),
        ] {
            for length in lengths {
                let body = changed(&message, |message| message[member] = zeros(length).into());
                assert!(!opens(&body, &key), "{management:?} {member} {length}");
            }
        }
        assert_eq!(provider.0.load(Ordering::SeqCst), 0, "{management:?}: refused by length alone");
    }
}

#[test]
fn t_46_points_that_are_none() {
    use base64::Engine as _;
    let text = |bytes: &[u8]| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
    for management in [KeyManagement::EcdhEs, KeyManagement::EcdhEsA256Kw] {
        let (_, key, message) = message_for(management);
        for epk in [
            json!({"kty": "EC", "crv": "P-256", "x": text(&[0; 32]), "y": text(&[0; 32])}),
            json!({"kty": "EC", "crv": "P-256", "x": text(&[1; 32]), "y": text(&[1; 32])}),
            json!({"kty": "EC", "crv": "P-256", "x": text(&[1; 31]), "y": text(&[1; 32])}),
            json!({"kty": "EC", "crv": "P-384", "x": text(&[1; 48]), "y": text(&[1; 48])}),
            json!({"kty": "EC", "crv": "P-521", "x": text(&[1; 66]), "y": text(&[1; 66])}),
            json!({"kty": "OKP", "crv": "X25519", "x": text(&[0; 32])}),
            json!({"kty": "OKP", "crv": "Ed25519", "x": text(&[0; 32])}),
            json!("text"),
            json!(null),
        ] {
            let body = changed(&message, |message| message["header"]["epk"] = epk.clone());
            assert!(!opens(&body, &key), "{epk}");
        }
        let private = changed(&message, |message| message["header"]["epk"]["d"] = text(&[1; 32]).into());
        assert!(!opens(&private, &key), "a private member in epk");
    }
}

#[test]
fn t_47_t_48_work_for_the_receiver() {
    let (provider, key, message) = message_for(KeyManagement::RsaOaep256);
    for zip in [json!("DEF"), json!(""), json!(null), json!(["DEF"])] {
        assert!(!opens(&changed(&message, |message| message["header"]["zip"] = zip.clone()), &key), "{zip}");
    }
    for count in [1_i64, 1_000_000, 1 << 31] {
        let body = changed(&message, |message| {
            message["header"]["alg"] = "PBES2-HS256+A128KW".into();
            message["header"]["p2c"] = count.into();
            message["header"]["p2s"] = "AAAA".into();
        });
        assert!(!opens(&body, &key), "{count}");
    }
    assert_eq!(provider.0.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn t_49_somebody_elses_ciphertext() {
    let sealed = sealed(EncryptionForm::default());
    let caught = sealed.good().await;
    // Another registered sender puts it into an envelope of its own, well signed.
    let header =
        dci_core::header::RequestHeader::new("search", crate::world::id("other"), crate::world::id("registry"), 1);
    let mut header: Value = serde_json::from_str(&serde_json::to_string(&header).unwrap()).unwrap();
    header["is_msg_encrypted"] = true.into();
    let mut body = json!({"header": header, "message": caught["message"]});
    let key = sealed.world.other.key(dci_core::jose::Algorithm::EdDsa);
    body["signature"] = crate::world::forge(r#"{"alg":"EdDSA","kid":"key-EdDSA"}"#, &body, &key).into();
    let rejection = sealed.gate.admit::<PlainSearch>(&received(&body), None).await.unwrap_err();
    assert_eq!(rejection.fault, Fault::Envelope(ErrorCode::EncryptionInvalid));
    assert_eq!(rejection.detail, Some("bound to another envelope"));
    // The same sender in another message of its own.
    let mut later = sealed.good().await;
    later["message"] = caught["message"].clone();
    sealed.refused(&later, "in another message").await;
}

#[tokio::test]
async fn t_4a_downgrades() {
    let sealed = sealed(EncryptionForm::default());
    let encrypted = sealed.good().await;
    let plain = sealed.world.jws_request().await;
    for (what, flag, message) in [
        ("plain, and says so", json!(false), &plain["message"]),
        ("plain, and says nothing", json!(null), &plain["message"]),
        ("plain, and says it is encrypted", json!(true), &plain["message"]),
        ("encrypted, and says it is plain", json!(false), &encrypted["message"]),
    ] {
        let mut body = encrypted.clone();
        body["header"]["is_msg_encrypted"] = flag;
        body["message"] = message.clone();
        sealed.refused(&body, what).await;
    }
    // And where messages are agreed to be plain, an encrypted one is refused.
    let gate = sealed.world.gate();
    let rejection = gate.admit::<PlainSearch>(&received(&encrypted), None).await.unwrap_err();
    assert_eq!(rejection.fault, Fault::Envelope(ErrorCode::EncryptionInvalid));
}

#[tokio::test]
async fn t_4b_what_was_inside() {
    let sealed = sealed(EncryptionForm::default());
    let keys = sealed.world.registry.keys.clone();
    let key: Arc<EncryptionKey> = keys.encryption_key().unwrap();
    let good = sealed.good().await;
    let header = Json::parse(good["header"].to_string().as_bytes()).unwrap();
    let deep = format!("{}1{}", "[".repeat(40), "]".repeat(40));
    for inside in [r#"{"a":1,"a":2}"#, &format!(r#"{{"a":{deep}}}"#), r#"{"a":9007199254740993}"#, "[]", "text", ""] {
        if inside.is_empty() {
            continue;
        }
        let mut options = JweOptions::default();
        options.aad = Some(binding(&header));
        let message = encrypt(inside.as_bytes(), &key, &options).unwrap();
        let mut body = good.clone();
        body["message"] = serde_json::from_str(&Json::Object(message).print(Form::Compact)).unwrap();
        sealed.refused(&body, inside).await;
    }
}

#[tokio::test]
async fn t_4c_one_answer_for_every_failure() {
    let sealed = sealed(EncryptionForm::default());
    let good = sealed.good().await;
    let mut answers = std::collections::BTreeSet::new();
    let mut try_it = async |change: &dyn Fn(&mut Value)| {
        let mut body = good.clone();
        change(&mut body);
        let rejection = sealed.judge(&body).await.unwrap_err();
        answers.insert((format!("{:?}", rejection.as_error()), rejection.status()));
    };
    try_it(&|body| body["message"]["tag"] = "AAAA".into()).await;
    try_it(&|body| body["message"]["header"]["alg"] = "RSA1_5".into()).await;
    try_it(&|body| body["message"]["header"]["kid"] = "unknown".into()).await;
    try_it(&|body| body["message"]["ciphertext"] = "AAAA".into()).await;
    try_it(&|body| body["message"]["aad"] = "AAAA".into()).await;
    try_it(&|body| body["message"] = json!({"ciphertext": 1})).await;
    try_it(&|body| body["header"]["is_msg_encrypted"] = false.into()).await;
    assert_eq!(answers.len(), 1, "{answers:?}");
}

/// Requests, replies and callbacks go the same way.
#[tokio::test]
async fn a_reply_is_encrypted_for_the_caller_and_opened_by_it() {
    let world = World::new();
    let form = EncryptionForm::default();
    let caller = world.caller.peer().encrypting(form);
    let header = dci_core::header::CallbackHeader::new(
        "on-search",
        dci_core::code::Status::Succeeded,
        crate::world::id("registry"),
        crate::world::id("caller"),
    );
    let message = dci_core::message::SearchResponse::<Json>::new(dci_core::id::TransactionId::random(), Vec::new());
    let sealed =
        world.registry.seal.seal(&Envelope::new(header, message), &caller, &Carrier::reply(200)).await.unwrap();
    let body: Value = serde_json::from_slice(&sealed.body).unwrap();
    let own = Gate::new(crate::world::id("caller"), Arc::new(dci_core::peer::Peers::new([])));
    let registry = Arc::new(world.registry.peer().encrypting(form));
    let with_key = own.clone().opening_with(world.caller.keyring.clone());
    assert!(with_key.admit_reply::<PlainSearch>(&received(&body), &registry, None).await.is_ok());
    let rejection = own.admit_reply::<PlainSearch>(&received(&body), &registry, None).await.unwrap_err();
    assert_eq!(rejection.fault, Fault::Envelope(ErrorCode::EncryptionInvalid));
}
