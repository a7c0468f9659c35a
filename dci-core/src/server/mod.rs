//! Serving a registry: endpoints from actions, a gate in front, acknowledgements, callbacks, transaction status.
//!
//! A vendor implements [`RegistryService`] (one `async` method) and mounts it with [`Server::registry`]; every
//! endpoint, check and error answer follows from the actions.

mod answer;
mod body;
mod builder;
mod callback;
mod frequency;
mod handler;
mod limits;
mod listen;
mod notices;
mod patience;
mod pipeline;
mod publisher;
mod search;
mod status;
mod subscriptions;
mod token;
mod unread;
mod upload;

pub use builder::{Server, ServerBuilder};
pub use handler::{Handler, Outcome};
pub use limits::ServerLimits;
pub use listen::{Running, listen};
pub use notices::NoticeHandler;
pub use publisher::Publisher;
pub use search::{RegistryService, RequestContext, ServiceError};
pub use token::{AnyToken, Client, JwtTokens, StaticTokens, TokenCheck};
