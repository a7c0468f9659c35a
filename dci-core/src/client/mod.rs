//! Calling a registry: synchronous calls, asynchronous ones with their callbacks, tokens, errors of every shape.

mod builder;
mod callbacks;
mod error;
mod expectation;
mod peer_error;
mod token;

pub use builder::{Client, ClientBuilder};
pub use callbacks::{Callbacks, Pending};
pub use error::ClientError;
pub use peer_error::{ErrorShape, PeerError};
pub use token::{ClientCredentials, Token};
