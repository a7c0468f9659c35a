//! What the sandbox does like one of the systems people run (`--as`), as data. What a system speaks is its preset in
//! `dci_core::peer`; here is how it behaves where it leaves the standard, its known faults included.

use dci_core::peer::Preset;

/// The form errors come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Errors {
    /// Acknowledgements with `ERR`.
    Ack,
    /// `{"error": {"code", "message"}}`; a signature that does not hold is an internal error.
    ErrorMember,
    /// HTTP 200 with a rejected header and no items; missing members are `{"detail": […]}`.
    Rejected,
    /// `{"header": {"status": "error", "message"}}`.
    HeaderStatus,
}

/// What stands in `signature` of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signature {
    /// Its own, in its own scheme.
    Own,
    /// The request's.
    Echo,
    /// Always the same text.
    Literal(&'static str),
    /// Nothing.
    Absent,
}

/// Whose `message_id` an answer carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MessageId {
    /// One of its own.
    New,
    /// The request's.
    Echo,
    /// The request's, with `response-` before it.
    Prefixed,
}

/// How one system behaves.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // each is one habit; there is no order among them
pub(super) struct Habits {
    pub(super) preset: Preset,
    /// Whether messages without signature are taken.
    pub(super) takes_unsigned: bool,
    /// Whether the age of messages matters.
    pub(super) has_window: bool,
    /// `header.action` of an answer is the request's.
    pub(super) repeats_action: bool,
    pub(super) message_id: MessageId,
    /// `message_ts` of an answer is the request's.
    pub(super) repeats_time: bool,
    /// Sender and receiver of an answer stand where they stood in the request.
    pub(super) leaves_ids: bool,
    /// Items without hits are left out.
    pub(super) omits_misses: bool,
    /// Only the first item is answered.
    pub(super) first_item_only: bool,
    /// `total_count` counts records, `completed_count` is absent.
    pub(super) counts_records: bool,
    /// Ids of answers are constants.
    pub(super) constant_ids: bool,
    /// The word for success.
    pub(super) succeeded: &'static str,
    pub(super) signature: Signature,
    /// Members of the signed header that are not sent.
    pub(super) withholds: &'static [&'static str],
    pub(super) errors: Errors,
    /// The HTTP status of a positive acknowledgement.
    pub(super) ack_status: u16,
    /// The largest page, and the one given when none is asked for.
    pub(super) page_size: u64,
}

const PLAIN: Habits = Habits {
    preset: Preset::SpecStrict,
    takes_unsigned: false,
    has_window: true,
    repeats_action: false,
    message_id: MessageId::New,
    repeats_time: false,
    leaves_ids: false,
    omits_misses: false,
    first_item_only: false,
    counts_records: false,
    constant_ids: false,
    succeeded: "succ",
    signature: Signature::Own,
    withholds: &[],
    errors: Errors::Ack,
    ack_status: 200,
    page_size: 50,
};

const OPENCRVS: Habits = Habits {
    preset: Preset::OpenCrvs2024,
    takes_unsigned: true,
    has_window: false,
    repeats_action: true,
    message_id: MessageId::Echo,
    leaves_ids: true,
    omits_misses: true,
    counts_records: true,
    errors: Errors::ErrorMember,
    ack_status: 202,
    page_size: 5,
    ..PLAIN
};

/// A system without signatures that repeats what it got.
const ECHOING: Habits = Habits { takes_unsigned: true, has_window: false, signature: Signature::Echo, ..PLAIN };

const ALL: [Habits; 12] = [
    PLAIN,
    Habits { preset: Preset::Jan2025, ..PLAIN },
    Habits { preset: Preset::OpenSpp2, withholds: &["is_msg_encrypted"], page_size: 20, ack_status: 202, ..PLAIN },
    Habits {
        preset: Preset::OpenSpp17,
        takes_unsigned: true,
        has_window: false,
        repeats_action: true,
        message_id: MessageId::Echo,
        signature: Signature::Absent,
        ..PLAIN
    },
    Habits {
        preset: Preset::OpenG2pRegistry,
        has_window: false,
        repeats_action: true,
        message_id: MessageId::Echo,
        repeats_time: true,
        errors: Errors::Rejected,
        page_size: 10,
        ..PLAIN
    },
    Habits {
        preset: Preset::Spar1,
        signature: Signature::Literal("Signature:  namespace=\"g2p\", kidId=\"{sender_id}|{unique_key_id}|{algorithm}"),
        takes_unsigned: true,
        has_window: false,
        ..PLAIN
    },
    Habits { preset: Preset::Spar2, has_window: false, ..PLAIN },
    OPENCRVS,
    Habits { preset: Preset::OpenCrvs2026, ..OPENCRVS },
    Habits {
        preset: Preset::OpenImis,
        message_id: MessageId::Prefixed,
        first_item_only: true,
        succeeded: "success",
        errors: Errors::HeaderStatus,
        ack_status: 202,
        page_size: 100,
        ..ECHOING
    },
    Habits { preset: Preset::G2pc, has_window: false, message_id: MessageId::Echo, leaves_ids: true, ..PLAIN },
    Habits { preset: Preset::SandboxJava, constant_ids: true, leaves_ids: true, ..ECHOING },
];

impl Habits {
    pub(super) fn of(preset: Preset) -> Self {
        ALL.into_iter().find(|habits| habits.preset == preset).unwrap_or(PLAIN)
    }

    /// Whether the system has subscriptions.
    pub(super) fn subscribes(&self) -> bool {
        matches!(self.preset, Preset::SpecStrict | Preset::Jan2025 | Preset::OpenSpp2 | Preset::OpenImis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_has_habits_of_its_own() {
        for preset in Preset::ALL {
            assert_eq!(Habits::of(preset).preset, preset);
        }
    }
}
