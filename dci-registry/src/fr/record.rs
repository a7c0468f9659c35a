//! Farmers, their land, and what they do with it (`extensions/fr/v1/data` of the vocabulary).

use super::code::{
    AgriculturalSupport, AnimalType, Aquaculture, AquacultureSupport, CropActivity, CropEndUse, CropType,
    EquipmentSource, FarmType, FertilizerType, ForestActivity, IrrigationWater, LandTenure, LivestockSystem,
    MachineryType, MeasurementUnit,
};
use dci_core::record::{Group, Member, Place};
use dci_core::time::RecordDate;
use dci_core::wire::{Few, Json, Number};
use dci_core::wire_struct;

wire_struct! {
    personal
    /// A farmer (`Farmer_Person`).
    pub struct Farmer {
        /// JSON-LD context, as it came.
        pub at_context: Option<Json>,
        /// JSON-LD id.
        pub at_id: Option<String>,
        /// JSON-LD type.
        pub at_type: Option<String>,
        /// Who it is.
        pub farmer_personal_details: Option<Member> [also "famer_personal_details"],
        /// The family.
        pub family_details: Option<Group>,
        /// The size and purpose of the farm.
        pub farm_type: Option<FarmType> [also "farmer_type"],
        /// The land.
        pub farm_details: Vec<FarmInfo> [also "land_details"],
        /// The machines.
        pub machineries_details: Vec<Machineries>,
        /// When the record was made.
        pub registration_date: Option<RecordDate>,
        /// When the record was changed last.
        pub last_updated: Option<RecordDate> [also "last_update"],
    } stands alone_in_status;
}

wire_struct! {
    personal
    /// One piece of land and what is done on it (`FarmInfo`).
    pub struct FarmInfo {
        /// Where it lies.
        pub location: Option<Place> [also "place"],
        /// By what right it is used.
        pub land_tenure: Option<LandTenure> [also "land_ownership"],
        /// How large it is.
        pub land_size: Option<Number>,
        /// In which unit. The vocabulary spells the name so.
        pub measurment: Option<MeasurementUnit> [also "measurement", "unit"],
        /// What is done on it.
        pub farming_activities: Few<FarmingActivities>,
        /// When the record was made.
        pub registration_date: Option<RecordDate>,
        /// When the record was changed last.
        pub last_updated: Option<RecordDate> [also "last_update"],
    }
}

wire_struct! {
    personal
    /// What is grown and kept (`Farming_Activities`).
    pub struct FarmingActivities {
        /// Crops.
        pub crop_production: Vec<CropDetails> [also "crop_details"],
        /// Animals.
        pub animal_production: Vec<LivestockDetails> [also "animal_details"],
        /// Whether crops and animals are kept together.
        pub mixed_farming: Option<bool>,
        /// Support of agriculture.
        pub agri_support_activities: Vec<AgriculturalSupport>,
        /// Fish and other life in water.
        pub aquaculture: Vec<Aquaculture> [also "aqua_culture", "aqua_farming"],
        /// Support of aquaculture.
        pub aqua_support_activities: Option<AquacultureSupport>,
        /// Trees.
        pub agroforestry: Vec<ForestActivity>,
        /// When the record was made.
        pub registration_date: Option<RecordDate>,
        /// When the record was changed last.
        pub last_updated: Option<RecordDate> [also "last_update"],
    }
}

wire_struct! {
    personal
    /// A crop (`CropDetails`).
    pub struct CropDetails {
        /// The group it belongs to.
        pub activity_group: Option<CropActivity>,
        /// What it is.
        pub crop_type_name: Option<CropType> [also "crop_type"],
        /// The variety.
        pub variety: Option<String>,
        /// The season.
        pub season: Option<String>,
        /// What it is for.
        pub end_use: Few<CropEndUse>,
        /// Whether it is irrigated.
        pub irrigation: Option<bool>,
        /// Where the water comes from.
        pub irrigation_water: Vec<IrrigationWater>,
        /// The fertilizers.
        pub fertilizer_type: Vec<FertilizerType>,
        /// When the record was made.
        pub registration_date: Option<RecordDate>,
        /// When the record was changed last.
        pub last_updated: Option<RecordDate> [also "last_update"],
    }
}

wire_struct! {
    personal
    /// Animals of one kind (`LivestockDetails`).
    pub struct LivestockDetails {
        /// The animals.
        pub kind: Option<AnimalType>,
        /// How many.
        pub count: Option<u64>,
        /// How they are kept.
        pub livestock_system: Option<LivestockSystem>,
        /// When the record was made.
        pub registration_date: Option<RecordDate>,
        /// When the record was changed last.
        pub last_updated: Option<RecordDate> [also "last_update"],
    }
}

wire_struct! {
    personal
    /// Machines of one kind (`Machineries`).
    pub struct Machineries {
        /// The machines.
        pub kind: Option<MachineryType>,
        /// How many.
        pub count: Option<u64>,
        /// Whose they are. The vocabulary calls this `type` a second time; the published examples have this name.
        pub equipement_source: Option<EquipmentSource> [also "equipment_source"],
        /// When the record was made.
        pub registration_date: Option<RecordDate>,
        /// When the record was changed last.
        pub last_updated: Option<RecordDate> [also "last_update"],
    }
}
