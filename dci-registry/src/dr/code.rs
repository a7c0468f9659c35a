//! Code lists of the disability registry (`extensions/dr/v1/code` of the vocabulary). The wire value is the code; labels are read.

use dci_core::open_enum;

open_enum! {
    /// Whether a disability is recognised (`DisabilityStatusEnum`).
    pub enum DisabilityStatus {
        /// Recognised.
        Approved = "0" / "Approved",
        /// Not decided yet.
        Pending = "1" / "Pending",
        /// No longer recognised.
        Expired = "2" / "Expired",
    }
}

open_enum! {
    /// How much support a recognised disability asks for (`DisabilityLevelEnum`).
    pub enum DisabilityLevel {
        /// High support needs.
        HighSupportNeeds = "1" / "High Support Needs (sometimes called very severe or profound)" ["High Support Needs", "very severe", "profound"],
        /// Severe.
        Severe = "2" / "Severe",
        /// Moderate.
        Moderate = "3" / "Moderate",
        /// Mild.
        Mild = "4" / "Mild",
    }
}

open_enum! {
    /// What is impaired (`ImpairmentType`).
    pub enum ImpairmentType {
        /// Vision.
        Vision = "1" / "Vision",
        /// Hearing.
        Hearing = "2" / "Hearing",
        /// Mobility.
        Mobility = "3" / "Mobility" ["Physical and movement related functions"],
        /// Cognitive.
        Cognitive = "4" / "Cognitive",
        /// Speech.
        Speech = "5" / "Speech",
        /// Mental.
        Mental = "6" / "Mental",
    }
}

open_enum! {
    /// How severe an impairment is (`ImpairmentLevel`; the vocabulary gives its list the name of another one).
    pub enum ImpairmentLevel {
        /// Mild.
        Mild = "1" / "Mild",
        /// Moderate.
        Moderate = "2" / "Moderate",
        /// Severe.
        Severe = "3" / "Severe" ["Severe impairment or difficulty"],
        /// Extreme.
        Extreme = "4" / "Extreme",
    }
}

open_enum! {
    /// What caused an impairment (`ImpairmentCause`).
    pub enum ImpairmentCause {
        /// Birth congenital.
        Congenital = "0" / "Birth congenital",
        /// Birth complication.
        BirthComplication = "1" / "Birth complication",
        /// Illness.
        Illness = "2" / "Illness",
        /// Domestic accident.
        DomesticAccident = "3" / "Domestic accident",
        /// Road accident.
        RoadAccident = "4" / "Road accident",
        /// Work accident.
        WorkAccident = "5" / "Work accident",
        /// Violence.
        Violence = "6" / "Violence",
        /// Armed conflict.
        ArmedConflict = "7" / "Armed conflict",
        /// Ageing.
        Ageing = "8" / "Ageing",
    }
}

open_enum! {
    /// At what age an impairment began (`DisabilityOnSet`).
    pub enum AgeOnSet {
        /// Born With.
        BornWith = "0" / "Born With",
        /// Childhood.
        Childhood = "1" / "Childhood",
        /// Working age.
        WorkingAge = "2" / "Working age",
        /// Old age.
        OldAge = "3" / "Old age",
    }
}

open_enum! {
    /// What a person helps with (`HumanAssistanceType`).
    pub enum HumanAssistanceType {
        /// Basic Activity.
        BasicActivity = "basic_activity" / "Basic Activity",
        /// Mobility.
        Mobility = "mobility",
        /// Communication.
        Communication = "communication",
        /// Decision Making.
        DecisionMaking = "decision_making" / "Decision Making",
        /// Several of these.
        Multiple = "multiple",
    }
}

open_enum! {
    /// How often support is needed (`SupportFrequency`).
    pub enum SupportFrequency {
        /// Permanent.
        Permanent = "1" / "Permanent",
        /// Daily.
        Daily = "2" / "Daily",
        /// Weekly.
        Weekly = "3" / "Weekly",
        /// Occasional.
        Occasional = "4" / "Occasional",
        /// Not at all.
        None = "5" / "None",
    }
}

open_enum! {
    /// Whether support is there (`SupportStatusEnum`).
    pub enum SupportStatus {
        /// Needed, not received.
        Needed = "0" / "Needed" ["Required"],
        /// Received.
        Received = "1" / "Received",
    }
}

open_enum! {
    /// A technical aid (`AssistiveTechnologyEnum`).
    pub enum AssistiveTechnologyType {
        /// A wheelchair.
        Wheelchair = "1" / "Wheelchairs" ["Wheelchair"],
        /// A device that speaks.
        SpeechGeneratingDevice = "2" / "Speech-generating devices (SGDs)" ["Speech-generating device"],
        /// A hearing aid.
        HearingAid = "3" / "Hearing aids" ["Hearing aid"],
    }
}

open_enum! {
    /// Support for housing (`HousingSupportEnum`).
    pub enum HousingSupportType {
        /// Home Adaptation.
        HomeAdaptation = "home_adaptation" / "Home Adaptation",
        /// Relocation.
        Relocation = "relocation",
        /// Utility cost.
        UtilityCost = "utility_cost" / "Utility cost",
    }
}

open_enum! {
    /// Medical care (`MedicalCareEnum`).
    pub enum MedicalCareType {
        /// Maintenance medicine.
        MaintenanceMedicine = "maintenance_medicine" / "Maintenance medicine",
        /// Specialized habitation.
        SpecializedHabitation = "specialized_habitation" / "Specialized habitation",
        /// Constant healthcare.
        ConstantHealthcare = "constant_healthcare" / "Constant healthcare",
    }
}

open_enum! {
    /// An animal that assists (`AnimalAssistanceEnum`).
    pub enum AnimalAssistanceType {
        /// Service Dog.
        ServiceDog = "service_dog" / "Service Dog",
        /// Therapy Animal.
        TherapyAnimal = "therapy_animal" / "Therapy Animal",
        /// Other.
        Other = "other",
    }
}

open_enum! {
    /// How the person lives (`HousingType`).
    pub enum HousingType {
        /// Own home/rent.
        OwnHome = "1" / "Own home/rent",
        /// Living in relatives’ home.
        LivingWithRelatives = "2" / "Living in relatives’ home" ["Living in relatives' home"],
        /// Social housing.
        SocialHousing = "3" / "Social housing",
        /// Care institution.
        CareInstitution = "4" / "Care institution",
    }
}

open_enum! {
    /// What transport the person needs (`TransportRequirement`).
    pub enum TransportRequirement {
        /// Public transportation.
        Public = "0" / "Public transportation",
        /// Point to point transportation.
        PointToPoint = "1" / "Point to point transportation",
        /// A vehicle that can be adapted.
        AdaptableVehicle = "2" / "Adaptable vehical" ["Adaptable vehicle"],
    }
}
