//! DCI signatures: two schemes over the same content.
//!
//! The standard shows a signature string and defines nothing behind it. [`DciString`] writes that string, made exact the
//! way its most complete implementation does; [`DetachedJws`] is the form to recommend where both sides can choose.

mod dci_string;
mod detached_jws;
mod scheme;

pub use dci_string::DciString;
pub use detached_jws::DetachedJws;
pub use scheme::{Claimed, SignatureError, SignatureScheme, Validity};
