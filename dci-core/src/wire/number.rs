//! Numbers that keep their spelling.

/// The text of a JSON number, exactly as it was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Number(Box<str>);

impl Number {
    /// A number from its JSON text; `None` when the text is not a JSON number.
    pub fn parse(text: &str) -> Option<Self> {
        (number_length(text.as_bytes()) == Some(text.len())).then(|| Self(text.into()))
    }

    pub(super) fn from_scanned(text: &str) -> Self {
        Self(text.into())
    }

    /// The spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value as a whole number, also when spelled `10.0` or `1e1`; `None` when it is not whole or does not fit.
    pub fn as_i64(&self) -> Option<i64> {
        if let Ok(whole) = self.0.parse::<i64>() {
            return Some(whole);
        }
        let value = self.as_f64()?;
        // 2^53: above it an f64 no longer tells neighbouring integers apart.
        #[allow(clippy::cast_possible_truncation)]
        (value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0).then_some(value as i64)
    }

    /// The nearest `f64`; `None` when the number is beyond its range.
    pub fn as_f64(&self) -> Option<f64> {
        self.0.parse::<f64>().ok().filter(|value| value.is_finite())
    }
}

impl Number {
    /// Whether both spell the same value: `1.0` and `1`, `1e2` and `100`. Exact: no rounding to a double.
    pub fn same_value(&self, other: &Self) -> bool {
        self.0 == other.0 || Decimal::of(&self.0) == Decimal::of(&other.0)
    }
}

/// A number as significant digits and a power of ten, both without redundancy.
#[derive(PartialEq)]
struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    fn of(text: &str) -> Option<Self> {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let exponent: i64 = exponent.parse().ok()?;
        let (negative, mantissa) = mantissa.strip_prefix('-').map_or((false, mantissa), |rest| (true, rest));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = [whole, fraction].concat();
        let significant = digits.trim_end_matches('0');
        let dropped = digits.len() - significant.len();
        let digits = significant.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Self { negative: false, digits, exponent: 0 });
        }
        let shift = i64::try_from(dropped).ok()? - i64::try_from(fraction.len()).ok()?;
        Some(Self { negative, digits, exponent: exponent.checked_add(shift)? })
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(value.to_string().into())
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(value.to_string().into())
    }
}

/// The bytes of `text` that are one JSON number from its start.
pub(super) fn number_length(text: &[u8]) -> Option<usize> {
    let digits = |from: usize| text.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = usize::from(text.first() == Some(&b'-'));
    at += match text.get(at)? {
        b'0' => 1,
        b'1'..=b'9' => digits(at),
        _ => return None,
    };
    if text.get(at) == Some(&b'.') {
        let fraction = digits(at + 1);
        if fraction == 0 {
            return None;
        }
        at += 1 + fraction;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at + 1 + sign);
        if exponent == 0 {
            return None;
        }
        at += 1 + sign + exponent;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_its_spelling_and_tells_its_value() {
        let number = Number::parse("10.0").unwrap();
        assert_eq!((number.as_str(), number.as_i64()), ("10.0", Some(10)));
        assert_eq!(Number::parse("10.5").unwrap().as_i64(), None);
        assert_eq!(Number::parse("1e400").unwrap().as_f64(), None);
        let same = |left: &str, right: &str| Number::parse(left).unwrap().same_value(&Number::parse(right).unwrap());
        for (left, right) in [("1", "1.0"), ("1e2", "100"), ("-0", "0"), ("0.10", "1E-1"), ("1e999999", "10e999998")] {
            assert!(same(left, right), "{left} {right}");
        }
        for (left, right) in [("9007199254740993", "9007199254740992"), ("1", "-1"), ("1", "10"), ("0.1", "0.01")] {
            assert!(!same(left, right), "{left} {right}");
        }
        assert!(Number::parse("01").is_none() && Number::parse("1 ").is_none());
    }
}
