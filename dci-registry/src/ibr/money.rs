//! Amounts with their currency.

use dci_core::wire::{Json, ReadError, Reading, Wire};
use rust_decimal::Decimal;
use std::fmt;

/// A value of a benefit (`Currency` of the vocabulary): the code of a currency, a space, an amount: `USD 50`. A text in
/// another form is kept as it came, without an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    text: String,
    parts: Option<(String, Decimal)>,
}

impl Money {
    /// `amount` of `currency` (ISO 4217, three letters); `None` when that is no such code.
    pub fn new(currency: &str, amount: Decimal) -> Option<Self> {
        let is_code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
        is_code.then(|| Self { text: format!("{currency} {amount}"), parts: Some((currency.to_owned(), amount)) })
    }

    fn parse(text: &str) -> Self {
        let parts = text.trim().split_once(' ').and_then(|(currency, amount)| {
            let parsed = Self::new(&currency.to_ascii_uppercase(), amount.trim().parse().ok()?)?;
            parsed.parts
        });
        Self { text: text.to_owned(), parts }
    }

    /// The code of the currency.
    pub fn currency(&self) -> Option<&str> {
        self.parts.as_ref().map(|(currency, _)| currency.as_str())
    }

    /// The amount.
    pub fn amount(&self) -> Option<Decimal> {
        self.parts.as_ref().map(|(_, amount)| *amount)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Wire for Money {
    const EXPECTED: &'static str = "an amount with its currency (text)";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        String::read(value, reading).map(|text| Self::parse(&text))
    }

    fn write(&self) -> Json {
        Json::from(self.text.as_str())
    }
}

dci_core::wire_serde!(Money);

#[cfg(feature = "schema")]
impl dci_core::schema::JsonSchema for Money {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Money".into()
    }

    fn json_schema(_: &mut dci_core::schema::SchemaGenerator) -> dci_core::schema::Schema {
        schemars::json_schema!({"type": "string", "examples": ["USD 50"]})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_and_an_amount_are_told_apart() {
        let money = Money::parse("EUR 110.50");
        assert_eq!((money.currency(), money.amount()), (Some("EUR"), Some(Decimal::new(11050, 2))));
        assert_eq!(Money::new("USD", Decimal::from(50)).map(|money| money.to_string()).as_deref(), Some("USD 50"));
        assert_eq!(Money::new("dollars", Decimal::from(50)), None);
    }

    #[test]
    fn what_is_no_amount_stays_as_it_came() {
        for text in ["50", "two sacks", "USD fifty", "50 USD"] {
            let money = Money::parse(text);
            assert_eq!((money.to_string().as_str(), money.amount()), (text, None));
        }
    }
}
