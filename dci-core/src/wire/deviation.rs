//! What a reader forgave: the rules by which real messages differ from the text, and where each was met.

use std::fmt;

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal, $gravity:ident;)+) => {
        /// One way in which a message can differ from the standard's text and still be read.
        ///
        /// The ids are stable: logs, snapshots and the conformance suite's reports use the same ones.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Rule { $($(#[doc = $doc])+ $name,)+ }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable id, e.g. `number-as-text`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id),+ }
            }

            /// What the rule forgives.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+).trim_ascii()),+ }
            }

            /// How much is lost.
            pub fn gravity(self) -> Gravity {
                match self { $(Self::$name => Gravity::$gravity),+ }
            }
        }
    };
}

/// How much a deviation matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Gravity {
    /// Another spelling of the same content.
    Spelling,
    /// Something the standard requires is not there, or had to be guessed.
    Content,
}

rules! {
    /// A member whose value is blank text, read as absent.
    BlankMember = "blank-member", Spelling;
    /// A member whose value is null, read as absent.
    NullMember = "null-member", Spelling;
    /// A number or boolean written as text.
    NumberAsText = "number-as-text", Spelling;
    /// Text written as a number or boolean.
    TextAsNumber = "text-as-number", Spelling;
    /// A boolean written as 0, 1, 2, yes or no.
    BooleanForm = "boolean-form", Spelling;
    /// A whole number written with a fraction of zero.
    WholeNumberForm = "whole-number-form", Spelling;
    /// One value where the standard has a list.
    OneForMany = "one-for-many", Spelling;
    /// A list where the standard has one value; the first was taken.
    ManyForOne = "many-for-one", Content;
    /// A member under another name than the standard's.
    MemberName = "member-name", Spelling;
    /// A member that lies one level away from where the standard puts it.
    MemberPlace = "member-place", Spelling;
    /// A value wrapped in an object the standard does not have.
    Wrapper = "wrapper", Spelling;
    /// A code written as its label or with other letters.
    CodeSpelling = "code-spelling", Spelling;
    /// A code that is on no published list; kept as it came.
    UnlistedCode = "unlisted-code", Spelling;
    /// A locale that is no three-letter ISO 639-3 code.
    LocaleForm = "locale-form", Spelling;
    /// A time in another form than RFC 3339.
    TimeForm = "time-form", Spelling;
    /// A time without zone, read as UTC.
    TimeWithoutZone = "time-without-zone", Content;
    /// A time that cannot be read.
    TimeUnreadable = "time-unreadable", Content;
    /// An id that is blank.
    BlankId = "blank-id", Content;
    /// A member the standard requires is missing.
    MissingMember = "missing-member", Content;
    /// An optional member of a record that does not have the form the standard gives it; kept among the unknown ones.
    UnreadableMember = "unreadable-member", Content;
    /// A member that is written twice; the last was taken.
    RepeatedMember = "repeated-member", Content;
    /// A query whose form belongs to another query type than the one named.
    QueryForm = "query-form", Spelling;
    /// A predicate with more expressions than the two the standard has.
    PredicateForm = "predicate-form", Spelling;
    /// A header action that is not the one of the endpoint.
    Action = "action", Spelling;
    /// A message without its envelope.
    Envelope = "envelope", Spelling;
    /// A signature member whose value is a placeholder; read as absent.
    SignaturePlaceholder = "signature-placeholder", Content;
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// One forgiven point.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deviation {
    /// JSON Pointer (RFC 6901) into the message.
    pub pointer: String,
    /// The rule that forgave it.
    pub rule: Rule,
    /// What was seen: the kind of the value, never personal data.
    pub seen: String,
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.pointer, self.rule, self.seen)
    }
}

/// How much a reader forgives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Leniency {
    /// Everything that can be read at all: for replies, and for looking at messages.
    #[default]
    Content,
    /// Other spellings, but nothing that the standard requires and that is not there: for requests.
    Spelling,
    /// Nothing: the standard's own form only.
    Strict,
}

impl Leniency {
    /// Whether this leniency forgives `rule`.
    pub fn forgives(self, rule: Rule) -> bool {
        match self {
            Self::Content => true,
            Self::Spelling => rule.gravity() == Gravity::Spelling,
            Self::Strict => false,
        }
    }
}
