//! Writing a [`Json`] tree: compact in its own order, or in the two sorted forms signatures are made over.

use super::json::{Json, Object};

/// How a tree is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// Compact, members in their own order, text as UTF-8.
    Compact,
    /// Compact, members sorted by code point, text as UTF-8: what the detached JWS covers.
    SortedUtf8,
    /// Compact, members sorted by code point, everything outside printable ASCII escaped in lower-case hexadecimal: what
    /// the signature string covers.
    SortedAscii,
    /// The JSON Canonicalization Scheme (RFC 8785): members sorted by UTF-16 unit, numbers as ECMAScript writes the
    /// nearest double. For profiles that name it; numbers a double cannot hold are two spellings of one text here, so
    /// signed messages refuse them ([`super::Limits::refuse_unsafe_numbers`]).
    Jcs,
}

impl Json {
    /// The text of the tree in `form`. Numbers keep the spelling they came with.
    pub fn print(&self, form: Form) -> String {
        let mut out = String::with_capacity(256);
        write_value(self, form, &mut out);
        out
    }
}

fn write_value(value: &Json, form: Form, out: &mut String) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(true) => out.push_str("true"),
        Json::Bool(false) => out.push_str("false"),
        Json::Number(number) => match number.as_f64().filter(|_| form == Form::Jcs) {
            Some(value) => out.push_str(ryu_js::Buffer::new().format_finite(value)),
            None => out.push_str(number.as_str()),
        },
        Json::String(text) => write_string(text, form, out),
        Json::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_value(item, form, out);
            }
            out.push(']');
        }
        Json::Object(object) => write_object(object, form, out),
    }
}

fn write_object(object: &Object, form: Form, out: &mut String) {
    out.push('{');
    let mut members: Vec<_> = object.iter().collect();
    match form {
        Form::Compact => {}
        // Byte order of UTF-8 is code point order.
        Form::SortedUtf8 | Form::SortedAscii => members.sort_by_key(|(name, _)| *name),
        Form::Jcs => members.sort_by(|(left, _), (right, _)| left.encode_utf16().cmp(right.encode_utf16())),
    }
    for (index, (name, value)) in members.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_string(name, form, out);
        out.push(':');
        write_value(value, form, out);
    }
    out.push('}');
}

fn write_string(text: &str, form: Form, out: &mut String) {
    out.push('"');
    let needs_escape =
        |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\' || (form == Form::SortedAscii && byte >= 0x7f);
    if text.bytes().any(needs_escape) {
        for character in text.chars() {
            write_char(character, form, out);
        }
    } else {
        out.push_str(text);
    }
    out.push('"');
}

fn write_char(character: char, form: Form, out: &mut String) {
    match character {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        '\0'..='\u{1f}' => escape_unit(character as u16, out),
        '\u{7f}'.. if form == Form::SortedAscii => {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                escape_unit(*unit, out);
            }
        }
        _ => out.push(character),
    }
}

fn escape_unit(unit: u16, out: &mut String) {
    out.push_str("\\u");
    for shift in [12, 8, 4, 0] {
        let digit = u32::from((unit >> shift) & 0xf);
        out.push(char::from_digit(digit, 16).unwrap_or('0'));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn members_are_sorted_by_code_point_and_numbers_keep_their_spelling() {
        let tree = Json::parse("{\"😀\":2,\"\u{e000}\":1,\"é\":1,\"b\":1.0,\"a\":1e21}".as_bytes()).unwrap();
        assert_eq!(tree.print(Form::SortedUtf8), "{\"a\":1e21,\"b\":1.0,\"é\":1,\"\u{e000}\":1,\"😀\":2}");
        assert_eq!(tree.print(Form::SortedAscii), r#"{"a":1e21,"b":1.0,"\u00e9":1,"\ue000":1,"\ud83d\ude00":2}"#);
        assert_eq!(tree.print(Form::Jcs), "{\"a\":1e+21,\"b\":1,\"é\":1,\"😀\":2,\"\u{e000}\":1}");
        assert_eq!(tree.print(Form::Compact).find("😀"), Some(2));
    }

    #[test]
    fn control_characters_are_escaped_and_the_slash_is_not() {
        let text = Json::from("\u{1}\u{7f}\"\\/\n\u{2028}");
        assert_eq!(text.print(Form::SortedUtf8), "\"\\u0001\u{7f}\\\"\\\\/\\n\u{2028}\"");
        assert_eq!(text.print(Form::SortedAscii), r#""\u0001\u007f\"\\/\n\u2028""#);
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(text in any::<String>()) {
            let tree = Json::Array(vec![Json::from(text.as_str())]);
            for form in [Form::Compact, Form::SortedUtf8, Form::SortedAscii, Form::Jcs] {
                prop_assert_eq!(&Json::parse(tree.print(form).as_bytes()).unwrap(), &tree);
            }
        }
    }
}
