//! DCI signatures: two schemes over the same content, the gate every message passes, and the seal on what is sent.
//!
//! The standard shows a signature string and defines nothing behind it. [`DciString`] writes that string, made exact the
//! way its most complete implementation does; [`DetachedJws`] is the form to recommend where both sides can choose.

mod dci_string;
mod detached_jws;
mod gate;
mod rejection;
mod scheme;
mod seal;
mod window;

pub use dci_string::DciString;
pub use detached_jws::DetachedJws;
pub use gate::{Gate, Trust, Verified};
pub use rejection::{Fault, Rejection};
pub use scheme::{Claimed, SignatureError, SignatureScheme, Validity};
pub use seal::{Seal, Sealed};
pub use window::{Clock, Window};
