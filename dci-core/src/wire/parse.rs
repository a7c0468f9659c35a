//! The one place where bytes become a [`Json`] tree: RFC 8259, UTF-8 only, within limits.
//!
//! Limits are those of the security defaults (`Limits::default()`); each refusal names the limit and the byte offset,
//! never the content.

use super::json::{Json, Object};
use super::number::{Number, number_length};
use std::collections::HashSet;
use std::ops::Range;

/// What the parser refuses beyond broken JSON.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// Nested arrays and objects.
    pub depth: usize,
    /// Members of one object.
    pub members: usize,
    /// Values in the whole document.
    pub nodes: usize,
    /// Bytes of one string as written.
    pub string_bytes: usize,
    /// Bytes of the two strings of an envelope that carry a whole message: `signature`, where a JWS holds its payload,
    /// and `ciphertext` of an encrypted message.
    pub opaque_bytes: usize,
    /// Characters of one number.
    pub number_chars: usize,
    /// Refuse two members of one name in one object. On wherever a signature is checked: two readers that keep different
    /// ones would act on different messages under one signature.
    pub refuse_duplicates: bool,
    /// Refuse integers beyond 2^53 - 1 and numbers beyond the range of a double, which other readers round.
    pub refuse_unsafe_numbers: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 32,
            members: 1_024,
            nodes: 200_000,
            string_bytes: 65_536,
            opaque_bytes: 64 << 20,
            number_chars: 32,
            refuse_duplicates: true,
            refuse_unsafe_numbers: true,
        }
    }
}

impl Limits {
    /// What is read from a counterpart without a signature check, or for a person to look at: duplicates are kept.
    pub fn tolerant() -> Self {
        Self { refuse_duplicates: false, refuse_unsafe_numbers: false, ..Self::default() }
    }
}

/// Why a text was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// Broken JSON.
    #[error("not JSON: {0}")]
    Syntax(&'static str),
    /// Bytes that are no UTF-8.
    #[error("not UTF-8")]
    Encoding,
    /// A limit was passed.
    #[error("more than the limit of {1} {0}")]
    Limit(&'static str, usize),
    /// Two members of one name in one object.
    #[error("two members of one name in one object")]
    Duplicate,
    /// A number that two readers could understand differently.
    #[error("a number that not every reader can hold exactly")]
    UnsafeNumber,
}

/// A refusal and where it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason} (at byte {offset})")]
pub struct ParseError {
    /// What is wrong.
    pub reason: Refused,
    /// Offset of the offending byte.
    pub offset: usize,
}

impl Json {
    /// Parses `text` within the default [`Limits`].
    pub fn parse(text: &[u8]) -> Result<Self, ParseError> {
        Self::parse_within(text, &Limits::default())
    }

    /// Parses `text` within `limits`.
    pub fn parse_within(text: &[u8], limits: &Limits) -> Result<Self, ParseError> {
        Ok(Document::parse(text, limits)?.tree)
    }
}

/// A parsed text whose top-level members can still be found in the bytes.
pub struct Document {
    /// The tree.
    pub tree: Json,
    members: Vec<(String, Range<usize>)>,
}

impl Document {
    /// Parses `text`, remembering where the members of the outermost object lie.
    pub fn parse(text: &[u8], limits: &Limits) -> Result<Self, ParseError> {
        let checked = std::str::from_utf8(text)
            .map_err(|error| ParseError { reason: Refused::Encoding, offset: error.valid_up_to() })?;
        let mut scanner =
            Scanner { text: checked, at: 0, nodes: 0, string_bytes: limits.string_bytes, limits, members: Vec::new() };
        scanner.space();
        let tree = scanner.value(0)?;
        scanner.space();
        if scanner.at < text.len() {
            return Err(scanner.syntax("text after the value"));
        }
        Ok(Self { tree, members: scanner.members })
    }

    /// Where the member `name` of the outermost object lies in the text; of several, the last.
    pub fn span(&self, name: &str) -> Option<Range<usize>> {
        self.members.iter().rev().find(|(key, _)| key == name).map(|(_, span)| span.clone())
    }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    nodes: usize,
    /// The limit for the next string.
    string_bytes: usize,
    limits: &'a Limits,
    members: Vec<(String, Range<usize>)>,
}

impl Scanner<'_> {
    fn fail(&self, reason: Refused) -> ParseError {
        ParseError { reason, offset: self.at }
    }

    fn syntax(&self, what: &'static str) -> ParseError {
        self.fail(Refused::Syntax(what))
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn word(&mut self, word: &'static str, value: Json) -> Result<Json, ParseError> {
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            self.at += word.len();
            Ok(value)
        } else {
            Err(self.syntax("an unknown word"))
        }
    }

    fn value(&mut self, depth: usize) -> Result<Json, ParseError> {
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            return Err(self.fail(Refused::Limit("values", self.limits.nodes)));
        }
        match self.peek() {
            Some(b'{') => self.object(depth + 1),
            Some(b'[') => self.array(depth + 1),
            Some(b'"') => self.string().map(Json::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            Some(_) => Err(self.syntax("a value was expected")),
            None => Err(self.syntax("the text ends too early")),
        }
    }

    fn deeper(&self, depth: usize) -> Result<(), ParseError> {
        if depth > self.limits.depth {
            Err(self.fail(Refused::Limit("nested levels", self.limits.depth)))
        } else {
            Ok(())
        }
    }

    fn array(&mut self, depth: usize) -> Result<Json, ParseError> {
        self.deeper(depth)?;
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Json::Array(items));
        }
        loop {
            self.space();
            items.push(self.value(depth)?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Json::Array(items));
                }
                _ => return Err(self.syntax("',' or ']' was expected")),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json, ParseError> {
        self.deeper(depth)?;
        self.at += 1;
        let mut members: Vec<(String, Json)> = Vec::new();
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Json::Object(Object(members)));
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return Err(self.syntax("a member name was expected"));
            }
            let name = self.string()?;
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.syntax("':' was expected"));
            }
            self.at += 1;
            self.space();
            let from = self.at;
            if matches!((depth, name.as_str()), (1, "signature") | (2, "ciphertext")) && self.peek() == Some(b'"') {
                self.string_bytes = self.limits.opaque_bytes;
            }
            let value = self.value(depth)?;
            self.string_bytes = self.limits.string_bytes;
            if depth == 1 {
                self.members.push((name.clone(), from..self.at));
            }
            members.push((name, value));
            if members.len() > self.limits.members {
                return Err(self.fail(Refused::Limit("members in one object", self.limits.members)));
            }
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    if self.limits.refuse_duplicates && has_duplicates(&members) {
                        return Err(self.fail(Refused::Duplicate));
                    }
                    return Ok(Json::Object(Object(members)));
                }
                _ => return Err(self.syntax("',' or '}' was expected")),
            }
        }
    }

    fn number(&mut self) -> Result<Json, ParseError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = number_length(rest.as_bytes()).ok_or_else(|| self.syntax("a broken number"))?;
        if length > self.limits.number_chars {
            return Err(self.fail(Refused::Limit("characters in a number", self.limits.number_chars)));
        }
        let number = Number::from_scanned(rest.get(..length).unwrap_or_default());
        if self.limits.refuse_unsafe_numbers && !is_safe(&number) {
            return Err(self.fail(Refused::UnsafeNumber));
        }
        self.at += length;
        Ok(Json::Number(number))
    }

    fn string(&mut self) -> Result<String, ParseError> {
        self.at += 1;
        let start = self.at;
        let mut out = String::new();
        let mut plain = start;
        loop {
            if self.at - start > self.string_bytes {
                return Err(self.fail(Refused::Limit("bytes in a string", self.string_bytes)));
            }
            match self.peek() {
                Some(b'"') => {
                    out.push_str(self.text.get(plain..self.at).unwrap_or_default());
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    out.push_str(self.text.get(plain..self.at).unwrap_or_default());
                    self.at += 1;
                    out.push(self.escape()?);
                    plain = self.at;
                }
                Some(0..=0x1f) => return Err(self.syntax("a control character in a string")),
                Some(_) => self.at += 1,
                None => return Err(self.syntax("a string without end")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, ParseError> {
        let escaped = self.peek().ok_or_else(|| self.syntax("a string without end"))?;
        self.at += 1;
        Ok(match escaped {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return Err(self.syntax("an unknown escape")),
        })
    }

    fn unicode(&mut self) -> Result<char, ParseError> {
        let lone = "half of a surrogate pair";
        let first = self.hex()?;
        let code = match first {
            0xd800..=0xdbff => {
                if self.text.get(self.at..self.at + 2) != Some("\\u") {
                    return Err(self.syntax(lone));
                }
                self.at += 2;
                let second = self.hex()?;
                if !(0xdc00..=0xdfff).contains(&second) {
                    return Err(self.syntax(lone));
                }
                0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)
            }
            code => code,
        };
        char::from_u32(code).ok_or_else(|| self.syntax(lone))
    }

    fn hex(&mut self) -> Result<u32, ParseError> {
        let digits =
            self.text.get(self.at..self.at + 4).filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let code = digits.and_then(|text| u32::from_str_radix(text, 16).ok());
        let code = code.ok_or_else(|| self.syntax("four hexadecimal digits were expected"))?;
        self.at += 4;
        Ok(code)
    }
}

fn has_duplicates(members: &[(String, Json)]) -> bool {
    // Comparing each with each is faster than hashing for the few members real objects have.
    if members.len() <= 16 {
        return members
            .iter()
            .enumerate()
            .any(|(index, (name, _))| members.iter().take(index).any(|(other, _)| other == name));
    }
    let mut seen = HashSet::with_capacity(members.len());
    !members.iter().all(|(name, _)| seen.insert(name.as_str()))
}

fn is_safe(number: &Number) -> bool {
    const LARGEST: i64 = 9_007_199_254_740_991;
    let text = number.as_str();
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return text.parse::<i64>().is_ok_and(|value| (-LARGEST..=LARGEST).contains(&value));
    }
    number.as_f64().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reason(text: &str) -> Refused {
        Json::parse(text.as_bytes()).unwrap_err().reason
    }

    #[test]
    fn two_members_of_one_name_are_refused_also_when_one_is_escaped() {
        assert_eq!(reason(r#"{"a":1,"\u0061":2}"#), Refused::Duplicate);
        assert_eq!(reason(r#"{"x":[{"a":1,"a":1}]}"#), Refused::Duplicate);
        let many = (0..40).map(|n| format!("\"m{n}\":0")).collect::<Vec<_>>().join(",");
        assert_eq!(reason(&format!("{{{many},\"m7\":1}}")), Refused::Duplicate);
        let kept = Json::parse_within(br#"{"a":1,"a":2}"#, &Limits::tolerant()).unwrap();
        assert_eq!(kept.get("a").and_then(Json::scalar_text).as_deref(), Some("2"));
    }

    #[test]
    fn numbers_that_readers_round_are_refused() {
        for text in ["9007199254740992", "-9223372036854775809", "18446744073709551616", "1e400"] {
            assert_eq!(reason(text), Refused::UnsafeNumber, "{text}");
        }
        for text in ["9007199254740991", "1e21", "-0", "0.1e1"] {
            assert!(Json::parse(text.as_bytes()).is_ok(), "{text}");
        }
    }

    #[test]
    fn limits_hold_at_their_edge() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(Json::parse(nested(32).as_bytes()).is_ok());
        assert_eq!(reason(&nested(33)), Refused::Limit("nested levels", 32));
        assert_eq!(reason(&nested(100_000)), Refused::Limit("nested levels", 32));
        assert_eq!(reason(&format!("[{}0]", "0,".repeat(200_000))), Refused::Limit("values", 200_000));
        assert_eq!(reason(&format!("\"{}\"", "a".repeat(65_537))), Refused::Limit("bytes in a string", 65_536));
        assert_eq!(reason(&"1".repeat(33)), Refused::Limit("characters in a number", 32));
    }

    #[test]
    fn the_spans_of_the_envelope_members_are_the_received_bytes() {
        let text = br#" {"header": {"a" : 1} ,"message":[ 2 ]}"#;
        let document = Document::parse(text, &Limits::default()).unwrap();
        assert_eq!(text.get(document.span("header").unwrap()).unwrap(), br#"{"a" : 1}"#);
        assert_eq!(text.get(document.span("message").unwrap()).unwrap(), b"[ 2 ]");
        assert!(document.span("a").is_none());
    }

    proptest! {
        #[test]
        fn it_agrees_with_serde_json(text in r#"[\[\]\{\}",:0-9eE+\-.tfn \\ua-f]{0,40}"#) {
            let ours = Json::parse_within(text.as_bytes(), &Limits::tolerant());
            let theirs = serde_json::from_str::<serde_json::Value>(&text);
            // serde_json refuses numbers beyond f64; we keep their spelling.
            prop_assert!(ours.is_ok() == theirs.is_ok() || text.contains(['e', 'E']), "{text}");
        }

        #[test]
        fn any_bytes_end_in_a_value_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Json::parse(&bytes);
        }
    }
}
