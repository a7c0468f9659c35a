//! Code lists of the core records (`core/v1/code` of the vocabulary). The wire value is the code; labels are read.

use crate::open_enum;

open_enum! {
    /// Sex as registered (`SexCategoryEnum`).
    pub enum Sex {
        /// Male.
        Male = "male" / "Male" ["m"],
        /// Female.
        Female = "female" / "Female" ["f"],
        /// Another.
        Other = "other" / "Others",
        /// Not known.
        Unknown = "unknown" / "Unknown",
    }
}

open_enum! {
    /// Marital status (`MaritalStatusEnum`).
    pub enum MaritalStatus {
        /// Never married.
        NeverMarried = "S" / "Never Married" ["single"],
        /// Married.
        Married = "M" / "Married",
        /// Widowed.
        Widowed = "W" / "Widow" ["widowed"],
        /// The marriage was annulled.
        Annulled = "A" / "Annulled",
        /// Divorced.
        Divorced = "D" / "Divorced",
        /// Legally separated.
        LegallySeparated = "L" / "Legally Separated",
        /// Not married now.
        Unmarried = "U" / "Unmarried",
    }
}

open_enum! {
    /// What kind of identifier (`IdentifierTypeEnum`). Countries add their own: they stay as they came.
    pub enum IdentifierType {
        /// Unique identification number.
        Uin = "UIN",
        /// Birth registration number.
        Brn = "BRN",
        /// Marriage registration number.
        Mrn = "MRN",
        /// Death registration number.
        Drn = "DRN",
    }
}

open_enum! {
    /// The unit a benefit is given to (`AssistanceUnitEnum`).
    pub enum AssistanceUnit {
        /// One person.
        Member = "1" / "Member (Person/Individual)" ["member", "individual"],
        /// A household.
        Household = "2" / "Household",
        /// A family.
        Family = "3" / "Family",
    }
}

open_enum! {
    /// Employment status (`EmploymentStatusEnum`).
    pub enum EmploymentStatus {
        /// Employed.
        Employed = "1" / "Employed",
        /// Not employed.
        NotEmployed = "2" / "Not Employed" ["unemployed"],
        /// Not known.
        Unknown = "3" / "Unknown",
        /// Employee in paid employment.
        Employee = "4" / "Paid employment: Employee",
        /// Self-employed with employees.
        Employer = "5" / "Self employment: Employers",
        /// Self-employed alone.
        OwnAccountWorker = "6" / "Self employment: Own-account workers",
        /// Member of a producers' cooperative.
        CooperativeMember = "7" / "Self employment: Members of producers’ cooperatives",
        /// Contributing family worker.
        ContributingFamilyWorker = "8" / "Self employment: Contributing family workers",
    }
}

open_enum! {
    /// Highest education (`EducationCodeEnum`, the levels of ISCED 2011).
    pub enum EducationLevel {
        /// Early childhood education.
        EarlyChildhood = "0" / "Early childhood education",
        /// Primary education.
        Primary = "1" / "Primary education" ["primary"],
        /// Lower secondary education.
        LowerSecondary = "2" / "Lower secondary education",
        /// Upper secondary education.
        UpperSecondary = "3" / "Upper secondary education" ["Highschool"],
        /// Post-secondary, not tertiary.
        PostSecondary = "4" / "Post-secondary non-tertiary education",
        /// Short-cycle tertiary education.
        ShortCycleTertiary = "5" / "Short-cycle tertiary education",
        /// Bachelor's or equivalent.
        Bachelor = "6" / "Bachelor's or equivalent" ["bachelor"],
        /// Master's or equivalent.
        Master = "7" / "Master's or equivalent" ["master"],
        /// Doctorate or equivalent.
        Doctorate = "8" / "Doctorate or equivalent" ["doctorate"],
    }
}

open_enum! {
    /// Occupation (`OccupationEnum`, the major groups of ISCO-08).
    pub enum Occupation {
        /// Armed forces.
        ArmedForces = "0" / "Armed forces occupation",
        /// Manager.
        Manager = "1" / "Manager",
        /// Professional.
        Professional = "2" / "Professional",
        /// Technician and associate professional.
        Technician = "3" / "Technician and associate professional",
        /// Clerical support worker.
        Clerical = "4" / "Clerical support worker",
        /// Service and sales worker.
        ServiceAndSales = "5" / "Service and sales worker",
        /// Skilled worker in agriculture, forestry or fishery.
        Agricultural = "6" / "Skilled agricultural, forestry and fishery worker" ["Skilled Agricultural, Forestery and Fishery Worker"],
        /// Craft and related trades worker.
        Craft = "7" / "Craft and related trades worker",
        /// Plant and machine operator, and assembler.
        MachineOperator = "8" / "Plant and machine operator, and assembler" ["Plant and Machine Operator and Assembler"],
        /// Elementary occupation.
        Elementary = "9" / "Elementary occupation",
    }
}

open_enum! {
    /// Income level (`IncomeLevelEnum`). The list has one entry so far; countries use their own.
    pub enum IncomeLevel {
        /// Level 1.
        One = "1",
    }
}

open_enum! {
    /// Kind of disability (`DisabilityTypeEnum`, the Washington Group short set).
    pub enum DisabilityType {
        /// Vision.
        Vision = "VIS_SS" / "Vision",
        /// Hearing.
        Hearing = "HEAR_SS" / "Hearing",
        /// Mobility.
        Mobility = "MOB_SS" / "Mobility",
        /// Remembering and concentrating.
        Cognition = "COG_SS" / "COGNITION (REMEMBERING)" ["Cognition"],
        /// Self-care.
        SelfCare = "SC_SS" / "Self care",
        /// Communication.
        Communication = "COM_SS" / "Communication",
    }
}

open_enum! {
    /// Domain of a functional limitation (`FunctionalLimitationType`).
    pub enum FunctionalLimitation {
        /// Vision.
        Vision = "VIS_SS" / "Vision",
        /// Hearing.
        Hearing = "HEAR_SS" / "Hearing",
        /// Mobility.
        Mobility = "MOB_SS" / "Mobility",
        /// Remembering and concentrating.
        Cognition = "COG_SS" / "COGNITION (REMEMBERING)" ["Cognition"],
        /// Self-care.
        SelfCare = "SC_SS" / "Self care",
        /// Communication.
        Communication = "COM_SS" / "Communication",
    }
}

open_enum! {
    /// How severe a limitation is (`FunctionalSeverityEnum`).
    pub enum FunctionalSeverity {
        /// No difficulty.
        None = "1" / "No difficulty",
        /// Some difficulty.
        Some = "2" / "Some difficulty",
        /// A lot of difficulty.
        ALot = "3" / "A lot difficulty" ["A lot of difficulty"],
        /// Cannot do it at all.
        Cannot = "4" / "Cannot do it at all",
    }
}
