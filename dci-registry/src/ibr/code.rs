//! Code lists of the integrated beneficiary registry (`extensions/ibr/v1/code` of the vocabulary). The wire value is the code; labels are read.

use dci_core::open_enum;

open_enum! {
    /// What a benefit is given as (`BenefitTypeEnum`).
    pub enum BenefitType {
        /// Cash.
        Cash = "1" / "Cash",
        /// Voucher.
        Voucher = "2" / "Voucher",
        /// In-kind.
        InKind = "3" / "In-kind",
        /// Training.
        Training = "4" / "Training",
        /// Work Opportunity.
        WorkOpportunity = "5" / "Work Opportunity",
        /// Insurance.
        Insurance = "6" / "Insurance",
    }
}

open_enum! {
    /// Who pays for a programme (`ContributionTypeEnum`).
    pub enum ContributionType {
        /// Contributory – mandatory.
        MandatoryContributory = "1" / "Contributory – mandatory" ["Contributory - mandatory"],
        /// Contributory – voluntary.
        VoluntaryContributory = "2" / "Contributory – voluntary" ["Contributory - voluntary"],
        /// Non-contributory.
        NonContributory = "3" / "Non-contributory",
    }
}

open_enum! {
    /// Where a beneficiary stands in a programme (`EnrollmentStatusEnum`). The code 3 means another thing in the
    /// employment service, see `ess::EnrolmentStatus`.
    pub enum EnrollmentStatus {
        /// Active.
        Active = "1" / "Active" ["Enrolled"],
        /// Deceased.
        Deceased = "2" / "Deceased",
        /// Graduated.
        Graduated = "3" / "Graduated",
        /// Suspended.
        Suspended = "4" / "Suspended",
    }
}

open_enum! {
    /// What kind of institution runs a programme (`InstitutionEnum`).
    pub enum InstitutionType {
        /// Public.
        Public = "1" / "Public",
        /// Private.
        Private = "2" / "Private",
        /// International Organization.
        InternationalOrganization = "3" / "International Organization",
        /// Non-governmental organisation.
        Ngo = "4" / "NGO",
        /// Civil society organisation.
        Cso = "5" / "CSO",
        /// Religious institution.
        ReligiousInstitution = "6" / "Religious institution",
        /// Philanthropy.
        Philanthropy = "7" / "Philanthropy",
        /// Other.
        Other = "8" / "Other",
    }
}

open_enum! {
    /// On what a programme rests (`LegalStatusEnum`).
    pub enum LegalStatus {
        /// Anchored in national legislation.
        Anchored = "1" / "Anchored in national legislation",
        /// Not anchored (charity, NGO etc).
        NotAnchored = "2" / "Not anchored (charity, NGO etc)",
        /// Not yet implemented.
        NotYetImplemented = "3" / "Not yet implemented",
    }
}

open_enum! {
    /// The type of a programme (`ProgrammeTypeEnum`). The published list names a fifteenth code without meaning.
    pub enum ProgrammeType {
        /// Unconditional cash transfers (poverty targeted).
        UnconditionalCashTransfer = "1" / "Unconditional cash transfers (poverty targeted)",
        /// Conditional cash transfers (poverty targeted).
        ConditionalCashTransfer = "2" / "Conditional cash transfers (poverty targeted)",
        /// Universal categorical.
        UniversalCategorical = "3" / "Universal categorical",
        /// Food and in-kind transfers.
        FoodAndInKind = "4" / "Food and in-kind transfers",
        /// School feeding.
        SchoolFeeding = "5" / "School feeding",
        /// Public works, workfare and direct job creation.
        PublicWorks = "6" / "Public works, workfare and direct job creation",
        /// Fee waivers and targeted subsidies.
        FeeWaiversAndSubsidies = "7" / "Fee waivers and targeted subsidies",
        /// Other social assistance.
        OtherSocialAssistance = "8" / "Other social assistance",
        /// Social insurance (maternity, health, unemployment).
        SocialInsurance = "9" / "Social insurance (maternity, health, unemployment)",
        /// Provident fund.
        ProvidentFund = "10" / "Provident fund",
        /// Occupational pension.
        OccupationalPension = "11" / "Occupational pension",
        /// Notional defined contribution.
        NotionalDefinedContribution = "12" / "Notional defined contribution",
        /// Employer liability.
        EmployerLiability = "13" / "Employer liability",
        /// Other employment-related.
        OtherEmploymentRelated = "14" / "Other employment-related",
        /// Listed without a meaning.
        Fifteen = "15",
    }
}

open_enum! {
    /// What a programme protects from (`SocialProtectionFunctionEnum`).
    pub enum SocialProtectionFunction {
        /// Old Age.
        OldAge = "1" / "Old Age",
        /// Invalidity / Disability Survivorships.
        InvalidityAndSurvivors = "2" / "Invalidity / Disability Survivorships",
        /// Sickness (in cash).
        Sickness = "3" / "Sickness (in cash)",
        /// Maternity / Paternity Children.
        MaternityAndPaternity = "4" / "Maternity / Paternity Children",
        /// Family.
        Family = "5" / "Family",
        /// Access to Education.
        Education = "6" / "Access to Education",
        /// Unemployment.
        Unemployment = "7" / "Unemployment",
        /// Employment Injury.
        EmploymentInjury = "8" / "Employment Injury",
        /// Healthcare.
        Healthcare = "9" / "Healthcare",
        /// Social Work Services.
        SocialWork = "10" / "Social Work Services",
        /// Public Works Programs.
        PublicWorks = "11" / "Public Works Programs",
        /// Housing Subsidies.
        Housing = "12" / "Housing Subsidies",
        /// Food and Nutrition.
        FoodAndNutrition = "13" / "Food and Nutrition",
        /// Social Assistance targeted at poverty reduction.
        PovertyReduction = "14" / "Social Assistance targeted at poverty reduction",
        /// Other support/assistance.
        Other = "15" / "Other support/assistance",
    }
}
