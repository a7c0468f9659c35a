//! How long a refusal takes, whatever its cause: a caller must not learn the cause from the time. Read the figures side by
//! side; a test cannot promise them on a shared machine.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use criterion::{Criterion, criterion_group, criterion_main};
use dci_core::id::KeyId;
use dci_core::jose::{
    Algorithm, AwsLc, DecryptionKey, Jwe, JweOptions, KeyManagement, Provider as _, SigningKey, encrypt,
};
use dci_core::wire::{Json, Object};
use std::hint::black_box;

fn signatures(criterion: &mut Criterion) {
    let provider = AwsLc::new();
    let message = vec![b'x'; 2_048];
    for algorithm in [Algorithm::EdDsa, Algorithm::Es256, Algorithm::Rs256] {
        let key = SigningKey::generate(KeyId::new("k").unwrap(), algorithm, &provider).unwrap();
        let verification = key.verification_key(&provider).unwrap();
        let good = key.sign(&message).unwrap();
        let mut group = criterion.benchmark_group(format!("a wrong {algorithm} signature"));
        for (name, at) in [("first byte", 0), ("middle byte", good.len() / 2), ("last byte", good.len() - 1)] {
            let mut wrong = good.clone();
            wrong[at] ^= 1;
            group.bench_function(name, |bench| bench.iter(|| verification.verify(black_box(&message), &wrong)));
        }
        group.finish();
    }
}

fn with_changed(message: &Object, member: &str, last: bool) -> Object {
    let mut out = message.clone();
    let mut letters: Vec<char> = out.get(member).and_then(Json::as_str).unwrap().chars().collect();
    let at = if last { letters.len() - 2 } else { 1 };
    letters[at] = if letters[at] == 'A' { 'B' } else { 'A' };
    out.insert(member, letters.into_iter().collect::<String>());
    out
}

fn ciphertexts(criterion: &mut Criterion) {
    let provider = AwsLc::new();
    for (management, algorithm) in
        [(KeyManagement::RsaOaep256, Algorithm::Rs256), (KeyManagement::EcdhEsA256Kw, Algorithm::Es256)]
    {
        let private = provider.generate(algorithm).unwrap();
        let key = DecryptionKey::new(KeyId::new("k").unwrap(), management, &private, &provider).unwrap();
        let public = key.encryption_key(&provider).unwrap();
        let message = encrypt(&vec![b'x'; 65_536], &public, &JweOptions::default()).unwrap();
        let mut group = criterion.benchmark_group(format!("a wrong {} message of 64 KiB", management.name()));
        for (name, member, last) in [
            ("encrypted key", "encrypted_key", true),
            ("tag", "tag", false),
            ("ciphertext, first", "ciphertext", false),
            ("ciphertext, last", "ciphertext", true),
        ] {
            let wrong = Jwe::parse(&with_changed(&message, member, last)).unwrap();
            group.bench_function(name, |bench| bench.iter(|| black_box(&wrong).decrypt(&key).is_err()));
        }
        group.finish();
    }
}

criterion_group!(benches, signatures, ciphertexts);
criterion_main!(benches);
