//! The protocol of the DCI standards ([spdci.org](https://spdci.org)): how social protection systems talk to civil
//! registries, identity systems, social registries and payment systems.
//!
//! Read the modules in this order: [`wire`] (liberal reading, strict writing), [`header`], [`envelope`] and [`ack`],
//! [`message`] and [`query`], [`action`] (what ties them to paths), [`signature`] and [`peer`] (what real systems speak),
//! [`gate`].
//!
//! # Features
//!
//! None is on by default, and none changes what the others do: `schema` (JSON Schemas), `aws-lc` and `josekit` (the providers
//! of cryptography), `pem` and `pkcs12` (keys from such files), `toml` (peers from a file), `client`, `server`.

pub mod ack;
pub mod action;
pub mod carrier;
#[cfg(feature = "client")]
pub mod client;
pub mod code;
pub mod envelope;
pub mod exchange;
pub mod gate;
pub mod header;
pub mod id;
pub mod jose;
pub mod locale;
pub mod message;
pub mod network;
pub mod peer;
pub mod query;
pub mod record;
#[cfg(feature = "schema")]
pub mod schema;
#[cfg(feature = "server")]
pub mod server;
pub mod signature;
pub mod time;
#[cfg(feature = "client")]
pub mod transport;
pub mod wire;
