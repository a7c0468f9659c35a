//! Codes of headers, acknowledgements, items and queries.

use crate::open_enum;

open_enum! {
    closed
    /// The verdict of an acknowledgement (`Response.message.ack_status`).
    pub enum AckStatus {
        /// Valid; a callback will follow.
        Ack = "ACK",
        /// Valid; nothing will follow.
        Nack = "NACK",
        /// Invalid; the error says why.
        Err = "ERR",
    }
}

open_enum! {
    closed
    /// The state of a message or of one item in it (`MsgCallbackHeader.status`, `search_response[].status`).
    pub enum Status {
        /// Received.
        Received = "rcvd" ["received", "ack", "acknowledged"],
        /// Not finished yet.
        Pending = "pdng" ["pending"],
        /// Done.
        Succeeded = "succ" ["success"],
        /// Refused; the reason code says why.
        Rejected = "rjct" ["rejected", "error", "failed"],
    }
}

open_enum! {
    closed
    /// Why a message failed on its way (`Error.code` of an acknowledgement).
    pub enum ErrorCode {
        /// The message breaks the schema or a rule of the envelope.
        BadRequest = "err.request.bad",
        /// No valid credential.
        Unauthorized = "err.request.unauthorized",
        /// The credential does not allow this.
        Forbidden = "err.request.forbidden",
        /// No such endpoint.
        NotFound = "err.request.not_found",
        /// It took too long.
        Timeout = "err.request.timeout",
        /// A version this system does not speak.
        VersionNotSupported = "err.version.not_supported",
        /// Too many requests; try later.
        TooManyRequests = "err.request.too_many_requests",
        /// The sender is unknown, or is not who sent this.
        SenderIdInvalid = "err.sender_id.invalid",
        /// The callback address is not acceptable.
        SenderUriInvalid = "err.sender_uri.invalid",
        /// The message is for another receiver.
        ReceiverIdInvalid = "err.receiver_id.invalid",
        /// A signature is required.
        SignatureMissing = "err.signature.missing",
        /// The signature does not hold.
        SignatureInvalid = "err.signature.invalid",
        /// The message cannot be decrypted, or should have been encrypted.
        EncryptionInvalid = "err.encryption.invalid",
        /// This system cannot work now.
        ServiceUnavailable = "err.service.unavailable",
    }
}

open_enum! {
    closed
    /// Why a whole message was rejected (`MsgHeaderStatusReasonCode`).
    pub enum HeaderReason {
        /// The version cannot be read.
        VersionInvalid = "rjct.version.invalid",
        /// The message id was used before for another message, or was answered already.
        MessageIdDuplicate = "rjct.message_id.duplicate",
        /// The time of the message is unreadable or outside the window.
        MessageTsInvalid = "rjct.message_ts.invalid",
        /// The action is not the endpoint's.
        ActionInvalid = "rjct.action.invalid",
        /// The action is not offered here.
        ActionNotSupported = "rjct.action.not_supported",
        /// The count is not that of the items.
        TotalCountInvalid = "rjct.total_count.invalid",
        /// More items than this system takes in one message.
        TotalCountLimitExceeded = "rjct.total_count.limit_exceeded",
        /// Too many items were wrong.
        ErrorsTooMany = "rjct.errors.too_many",
    }
}

open_enum! {
    closed
    /// Why one search was rejected (`SearchStatusReasonCode`).
    pub enum SearchReason {
        /// The reference id cannot be used.
        ReferenceIdInvalid = "rjct.reference_id.invalid",
        /// The reference id occurs twice in the batch.
        ReferenceIdDuplicate = "rjct.reference_id.duplicate",
        /// The time of the item cannot be used.
        TimestampInvalid = "rjct.timestamp.invalid",
        /// The criteria cannot be understood.
        SearchCriteriaInvalid = "rjct.search_criteria.invalid",
        /// An attribute or operator in the query cannot be used.
        FilterInvalid = "rjct.filter.invalid",
        /// An attribute or order in `sort` cannot be used.
        SortInvalid = "rjct.sort.invalid",
        /// The page cannot be given.
        PaginationInvalid = "rjct.pagination.invalid",
        /// More records match than this registry returns.
        TooManyRecordsFound = "rjct.search.too_many_records_found",
    }
}

open_enum! {
    closed
    /// Why one subscription was rejected (`SubscribeStatusReasonCode`).
    pub enum SubscribeReason {
        /// The reference id cannot be used.
        ReferenceIdInvalid = "rjct.reference_id.invalid",
        /// The reference id occurs twice in the batch.
        ReferenceIdDuplicate = "rjct.reference_id.duplicate",
        /// The time of the item cannot be used.
        TimestampInvalid = "rjct.timestamp.invalid",
        /// The event types cannot be used.
        NotifyTypesInvalid = "rjct.notify_types.invalid",
        /// The details of the notification cannot be used.
        NotifyDetailsInvalid = "rjct.notify_details.invalid",
        /// The person is unknown.
        PersonIdInvalid = "rjct.person_id.invalid",
        /// The same subscription exists.
        AlreadySubscribed = "rjct.event.already_subscribed",
    }
}

open_enum! {
    closed
    /// Whether a subscription is live (`subscriptions[].status`, `subscription_status[].status`).
    pub enum SubscriptionStatus {
        /// Live.
        Live = "subscribe" ["subscribed", "active"],
        /// Ended.
        Ended = "unsubscribe" ["unsubscribed", "ended"],
    }
}

open_enum! {
    closed
    /// Why an end of subscriptions was rejected (`UnSubscribeStatusReasonCode`).
    pub enum UnsubscribeReason {
        /// The reference id cannot be used.
        ReferenceIdInvalid = "rjct.reference_id.invalid",
        /// The reference id occurs twice.
        ReferenceIdDuplicate = "rjct.reference_id.duplicate",
        /// The time cannot be used.
        TimestampInvalid = "rjct.timestamp.invalid",
        /// No such subscription.
        SubscriptionCodeInvalid = "rjct.subscription_code.invalid",
        /// The subscription is another system's.
        RequesterInvalid = "rjct.requester.invalid",
        /// It was ended before.
        AlreadyUnsubscribed = "rjct.event.already_unsubscribed",
    }
}

open_enum! {
    closed
    /// The language of a query (`search_criteria.query_type`).
    pub enum QueryType {
        /// One identifier.
        IdTypeValue = "idtype-value" ["idtype"],
        /// A tree of operators in the form of a document database.
        Expression = "expression",
        /// A list of comparisons.
        Predicate = "predicate",
        /// A GraphQL document; crvs, dr and fr only.
        GraphQl = "graphql",
    }
}

open_enum! {
    closed
    /// A comparison (`expression1.operator`).
    pub enum Operator {
        /// Greater than.
        Greater = "gt" ["$gt", ">"],
        /// Less than.
        Less = "lt" ["$lt", "<"],
        /// Equal.
        Equal = "eq" ["$eq", "=", "=="],
        /// Greater or equal.
        GreaterOrEqual = "ge" ["gte", "$gte", "$ge", ">="],
        /// Less or equal.
        LessOrEqual = "le" ["lte", "$lte", "$le", "<="],
        /// One of several values.
        In = "in" ["$in"],
    }
}

open_enum! {
    closed
    /// How the second expression of a predicate joins the first.
    pub enum Condition {
        /// Both hold.
        And = "and" ["&&"],
        /// At least one holds.
        Or = "or" ["||"],
        /// The first holds and the second does not.
        Not = "not" ["and not"],
    }
}

open_enum! {
    closed
    /// The direction of a sort.
    pub enum SortOrder {
        /// Smallest first.
        Ascending = "asc" ["ascending"],
        /// Largest first.
        Descending = "desc" ["descending"],
    }
}

open_enum! {
    closed
    /// What kind of transaction a status is asked for (`txnstatus_request.txn_type`).
    pub enum TxnType {
        /// A search.
        Search = "search" ["on-search"],
        /// A subscription.
        Subscribe = "subscribe" ["subscibe", "on-subscribe"],
        /// The end of a subscription; crvs and fr only.
        Unsubscribe = "unsubscribe" ["on-unsubscribe"],
        /// A receipt; social and ibr only.
        Receipt = "receipt",
    }
}

open_enum! {
    closed
    /// By what a transaction is named in a status request (`txnstatus_request.attribute_type`).
    pub enum AttributeType {
        /// Its transaction id.
        TransactionId = "transaction_id",
        /// The reference ids of its items.
        ReferenceIdList = "reference_id_list",
        /// The correlation id of its acknowledgement.
        CorrelationId = "correlation_id",
        /// Subscription codes; crvs and fr only.
        SubscriptionCodeList = "subscription_code_list",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Json, Leniency, Rule, Wire as _, read};

    #[test]
    fn an_unlisted_code_survives_and_is_noted() {
        let (reason, deviations) = read::<SearchReason>(&Json::from("rjct.custom.ke"), Leniency::Content).unwrap();
        assert!(!reason.is_published());
        assert_eq!(reason.write(), Json::from("rjct.custom.ke"));
        assert_eq!(deviations[0].rule, Rule::UnlistedCode);
    }

    #[test]
    fn the_spellings_of_the_field_are_known() {
        for (seen, meant) in [("$gte", Operator::GreaterOrEqual), ("EQ", Operator::Equal), ("lt", Operator::Less)] {
            assert_eq!(read::<Operator>(&Json::from(seen), Leniency::Content).unwrap().0, meant);
        }
        assert_eq!(Status::from_spelling("success"), Some(Status::Succeeded));
    }
}
