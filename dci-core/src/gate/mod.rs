//! The gate every message passes before it may be acted on, and the seal on everything that is sent.
//!
//! [`Gate`] turns received bytes into [`Verified`] messages, or into a [`Rejection`] with a published code; [`Seal`] signs
//! the way a peer reads.

mod admission;
mod binding;
mod opening;
mod rejection;
mod seal;
mod window;

pub use crate::signature::Sealed;
pub use admission::{Gate, Trust, Verified};
pub use binding::binding;
pub use opening::Keyring;
pub use rejection::{Fault, Rejection};
pub use seal::{Seal, SealError};
pub use window::{Clock, Window};
