//! Which type of ours each file of the vocabulary is.

use dci_core::ack::{AckBody, Error};
use dci_core::action::Registry;
use dci_core::code::{
    AckStatus, AssistanceUnit, AttributeType, Code, Condition, DisabilityType, EducationLevel, EmploymentStatus,
    ErrorCode, FunctionalLimitation, FunctionalSeverity, HeaderReason, IdentifierType, IncomeLevel, MaritalStatus,
    Occupation, Operator, QueryType, Relationship, Sex, SortOrder, Status,
};
use dci_core::header::{CallbackHeader, RequestHeader};
use dci_core::message::{AttributeValue, EventFrequency};
use dci_core::query::{Comparison, Consent, IdTypeValue, PageInfo, Pagination, Predicate, Purpose, Sort};
use dci_core::record::{
    Address, Bounds, DisabilityInfo, GeoCoordinates, GeoLocation, GeoShape, Geometry, Group, Identifier, Member, Name,
    Person, Place, PlusCode, RelatedPerson,
};
use dci_core::schema::of;
use dci_crvs::{Civil, CivilPerson, VitalEvent};
use dci_registry::dr::{self, DisabledPerson, Dr};
use dci_registry::ess::{self, EmploymentInfo, EmploymentMember, Ess};
use dci_registry::fr::{self, Farmer, Fr};
use dci_registry::ibr::{self, Beneficiary, Benefit, BenefitFrequency, Ibr, Programme};
use dci_registry::social::Social;
use serde_json::Value;

/// What a file of the vocabulary is for us.
pub(crate) enum Subject {
    /// The members of these types.
    Class(&'static [fn() -> Value]),
    /// The codes of a list.
    Codes(fn(&str) -> bool),
    /// Members and codes in one file.
    Both(&'static [fn() -> Value], fn(&str) -> bool),
    /// Something without properties and codes, for this reason.
    Nothing(#[allow(dead_code)] &'static str),
    /// Not a thing of a registry's records.
    Elsewhere(#[allow(dead_code)] &'static str),
}

use Subject::{Both, Class, Codes, Elsewhere, Nothing};

fn knows<C: Code>(text: &str) -> bool {
    C::of(text).is_listed()
}

fn registry_type(text: &str) -> bool {
    let types = [Social::REG_TYPE, Civil::REG_TYPE, Ibr::REG_TYPE, Dr::REG_TYPE, Fr::REG_TYPE, Ess::REG_TYPE];
    types.iter().any(|name| name.rsplit(':').next() == Some(text))
}

fn record_type(text: &str) -> bool {
    let types = [Social::RECORD_TYPE, Civil::RECORD_TYPE, Ibr::RECORD_TYPE, Dr::RECORD_TYPE, Fr::RECORD_TYPE];
    types.iter().any(|name| name.rsplit(':').next() == Some(text))
}

const EXTENDS: &str = "only says what it extends";
const SCALAR: &str = "a scalar";
const LIST: &str = "a list of another class";
const COMPOSED: &str = "the class is composed of the classes it names, without a property of its own";
const IDENTITY: &str = "the identity interface, which is no registry of this crate";
const PROFILE: &str = "a national profile: its members are read and kept as unknown members";

/// Every file, but the copies of `core/v1` in `common/v1`.
pub(crate) const TABLE: &[(&str, Subject)] = &[
    ("core/v1/data/AdditionalInfo", Nothing("open: any members")),
    ("core/v1/data/Address", Class(&[of::<Address>])),
    ("core/v1/data/DateTime", Nothing(SCALAR)),
    ("core/v1/data/DisabilityInfo", Class(&[of::<DisabilityInfo>])),
    ("core/v1/data/GeoLocation", Class(&[of::<GeoLocation>, of::<PlusCode>, of::<Geometry>, of::<Bounds>])),
    ("core/v1/data/GeoShape", Class(&[of::<GeoShape>])),
    ("core/v1/data/Geocoordinates", Class(&[of::<GeoCoordinates>])),
    ("core/v1/data/Group", Class(&[of::<Group>])),
    ("core/v1/data/Identifier", Class(&[of::<Identifier>])),
    ("core/v1/data/Member", Class(&[of::<Member>])),
    ("core/v1/data/Name", Class(&[of::<Name>])),
    ("core/v1/data/Person", Class(&[of::<Person>])),
    ("core/v1/data/Place", Class(&[of::<Place>])),
    ("core/v1/data/RelatedPerson", Class(&[of::<RelatedPerson>])),
    ("core/v1/code/AssistanceUnit", Codes(knows::<AssistanceUnit>)),
    ("core/v1/code/DisabilityTypeEnum", Codes(knows::<DisabilityType>)),
    ("core/v1/code/EducationCode", Codes(knows::<EducationLevel>)),
    ("core/v1/code/EmploymentStatusEnum", Codes(knows::<EmploymentStatus>)),
    ("core/v1/code/FunctionalLimitationType", Codes(knows::<FunctionalLimitation>)),
    ("core/v1/code/FunctionalSeverityEnum", Codes(knows::<FunctionalSeverity>)),
    ("core/v1/code/IdentifierTypeEnum", Codes(knows::<IdentifierType>)),
    ("core/v1/code/IncomeLevelEnum", Codes(knows::<IncomeLevel>)),
    ("core/v1/code/LanguageCodeEnum", Elsewhere("a placeholder: languages are ISO 639 codes, kept as text")),
    ("core/v1/code/MaritalStatusEnum", Codes(knows::<MaritalStatus>)),
    ("core/v1/code/OccupationEnum", Codes(knows::<Occupation>)),
    ("core/v1/code/RelationshipTypeEnum", Codes(knows::<Relationship>)),
    ("core/v1/code/SexCategoryEnum", Codes(knows::<Sex>)),
    ("core/v1/api-schemas/Ack", Codes(knows::<AckStatus>)),
    ("core/v1/api-schemas/AttributeNameValue", Class(&[of::<AttributeValue>])),
    ("core/v1/api-schemas/AttributeNameValueList", Nothing(LIST)),
    ("core/v1/api-schemas/AttributeValueEnum", Codes(knows::<AttributeType>)),
    ("core/v1/api-schemas/Authorize", Class(&[of::<Consent>, of::<Purpose>])),
    ("core/v1/api-schemas/Consent", Class(&[of::<Consent>, of::<Purpose>])),
    ("core/v1/api-schemas/CorrelationId", Nothing(SCALAR)),
    ("core/v1/api-schemas/EncryptedHeader", Elsewhere("read by dci_core::encryption, which has tests of its own")),
    ("core/v1/api-schemas/EncryptedMessage", Elsewhere("read by dci_core::encryption, which has tests of its own")),
    ("core/v1/api-schemas/Error", Both(&[of::<Error>, of::<AckBody>], knows::<ErrorCode>)),
    ("core/v1/api-schemas/EventFrequency", Class(&[of::<EventFrequency>])),
    ("core/v1/api-schemas/ExpCondition", Codes(knows::<Condition>)),
    ("core/v1/api-schemas/ExpOperator", Codes(knows::<Operator>)),
    ("core/v1/api-schemas/ExpPredicate", Class(&[of::<Comparison>])),
    ("core/v1/api-schemas/ExpPredicateList", Nothing(LIST)),
    ("core/v1/api-schemas/ExpPredicateWithCondition", Class(&[of::<Predicate>])),
    ("core/v1/api-schemas/ExpPredicateWithConditionList", Nothing(LIST)),
    ("core/v1/api-schemas/IdType", Class(&[of::<IdTypeValue>])),
    ("core/v1/api-schemas/IdentifierTypeValue", Class(&[of::<IdTypeValue>])),
    ("core/v1/api-schemas/LatLong", Class(&[of::<GeoCoordinates>])),
    ("core/v1/api-schemas/Meta", Nothing("open: any members")),
    ("core/v1/api-schemas/MsgCallbackHeader", Class(&[of::<CallbackHeader>])),
    ("core/v1/api-schemas/MsgHeader", Class(&[of::<RequestHeader>])),
    ("core/v1/api-schemas/MsgHeaderStatusReasonCode", Codes(knows::<HeaderReason>)),
    ("core/v1/api-schemas/MsgSignature", Nothing(SCALAR)),
    ("core/v1/api-schemas/Pagination", Class(&[of::<PageInfo>])),
    ("core/v1/api-schemas/PaginationRequest", Class(&[of::<Pagination>])),
    ("core/v1/api-schemas/QueryAttributes", Class(&[of::<Comparison>])),
    ("core/v1/api-schemas/QueryExpression", Codes(knows::<QueryType>)),
    ("core/v1/api-schemas/QueryTypeEnum", Codes(knows::<QueryType>)),
    ("core/v1/api-schemas/ReferenceId", Nothing(SCALAR)),
    ("core/v1/api-schemas/ReferenceIdList", Nothing(LIST)),
    ("core/v1/api-schemas/RegistryEventTypeEnum", Codes(knows::<VitalEvent>)),
    ("core/v1/api-schemas/RegistryRecordType", Codes(record_type)),
    ("core/v1/api-schemas/RegistryType", Codes(registry_type)),
    ("core/v1/api-schemas/RequestStatus", Codes(knows::<Status>)),
    ("core/v1/api-schemas/SearchSort", Both(&[of::<Sort>], knows::<SortOrder>)),
    ("core/v1/api-schemas/SearchSortList", Nothing(LIST)),
    ("common/v1/Currency", Nothing("ISO 4217, kept as text")),
    ("common/v1/IdentifierTypeValue", Class(&[of::<IdTypeValue>])),
    ("common/v1/NationalityEnum", Elsewhere("a placeholder of three countries that no class uses")),
    ("extensions/crvs/v1/code/VitalEventTypeEnum", Codes(knows::<VitalEvent>)),
    ("extensions/crvs/v1/data/CRVSPerson", Class(&[of::<CivilPerson>])),
    ("extensions/dr/v1/code/AnimalAssistanceEnum", Codes(knows::<dr::AnimalAssistanceType>)),
    ("extensions/dr/v1/code/AssistiveTechnologyEnum", Codes(knows::<dr::AssistiveTechnologyType>)),
    ("extensions/dr/v1/code/DisabilityLevelEnum", Codes(knows::<dr::DisabilityLevel>)),
    ("extensions/dr/v1/code/DisabilityOnSet", Codes(knows::<dr::AgeOnSet>)),
    ("extensions/dr/v1/code/DisabilityStatusEnum", Codes(knows::<dr::DisabilityStatus>)),
    ("extensions/dr/v1/code/HousingSupportEnum", Codes(knows::<dr::HousingSupportType>)),
    ("extensions/dr/v1/code/HousingType", Codes(knows::<dr::HousingType>)),
    ("extensions/dr/v1/code/HumanAssistanceType", Codes(knows::<dr::HumanAssistanceType>)),
    ("extensions/dr/v1/code/ImpairementType", Codes(knows::<dr::ImpairmentType>)),
    ("extensions/dr/v1/code/ImpairmentCause", Codes(knows::<dr::ImpairmentCause>)),
    ("extensions/dr/v1/code/ImpairmentLevel", Codes(knows::<dr::ImpairmentLevel>)),
    ("extensions/dr/v1/code/MedicalCareEnum", Codes(knows::<dr::MedicalCareType>)),
    ("extensions/dr/v1/code/SupportFrequency", Codes(knows::<dr::SupportFrequency>)),
    ("extensions/dr/v1/code/SupportStatusEnum", Codes(knows::<dr::SupportStatus>)),
    ("extensions/dr/v1/code/TransportRequirement", Codes(knows::<dr::TransportRequirement>)),
    ("extensions/dr/v1/data/AnimalAssistance", Class(&[of::<dr::AnimalAssistance>])),
    ("extensions/dr/v1/data/AssistiveTechnology", Class(&[of::<dr::AssistiveTechnology>])),
    ("extensions/dr/v1/data/DRPerson", Nothing(EXTENDS)),
    ("extensions/dr/v1/data/DisabilityDetails", Class(&[of::<dr::DisabilityDetails>])),
    ("extensions/dr/v1/data/DisabilitySupport", Class(&[of::<dr::DisabilitySupport>])),
    ("extensions/dr/v1/data/Group", Class(&[of::<Group>])),
    ("extensions/dr/v1/data/HousingSupport", Class(&[of::<dr::HousingSupport>])),
    ("extensions/dr/v1/data/HumanAssistance", Class(&[of::<dr::HumanAssistance>])),
    ("extensions/dr/v1/data/MedicalCare", Class(&[of::<dr::MedicalCare>])),
    ("extensions/dr/v1/data/Member", Class(&[of::<Member>])),
    ("extensions/dr/v1/data/PWDPerson", Class(&[of::<DisabledPerson>])),
    ("extensions/ess/v1/code/EmploymentType", Codes(knows::<ess::EmploymentType>)),
    ("extensions/ess/v1/code/EnrolmentStatus", Codes(knows::<ess::EnrolmentStatus>)),
    ("extensions/ess/v1/code/UnemploymentReason", Codes(knows::<ess::UnemploymentReason>)),
    ("extensions/ess/v1/data/Beneficiary", Nothing(COMPOSED)),
    ("extensions/ess/v1/data/ESSPerson", Nothing(EXTENDS)),
    ("extensions/ess/v1/data/EmploymentInfo", Class(&[of::<EmploymentInfo>])),
    ("extensions/ess/v1/data/Group", Class(&[of::<Group>])),
    ("extensions/ess/v1/data/Member", Class(&[of::<EmploymentMember>])),
    ("extensions/ess/v1/data/Programme", Nothing(COMPOSED)),
    ("extensions/fr/v1/code/AgriSupportActivityEnum", Codes(knows::<fr::AgriculturalSupport>)),
    ("extensions/fr/v1/code/AnimalsEnum", Codes(knows::<fr::AnimalType>)),
    ("extensions/fr/v1/code/AquaCultureEnum", Codes(knows::<fr::Aquaculture>)),
    ("extensions/fr/v1/code/AquaSupportActivityEnum", Codes(knows::<fr::AquacultureSupport>)),
    ("extensions/fr/v1/code/CropActivityEnum", Codes(knows::<fr::CropActivity>)),
    ("extensions/fr/v1/code/CropEnduseEnum", Codes(knows::<fr::CropEndUse>)),
    ("extensions/fr/v1/code/CropTypeEnum", Codes(knows::<fr::CropType>)),
    ("extensions/fr/v1/code/EquipmentSource", Codes(knows::<fr::EquipmentSource>)),
    ("extensions/fr/v1/code/FarmTypeEnum", Codes(knows::<fr::FarmType>)),
    ("extensions/fr/v1/code/FertilizerTypeEnum", Codes(knows::<fr::FertilizerType>)),
    ("extensions/fr/v1/code/ForestActivityEnum", Codes(knows::<fr::ForestActivity>)),
    ("extensions/fr/v1/code/IrrigationWaterEnum", Codes(knows::<fr::IrrigationWater>)),
    ("extensions/fr/v1/code/LandTenureEnum", Codes(knows::<fr::LandTenure>)),
    ("extensions/fr/v1/code/LivestockSystemEnum", Codes(knows::<fr::LivestockSystem>)),
    ("extensions/fr/v1/code/MachineriesEnum", Codes(knows::<fr::MachineryType>)),
    ("extensions/fr/v1/code/MeasurmentUnitEnum", Codes(knows::<fr::MeasurementUnit>)),
    ("extensions/fr/v1/data/CropDetails", Class(&[of::<fr::CropDetails>])),
    ("extensions/fr/v1/data/FRPerson", Nothing(EXTENDS)),
    ("extensions/fr/v1/data/FarmInfo", Class(&[of::<fr::FarmInfo>])),
    ("extensions/fr/v1/data/Farmer", Class(&[of::<Farmer>])),
    ("extensions/fr/v1/data/FarmingActivities", Class(&[of::<fr::FarmingActivities>])),
    ("extensions/fr/v1/data/Group", Class(&[of::<Group>])),
    ("extensions/fr/v1/data/LivestockDetails", Class(&[of::<fr::LivestockDetails>])),
    ("extensions/fr/v1/data/Machineries", Class(&[of::<fr::Machineries>])),
    ("extensions/fr/v1/data/Member", Class(&[of::<Member>])),
    ("extensions/ibr/v1/code/BenefitFrequency", Class(&[of::<BenefitFrequency>])),
    ("extensions/ibr/v1/code/BenefitTypeEnum", Codes(knows::<ibr::BenefitType>)),
    ("extensions/ibr/v1/code/ContributionTypeEnum", Codes(knows::<ibr::ContributionType>)),
    ("extensions/ibr/v1/code/EnrollmentStatusEnum", Codes(knows::<ibr::EnrollmentStatus>)),
    ("extensions/ibr/v1/code/InstitutionEnum", Codes(knows::<ibr::InstitutionType>)),
    ("extensions/ibr/v1/code/LegalStatusEnum", Codes(knows::<ibr::LegalStatus>)),
    ("extensions/ibr/v1/code/ProgrammeTypeEnum", Codes(knows::<ibr::ProgrammeType>)),
    ("extensions/ibr/v1/code/SocialProtectionFunctionEnum", Codes(knows::<ibr::SocialProtectionFunction>)),
    ("extensions/ibr/v1/data/Beneficiary", Class(&[of::<Beneficiary>])),
    ("extensions/ibr/v1/data/Benefit", Class(&[of::<Benefit>])),
    ("extensions/ibr/v1/data/Group", Class(&[of::<Group>])),
    ("extensions/ibr/v1/data/IBRPerson", Nothing(EXTENDS)),
    ("extensions/ibr/v1/data/Member", Class(&[of::<Member>])),
    ("extensions/ibr/v1/data/Programme", Class(&[of::<Programme>])),
    ("extensions/id/v1/code/TypeEnum", Elsewhere(IDENTITY)),
    ("extensions/id/v1/data/BiometricData", Elsewhere(IDENTITY)),
    ("extensions/id/v1/data/IDPerson", Elsewhere(IDENTITY)),
    ("extensions/social/v1/data/Group", Class(&[of::<Group>])),
    ("extensions/social/v1/data/Member", Class(&[of::<Member>])),
    ("extensions/social/v1/data/SRPerson", Nothing(EXTENDS)),
    ("profiles/peru/sr/Address", Elsewhere(PROFILE)),
    ("profiles/peru/sr/Group", Elsewhere(PROFILE)),
    ("profiles/peru/sr/Member", Elsewhere(PROFILE)),
];

const SHARED_CODE: &str = "its code is published with two meanings, so the label stays as it came";
const TITLE: &str = "the title of a class and no spelling of a code";
const ATTRIBUTE_TYPE: &str = "the type of a value, which JSON says by itself";

/// What has no place of its own: file, property or code or label, reason.
pub(crate) const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("extensions/fr/v1/code/LandTenureEnum", "Owner", SHARED_CODE),
    ("extensions/fr/v1/code/LandTenureEnum", "Non-legal ownership/Squatting illegally on land", SHARED_CODE),
    (
        "extensions/fr/v1/code/EquipmentSource",
        "Provided by other private holders (excluding cooperatives)",
        SHARED_CODE,
    ),
    ("extensions/fr/v1/code/EquipmentSource", "Provided by a government agency", SHARED_CODE),
    (
        "core/v1/data/DisabilityInfo",
        "disability_limitation_type",
        "read; written as functional_limitation_type, as the OpenAPI documents have it",
    ),
    (
        "core/v1/api-schemas/RegistryRecordType",
        "Group",
        "a group is a kind of social record, asked for as an entity of the criteria",
    ),
    ("core/v1/api-schemas/RegistryRecordType", "Group information", TITLE),
    ("core/v1/api-schemas/RegistryRecordType", "Person information", TITLE),
    ("core/v1/api-schemas/RegistryRecordType", "Member information", TITLE),
    ("core/v1/api-schemas/RegistryRecordType", "Disabled Person information", TITLE),
    ("core/v1/api-schemas/RegistryType", "unknown", "a registry that does not say what it is cannot be called"),
    ("core/v1/api-schemas/AttributeValueEnum", "string", ATTRIBUTE_TYPE),
    ("core/v1/api-schemas/AttributeValueEnum", "integer", ATTRIBUTE_TYPE),
    ("core/v1/api-schemas/AttributeValueEnum", "boolean", ATTRIBUTE_TYPE),
    ("core/v1/api-schemas/AttributeNameValue", "name", "in a status request the name is called attribute_type"),
    ("core/v1/api-schemas/AttributeNameValue", "value", "in a status request the value is called attribute_value"),
    (
        "common/v1/FunctionalLimitationType",
        "d132",
        "a draft; the newer list has other codes, and this one is kept as it came",
    ),
    (
        "common/v1/FunctionalLimitationType",
        "b1440",
        "a draft; the newer list has other codes, and this one is kept as it came",
    ),
    ("common/v1/FunctionalLimitationType", "Acquiring language", "a label of that draft"),
    ("common/v1/FunctionalLimitationType", "Short-term memory", "a label of that draft"),
];
