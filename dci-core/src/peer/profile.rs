//! What a kind of system speaks: every difference between real systems, as data.

use super::encryption::EncryptionPolicy;
use super::paths::Paths;
use crate::signature::{DciString, DetachedJws, SignatureScheme};
use std::fmt;
use std::sync::Arc;

/// What happens to messages without a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unsigned {
    /// They are refused.
    Refused,
    /// They are taken as they are: nobody can say who sent them.
    Accepted,
}

/// Declares an enumeration of habits with the names it has in configuration files.
macro_rules! habits {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $name { $($(#[$variant_meta])* $variant),+ }

        impl $name {
            /// Every value with its name in configuration files.
            pub const NAMES: &'static [(&'static str, Self)] = &[$(($text, Self::$variant)),+];

            /// The name in configuration files.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}

/// What stands in `signature` of a message that is not signed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnsignedForm {
    /// The member is absent.
    Absent,
    /// The member is a text: often an empty one.
    Text(String),
    /// The member is `null`.
    Null,
}

habits! {
    /// The header of messages to the peer.
    HeaderForm {
        /// As the standard has it: absent members stay away.
        Standard = "standard",
        /// All ten members, absent ones as `null`: what a reader that prints the header anew leaves unchanged.
        Complete = "complete",
        /// Without `is_msg_encrypted` and `meta`, with `sender_uri` in every request.
        Short = "short",
        /// In the order of the G2P Connect reference registry, with the members `type` and `meta.data.is_sign` it needs.
        G2pConnect = "g2p-connect",
    }
}

habits! {
    /// How a bearer token is sent.
    Authorization {
        /// `Authorization: Bearer TOKEN`.
        Bearer = "bearer",
        /// `Authorization: TOKEN`, without the scheme.
        Bare = "bare",
        /// No token is sent: the signature says who asks.
        None = "none",
    }
}

habits! {
    /// How a token is asked for.
    TokenRequest {
        /// Client credentials in a form body (RFC 6749 section 4.4).
        Form = "form",
        /// Client credentials in the query string of a POST.
        Query = "query",
        /// Client credentials in a JSON body.
        Json = "json",
        /// Client id and secret as HTTP Basic authentication, the rest in a form body (RFC 6749 section 2.3.1).
        Basic = "basic",
        /// User name and password in a JSON body; the answer holds `token`.
        Login = "login",
    }
}

habits! {
    /// The form queries are sent in.
    QueryForm {
        /// As the newest text writes them.
        Standard = "standard",
        /// Comparisons as `{seq: [{attribute, operator, value}], or: […]}`; identifiers as the standard has them.
        Sequence = "sequence",
        /// Comparisons as predicates, each in a clause of its own.
        Clauses = "clauses",
        /// Predicates joined with `and` only, on dates and places of birth; identifiers as the standard has them.
        Predicates = "predicates",
        /// Comparisons as `value.expression.query` with `$` operators; identifiers as the standard has them.
        Mongo = "mongo",
        /// Everything as `{type: "ns:org:QueryType:expression", value: {expression: {query: {ATTRIBUTE: {type, …}}}}}`.
        Ranges = "ranges",
        /// One flat object of `$` operators per attribute; no `$or`.
        Flat = "flat",
        /// Named queries only: what is asked must be one of the peer's own.
        Named = "named",
    }
}

habits! {
    /// How languages are written.
    LocaleForm {
        /// `eng`.
        ThreeLetters = "three-letters",
        /// `en`.
        TwoLetters = "two-letters",
    }
}

habits! {
    /// Which of the two releases that call themselves 1.0.0 a peer goes by.
    Text {
        /// The text of December 2025, which corrects the names of January.
        Dec2025 = "dec2025",
        /// The text of January 2025: some names are misspelt and required in that spelling, and more registries write one
        /// record as an object.
        Jan2025 = "jan2025",
    }
}

habits! {
    /// How subscriptions are ended, and events told.
    SubscriptionForm {
        /// As the standard has it.
        Standard = "standard",
        /// As OpenSPP tells events: each with its record in `event_data`.
        OpenSpp = "openspp",
        /// As openIMIS has them ended: each code as an item.
        OpenImis = "openimis",
    }
}

habits! {
    /// How the records of answers are written.
    RecordForm {
        /// As the standard has them.
        Standard = "standard",
        /// As OpenCRVS writes persons: camelCase names, relations of an event.
        OpenCrvs = "opencrvs",
    }
}

habits! {
    /// What ties an answer to its request.
    Correlation {
        /// `transaction_id`.
        Transaction = "transaction",
        /// Nothing: the answer holds constants. Only synchronous calls can be tied, by their connection.
        None = "none",
    }
}

/// What one value of `reg_type` is called by a peer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RegistryName {
    /// The last word of the standard's value, in small letters: `social`, `civil`, `ibr`, `dr`, `fr`.
    pub registry: String,
    /// The event folded into it, where one is: `birth`.
    pub event: Option<String>,
    /// The peer's value.
    pub name: String,
    /// The peer's value of `reg_record_type`; the standard's when not set.
    pub record_type: Option<String>,
}

impl RegistryName {
    /// `registry` is called `name`.
    pub fn new(registry: &str, name: &str) -> Self {
        Self { registry: registry.to_owned(), event: None, name: name.to_owned(), record_type: None }
    }

    /// `registry` with the event `event` is called `name`.
    pub fn folded(registry: &str, event: &str, name: &str) -> Self {
        Self { event: Some(event.to_owned()), ..Self::new(registry, name) }
    }

    /// Replaces `reg_record_type` too.
    pub fn recording(self, record_type: &str) -> Self {
        Self { record_type: Some(record_type.to_owned()), ..self }
    }
}

/// What a kind of system speaks. A [`super::Preset`] makes one; every member can be changed.
#[derive(Clone)]
#[non_exhaustive]
pub struct Profile {
    /// The preset it began as.
    pub name: &'static str,
    /// The release of the standard it goes by.
    pub text: Text,
    /// The signature schemes it may use; the first is the one that is signed with for it.
    pub schemes: Vec<Arc<dyn SignatureScheme>>,
    /// Whether messages to it are signed.
    pub signs: bool,
    /// What happens to its messages without signature.
    pub unsigned: Unsigned,
    /// What stands in `signature` of a message to it that is not signed.
    pub unsigned_form: UnsignedForm,
    /// Whether messages to and from it are encrypted.
    pub encryption: EncryptionPolicy,
    /// The header of messages to it.
    pub header: HeaderForm,
    /// Whether its requests must name their receiver. Without, a signed request could be relayed to others.
    pub names_receiver: bool,
    /// Its endpoints.
    pub paths: Paths,
    /// How a bearer token is sent to it.
    pub authorization: Authorization,
    /// How a token is asked for.
    pub token_request: TokenRequest,
    /// Where it gives out tokens, below its base address.
    pub token_path: String,
    /// Its names of registries.
    pub registries: Vec<RegistryName>,
    /// The form queries are sent to it in.
    pub query: QueryForm,
    /// Its names of attributes: the standard's and the peer's.
    pub attributes: Vec<(String, String)>,
    /// Members of search criteria that are left out.
    pub omits: Vec<String>,
    /// How it writes languages.
    pub locale: LocaleForm,
    /// The largest page it gives.
    pub page_size: Option<u64>,
    /// Whether every search must carry `consent` or `authorize`.
    pub needs_consent: bool,
    /// The most items it answers in one message.
    pub batch: Option<usize>,
    /// Other names of members in messages to and from it: the standard's and the peer's.
    pub members: Vec<(String, String)>,
    /// How its records are written.
    pub records: RecordForm,
    /// How its subscriptions are ended, and its events told.
    pub subscriptions: SubscriptionForm,
    /// What ties its answers to requests.
    pub correlation: Correlation,
    /// The media type callbacks to it are posted with.
    pub callback_media_type: String,
    /// What HTTP 500 of it may mean, in words.
    pub server_error: Option<&'static str>,
    /// What is known to be broken on its side, in words.
    pub caveat: Option<&'static str>,
}

impl Profile {
    /// As the standard's newest text has it, signed.
    pub fn standard() -> Self {
        Self {
            name: "spec-strict",
            text: Text::Dec2025,
            schemes: vec![Arc::new(DciString::new()), Arc::new(DetachedJws::new())],
            signs: true,
            unsigned: Unsigned::Refused,
            unsigned_form: UnsignedForm::Absent,
            encryption: EncryptionPolicy::Plain,
            header: HeaderForm::Standard,
            names_receiver: true,
            paths: Paths::standard(),
            authorization: Authorization::Bearer,
            token_request: TokenRequest::Form,
            token_path: "/oauth2/client/token".to_owned(),
            registries: Vec::new(),
            query: QueryForm::Standard,
            attributes: Vec::new(),
            omits: Vec::new(),
            locale: LocaleForm::ThreeLetters,
            page_size: None,
            needs_consent: false,
            batch: None,
            members: Vec::new(),
            records: RecordForm::Standard,
            subscriptions: SubscriptionForm::Standard,
            correlation: Correlation::Transaction,
            callback_media_type: "application/json".to_owned(),
            server_error: None,
            caveat: None,
        }
    }

    /// The scheme that is signed with for it.
    pub fn signs_with(&self) -> Option<&Arc<dyn SignatureScheme>> {
        self.schemes.first().filter(|_| self.signs)
    }

    /// Whether messages must be rewritten between the standard's form and the peer's.
    pub(crate) fn differs(&self) -> bool {
        !(self.registries.is_empty() && self.members.is_empty() && self.attributes.is_empty())
            || self.records != RecordForm::Standard
            || self.subscriptions != SubscriptionForm::Standard
    }

    /// The names of its schemes.
    pub fn scheme_names(&self) -> impl Iterator<Item = &'static str> {
        self.schemes.iter().map(|scheme| scheme.name())
    }
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile").field("name", &self.name).finish_non_exhaustive()
    }
}
