//! `notify`.

use super::{Notice, Registry};
use crate::message::NotifyRequest;
use std::marker::PhantomData;

/// `notify`: tell a subscriber of events (registry standard, `/registry/notify` at the subscriber).
#[derive(Debug)]
#[non_exhaustive]
pub struct Notify<R>(PhantomData<R>);

impl<R: Registry> Notice for Notify<R> {
    const ACTION: &'static str = "notify";
    const PATH: &'static str = "registry/notify";
    const SUMMARY: &'static str = "Tell a subscriber of events";
    type Message = NotifyRequest<R::Record>;
}
