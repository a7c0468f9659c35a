//! Times on the wire: RFC 3339 with a zone in envelopes, anything that means a date in records.

use crate::wire::{Json, ReadError, Reading, Rule, Wire};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, SecondsFormat, SubsecRound as _, Utc};
use std::fmt;

/// A time with its zone (`message_ts`, `timestamp`).
///
/// Written in whole seconds, or with six digits where it has a fraction, and with `Z` for UTC: the one spelling that a
/// reader which prints times again before it hashes them does not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime<FixedOffset>);

impl Timestamp {
    /// This second.
    pub fn now() -> Self {
        Self::from(Utc::now().trunc_subsecs(0))
    }

    /// The instant.
    pub fn instant(self) -> DateTime<Utc> {
        self.0.to_utc()
    }

    /// The instant with the offset it was written with.
    pub fn with_offset(self) -> DateTime<FixedOffset> {
        self.0
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(instant: DateTime<Utc>) -> Self {
        Self(instant.fixed_offset())
    }
}

impl From<DateTime<FixedOffset>> for Timestamp {
    fn from(instant: DateTime<FixedOffset>) -> Self {
        Self(instant)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.0.trunc_subsecs(0) == self.0;
        let form = if whole { SecondsFormat::Secs } else { SecondsFormat::Micros };
        f.write_str(&self.0.to_rfc3339_opts(form, true))
    }
}

const FORMS_WITHOUT_ZONE: [&str; 3] = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"];

impl Wire for Timestamp {
    const EXPECTED: &'static str = "a time (RFC 3339 with zone)";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        let text = value.as_str().ok_or_else(|| reading.wrong_kind::<Self>(value))?.trim();
        // RFC 3339 also allows a space for the T; the schema's date-time does not.
        if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
            if text.contains(' ') {
                reading.forgive(Rule::TimeForm, value)?;
            }
            return Ok(Self(instant));
        }
        let naive = FORMS_WITHOUT_ZONE.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
        let naive = naive.ok_or_else(|| reading.invalid("must be a time (RFC 3339 with zone)"))?;
        reading.forgive(Rule::TimeWithoutZone, value)?;
        Ok(Self(naive.and_utc().fixed_offset()))
    }

    fn write(&self) -> Json {
        Json::from(self.to_string())
    }
}

crate::wire_serde!(Timestamp);
crate::wire_text_schema!(Timestamp, "format", &["date-time"]);

/// A date or time in a record (birth, registration, update): kept as it came, because registers hold dates of every
/// precision.
#[derive(Clone, PartialEq, Eq)]
pub struct RecordDate(Box<str>);

impl RecordDate {
    /// The text as it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The calendar day, where the text holds one.
    pub fn day(&self) -> Option<NaiveDate> {
        day_of(&self.0)
    }
}

/// The calendar day a text of any known form holds.
pub(crate) fn day_of(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let iso = text.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    iso.or_else(|| NaiveDate::parse_from_str(text, "%d.%m.%Y").ok())
        .or_else(|| NaiveDate::parse_from_str(text, "%d/%m/%Y").ok())
}

impl From<NaiveDate> for RecordDate {
    fn from(day: NaiveDate) -> Self {
        Self(day.format("%Y-%m-%d").to_string().into())
    }
}

impl From<Timestamp> for RecordDate {
    fn from(time: Timestamp) -> Self {
        Self(time.to_string().into())
    }
}

impl fmt::Debug for RecordDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecordDate(..)")
    }
}

impl Wire for RecordDate {
    const EXPECTED: &'static str = "a date or time (ISO 8601)";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        let text = value.as_str().ok_or_else(|| reading.wrong_kind::<Self>(value))?;
        if DateTime::parse_from_rfc3339(text).is_err() && NaiveDate::parse_from_str(text, "%Y-%m-%d").is_err() {
            let rule = if day_of(text).is_some() { Rule::TimeForm } else { Rule::TimeUnreadable };
            reading.forgive(rule, value)?;
        }
        Ok(Self(text.into()))
    }

    fn write(&self) -> Json {
        Json::from(&*self.0)
    }
}

crate::wire_serde!(RecordDate);
crate::wire_text_schema!(RecordDate, "examples", &["1990-05-21", "1990-05-21T00:00:00Z"]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Leniency, read};

    fn parse(text: &str) -> Result<(Timestamp, Vec<Rule>), ReadError> {
        let (time, deviations) = read(&Json::from(text), Leniency::Content)?;
        Ok((time, deviations.into_iter().map(|deviation| deviation.rule).collect()))
    }

    #[test]
    fn a_time_is_written_in_the_form_that_survives_reprinting() {
        for (text, written) in [
            ("2024-01-15T10:30:00.000Z", "2024-01-15T10:30:00Z"),
            ("2024-01-15T10:30:00+00:00", "2024-01-15T10:30:00Z"),
            ("2024-01-15T10:30:00.123Z", "2024-01-15T10:30:00.123000Z"),
            ("2024-01-15T10:30:00+07:00", "2024-01-15T10:30:00+07:00"),
        ] {
            assert_eq!(parse(text).unwrap().0.to_string(), written);
        }
    }

    #[test]
    fn a_time_without_zone_is_noted_and_one_that_is_none_is_refused() {
        assert_eq!(parse("2022-12-04T17:20:07").unwrap().1, vec![Rule::TimeWithoutZone]);
        for bad in ["", "2022-12-04", "24:00:00", "2022-13-01T00:00:00Z", "yesterday"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn record_dates_keep_their_text_and_tell_the_day() {
        for text in ["1995-09-21T11:20:00", "1995-09-21", "21.09.1995"] {
            let (date, _) = read::<RecordDate>(&Json::from(text), Leniency::Content).unwrap();
            assert_eq!((date.as_str(), date.day().unwrap().to_string().as_str()), (text, "1995-09-21"));
        }
    }
}
