//! The code lists of the protocol (registry standard, "Protocol enums") and of the core records.

mod open;
mod protocol;
mod record;
mod relationship;

pub use open::{Code, Unlisted};
pub use protocol::{
    AckStatus, AttributeType, Condition, ErrorCode, HeaderReason, Operator, QueryType, SearchReason, SortOrder, Status,
    SubscribeReason, SubscriptionStatus, TxnType, UnsubscribeReason,
};
pub use record::{
    AssistanceUnit, DisabilityType, EducationLevel, EmploymentStatus, FunctionalLimitation, FunctionalSeverity,
    IdentifierType, IncomeLevel, MaritalStatus, Occupation, Sex,
};
pub use relationship::Relationship;
