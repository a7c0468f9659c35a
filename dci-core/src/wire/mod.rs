//! Liberal reading, strict writing, and a record of what was forgiven.
//!
//! Bytes become a lossless [`Json`] tree once ([`Json::parse`], within [`Limits`]); types are read from that tree
//! ([`Wire`]) and note each [`Deviation`] they forgive; trees are written compact or in one of the two sorted forms that
//! signatures are made over ([`Form`]).

mod bridge;
mod deviation;
mod few;
mod json;
mod number;
mod parse;
mod print;
mod read;
#[doc(hidden)]
pub mod structs;

pub use deviation::{Deviation, Gravity, Leniency, Rule};
pub use few::Few;
pub use json::{Json, Object};
pub use number::Number;
pub use parse::{Document, Limits, ParseError, Refused};
pub use print::Form;
pub use read::{Alone, Extra, Problem, ReadError, Reading, Wire, read};
