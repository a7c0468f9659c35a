//! HTTP as this protocol may use it: no redirects, no decompression, no proxy that was not asked for, bounded time and
//! bounded answers, https outside loopback, and connections only to addresses that were registered.

mod guard;
mod http;

pub use guard::{Resolver, SystemResolver};
pub use http::{Http, HttpBuilder, HttpError, HttpReply, Post};
