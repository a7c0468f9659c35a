//! `wire_struct!`: one definition gives a type its reader, its writer, its constructor and its schema.

#[doc(hidden)]
pub use serde;

use super::deviation::Rule;
use super::json::{Json, Object};
use super::read::{Extra, Problem, ReadError, Reading, Wire};

/// The members of an object while a struct takes them one by one. Borrowed: only what no member takes is copied.
#[doc(hidden)]
pub struct Members<'t> {
    left: Vec<(&'t str, &'t Json)>,
    lossless: bool,
}

impl<'t> Members<'t> {
    /// Opens `value`, which must be an object. `scalar` names the member a bare text stands for, where there is one;
    /// `lossless` keeps unreadable optional members instead of refusing the whole.
    pub fn open<T: Wire>(
        value: &'t Json,
        scalar: Option<&'static str>,
        lossless: bool,
        reading: &mut Reading,
    ) -> Result<Self, ReadError> {
        let left = match (value, scalar) {
            (Json::Object(object), _) => object.iter().collect(),
            (Json::Array(items), _) if !items.is_empty() => {
                let first = items.first().and_then(Json::as_object).ok_or_else(|| reading.wrong_kind::<T>(value))?;
                reading.forgive(Rule::ManyForOne, value)?;
                first.iter().collect()
            }
            (Json::String(_) | Json::Number(_), Some(member)) => {
                reading.forgive(Rule::Wrapper, value)?;
                vec![(member, value)]
            }
            _ => return Err(reading.wrong_kind::<T>(value)),
        };
        Ok(Self { left, lossless })
    }

    /// Replaces the members by those of the member `name`, when that wrapper is there and holds an object.
    pub fn unwrap_from(&mut self, name: &'static str, reading: &mut Reading) -> Result<(), ReadError> {
        while let Some(inner) = self.get(name).and_then(Json::as_object) {
            reading.forgive_as(Rule::Wrapper, name)?;
            self.left.retain(|(key, _)| *key != name && inner.get(key).is_none());
            self.left.extend(inner.iter());
        }
        Ok(())
    }

    /// The member `name`; of several, the last.
    fn get(&self, name: &str) -> Option<&'t Json> {
        self.left.iter().rev().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }

    fn find(
        &mut self,
        name: &'static str,
        also: &[&'static str],
        reading: &mut Reading,
    ) -> Result<Option<&'t Json>, ReadError> {
        // Of several spellings the first that says something; the blank ones say nothing and are not kept.
        let spellings = || std::iter::once(&name).chain(also);
        let speaks = |spelling: &&&'static str| self.get(spelling).is_some_and(|value| !value.is_blank());
        let found = spellings().find(speaks).or_else(|| spellings().find(|spelling| self.get(spelling).is_some()));
        let Some(spelling) = found else { return Ok(None) };
        let value = self.get(spelling);
        if self.left.iter().filter(|(key, _)| key == spelling).count() > 1 {
            reading.within(name, |reading| reading.forgive_as(Rule::RepeatedMember, "two members"))?;
        }
        let is_blank = |key: &str, value: &Json| value.is_blank() && spellings().any(|spelling| *spelling == key);
        self.left.retain(|(key, value)| key != spelling && !is_blank(key, value));
        if *spelling != name {
            reading.within(*spelling, |reading| reading.forgive_as(Rule::MemberName, format!("for {name}")))?;
        }
        Ok(value)
    }

    /// Takes the member `name`, or what its absence means.
    pub fn take<T: Wire>(
        &mut self,
        name: &'static str,
        also: &[&'static str],
        flag: Flag,
        reading: &mut Reading,
    ) -> Result<T, ReadError> {
        let Some(value) = self.find(name, also, reading)? else {
            return reading.within(name, |reading| match (T::absent(), flag) {
                (Some(absent), Flag::Plain) => Ok(absent),
                (Some(absent), Flag::Expected) => {
                    reading.forgive_as(Rule::MissingMember, "nothing")?;
                    Ok(absent)
                }
                _ => Err(reading.fail(Problem::Missing)),
            });
        };
        let mark = reading.mark();
        let out = reading.within(name, |reading| T::read(value, reading));
        match (out, T::absent()) {
            (Err(error), Some(absent)) if self.lossless => {
                reading.forget_since(mark);
                // A strict reader reports the error itself.
                reading.within(name, |reading| reading.forgive(Rule::UnreadableMember, value)).map_err(|_| error)?;
                self.left.push((name, value));
                Ok(absent)
            }
            // Blank text does not fulfil what the standard requires.
            (Ok(out), _) if flag == Flag::Expected && out.is_absent() => {
                reading.within(name, |reading| reading.forgive_as(Rule::MissingMember, "nothing"))?;
                Ok(out)
            }
            (out, _) => out,
        }
    }

    /// What no member of the struct took.
    pub fn rest(self) -> Extra {
        let mut extra = Extra::default();
        for (name, value) in self.left {
            extra.insert(name, value.clone());
        }
        extra
    }
}

/// What the standard says about a member's presence beyond its type.
#[doc(hidden)]
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flag {
    /// As the type says: `Option` and `Vec` may be absent.
    Plain,
    /// Required although a list.
    Required,
    /// Required by the standard, forgiven when absent.
    Expected,
}

/// Adds one member to what is written.
#[doc(hidden)]
pub fn put<T: Wire>(out: &mut Object, name: &'static str, flag: Flag, value: &T) {
    if flag == Flag::Required || !value.is_absent() {
        out.insert(name, value.write());
    }
}

/// Adds the unknown members to what is written, where no known member of that name was written.
#[doc(hidden)]
pub fn put_extra(out: &mut Object, extra: &Extra) {
    for (name, value) in extra.iter() {
        if out.get(name).is_none() {
            out.insert(name, value.clone());
        }
    }
}

/// Defines a wire struct.
///
/// Fields are written like those of any struct. `Option` and `Vec` may be absent, everything else is required. After the
/// type, in brackets: `required` for a list that must be present, `expected` for a member the standard requires but real
/// systems leave out, `also "x", "y"` for other names under which the member is read. In front of the struct,
/// `personal` makes `Debug` print the type's name only and keeps unreadable optional members among the unknown ones;
/// after the fields, `scalar NAME` says which member a bare text stands for, `unwrap "x"` names wrapper objects, `stands alone`
/// or `stands alone_in_status` that the standard writes one such record without a list around it, and `then f`
/// names a function that looks at the whole once it is read.
///
/// ```
/// dci_core::wire_struct! {
///     personal
///     /// A country's extension of an address.
///     pub struct Ward {
///         /// Official number of the ward.
///         pub ward_number: Option<String> [also "ward_no"],
///     }
/// }
/// let ward: Ward = serde_json::from_str(r#"{"ward_no":"7","chief":"x"}"#)?;
/// assert_eq!(ward.ward_number.as_deref(), Some("7"));
/// assert_eq!(serde_json::to_string(&ward)?, r#"{"ward_number":"7","chief":"x"}"#);
/// assert_eq!(format!("{ward:?}"), "Ward { .. }");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! wire_struct {
    (personal $(#[doc = $doc:literal])* $v:vis struct $name:ident $($rest:tt)*) => {
        $crate::wire_struct! { @parse true; #[derive(Default)] $(#[doc = $doc])* $v struct $name $($rest)* }
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
    ($(#[doc = $doc:literal])* $v:vis struct $name:ident $(<$g:ident>)? { $($body:tt)* } $($rest:tt)*) => {
        $crate::wire_struct! { @parse false; #[derive(Debug)] $(#[doc = $doc])* $v struct $name $(<$g>)? { $($body)* } $($rest)* }
    };
    (@parse $personal:literal; $(#[derive($derive:ident)])? $(#[doc = $doc:literal])* $v:vis struct $name:ident $(<$g:ident>)? {
        $($(#[doc = $fdoc:literal])* pub $field:ident : $ty:ty $([$($flags:tt)*])?,)*
    } $(scalar $scalar:ident;)? $(unwrap $($wrapper:literal),+;)? $(stands $alone:ident;)? $(then $then:path;)?) => {
        $(#[doc = $doc])*
        #[derive(Clone, PartialEq $(, $derive)?)]
        #[non_exhaustive]
        $v struct $name $(<$g>)? {
            $($(#[doc = $fdoc])* pub $field: $ty,)*
            /// Members this version does not know.
            pub extra: $crate::wire::Extra,
        }

        impl $(<$g: $crate::wire::Wire>)? $crate::wire::Wire for $name $(<$g>)? {
            const EXPECTED: &'static str = "an object";
            $(const ALONE: $crate::wire::Alone = $crate::wire_flags!(@$alone);)?

            fn read(
                value: &$crate::wire::Json,
                reading: &mut $crate::wire::Reading,
            ) -> ::std::result::Result<Self, $crate::wire::ReadError> {
                #[allow(unused_mut, unused_assignments)]
                let mut scalar: Option<&'static str> = None;
                $(scalar = Some(stringify!($scalar));)?
                let read = |reading: &mut $crate::wire::Reading| {
                    let mut members = $crate::wire::structs::Members::open::<Self>(value, scalar, $personal, reading)?;
                    $($(members.unwrap_from($wrapper, reading)?;)+)?
                    $(let $field: $ty = members.take(
                        $crate::wire_name!($field),
                        $crate::wire_flags!(@also $($($flags)*)?),
                        $crate::wire_flags!(@flag $($($flags)*)?),
                        reading,
                    )?;)*
                    #[allow(unused_mut)]
                    let mut out = Self { $($field,)* extra: members.rest() };
                    $($then(&mut out, reading)?;)?
                    Ok(out)
                };
                if $personal { reading.personal(read) } else { read(reading) }
            }

            fn write(&self) -> $crate::wire::Json {
                let mut out = $crate::wire::Object::new();
                $($crate::wire::structs::put(
                    &mut out,
                    $crate::wire_name!($field),
                    $crate::wire_flags!(@flag $($($flags)*)?),
                    &self.$field,
                );)*
                $crate::wire::structs::put_extra(&mut out, &self.extra);
                $crate::wire::Json::Object(out)
            }
        }

        $crate::wire_serde!($name $(<$g>)?);

        $crate::wire_schema! {
            $name $(<$g>)?; concat!($($doc),*);
            $($crate::wire_name!($field), $ty, $crate::wire_flags!(@flag $($($flags)*)?), concat!($($fdoc),*);)*
        }
    };
}

/// The wire name of a field: its own, but for names that start with `@` or are Rust keywords.
#[doc(hidden)]
#[macro_export]
macro_rules! wire_name {
    (at_context) => {
        "@context"
    };
    (at_type) => {
        "@type"
    };
    (at_id) => {
        "@id"
    };
    (kind) => {
        "type"
    };
    (rectangle) => {
        "box"
    };
    ($field:ident) => {
        stringify!($field)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! wire_flags {
    (@alone) => {
        $crate::wire::Alone::Anywhere
    };
    (@alone_in_status) => {
        $crate::wire::Alone::InStatus
    };
    (@also also $($alias:literal),+) => { &[$($alias),+] };
    (@also required; also $($alias:literal),+) => { &[$($alias),+] };
    (@also expected; also $($alias:literal),+) => { &[$($alias),+] };
    (@also $($presence:tt)?) => { &[] };
    (@flag required $($rest:tt)*) => { $crate::wire::structs::Flag::Required };
    (@flag expected $($rest:tt)*) => { $crate::wire::structs::Flag::Expected };
    (@flag $($rest:tt)*) => { $crate::wire::structs::Flag::Plain };
}

/// serde for a [`Wire`](crate::wire::Wire) type: reads liberally, writes strictly.
#[doc(hidden)]
#[macro_export]
macro_rules! wire_serde {
    ($name:ident $(<$g:ident>)?) => {
        impl $(<$g: $crate::wire::Wire>)? $crate::wire::structs::serde::Serialize for $name $(<$g>)? {
            fn serialize<S: $crate::wire::structs::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::wire::structs::serde::Serialize::serialize(&$crate::wire::Wire::write(self), serializer)
            }
        }

        impl<'de $(, $g: $crate::wire::Wire)?> $crate::wire::structs::serde::Deserialize<'de> for $name $(<$g>)? {
            fn deserialize<D: $crate::wire::structs::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let tree = <$crate::wire::Json as $crate::wire::structs::serde::Deserialize>::deserialize(deserializer)?;
                let (value, _) = $crate::wire::read(&tree, $crate::wire::Leniency::Content)
                    .map_err($crate::wire::structs::serde::de::Error::custom)?;
                Ok(value)
            }
        }
    };
}

#[cfg(feature = "schema")]
#[doc(hidden)]
#[macro_export]
macro_rules! wire_schema {
    ($name:ident $(<$g:ident>)?; $doc:expr; $($wire:expr, $ty:ty, $flag:expr, $fdoc:expr;)*) => {
        impl $(<$g: $crate::wire::Wire + $crate::schema::JsonSchema>)? $crate::schema::JsonSchema for $name $(<$g>)? {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                #[allow(unused_mut)]
                let mut name = ::std::string::String::from(stringify!($name));
                $(name.push_str("_of_"); name.push_str(&<$g as $crate::schema::JsonSchema>::schema_name());)?
                name.into()
            }

            #[allow(unused_variables, unused_mut)]
            fn json_schema(generator: &mut $crate::schema::SchemaGenerator) -> $crate::schema::Schema {
                let mut schema = $crate::schema::ObjectSchema::new($doc);
                $(schema.member::<$ty>(generator, $wire, $flag, $fdoc);)*
                schema.finish()
            }
        }
    };
}

/// The schema of a type that is text on the wire: its codes, under `enum` or `examples`.
#[cfg(feature = "schema")]
#[doc(hidden)]
#[macro_export]
macro_rules! wire_text_schema {
    ($name:ident, $keyword:expr, $values:expr) => {
        impl $crate::schema::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut $crate::schema::SchemaGenerator) -> $crate::schema::Schema {
                $crate::schema::text_schema($keyword, $values)
            }
        }
    };
}

#[cfg(not(feature = "schema"))]
#[doc(hidden)]
#[macro_export]
macro_rules! wire_schema {
    ($($any:tt)*) => {};
}

#[cfg(not(feature = "schema"))]
#[doc(hidden)]
#[macro_export]
macro_rules! wire_text_schema {
    ($($any:tt)*) => {};
}
