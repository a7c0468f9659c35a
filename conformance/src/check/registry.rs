//! Every check, with the requirement it verifies.

use super::case::{self, Case};
use super::outcome::Outcome;
use super::probe::Probe;
use super::{callback, domain, encryption, envelope, file, paging, search, signature, status, subscription, transport};
use crate::interface::Interface;
use crate::requirement::DataError;
use std::future::Future;
use std::pin::Pin;

type Running<'p> = Pin<Box<dyn Future<Output = Outcome> + Send + 'p>>;
type Conversation = for<'p, 'a> fn(&'p mut Probe<'a>) -> Running<'p>;

/// A check.
#[derive(Clone)]
pub struct Check {
    /// Its id: a path.
    pub id: String,
    /// What it does.
    pub title: String,
    /// The requirement it verifies.
    pub requirement: String,
    body: Body,
}

#[derive(Clone)]
enum Body {
    Case(Box<Case>),
    Conversation(Conversation),
}

impl Check {
    /// Runs the check.
    pub(crate) async fn run(&self, probe: &mut Probe<'_>) -> Outcome {
        match &self.body {
            Body::Case(case) => case.run(probe).await,
            Body::Conversation(conversation) => conversation(probe).await,
        }
    }
}

impl std::fmt::Debug for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Check").field("id", &self.id).finish_non_exhaustive()
    }
}

macro_rules! conversations {
    ($($id:literal, $requirement:literal, $title:literal, $function:path;)+) => {
        vec![$(Check {
            id: $id.to_owned(),
            title: $title.to_owned(),
            requirement: $requirement.to_owned(),
            body: Body::Conversation(|probe| Box::pin($function(probe))),
        }),+]
    };
}

/// Every check of `interface`, by id.
pub fn all(interface: &Interface) -> Result<Vec<Check>, DataError> {
    let cases = case::all()?.into_iter().map(|(id, case)| Check {
        id,
        title: case.title.clone(),
        requirement: case.requirement.clone(),
        body: Body::Case(Box::new(case)),
    });
    let mut out = [conversations(), subscriptions_and_files(), domain_actions()].concat();
    out.extend(cases);
    let own = crate::requirement::of(interface)?;
    out.retain(|check| own.iter().any(|requirement| requirement.id == check.requirement));
    out.sort_by(|left, right| left.id.cmp(&right.id));
    Ok(out)
}

fn conversations() -> Vec<Check> {
    conversations! {
        "encryption/answered", "SR-CRYPT-01", "an encrypted request is answered encrypted", encryption::answered;
        "encryption/plain", "SR-CRYPT-02", "a plain message is refused where encryption is agreed", encryption::plain;
        "encryption/altered", "SR-CRYPT-03", "an altered ciphertext is refused", encryption::altered;
        "encryption/moved", "SR-CRYPT-04", "a ciphertext in another envelope is refused", encryption::moved;

        "envelope/reply/shape", "SR-REPLY-01", "a synchronous reply is an envelope", envelope::shape;
        "envelope/reply/media-type", "SR-REPLY-02", "a reply is application/json", envelope::media_type;
        "envelope/reply/action", "SR-REPLY-03", "the reply's action is on-search", envelope::action;
        "envelope/reply/message-id", "SR-REPLY-04", "the reply has a message_id of its own", envelope::message_id;
        "envelope/reply/message-ts", "SR-REPLY-05", "the reply says when it was made", envelope::message_ts;
        "envelope/reply/status", "SR-REPLY-06", "the reply's status is on the list", envelope::status;
        "envelope/reply/item-status", "SR-REPLY-07", "a finished item is succ", envelope::item_status;
        "envelope/reply/sender-receiver", "SR-REPLY-08", "sender and receiver are exchanged in the reply", envelope::sender_receiver;
        "envelope/reply/counts", "SR-REPLY-09", "the reply counts items, as numbers", envelope::counts;
        "envelope/reply/transaction-id", "SR-REPLY-10", "the reply repeats the transaction_id", envelope::transaction_id;
        "envelope/reply/correlation-id", "SR-REPLY-11", "the reply has a correlation_id", envelope::correlation_id;
        "envelope/reply/reference-id", "SR-REPLY-12", "every item is answered under its reference_id", envelope::reference_id;
        "envelope/reply/item-timestamp", "SR-REPLY-13", "every result says when it was made", envelope::item_timestamp;
        "envelope/reply/strict", "SR-REPLY-14", "the reply has the standard's own form throughout", envelope::strict;

        "search/sync/id-found", "SR-SEARCH-01", "an identifier finds its record", search::id_found;
        "search/sync/id-unknown", "SR-SEARCH-02", "an unknown identifier finds nothing and is no error", search::id_unknown;
        "search/sync/predicate-lt", "SR-SEARCH-03", "lt excludes its bound", search::predicate_lt;
        "search/sync/predicate-le", "SR-SEARCH-03", "le includes its bound", search::predicate_le;
        "search/sync/predicate-gt", "SR-SEARCH-03", "gt excludes its bound", search::predicate_gt;
        "search/sync/predicate-ge", "SR-SEARCH-03", "ge includes its bound", search::predicate_ge;
        "search/sync/predicate-eq", "SR-SEARCH-04", "eq finds equal values only", search::predicate_eq;
        "search/sync/predicate-in", "SR-SEARCH-05", "in finds one of several values", search::predicate_in;
        "search/sync/predicate-and", "SR-SEARCH-06", "and joins two expressions", search::predicate_and;
        "search/sync/predicate-or", "SR-SEARCH-07", "or joins two expressions", search::predicate_or;
        "search/sync/predicate-not", "SR-SEARCH-08", "not excludes the second expression", search::predicate_not;
        "search/sync/predicate-list", "SR-SEARCH-09", "all clauses of a list hold", search::predicate_list;
        "search/sync/expression-and", "SR-SEARCH-10", "an expression with $and", search::expression_and;
        "search/sync/expression-or", "SR-SEARCH-11", "an expression with $or", search::expression_or;
        "search/sync/expression-implicit", "SR-SEARCH-12", "several members of an expression all hold", search::expression_implicit;
        "search/sync/sort-ascending", "SR-SEARCH-13", "asc puts the smallest first", search::sort_ascending;
        "search/sync/sort-descending", "SR-SEARCH-13", "desc puts the largest first", search::sort_descending;
        "search/sync/entity-group", "SR-SEARCH-14", "response_entity Group returns groups", search::entity_group;
        "search/sync/entity-member", "SR-SEARCH-14", "response_entity Member returns members", search::entity_member;
        "search/sync/data-shape", "SR-SEARCH-15", "reg_records is an array of objects", search::data_shape;
        "search/sync/data-type", "SR-SEARCH-16", "data says which registry and which record", search::data_type;
        "search/sync/batch", "SR-SEARCH-17", "each item of a batch has its own result", search::batch;
        "search/sync/batch-one-bad", "SR-SEARCH-18", "a bad item does not spoil the good ones", search::batch_one_bad;
        "search/sync/batch-all-bad", "SR-SEARCH-36", "a batch in which nothing succeeds is rejected as a whole", search::batch_all_bad;
        "search/sync/reference-id-repeated", "SR-SEARCH-19", "a repeated reference_id is rejected", search::repeated_reference;
        "search/sync/too-many-records", "SR-SEARCH-20", "too many records are refused", search::too_many;
        "search/sync/expected-counts", "SR-SEARCH-21", "configured counts are found", search::expected_counts;

        "paging/size", "SR-PAGE-01", "a page has the size that was asked for", paging::size;
        "paging/info", "SR-PAGE-02", "a page says which it is and how many records match", paging::info;
        "paging/walk", "SR-PAGE-03", "walking the pages meets every record once", paging::walk;
        "paging/beyond", "SR-PAGE-04", "beyond the last page there is nothing", paging::beyond;

        "search/async/ack-shape", "SR-ASYNC-01", "an acknowledgement has the standard's form", callback::ack_shape;
        "search/async/ack-correlation", "SR-ASYNC-02", "an acknowledgement gives a correlation_id", callback::ack_correlation;
        "search/async/callback-address", "SR-ASYNC-03", "the callback comes to sender_uri as given", callback::callback_address;
        "search/async/callback-header", "SR-ASYNC-04", "the callback has a callback header", callback::callback_header;
        "search/async/callback-correlated", "SR-ASYNC-05", "the callback repeats both ids", callback::callback_correlated;
        "search/async/callback-items", "SR-ASYNC-06", "every item is answered by a callback", callback::callback_items;
        "search/async/callback-same", "SR-ASYNC-07", "the callback holds what a synchronous search finds", callback::callback_same;
        "search/async/callback-signed", "SR-ASYNC-08", "the callback is signed", callback::callback_signed;
        "search/async/callback-rejected", "SR-ASYNC-09", "a rejected item is told by callback", callback::callback_rejected;
        "search/async/refused-without-callback", "SR-ASYNC-10", "a refused request has no callback", callback::refused_without_callback;
        "search/async/sender-uri-elsewhere", "SR-ASYNC-11", "callbacks go to registered addresses only", callback::sender_uri_elsewhere;
        "search/async/resent", "SR-ASYNC-12", "a resent request is acted on once", callback::resent;
        "search/async/message-id-reused", "SR-ASYNC-13", "a message_id is not used for two messages", callback::message_id_reused;
        "search/async/retry", "SR-ASYNC-14", "a callback that fails is sent again", callback::retry;

        "status/by-transaction", "SR-STATUS-01", "status by transaction_id", status::by_transaction;
        "status/by-correlation", "SR-STATUS-02", "status by correlation_id", status::by_correlation;
        "status/by-references", "SR-STATUS-03", "status by reference_id_list", status::by_references;
        "status/action", "SR-STATUS-04", "the reply's action is txn-on-status", status::action;
        "status/own-ids", "SR-STATUS-05", "question and transaction keep their ids apart", status::own_ids;
        "status/unknown", "SR-STATUS-06", "an unknown transaction is not invented", status::unknown;
        "status/other-sender", "SR-STATUS-07", "a transaction is its sender's only", status::other_sender;
        "status/async", "SR-STATUS-08", "status by callback", status::asynchronous;

        "signature/accepted", "SR-SIGN-01", "a good signature is accepted", signature::accepted;
        "signature/white-space", "SR-SIGN-02", "white space does not break a signature", signature::white_space;
        "signature/replayed", "SR-SIGN-03", "a copy of a message is refused", signature::replayed;
        "signature/reply-signed", "SR-SIGN-04", "replies are signed with a published key", signature::reply_signed;
        "signature/status-reply-signed", "SR-SIGN-04", "status replies are signed with a published key", signature::status_reply_signed;

        "transport/body-size", "SR-HTTP-01", "a body beyond the limit is refused", transport::body_size;
        "transport/batch-limit", "SR-HTTP-02", "a batch beyond the limit is refused", transport::batch_limit;
        "transport/batch-at-limit", "SR-HTTP-03", "a batch at the limit is answered", transport::batch_at_limit;
        "transport/jwks", "SR-HTTP-04", "the target publishes its keys", transport::jwks;
    }
}

fn subscriptions_and_files() -> Vec<Check> {
    conversations! {
        "subscription/granted", "SR-SUB-01", "a subscription is granted, with a code", subscription::granted;
        "subscription/header", "SR-SUB-02", "on-subscribe answers the request", subscription::header;
        "subscription/again", "SR-SUB-03", "the same subscription is not granted twice", subscription::again;
        "subscription/unknown-event", "SR-SUB-04", "an event the registry does not know is refused", subscription::unknown_event;
        "subscription/bad-filter", "SR-SUB-05", "a filter on an unknown attribute is refused", subscription::bad_filter;
        "subscription/bad-frequency", "SR-SUB-06", "a frequency that is none is refused", subscription::bad_frequency;
        "subscription/status", "SR-SUB-07", "the state of a subscription can be asked for", subscription::status;
        "subscription/ended", "SR-SUB-08", "a subscription is ended by its code", subscription::ended;
        "subscription/unknown-code", "SR-SUB-09", "a code nobody has is refused", subscription::unknown_code;
        "subscription/ended-again", "SR-SUB-10", "an ended subscription cannot be ended", subscription::ended_again;
        "subscription/other-subscriber", "SR-SUB-11", "a subscription is its subscriber's only", subscription::other_subscriber;
        "subscription/notified", "SR-SUB-12", "an event is told to its subscriber", subscription::notified;
        "subscription/notification-filter", "SR-SUB-13", "only records that fulfil the filter are told", subscription::notification_filter;
        "subscription/notification-signed", "SR-SUB-14", "notifications are signed", subscription::notification_signed;
        "subscription/notification-retried", "SR-SUB-15", "a notification that was refused is sent again", subscription::notification_retried;
        "subscription/silence-after-end", "SR-SUB-16", "an ended subscription is told nothing", subscription::silence;
        "subscription/notification-numbers", "SR-SUB-17", "notifications name their subscription and are numbered", subscription::notification_numbers;

        "file/answered", "SR-FILE-01", "a message in a file is answered like a body", file::answered;
        "file/altered", "SR-FILE-02", "an altered message in a file is refused", file::altered;
        "file/other-action", "SR-FILE-03", "a file for another action is refused", file::other_action;
    }
}

/// What only one registry is asked.
fn domain_actions() -> Vec<Check> {
    conversations! {
        "enrolled/yes", "IBR-ENROL-01", "somebody in the programme is enrolled", domain::enrolled_yes;
        "enrolled/no", "IBR-ENROL-02", "somebody unknown, or in another programme, is not enrolled", domain::enrolled_no;
        "enrolled/envelope", "IBR-ENROL-03", "the answer is an envelope", domain::enrolled_envelope;
        "enrolled/bad-criteria", "IBR-ENROL-04", "a question about an unknown attribute is rejected", domain::enrolled_bad;
        "enrollment-updates/taken", "IBR-ENROL-05", "what a programme reports is taken", domain::updates_taken;

        "disabled/yes", "DR-DIS-01", "a registered person is disabled", domain::disabled_yes;
        "disabled/no", "DR-DIS-02", "somebody unknown is not", domain::disabled_no;
        "disabled/bad-criteria", "DR-DIS-03", "a question about an unknown attribute is rejected", domain::disabled_bad;
        "disability/details", "DR-DIS-04", "the details of a disability are told", domain::disability_details;
        "disability/support", "DR-DIS-05", "the support of one person is a list", domain::disability_support;
        "disability/unknown", "DR-DIS-06", "of somebody unknown nothing is told", domain::disability_unknown;

        "check-enrollment/known", "ESS-ENROL-01", "where somebody stands is told by a label", domain::employment_known;
        "check-enrollment/unknown", "ESS-ENROL-02", "of somebody unknown nothing is told", domain::employment_unknown;

        "locations/tree", "CR-LOC-01", "the locations are published as a tree", domain::locations;
        "birth-notice/taken", "CR-BIRTH-01", "a notice of an unregistered birth is taken", domain::birth_notice;
        "birth-notice/altered", "CR-BIRTH-02", "an altered notice is refused", domain::birth_notice_altered;
    }
}
