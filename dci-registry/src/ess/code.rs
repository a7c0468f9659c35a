//! Code lists of the employment service (`extensions/ess/v1/code` of the vocabulary). The wire value is the code; labels are read.

use dci_core::open_enum;

open_enum! {
    /// How somebody is employed (`EmploymentType`).
    pub enum EmploymentType {
        /// Permanent.
        Permanent = "1" / "Permanent",
        /// Fixed-term.
        FixedTerm = "2" / "Fixed-term",
        /// Casual.
        Casual = "3" / "Casual",
        /// Seasonal.
        Seasonal = "4" / "Seasonal",
        /// Paid apprentices, trainees and interns.
        PaidApprentice = "5" / "Paid apprentices, trainees and interns",
    }
}

open_enum! {
    /// Where somebody stands in a service (`EnrolmentStatus`). The code 3 means another thing in the integrated
    /// beneficiary registry, see `ibr::EnrollmentStatus`.
    pub enum EnrolmentStatus {
        /// Active.
        Active = "1" / "Active",
        /// Deceased.
        Deceased = "2" / "Deceased",
        /// Exited.
        Exited = "3" / "Exited",
        /// Suspended.
        Suspended = "4" / "Suspended",
        /// Inactive.
        Inactive = "5" / "Inactive",
        /// Reinstated.
        Reinstated = "6" / "Reinstated",
        /// Awaiting Renewal.
        AwaitingRenewal = "7" / "Awaiting Renewal",
    }
}

open_enum! {
    /// Why somebody is without work (`UnemploymentReason`).
    pub enum UnemploymentReason {
        /// Dismissed or made redundant.
        Dismissed = "1" / "Dismissed or made redundant",
        /// A job of limited duration has ended.
        JobEnded = "2" / "A job of limited duration has ended",
        /// Personal or family responsibilities.
        PersonalOrFamily = "3" / "Personal or family responsibilities",
        /// Own illness or disability.
        IllnessOrDisability = "4" / "Own illness or disability",
        /// Education or training.
        EducationOrTraining = "5" / "Education or training",
        /// Retirement.
        Retirement = "6" / "Retirement",
        /// Military or community service.
        MilitaryOrCommunityService = "7" / "Military or community service",
        /// Other reasons.
        Other = "8" / "Other reasons",
    }
}
