//! The core records (`core/v1/data` of the vocabulary): people, groups, and where they live.
//!
//! Every struct keeps members it does not know and prints no content in `Debug`.

mod group;
mod person;
mod place;

pub use group::{DisabilityInfo, Group, Member, RelatedPerson, Relative};
pub use person::{Identifier, Name, Person};
pub use place::{Address, Bounds, GeoCoordinates, GeoLocation, GeoShape, Geometry, Place, PlusCode};
