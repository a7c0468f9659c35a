//! Things that happen in the sandbox, so that subscriptions have something to tell of.

use super::numbers::Numbers;
use super::registries::Served;
use dci_core::server::Publisher;
use std::time::Duration;
use tokio::task::JoinHandle;

/// The generator of one interface.
#[derive(Debug)]
pub(super) struct Generator(JoinHandle<()>);

impl Generator {
    /// Lets something happen to one of `records`, `per_second` times a second, and tells of it.
    pub(super) fn start<I: Served>(publisher: Publisher<I>, records: Vec<I::Record>, per_second: f64) -> Self {
        let pause = Duration::try_from_secs_f64(1.0 / per_second).unwrap_or(Duration::from_secs(1));
        Self(tokio::spawn(async move {
            if records.is_empty() {
                return;
            }
            let mut numbers = Numbers::new(0x00E_7E17);
            let mut clock = tokio::time::interval(pause.max(Duration::from_millis(1)));
            clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                clock.tick().await;
                let index = usize::try_from(numbers.below(records.len() as u64)).unwrap_or_default();
                let Some(record) = records.get(index) else { continue };
                let (event, record) = I::happens(&mut numbers, record);
                if let Err(error) = publisher.publish(&event, record).await {
                    tracing::error!(%error, "an event could not be told");
                }
            }
        }))
    }
}

impl Drop for Generator {
    fn drop(&mut self) {
        self.0.abort();
    }
}
