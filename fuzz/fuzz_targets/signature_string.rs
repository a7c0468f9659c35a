//! Any text as a signature of any scheme: in the envelope, and in the HTTP headers.
#![no_main]

use dci_core::carrier::Carrier;
use dci_core::envelope::Received;
use dci_core::signature::SCHEMES;
use dci_core::wire::{Form, Json, Limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let member = Json::from(text).print(Form::Compact);
    let body = format!(r#"{{"signature":{member},"header":{{}},"message":{{}}}}"#);
    let Ok(received) = Received::parse(body, &Limits::default()) else { return };
    let (input, value) = text.split_once('\n').unwrap_or((text, ""));
    let carrier = Carrier::reply(200)
        .with_header("signature", value)
        .with_header("signature-input", input)
        .with_header("content-digest", text);
    let received = received.carried_by(carrier);
    for scheme in SCHEMES {
        let _ = scheme.make().find(&received);
    }
});
