//! Whether and how messages to and from a peer are encrypted.

use crate::jose::ContentEncryption;

/// Decides on encryption, for both directions. What a message says about itself is compared with it, never obeyed: a flag
/// cannot downgrade.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncryptionPolicy {
    /// Messages are plain; encrypted ones are refused.
    #[default]
    Plain,
    /// Messages are encrypted; plain ones are refused.
    Encrypted(EncryptionForm),
}

/// The form of encrypted messages. The default is the standard's, bound to its envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EncryptionForm {
    /// How the content is encrypted.
    pub content_encryption: ContentEncryption,
    /// The header is protected. The standard's schema has it unprotected.
    pub protected: bool,
    /// The message is bound to sender, receiver, message id and action of its envelope (`aad`), so that nobody can pass
    /// somebody else's ciphertext off as part of a message of their own.
    pub bound: bool,
}

impl Default for EncryptionForm {
    fn default() -> Self {
        Self { content_encryption: ContentEncryption::A256Gcm, protected: false, bound: true }
    }
}

impl EncryptionForm {
    /// Exactly the five members of the standard's schema, for systems that read nothing else.
    ///
    /// Gives up that a ciphertext cannot be moved into another envelope; the signature over the envelope stays.
    pub fn danger_unbound() -> Self {
        Self { bound: false, ..Self::default() }
    }

    /// The names of the forms in configuration.
    pub const NAMES: [&str; 3] = ["bound", "protected", "unbound"];

    /// The form called `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "bound" => Some(Self::default()),
            "protected" => Some(Self::default().protected()),
            "unbound" => Some(Self::danger_unbound()),
            _ => None,
        }
    }

    /// With a protected header.
    pub fn protected(self) -> Self {
        Self { protected: true, ..self }
    }

    /// With another content encryption.
    pub fn content(self, content_encryption: ContentEncryption) -> Self {
        Self { content_encryption, ..self }
    }
}
