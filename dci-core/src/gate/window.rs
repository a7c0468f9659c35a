//! Time: which clock, and how old a message may be.

use crate::signature::Validity;
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;

/// Where the time comes from; tests set it.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self(Arc::new(Utc::now))
    }

    /// A clock of one's own.
    pub fn of(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The time.
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)()
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

/// How far from now a message may have been made.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Window {
    /// Difference of clocks that is tolerated.
    pub skew: TimeDelta,
    /// The oldest `message_ts`.
    pub age: TimeDelta,
    /// The longest life a signature may give itself.
    pub life: TimeDelta,
}

impl Default for Window {
    fn default() -> Self {
        Self { skew: TimeDelta::seconds(60), age: TimeDelta::seconds(300), life: TimeDelta::seconds(86_400) }
    }
}

impl Window {
    /// Whether a message of `message_ts` may be taken `now`; the error names the rule.
    pub fn check_message(&self, message_ts: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), &'static str> {
        if message_ts > now + self.skew {
            Err("header.message_ts lies in the future")
        } else if message_ts < now - self.age - self.skew {
            Err("header.message_ts is older than the window allows")
        } else {
            Ok(())
        }
    }

    /// Whether a signature of that life counts `now`.
    pub fn check_signature(&self, validity: Validity, now: DateTime<Utc>) -> Result<(), &'static str> {
        if validity.created > now + self.skew {
            Err("the signature was created in the future")
        } else if validity.expires <= now {
            Err("the signature has expired")
        } else if validity.expires <= validity.created {
            Err("the signature expires before it was created")
        } else if validity.expires - validity.created > self.life {
            Err("the signature lives longer than is allowed")
        } else {
            Ok(())
        }
    }

    /// How long the id of a message must be remembered so that a copy of it cannot pass again.
    pub fn memory(&self, message_ts: DateTime<Utc>) -> DateTime<Utc> {
        message_ts + self.age + self.skew + self.skew
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edges_are_where_they_are_said_to_be() {
        let window = Window::default();
        let now = Utc::now();
        let at = |seconds| now + TimeDelta::seconds(seconds);
        assert!(window.check_message(at(59), now).is_ok() && window.check_message(at(61), now).is_err());
        assert!(window.check_message(at(-299), now).is_ok() && window.check_message(at(-361), now).is_err());
        let life = |created, expires| Validity { created: at(created), expires: at(expires) };
        assert!(window.check_signature(life(59, 400), now).is_ok());
        for bad in [life(61, 400), life(-10, 0), life(-10, -20), life(30, 20), life(-10, 86_400)] {
            assert!(window.check_signature(bad, now).is_err(), "{bad:?}");
        }
    }
}
