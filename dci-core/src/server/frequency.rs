//! When collected events are sent: the times of an `EventFrequency`.

use crate::message::EventFrequency;
use crate::time::Timestamp;
use chrono::{DateTime, Utc};
use cron::{Schedule, TimeUnitSpec as _};
use std::str::FromStr as _;

/// The longest expression that is looked at.
const LONGEST: usize = 256;
/// Words the published examples have instead of an expression.
const WORDS: [(&str, &str); 4] = [
    ("hourly", "0 0 * * * ? *"),
    ("daily", "0 0 0 * * ? *"),
    ("weekly", "0 0 0 ? * MON *"),
    ("monthly", "0 0 0 1 * ? *"),
];

/// The times between a start and an end.
#[derive(Debug)]
pub(super) struct Times {
    schedule: Schedule,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
}

impl Times {
    /// The times of `frequency`; what is wrong with it in words that name the member.
    pub(super) fn of(frequency: &EventFrequency, now: DateTime<Utc>) -> Result<Self, &'static str> {
        let text = frequency.frequency.trim();
        if text.len() > LONGEST {
            return Err("frequency.frequency is too long");
        }
        let word = WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(text));
        let schedule = Schedule::from_str(word.map_or(text, |(_, expression)| expression))
            .map_err(|_| "frequency.frequency must be a cron expression of seven fields, like 0 0 0 5,15 * ? *")?;
        if schedule.seconds().count() != 1 {
            return Err("frequency.frequency must not be more often than once in a minute");
        }
        let end = frequency.end_time.ok_or("frequency.end_time is required: leave frequency out to be told at once")?;
        let (start, end) = (frequency.start_time.map_or(now, Timestamp::instant), end.instant());
        if end <= start || end <= now {
            return Err("frequency.end_time must lie after its start, and in the future");
        }
        let times = Self { schedule, start, end };
        if times.next(now).is_none() {
            return Err("frequency.frequency has no time between its start and its end");
        }
        Ok(times)
    }

    /// The first time after `now`.
    pub(super) fn next(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.schedule.after(&now.max(self.start)).next().filter(|next| *next <= self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    fn times(text: &str, start: &str, end: &str) -> Result<Times, &'static str> {
        let frequency = EventFrequency::new(text, at(start).into(), at(end).into());
        Times::of(&frequency, at("2026-01-01T00:00:00Z"))
    }

    #[test]
    fn the_published_forms_mean_times() {
        let next = |text: &str| {
            let times = times(text, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z").unwrap();
            times.next(at("2026-01-07T10:30:00Z")).unwrap().to_rfc3339()
        };
        assert_eq!(next("0 0 0 5,15 * ? *"), "2026-01-15T00:00:00+00:00");
        assert_eq!(next("daily"), "2026-01-08T00:00:00+00:00");
        assert_eq!(next("hourly"), "2026-01-07T11:00:00+00:00");
        assert_eq!(next("weekly"), "2026-01-12T00:00:00+00:00", "a Monday");
        assert_eq!(next("monthly"), "2026-02-01T00:00:00+00:00");
    }

    #[test]
    fn what_would_flood_or_never_come_is_refused() {
        let (start, end) = ("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
        for bad in [
            "* * * * * * *",
            "0,30 * * * * ? *",
            "0 0 0 31 2 ? *",
            "0 0 0 1 3 ? *",
            "now and then",
            "",
            "0 0 0 1 1 ? 1999",
        ] {
            assert!(times(bad, start, end).is_err(), "{bad}");
        }
        assert!(times(&"0 ".repeat(10_000), start, end).is_err());
        assert!(times("daily", end, start).is_err(), "the end before the start");
        assert!(times("daily", "2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z").is_err(), "over");
    }

    #[test]
    fn nothing_is_sent_before_the_start_or_after_the_end() {
        let times = times("daily", "2026-03-01T12:00:00Z", "2026-03-03T12:00:00Z").unwrap();
        let next = |text: &str| times.next(at(text)).map(|next| next.to_rfc3339());
        assert_eq!(next("2026-01-01T00:00:00Z").as_deref(), Some("2026-03-02T00:00:00+00:00"));
        assert_eq!(next("2026-03-02T10:00:00Z").as_deref(), Some("2026-03-03T00:00:00+00:00"));
        assert_eq!(next("2026-03-03T10:00:00Z"), None);
    }
}
