//! Any bytes as an envelope: split, canonical forms, typed reading of header, request and reply.
#![no_main]

use dci_core::envelope::Received;
use dci_core::header::{CallbackHeader, RequestHeader};
use dci_core::message::{SearchRequest, SearchResponse, TxnStatusRequest};
use dci_core::wire::{Form, Json, Leniency, Limits, Wire, read};
use dci_registry::social::SocialRecord;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(received) = Received::parse(bytes, &Limits::default()) else { return };
    // The canonical form is a fixed point: what is signed reads back as what was received.
    let canonical = received.canonical(Form::SortedAscii);
    let again = Received::parse(canonical.as_bytes(), &Limits::default()).expect("the canonical form is an envelope");
    assert_eq!(again.canonical(Form::SortedAscii), canonical);
    let _ = read::<RequestHeader>(received.header(), Leniency::Spelling);
    let _ = read::<CallbackHeader>(received.header(), Leniency::Content);
    let tree = Json::parse(bytes).expect("an envelope is JSON");
    let message = tree.get("message").expect("an envelope has a message");
    if let Ok((request, _)) = read::<SearchRequest>(message, Leniency::Content) {
        let _ = request.write().print(Form::Compact);
    }
    let _ = read::<SearchResponse<SocialRecord>>(message, Leniency::Content);
    let _ = read::<TxnStatusRequest>(message, Leniency::Content);
});
