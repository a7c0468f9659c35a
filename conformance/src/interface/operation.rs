//! What can be asked of an interface, as data: derived from its action types.

use dci_core::action::{Action, Notice};
use dci_core::schema::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;

/// A message or record: its name, and its schema.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Part {
    /// Its name in the list of schemas; blank where the operation gives it one.
    pub name: &'static str,
    /// Its schema by itself.
    pub schema: fn() -> Value,
    /// Its schema as part of a document.
    pub add: fn(&mut SchemaGenerator) -> Schema,
    /// A tree of it, read and written again.
    pub(crate) rewrite: super::Rewrite,
}

impl Part {
    pub(super) const fn of<T: JsonSchema + dci_core::wire::Wire>(name: &'static str) -> Self {
        Self {
            name,
            schema: dci_core::schema::of::<T>,
            add: SchemaGenerator::subschema_for::<T>,
            rewrite: super::population::rewrite::<T>,
        }
    }
}

/// One action or notice.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Operation {
    /// Its name, from which those of its messages are made.
    pub name: &'static str,
    /// `header.action` of the request.
    pub action: &'static str,
    /// Other names under which systems ask for it.
    pub aliases: &'static [&'static str],
    /// What it is for.
    pub summary: &'static str,
    /// Where it is asked asynchronously.
    pub path: Option<&'static str>,
    /// Where it is asked synchronously.
    pub sync_path: Option<&'static str>,
    /// What is asked.
    pub request: Part,
    /// What is answered, and under which `header.action`; nothing but an acknowledgement where there is none.
    pub reply: Option<(&'static str, Part)>,
    /// Whether the message comes from the registry, under the header of callbacks.
    pub is_notice: bool,
}

impl Operation {
    /// An action under the name `name`.
    pub(super) const fn action<A: Action>(name: &'static str) -> Self
    where
        A::Request: JsonSchema,
        A::Response: JsonSchema,
    {
        Self {
            name,
            action: A::ACTION,
            aliases: A::ACTION_ALIASES,
            summary: A::SUMMARY,
            path: A::PATH,
            sync_path: A::SYNC_PATH,
            request: Part::of::<A::Request>(""),
            reply: Some((A::CALLBACK, Part::of::<A::Response>(""))),
            is_notice: false,
        }
    }

    pub(super) const fn notice<N: Notice>(name: &'static str) -> Self
    where
        N::Message: JsonSchema,
    {
        Self {
            name,
            action: N::ACTION,
            aliases: &[],
            summary: N::SUMMARY,
            path: Some(N::PATH),
            sync_path: None,
            request: Part::of::<N::Message>(""),
            reply: None,
            is_notice: true,
        }
    }
}
