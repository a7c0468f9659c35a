//! Code lists that stay open: a code this crate does not know survives a round trip.

use std::fmt;

/// Text of a code outside the published list. Only reading makes one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unlisted(Box<str>);

impl Unlisted {
    #[doc(hidden)]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The code as it came over the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Unlisted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What every code list can do: for code that works with any of them.
pub trait Code: Clone + fmt::Debug + fmt::Display + PartialEq + Eq + crate::wire::Wire + Send + Sync + 'static {
    /// Every published code, in the order of the standard.
    const CODES: &'static [&'static str];

    /// The code as written on the wire.
    fn code(&self) -> &str;

    /// The code a spelling stands for; one that is not published as it came.
    fn of(text: &str) -> Self;

    /// Whether the code is on the published list.
    fn is_listed(&self) -> bool;
}

/// Declares an open code list: `Variant = "wire code"`, then optionally `/ "Label"` and, in brackets, other spellings that are
/// read. `closed` in front makes the published schema list the codes as the only ones.
#[macro_export]
macro_rules! open_enum {
    (closed $(#[$m:meta])* $v:vis enum $name:ident { $($body:tt)* }) => {
        $crate::open_enum! { @make "enum"; $(#[$m])* $v enum $name { $($body)* } }
    };
    ($(#[$m:meta])* $v:vis enum $name:ident { $($body:tt)* }) => {
        $crate::open_enum! { @make "examples"; $(#[$m])* $v enum $name { $($body)* } }
    };
    (@make $keyword:literal; $(#[$m:meta])* $v:vis enum $name:ident {
        $($(#[$vm:meta])* $var:ident = $code:literal $(/ $label:literal)? $([$($alias:literal),+])?),+ $(,)?
    }) => {
        $(#[$m])*
        #[non_exhaustive]
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $v enum $name {
            $($(#[$vm])* #[doc = concat!("\n\nWire code `", $code, "`.")] $var,)+
            /// A code outside the published list, as it came.
            Unlisted($crate::code::Unlisted),
        }

        impl $name {
            /// Every published code, in the order of the standard.
            pub const PUBLISHED: &'static [&'static str] = &[$($code),+];

            /// The code as written on the wire.
            pub fn as_str(&self) -> &str {
                match self { $(Self::$var => $code,)+ Self::Unlisted(unlisted) => unlisted.as_str() }
            }

            /// What the code means, in the words of the published list; the code itself where that has no words, and for a code
            /// outside of it.
            #[allow(unreachable_code)]
            pub fn label(&self) -> &str {
                match self {
                    $(Self::$var => { $(return $label;)? $code })+
                    Self::Unlisted(unlisted) => unlisted.as_str(),
                }
            }

            /// Whether the code is on the published list.
            pub fn is_published(&self) -> bool {
                !matches!(self, Self::Unlisted(_))
            }

            /// The code another spelling or the label stands for, whatever its letter case.
            pub fn from_spelling(text: &str) -> Option<Self> {
                let text = text.trim();
                $(if text.eq_ignore_ascii_case($code) $(|| text.eq_ignore_ascii_case($label))? $($(|| text.eq_ignore_ascii_case($alias))+)? {
                    return Some(Self::$var);
                })+
                None
            }

            /// The published code of any spelling: how queries compare codes.
            pub fn published_code(text: &str) -> Option<String> {
                Self::from_spelling(text).map(|code| code.as_str().to_owned())
            }
        }

        impl $crate::code::Code for $name {
            const CODES: &'static [&'static str] = Self::PUBLISHED;

            fn code(&self) -> &str {
                self.as_str()
            }

            fn of(text: &str) -> Self {
                Self::from_spelling(text).unwrap_or_else(|| Self::from(text))
            }

            fn is_listed(&self) -> bool {
                self.is_published()
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text { $($code => Self::$var,)+ other => Self::Unlisted($crate::code::Unlisted::new(other)) }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::wire::Wire for $name {
            const EXPECTED: &'static str = "a code (text)";

            fn read(
                value: &$crate::wire::Json,
                reading: &mut $crate::wire::Reading,
            ) -> ::std::result::Result<Self, $crate::wire::ReadError> {
                let text = value.scalar_text().ok_or_else(|| reading.wrong_kind::<Self>(value))?;
                let exact = Self::from(&*text);
                if exact.is_published() {
                    if value.as_str().is_none() {
                        reading.forgive($crate::wire::Rule::TextAsNumber, value)?;
                    }
                    return Ok(exact);
                }
                if let Some(code) = Self::from_spelling(&text) {
                    reading.forgive($crate::wire::Rule::CodeSpelling, value)?;
                    return Ok(code);
                }
                reading.forgive($crate::wire::Rule::UnlistedCode, value)?;
                Ok(exact)
            }

            fn write(&self) -> $crate::wire::Json {
                $crate::wire::Json::from(self.as_str())
            }
        }

        $crate::wire_serde!($name);

        $crate::wire_text_schema!($name, $keyword, Self::PUBLISHED);
    };
}
