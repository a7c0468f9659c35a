//! What the sandbox can do wrong. Each fault is one mistake a real system makes, as data.

use dci_core::wire::{Json, Object};

/// One mistake.
#[derive(Debug)]
#[non_exhaustive]
pub struct Fault {
    /// Its name: `--fault NAME`.
    pub name: &'static str,
    /// The mistake in words.
    pub mistake: &'static str,
    /// How it is made.
    pub kind: Kind,
    /// The checks it turns red (globs): what `prove` runs.
    pub proves: &'static [&'static str],
}

/// How a fault works.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// Requests that were refused with one of these codes (or HTTP statuses) are answered as if they were good.
    Accepts(&'static [&'static str]),
    /// Every request is refused the same way: status and body.
    RefusesAll(u16, &'static str),
    /// Everything is acknowledged; nothing happens.
    AcknowledgesAll,
    /// Replies and callbacks are changed before they are signed.
    Reply(&'static [Edit]),
    /// Acknowledgements and errors are changed.
    Ack(&'static [Edit]),
    /// Replies are changed after they were signed.
    Sent(&'static [Edit]),
    /// The criteria are misunderstood.
    Criteria(Criteria),
    /// Callbacks and transactions go wrong.
    Callback(Callback),
    /// Replies are signed with a key nobody published.
    WrongKey,
    /// Requests that contain this text are refused with this code and status.
    RefusesText(&'static str, u16, &'static str),
    /// Requests that contain this text are acknowledged, and nothing happens.
    AcknowledgesText(&'static str),
    /// At most so many items are taken in a synchronous message.
    Items(usize),
    /// Refusals come with another status.
    Status(u16, u16),
    /// Replies come with another media type.
    MediaType(&'static str),
    /// A published document is replaced.
    Document(&'static str, &'static str),
}

/// A misunderstanding of the criteria.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs)] // each is described by the fault that uses it
pub enum Criteria {
    IgnoreQuery,
    IgnoreEntity,
    IgnoreSort,
    ReverseSort,
    FirstPageAlways,
    IgnorePageSize,
    TotalOfPage,
    AlwaysAnd,
    AlwaysOr,
    FirstExpressionOnly,
    EqualOnly,
    InclusiveBounds,
    EmptyIsRejected,
}

/// A mistake with callbacks and transactions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs)] // each is described by the fault that uses it
pub enum Callback {
    None,
    ElsewherePath,
    NoRetry,
    NewIdForCopies,
    ForgetResults,
    ForgetTransactions,
    ShowOthersTransactions,
    IgnoreFilters,
    ForgetEvents,
    ForgetUnsubscribe,
    LoseRefused,
}

/// One change of a tree.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Edit {
    /// Sets a member to a JSON text.
    Set(&'static str, &'static str),
    /// Removes a member.
    Remove(&'static str),
    /// Copies a member from the request.
    Echo(&'static str, &'static str),
    /// Exchanges two members.
    Swap(&'static str, &'static str),
    /// Repeats the last item of a list.
    RepeatLast(&'static str),
    /// Removes the last item of a list.
    DropLast(&'static str),
    /// Replaces a list by its first item.
    FirstOnly(&'static str),
}

/// Applies `change` to `tree`.
pub(super) fn edit(tree: &mut Json, request: Option<&Json>, change: &Edit) {
    match *change {
        Edit::Set(pointer, text) => {
            if let Ok(value) = Json::parse(text.as_bytes()) {
                set(tree, pointer, value);
            }
        }
        Edit::Remove(pointer) => {
            if let (Some(parent), name) = parent(tree, pointer) {
                parent.remove(name);
            }
        }
        Edit::Echo(to, from) => {
            if let Some(value) = request.and_then(|request| request.pointer(from)) {
                set(tree, to, value.clone());
            }
        }
        Edit::Swap(one, other) => {
            let values = (tree.pointer(one).cloned(), tree.pointer(other).cloned());
            if let (Some(first), Some(second)) = values {
                set(tree, one, second);
                set(tree, other, first);
            }
        }
        Edit::RepeatLast(pointer) => list(tree, pointer, |items| items.extend(items.last().cloned())),
        Edit::DropLast(pointer) => list(tree, pointer, |items| drop(items.pop())),
        Edit::FirstOnly(pointer) => {
            let first = tree.pointer(pointer).and_then(Json::as_array).and_then(|items| items.first().cloned());
            if let Some(first) = first {
                set(tree, pointer, first);
            }
        }
    }
}

/// Sets the value at `pointer`; the parent must be there.
pub(crate) fn set(tree: &mut Json, pointer: &str, value: Json) {
    if let Some(place) = tree.pointer_mut(pointer) {
        *place = value;
    } else if let (Some(parent), name) = parent(tree, pointer) {
        parent.insert(name, value);
    }
}

fn parent<'a, 'b>(tree: &'a mut Json, pointer: &'b str) -> (Option<&'a mut Object>, &'b str) {
    let (parent, name) = pointer.rsplit_once('/').unwrap_or(("", pointer));
    (tree.pointer_mut(parent).and_then(Json::as_object_mut), name)
}

fn list(tree: &mut Json, pointer: &str, change: impl FnOnce(&mut Vec<Json>)) {
    if let Some(Json::Array(items)) = tree.pointer_mut(pointer) {
        change(items);
    }
}

/// The fault called `name`.
pub fn find(name: &str) -> Option<&'static Fault> {
    FAULTS.iter().find(|fault| fault.name == name)
}

const RECORDS: &str = "/message/search_response/0/data/reg_records";

macro_rules! faults {
    ($($name:literal, $mistake:literal, $kind:expr, [$($proves:literal),* $(,)?];)+) => {
        /// Every fault.
        pub const FAULTS: &[Fault] = &[$(Fault { name: $name, mistake: $mistake, kind: $kind, proves: &[$($proves),*] }),+];
    };
}

use Callback as C;
use Criteria as Q;
use Edit::{DropLast, Echo, FirstOnly, Remove, RepeatLast, Set, Swap};
use Kind::{Accepts, Ack, Callback as K, Criteria as Misread, Document, MediaType, RefusesAll, Reply, Sent};

faults! {
    "accepts-anything", "acknowledges every request, whatever it holds", Kind::AcknowledgesAll,
        ["search/sync/*", "envelope/**", "paging/**", "status/*", "search/async/callback-*"];
    "not-found", "answers every request with 404", RefusesAll(404, r#"{"errors":[{"code":"err.request.not_found","message":"no"}]}"#),
        ["**"];
    "internal-error", "answers every request with 500", RefusesAll(500, r#"{"error":{"code":500,"message":"Internal Server Error"}}"#),
        ["**"];
    "refuses-good-signatures", "refuses every signature", RefusesAll(401, r#"{"message":{"ack_status":"ERR","timestamp":"2026-01-01T00:00:00Z","correlation_id":"1","error":{"code":"err.signature.invalid","message":"no"}}}"#),
        ["signature/accepted", "signature/reply-signed"];

    "accepts-bad-signatures", "takes signatures that do not hold", Accepts(&["err.signature.invalid"]), ["signature/*"];
    "accepts-unsigned", "takes messages without signature", Accepts(&["err.signature.missing"]), ["signature/*"];
    "accepts-other-receivers", "takes messages for other systems", Accepts(&["err.receiver_id.invalid"]),
        ["signature/other-receiver", "envelope/header/receiver-*"];
    "accepts-strangers", "takes messages of systems that are not registered", Accepts(&["err.sender_id.invalid"]), ["envelope/header/sender-*"];
    "accepts-other-actions", "takes the action from the path only", Accepts(&["rjct.action.invalid"]),
        ["signature/other-action", "envelope/header/action-*"];
    "accepts-old-messages", "does not look at times", Accepts(&["rjct.message_ts.invalid"]),
        ["signature/expired", "signature/not-yet-valid", "signature/too-long-a-life", "envelope/header/message-ts-*"];
    "accepts-any-version", "does not look at the version", Accepts(&["err.version.not_supported", "rjct.version.invalid"]),
        ["envelope/header/version-*"];
    "accepts-any-count", "does not look at total_count", Accepts(&["rjct.total_count.invalid"]), ["envelope/header/total-count-*", "search/sync/no-items"];
    "accepts-any-batch", "takes batches of any size", Accepts(&["rjct.total_count.limit_exceeded"]), ["transport/batch-limit*"];
    "accepts-copies", "answers a copied message again", Accepts(&["rjct.message_id.duplicate"]),
        ["signature/replayed", "search/async/message-id-reused"];
    "accepts-bad-requests", "takes messages that break the schema", Accepts(&["err.request.bad"]),
        ["envelope/**", "search/sync/*", "transport/*", "search/async/refused-*", "status/*"];
    "accepts-encrypted-flag", "ignores is_msg_encrypted", Accepts(&["err.encryption.invalid"]), ["envelope/header/encrypted-*", "encryption/plain", "encryption/altered", "encryption/moved"];
    "accepts-any-caller", "does not look at the bearer token", Accepts(&["401"]), ["transport/token-*"];
    "accepts-any-media-type", "does not look at Content-Type", Accepts(&["415"]), ["transport/content-*"];
    "accepts-large-bodies", "reads bodies of any size", Accepts(&["413"]), ["transport/body-size"];
    "accepts-get", "answers every method", Accepts(&["405"]), ["transport/method"];
    "accepts-any-path", "answers at every path", Accepts(&["404"]), ["transport/unknown-path"];
    "accepts-any-callback", "posts callbacks anywhere", Accepts(&["err.sender_uri.invalid"]), ["search/async/sender-uri-*"];
    "accepts-bad-criteria", "answers criteria it does not understand", Accepts(&["rjct.search_criteria.invalid"]), ["search/sync/*"];
    "accepts-unknown-attributes", "passes over attributes it does not know", Accepts(&["rjct.filter.invalid"]), ["search/sync/*"];
    "accepts-unknown-sort", "passes over orders it does not know", Accepts(&["rjct.sort.invalid"]), ["search/sync/sort-*"];
    "accepts-bad-pages", "passes over pages that cannot be", Accepts(&["rjct.pagination.invalid"]), ["paging/*"];
    "accepts-repeated-references", "answers two items of one reference_id", Accepts(&["rjct.reference_id.duplicate"]), ["search/sync/reference-id-*"];
    "accepts-future-items", "does not look at the time of items", Accepts(&["rjct.timestamp.invalid"]), ["search/sync/timestamp-*"];
    "returns-too-many", "returns any number of records", Accepts(&["rjct.search.too_many_records_found"]), ["search/sync/too-many-*"];
    "says-forbidden", "answers bad signatures with another code", Ack(&[Set("/message/error/code", "\"err.request.forbidden\"")]),
        ["signature/*", "envelope/header/*"];
    "says-500", "answers bad input with 500", Kind::Status(400, 500), ["envelope/**", "transport/depth"];
    "says-200-to-strangers", "answers 200 without a token", Kind::Status(401, 200), ["transport/token-*"];

    "reply-action", "repeats the request's action in replies", Reply(&[Set("/header/action", "\"search\"")]),
        ["envelope/reply/action", "search/async/callback-header"];
    "reply-no-status", "leaves out header.status", Reply(&[Remove("/header/status")]), ["envelope/reply/*", "search/async/callback-header"];
    "reply-odd-status", "writes a status of its own", Reply(&[Set("/header/status", "\"processed\""), Set("/message/search_response/0/status", "\"done\"")]),
        ["envelope/reply/status", "envelope/reply/item-status"];
    "reply-always-succ", "says succ whatever became of the items", Reply(&[Set("/header/status", "\"succ\""), Remove("/header/status_reason_code")]),
        ["search/sync/batch-all-bad", "status/unknown"];
    "reply-rcvd", "leaves rcvd on finished results", Reply(&[Set("/header/status", "\"rcvd\""), Set("/message/search_response/0/status", "\"rcvd\"")]),
        ["envelope/reply/item-status"];
    "reply-echoes-id", "repeats the request's message_id", Reply(&[Echo("/header/message_id", "/header/message_id")]), ["envelope/reply/message-id"];
    "reply-old-time", "writes a fixed time", Reply(&[Set("/header/message_ts", "\"2023-07-19T12:15:04Z\"")]), ["envelope/reply/message-ts"];
    "reply-no-zone", "writes times without zone", Reply(&[Set("/header/message_ts", "\"2026-07-19T12:15:04\"")]), ["envelope/reply/message-ts"];
    "reply-unswapped", "does not exchange sender and receiver", Reply(&[Swap("/header/sender_id", "/header/receiver_id")]),
        ["envelope/reply/sender-receiver"];
    "reply-text-counts", "writes counts as text", Reply(&[Set("/header/total_count", "\"1\""), Set("/header/completed_count", "\"1\"")]),
        ["envelope/reply/counts", "envelope/reply/strict"];
    "reply-wrong-counts", "counts wrongly", Reply(&[Set("/header/total_count", "7")]), ["envelope/reply/counts"];
    "reply-other-transaction", "answers with a transaction_id of its own", Reply(&[Set("/message/transaction_id", "\"123456789\"")]),
        ["envelope/reply/transaction-id", "search/async/callback-correlated"];
    "reply-no-correlation", "leaves out correlation_id", Reply(&[Remove("/message/correlation_id")]),
        ["envelope/reply/correlation-id", "search/async/callback-correlated"];
    "reply-other-correlation", "answers with a new correlation_id", Reply(&[Set("/message/correlation_id", "\"another\"")]),
        ["search/async/callback-correlated"];
    "reply-other-reference", "answers with a reference_id of its own", Reply(&[Set("/message/search_response/0/reference_id", "\"12345678901234567890\"")]),
        ["envelope/reply/reference-id", "search/async/callback-items"];
    "reply-drops-items", "answers the first item only", Reply(&[DropLast("/message/search_response")]),
        ["search/sync/batch", "search/sync/batch-*", "envelope/reply/reference-id", "search/async/callback-items"];
    "reply-no-records", "leaves out the records", Reply(&[Set(RECORDS, "[]")]),
        ["search/sync/*", "search/async/callback-*", "status/*"];
    "reply-repeats-records", "returns records twice", Reply(&[RepeatLast(RECORDS)]), ["search/sync/*", "paging/*"];
    "reply-one-record", "writes one record where a list is due", Reply(&[FirstOnly(RECORDS)]), ["search/sync/data-shape", "envelope/reply/strict"];
    "reply-no-reg-type", "does not say which registry and record", Reply(&[Remove("/message/search_response/0/data/reg_type"), Remove("/message/search_response/0/data/reg_record_type")]),
        ["search/sync/data-type"];
    "reply-no-page", "leaves out the page", Reply(&[Remove("/message/search_response/0/pagination")]), ["paging/*"];
    "reply-blank-members", "writes blank text for what is absent", Reply(&[Set("/header/meta", "\"\""), Set("/message/search_response/0/locale", "\"\"")]),
        ["envelope/reply/strict"];
    "reply-media-type", "sends replies as text", MediaType("text/plain"), ["envelope/reply/media-type"];
    "reply-no-envelope", "sends the message alone", Sent(&[Remove("/header")]), ["envelope/reply/*", "search/sync/id*"];
    "reply-altered", "changes replies after signing them", Sent(&[Set("/header/meta", r#"{"gateway":"x"}"#)]), ["signature/reply-*"];
    "reply-unsigned", "does not sign replies", Sent(&[Remove("/signature")]), ["signature/reply-signed"];
    "reply-echoes-signature", "repeats the request's signature", Sent(&[Echo("/signature", "/signature")]), ["signature/reply-signed"];
    "reply-rejects-item", "rejects every item", Reply(&[Set("/message/search_response/0/status", "\"rjct\"")]), ["search/sync/*", "envelope/reply/item-status"];
    "wrong-key", "signs with a key nobody published", Kind::WrongKey, ["signature/reply-signed", "search/async/callback-signed", "signature/status-reply-signed"];

    "bytes-only", "checks signatures over the received bytes only", Kind::RefusesText("
", 401, "err.signature.invalid"), ["signature/white-space"];
    "cannot-decrypt", "refuses every encrypted message", Kind::RefusesText("ciphertext", 400, "err.encryption.invalid"),
        ["encryption/answered"];
    "refuses-unknown-members", "refuses members it does not know", Kind::RefusesText("x_country", 400, "err.request.bad"),
        ["envelope/unknown-members"];
    "small-batches", "takes five items at most", Kind::Items(5), ["transport/batch-*"];

    "ignores-query", "returns every record", Misread(Q::IgnoreQuery), ["search/sync/*", "search/async/callback-same"];
    "ignores-entity", "ignores response_entity", Misread(Q::IgnoreEntity), ["search/sync/entity-*", "search/sync/expression-*"];
    "ignores-sort", "does not sort", Misread(Q::IgnoreSort), ["search/sync/sort-*"];
    "reverses-sort", "sorts the wrong way", Misread(Q::ReverseSort), ["search/sync/sort-*"];
    "first-page-always", "returns the first page always", Misread(Q::FirstPageAlways), ["paging/*"];
    "ignores-page-size", "returns everything on one page", Misread(Q::IgnorePageSize), ["paging/*"];
    "total-of-page", "counts the records of the page only", Misread(Q::TotalOfPage), ["paging/*"];
    "always-and", "reads every condition as and", Misread(Q::AlwaysAnd), ["search/sync/predicate-*"];
    "always-or", "reads every condition as or", Misread(Q::AlwaysOr), ["search/sync/predicate-*"];
    "first-expression-only", "reads the first comparison only", Misread(Q::FirstExpressionOnly), ["search/sync/predicate-*"];
    "equal-only", "reads lt, le and gt as eq", Misread(Q::EqualOnly), ["search/sync/predicate-*"];
    "inclusive-bounds", "reads lt as le and gt as ge", Misread(Q::InclusiveBounds), ["search/sync/predicate-*"];
    "empty-is-rejected", "rejects a search that finds nothing", Misread(Q::EmptyIsRejected), ["search/sync/id-unknown", "paging/*"];

    "no-callback", "acknowledges and never calls back", K(C::None), ["search/async/callback-*", "status/async", "search/async/retry"];
    "callback-elsewhere", "appends a path to sender_uri", K(C::ElsewherePath), ["search/async/callback-address"];
    "no-retry", "gives up after the first failed callback", K(C::NoRetry), ["search/async/retry"];
    "new-id-for-copies", "acts on a resent request again", K(C::NewIdForCopies), ["search/async/resent"];
    "forgets-results", "keeps no results", K(C::ForgetResults), ["status/*"];
    "forgets-transactions", "knows no transactions", K(C::ForgetTransactions), ["status/*"];
    "shows-others-transactions", "shows transactions to everybody", K(C::ShowOthersTransactions), ["status/other-sender"];
    "status-wrong-type", "answers status with another type", Reply(&[Set("/message/txnstatus_response/txn_type", "\"subscribe\"")]), ["status/*"];
    "status-action", "repeats the action of status requests", Reply(&[Set("/header/action", "\"txn-status\"")]), ["status/action", "status/async", "search/async/callback-header"];
    "ack-no-time", "leaves out the time of acknowledgements", Ack(&[Remove("/message/timestamp")]), ["search/async/ack-*"];
    "ack-no-correlation", "leaves out correlation_id in acknowledgements", Ack(&[Remove("/message/correlation_id")]), ["search/async/ack-*"];
    "ack-status", "acknowledges with a word of its own", Ack(&[Set("/message/ack_status", "\"OK\"")]), ["search/async/*"];
    "ack-err", "answers good requests with ERR", Ack(&[Set("/message/ack_status", "\"ERR\"")]), ["search/async/*"];
    "says-granted", "grants every subscription", Reply(&[Set("/message/subscribe_response/0/status", "\"succ\""), Remove("/message/subscribe_response/0/status_reason_code")]),
        ["subscription/again", "subscription/unknown-event", "subscription/bad-filter", "subscription/bad-frequency"];
    "grants-without-code", "grants subscriptions without telling their codes", Reply(&[Remove("/message/subscribe_response/0/subscriptions")]),
        ["subscription/granted", "subscription/status"];
    "subscribe-other-reference", "answers subscriptions under another reference_id", Reply(&[Set("/message/subscribe_response/0/reference_id", "\"12345678901234567890\"")]),
        ["subscription/header"];
    "subscribe-state-elsewhere", "tells the state of subscriptions as that of a search", Reply(&[Set("/message/txnstatus_response/txn_status", "{\"transaction_id\":\"1\",\"search_response\":[]}")]),
        ["subscription/status"];
    "says-ended", "says of every code that it was ended", Reply(&[Set("/message/status", "\"succ\""), Remove("/message/status_reason_code")]),
        ["subscription/unknown-code", "subscription/ended-again", "subscription/other-subscriber"];
    "ends-without-codes", "does not say what it ended", Reply(&[Remove("/message/subscription_status")]), ["subscription/ended"];
    "ignores-filters", "tells of every record, whatever the filter", K(C::IgnoreFilters), ["subscription/notification-filter"];
    "forgets-events", "tells nobody of events", K(C::ForgetEvents), ["subscription/noti*"];
    "forgets-to-end", "goes on telling ended subscriptions", K(C::ForgetUnsubscribe), ["subscription/silence-after-end"];
    "loses-refused", "does not repeat notifications", K(C::LoseRefused), ["subscription/notification-retried"];
    "notify-action", "sends notifications under another action", Reply(&[Set("/header/action", "\"on-notify\"")]), ["subscription/notified"];
    "notify-no-meta", "does not number notifications", Reply(&[Set("/header/meta", "{}")]), ["subscription/notification-numbers"];
    "wrong-key-notifies", "signs notifications with a key nobody published", Kind::WrongKey, ["subscription/notification-signed"];
    "refuses-files", "cannot read files", Kind::RefusesText("form-data", 400, "err.request.bad"), ["file/answered"];
    "accepts-altered-files", "acknowledges whatever is in a file", Kind::AcknowledgesText("form-data"), ["file/*"];

    "enrolled-always", "says of everybody that they are enrolled", Reply(&[Set("/header/status", "\"succ\""), Set("/message/enrolled_response/0/status", "\"succ\""), Set("/message/enrolled_response/0/enrolled_status", "\"yes\"")]),
        ["enrolled/no", "enrolled/bad-criteria"];
    "enrolled-never", "says of nobody that they are enrolled", Reply(&[Set("/message/enrolled_response/0/enrolled_status", "\"no\"")]), ["enrolled/yes"];
    "enrolled-rejects", "rejects what programmes report", Reply(&[Set("/message/enrolled_response/0/status", "\"rjct\"")]), ["enrollment-updates/taken"];
    "enrolled-other-transaction", "answers enrolled with a transaction_id of its own", Reply(&[Set("/message/transaction_id", "\"123456789\"")]), ["enrolled/envelope"];
    "disabled-always", "says of everybody that they are disabled", Reply(&[Set("/header/status", "\"succ\""), Set("/message/disabled_response/0/status", "\"succ\""), Set("/message/disabled_response/0/disabled_status", "\"yes\"")]),
        ["disabled/no", "disabled/bad-criteria"];
    "disabled-never", "says of nobody that they are disabled", Reply(&[Set("/message/disabled_response/0/disabled_status", "\"no\"")]), ["disabled/yes"];
    "disability-nothing", "tells nothing about anybody", Reply(&[Set(RECORDS, "[]")]), ["disability/details", "disability/support"];
    "disability-invents", "tells of somebody whoever is asked for", Reply(&[Set(RECORDS, "[{\"disability_details\":[{\"impairment_type\":\"1\"}]}]")]), ["disability/unknown"];
    "employment-codes", "writes a word of its own for where somebody stands", Reply(&[Set("/message/enrolled_response/0/enrolled_status", "\"registered\"")]), ["check-enrollment/known"];
    "employment-invents", "knows everybody", Reply(&[Set("/message/enrolled_response", "[{\"reference_id\":\"1\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"status\":\"succ\",\"enrolled_status\":\"Active\"}]")]),
        ["check-enrollment/unknown"];
    "no-locations", "publishes places that lie nowhere", Document("/.well-known/locations.json", r#"{"locations":[{"identifier":[{"name":"x","identifier":"1"}],"name":"A","contained_in_place":"2"}]}"#), ["locations/tree"];
    "refuses-notices", "refuses notices", Kind::RefusesText("notify_event", 400, "err.request.bad"), ["birth-notice/taken"];
    "accepts-altered-notices", "takes notices without looking at their signature", Kind::AcknowledgesText("123456789"), ["birth-notice/altered"];
    "no-keys", "publishes no keys", Document("/.well-known/jwks.json", r#"{"keys":[]}"#), ["transport/jwks"];
    "broken-keys", "publishes a broken key set", Document("/.well-known/jwks.json", r#"{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}"#), ["transport/jwks"];
}
