//! Calling a registry: synchronous calls, asynchronous ones with their callbacks, tokens, errors of every shape.

mod builder;
mod callbacks;
mod calls;
mod error;
mod expectation;
mod file;
mod listener;
mod peer_error;
mod token;

pub use builder::ClientBuilder;
pub use callbacks::{Callbacks, Pending};
pub use calls::Client;
pub use error::ClientError;
pub use listener::{NotTaken, Notification, NotificationHandler};
pub use peer_error::{ErrorShape, PeerError};
pub use token::{ClientCredentials, Token};
