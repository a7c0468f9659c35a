//! JOSE, as far as DCI needs it: a small strict reader and writer of compact JWS (RFC 7515), public keys and key sets
//! (RFC 7517, 8037), flattened JWE (RFC 7516), and claims of bearer tokens (RFC 7519, 8725).
//!
//! What comes over the wire is parsed and judged here before any primitive is called: number of parts, strict base64url,
//! one header without duplicate members and with allowed members only, the algorithm that was fixed when the key was
//! taken in, the exact length of the signature. Primitives sit behind [`Provider`]; one is chosen by constructing it.

mod agreement;
mod algorithm;
#[cfg(feature = "aws-lc")]
mod aws_lc;
#[cfg(feature = "aws-lc")]
mod aws_lc_cipher;
mod base64url;
mod cipher;
mod claims;
mod der;
mod encryption;
mod encryption_key;
#[cfg(feature = "josekit")]
mod josekit;
mod jwe;
mod jws;
mod key;
mod key_set;
#[cfg(feature = "josekit")]
mod openssl_cipher;
#[cfg(feature = "pkcs12")]
mod pkcs12;
mod provider;
mod public_key;
#[cfg(feature = "pem")]
mod public_pem;

pub use algorithm::Algorithm;
#[cfg(feature = "aws-lc")]
pub use aws_lc::AwsLc;
pub use cipher::{Cipher, Decrypt, EncryptError, Secret, SharedCipher};
pub use claims::{ClaimsPolicy, TokenError, check_token};
pub use encryption::{ContentEncryption, JweRefused, KeyManagement};
pub use encryption_key::{DecryptionKey, EncryptionKey};
#[cfg(feature = "josekit")]
pub use josekit::JosekitOpenssl;
pub use jwe::{Jwe, JweOptions, encrypt};
pub use jws::{Jws, JwsError, sign_attached, sign_detached};
pub use key::{SigningKey, VerificationKey};
#[cfg(feature = "client")]
pub(crate) use key_set::KEY_SET_BYTES;
pub use key_set::{KeySet, KeySetError};
pub use provider::{PrivateKey, Provider, Refused, Sign, SignError, Verify};
pub use public_key::{Curve, KeyRejected, PublicKey};
