//! DCI signatures: the schemes real systems use, over the same content.
//!
//! The standard shows a signature string and defines nothing behind it. [`DciString`] writes that string, made exact the
//! way its most complete implementation does; [`DetachedJws`] is the form to recommend where both sides can choose. The
//! others are for the systems that speak them; which one is used is a matter of the [`crate::peer::Peer`].

mod by_name;
mod concat_rsa;
mod content;
mod dci_string;
mod detached_jws;
mod embedded_jws;
mod http_message;
mod place;
mod scheme;
mod string;

pub use by_name::{SCHEMES, SchemeInfo, scheme};
pub use concat_rsa::ConcatRsa;
pub use content::Covered;
pub use dci_string::DciString;
pub use detached_jws::DetachedJws;
pub use embedded_jws::EmbeddedJws;
pub use http_message::HttpMessage;
pub use place::Place;
pub use scheme::{Basis, Claimed, Found, Sealed, SignatureError, SignatureScheme, Signer, Unsigned, Validity};
