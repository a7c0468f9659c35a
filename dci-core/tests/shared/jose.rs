//! Keys, signatures and encrypted messages of published vectors, with each provider.

use crate::material::text;
use crate::providers::providers;
use dci_core::id::KeyId;
use dci_core::jose::{Algorithm, PrivateKey, PublicKey, SigningKey};
use dci_core::wire::Json;
use serde_json::Value;

pub(crate) fn the_pem_keys_of_the_vectors_sign_what_their_public_halves_verify() {
    let text = text("vectors/signatures/vectors.json");
    let vectors: Value = serde_json::from_str(&text).unwrap();
    for provider in providers() {
        for (pem, algorithm) in [("rsa_private_pem", Algorithm::Rs256), ("ec_private_pem", Algorithm::Es256)] {
            let private = PrivateKey::from_pem(vectors["keys"][pem].as_str().unwrap()).unwrap();
            let signing = SigningKey::new(KeyId::new("k").unwrap(), algorithm, &private, &*provider).unwrap();
            let jwk = &vectors["keys"][pem.replace("private_pem", "public_jwk")];
            let tree = Json::parse(jwk.to_string().as_bytes()).unwrap();
            assert_eq!(signing.public_key(), PublicKey::from_jwk(tree.as_object().unwrap()).unwrap());
        }
    }
}
