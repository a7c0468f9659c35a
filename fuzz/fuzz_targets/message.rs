//! Any JSON as a message of any registry: read, written, read again, the same.
#![no_main]

use dci_core::message::{NotifyRequest, SubscribeRequest, SubscribeResponse, UnsubscribeRequest, UnsubscribeResponse};
use dci_core::wire::{Form, Json, Leniency, Limits, Wire, read};
use dci_registry::dr::{DisabledPerson, DisabledRequest, DisabledResponse};
use dci_registry::ess::{CheckEnrollmentResponse, EmploymentMember};
use dci_registry::fr::Farmer;
use dci_registry::ibr::{Beneficiary, EnrolledRequest, EnrolledResponse, EnrollmentUpdatesRequest};
use dci_registry::social::SocialRecord;
use libfuzzer_sys::fuzz_target;

fn settles<T: Wire>(tree: &Json) {
    let Ok((value, _)) = read::<T>(tree, Leniency::Content) else { return };
    let written = value.write();
    let (again, _) = read::<T>(&written, Leniency::Content).expect("what is written can be read");
    assert_eq!(again.write().print(Form::SortedUtf8), written.print(Form::SortedUtf8));
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(tree) = Json::parse_within(bytes, &Limits::tolerant()) else { return };
    settles::<SubscribeRequest>(&tree);
    settles::<SubscribeResponse>(&tree);
    settles::<UnsubscribeRequest>(&tree);
    settles::<UnsubscribeResponse>(&tree);
    settles::<NotifyRequest<SocialRecord>>(&tree);
    settles::<EnrolledRequest>(&tree);
    settles::<EnrolledResponse>(&tree);
    settles::<EnrollmentUpdatesRequest>(&tree);
    settles::<DisabledRequest>(&tree);
    settles::<DisabledResponse>(&tree);
    settles::<CheckEnrollmentResponse>(&tree);
    settles::<Beneficiary>(&tree);
    settles::<DisabledPerson>(&tree);
    settles::<Farmer>(&tree);
    settles::<EmploymentMember>(&tree);
});
