//! Identifiers of the protocol. Each says who makes it and how long it means something.

use crate::wire::{Json, ReadError, Reading, Rule, Wire};
use std::fmt;

/// Why a text cannot be an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdError {
    /// Nothing in it.
    #[error("must not be blank")]
    Blank,
    /// Longer than the 99 characters the standard allows.
    #[error("must have at most 99 characters")]
    TooLong,
    /// A character that no identifier may hold.
    #[error("must hold no control character and no '|'")]
    Character,
}

fn check(text: &str) -> Result<(), IdError> {
    if text.trim().is_empty() {
        Err(IdError::Blank)
    } else if text.chars().count() > 99 {
        Err(IdError::TooLong)
    } else if text.chars().any(|character| character.is_control() || character == '|') {
        // '|' separates the parts of a key id in the signature string.
        Err(IdError::Character)
    } else {
        Ok(())
    }
}

macro_rules! id {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// An identifier of 1 to 99 characters.
            pub fn new(text: impl AsRef<str>) -> Result<Self, IdError> {
                check(text.as_ref()).map(|()| Self(text.as_ref().into()))
            }

            /// A new random identifier of 128 bits.
            pub fn random() -> Self {
                Self(uuid::Uuid::new_v4().to_string().into())
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl Wire for $name {
            const EXPECTED: &'static str = "an id (text)";

            fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
                if value.is_blank() {
                    reading.forgive(Rule::BlankId, value)?;
                    return Ok(Self("".into()));
                }
                let text = String::read(value, reading)?;
                Self::new(text).map_err(|error| reading.invalid(error.to_string()))
            }

            fn write(&self) -> Json {
                Json::from(&*self.0)
            }
        }

        crate::wire_serde!($name);

        #[cfg(feature = "schema")]
        impl crate::schema::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut crate::schema::SchemaGenerator) -> crate::schema::Schema {
                schemars::json_schema!({"type": "string", "minLength": 1, "maxLength": 99})
            }
        }
    )+};
}

id! {
    /// `header.message_id`: made by the sender, unique per message; a resent message keeps it.
    MessageId;
    /// `message.transaction_id`: made by the caller, names one batch from request to last callback.
    TransactionId;
    /// `correlation_id`: made by the receiver of an asynchronous request in its acknowledgement, repeated in callbacks.
    CorrelationId;
    /// `reference_id`: made by the caller, names one item of a batch.
    ReferenceId;
    /// `subscriptions[].code`: made by the registry, names a subscription.
    SubscriptionCode;
    /// `header.sender_id`, `header.receiver_id`: a system, as registered with its counterparts.
    SystemId;
    /// The id of one key of a system: `kid` of its JWK, middle part of `kidId` in the signature string.
    KeyId;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Leniency, read};

    #[test]
    fn the_limit_counts_characters_and_not_bytes() {
        assert!(TransactionId::new("é".repeat(99)).is_ok());
        assert_eq!(TransactionId::new("é".repeat(100)), Err(IdError::TooLong));
        assert_eq!(SystemId::new("a|b"), Err(IdError::Character));
        assert_eq!(MessageId::new(" "), Err(IdError::Blank));
    }

    #[test]
    fn a_blank_id_is_forgiven_in_replies_and_not_in_requests() {
        assert_eq!(read::<MessageId>(&Json::from(""), Leniency::Content).unwrap().1[0].rule, Rule::BlankId);
        assert!(read::<MessageId>(&Json::from(""), Leniency::Spelling).is_err());
        let number = Json::parse(b"123456789").unwrap();
        assert_eq!(read::<MessageId>(&number, Leniency::Spelling).unwrap().0.as_str(), "123456789");
    }
}
