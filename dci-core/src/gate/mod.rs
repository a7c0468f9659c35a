//! The gate every message passes before it may be acted on, and the seal on everything that is sent.
//!
//! [`Gate`] turns received bytes into [`Verified`] messages, or into a [`Rejection`] with a published code; [`Seal`] signs
//! the way a peer reads.

mod admission;
mod rejection;
mod seal;
mod window;

pub use admission::{Gate, Trust, Verified};
pub use rejection::{Fault, Rejection};
pub use seal::{Seal, Sealed};
pub use window::{Clock, Window};
