//! Checks: each verifies one requirement by talking to the target.

mod answer;
mod callback;
mod case;
mod data;
mod domain;
mod draft;
mod encryption;
mod envelope;
mod exchange;
mod file;
mod outcome;
mod paging;
mod probe;
mod receiver;
mod redact;
mod registry;
mod search;
mod session;
mod signature;
mod status;
mod subscription;
mod transport;

pub use outcome::{Outcome, Stop};
pub use registry::{Check, all};
pub use session::{Session, Unreachable};

pub(crate) use probe::Probe;
pub(crate) use redact::body as redacted;

/// Ends a check as failed unless the condition holds.
macro_rules! ensure {
    ($condition:expr, $($message:tt)+) => {
        if !$condition {
            return Err($crate::check::Stop::Failed(format!($($message)+)));
        }
    };
}
pub(crate) use ensure;
