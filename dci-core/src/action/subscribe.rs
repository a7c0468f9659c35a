//! `subscribe` and `unsubscribe`. The standard has no synchronous form of them.

use super::{Action, Registry};
use crate::message::{SubscribeRequest, SubscribeResponse, UnsubscribeRequest, UnsubscribeResponse};
use std::marker::PhantomData;

/// `subscribe`: be told of events (registry standard, `/registry/subscribe`).
#[derive(Debug)]
#[non_exhaustive]
pub struct Subscribe<R>(PhantomData<R>);

impl<R: Registry> Action for Subscribe<R> {
    const ACTION: &'static str = "subscribe";
    const PATH: Option<&'static str> = Some("registry/subscribe");
    const SYNC_PATH: Option<&'static str> = None;
    const CALLBACK: &'static str = "on-subscribe";
    const CALLBACK_PATH: Option<&'static str> = Some("registry/on-subscribe");
    const SUMMARY: &'static str = "Be told of events";
    type Request = SubscribeRequest;
    type Response = SubscribeResponse;
}

/// `unsubscribe`: be told no longer (`/registry/unsubscribe`).
#[derive(Debug)]
#[non_exhaustive]
pub struct Unsubscribe<R>(PhantomData<R>);

impl<R: Registry> Action for Unsubscribe<R> {
    const ACTION: &'static str = "unsubscribe";
    const PATH: Option<&'static str> = Some("registry/unsubscribe");
    const SYNC_PATH: Option<&'static str> = None;
    const CALLBACK: &'static str = "on-unsubscribe";
    const CALLBACK_PATH: Option<&'static str> = Some("registry/on-unsubscribe");
    const SUMMARY: &'static str = "Be told of events no longer";
    type Request = UnsubscribeRequest;
    type Response = UnsubscribeResponse;
}
