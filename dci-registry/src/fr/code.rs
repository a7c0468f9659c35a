//! Code lists of the farmer registry (`extensions/fr/v1/code` of the vocabulary). The wire value is the code; labels are read.

use dci_core::open_enum;

// Activity codes start with zeros that belong to them: they are text and never numbers.

open_enum! {
    /// The size and purpose of a farm (`FarmTypeEnum`).
    pub enum FarmType {
        /// Small subsistence-oriented farms.
        SmallSubsistence = "1" / "Small subsistence-oriented farms",
        /// Small semi-subsistence or part-commercial farms.
        SmallSemiSubsistence = "2" / "Small semi-subsistence or part-commercial farms",
        /// Small independent specialized farms.
        SmallIndependentSpecialized = "3" / "Small independent specialized farms",
        /// Small dependent specialized farms.
        SmallDependentSpecialized = "4" / "Small dependent specialized farms",
        /// Large commercial farms.
        LargeCommercial = "5" / "Large commercial farms",
        /// Commercial estates.
        CommercialEstate = "6" / "Commercial estates",
    }
}

open_enum! {
    /// By what right land is used (`LandTenureEnum`). The published list gives two meanings to code 1 and none to code 7; a
    /// label of those two is kept as it came, so that an owner and a squatter stay apart.
    pub enum LandTenure {
        /// Owned, or used without right: published with both meanings.
        OwnedOrUsedWithoutRight = "1",
        /// Leased (Rented from someone else).
        Leased = "2" / "Leased (Rented from someone else)" ["Leased"],
        /// Adverse possession or prescription.
        AdversePossession = "3" / "Adverse possession or prescription",
        /// Sharecropping.
        Sharecropping = "4" / "Sharecropping",
        /// Inheritance.
        Inheritance = "5" / "Inheritance",
        /// Holdings without land.
        WithoutLand = "6" / "Holdings without land",
        /// Listed without a meaning.
        Seven = "7",
    }
}

open_enum! {
    /// The unit of an area (`MeasurmentUnitEnum`).
    pub enum MeasurementUnit {
        /// H.
        Hectare = "0" / "H" ["Hectare", "ha"],
        /// AC.
        Acre = "1" / "AC" ["Acre"],
        /// SQM.
        SquareMetre = "2" / "SQM" ["Square metre"],
        /// SQKM.
        SquareKilometre = "3" / "SQKM" ["Square kilometre"],
        /// SQF.
        SquareFoot = "4" / "SQF" ["Square foot"],
        /// SQY.
        SquareYard = "5" / "SQY" ["Square yard"],
        /// DU.
        Dunam = "6" / "DU" ["Dunam"],
    }
}

open_enum! {
    /// The group a crop belongs to (`CropActivityEnum`, of ISIC).
    pub enum CropActivity {
        /// Non-perennial crops.
        NonPerennial = "011" / "Non-perennial crops",
        /// Perennial crops.
        Perennial = "012" / "Perennial crops",
        /// Plant propagation.
        PlantPropagation = "013" / "Plant propagation",
    }
}

open_enum! {
    /// What is grown (`CropTypeEnum`, the groups of the indicative crop classification).
    pub enum CropType {
        /// Cereals.
        Cereals = "1" / "Cereals",
        /// Vegetables and melons.
        VegetablesAndMelons = "2" / "Vegetables and melons",
        /// Fruit and nuts.
        FruitAndNuts = "3" / "Fruit and nuts",
        /// Oilseed crops and oleaginous fruits.
        Oilseeds = "4" / "Oilseed crops and oleaginous fruits",
        /// Root/tuber crops with high starch or inulin content.
        RootsAndTubers = "5" / "Root/tuber crops with high starch or inulin content",
        /// Stimulant, spice and aromatic crops.
        StimulantsAndSpices = "6" / "Stimulant, spice and aromatic crops",
        /// Leguminous crops.
        Leguminous = "7" / "Leguminous crops",
        /// Sugar crops.
        Sugar = "8" / "Sugar crops",
        /// Other crops.
        Other = "9" / "Other crops",
    }
}

open_enum! {
    /// What a crop is for (`CropEnduseEnum`).
    pub enum CropEndUse {
        /// Food for human consumption.
        Food = "1" / "Food for human consumption",
        /// Feed for animals.
        Feed = "2" / "Feed for animals",
        /// Biofuels or non-food products.
        Biofuel = "3" / "Biofuels or non-food products",
        /// Other uses.
        Other = "4" / "Other uses",
    }
}

open_enum! {
    /// Where the water of irrigation comes from (`IrrigationWaterEnum`).
    pub enum IrrigationWater {
        /// Surface water.
        Surface = "1" / "Surface water",
        /// Groundwater.
        Ground = "2" / "Groundwater",
        /// Mixed surface water and groundwater.
        Mixed = "3" / "Mixed surface water and groundwater",
        /// Municipal water supply.
        Municipal = "4" / "Municipal water supply",
        /// Wastewater, treated or not.
        Wastewater = "5" / "Treated or not-treated  wastewater" ["Treated or not-treated wastewater"],
        /// Agricultural drainage water.
        Drainage = "6" / "Agricultural drainage water",
        /// Desalinated water.
        Desalinated = "7" / "Desalinated water",
        /// Other.
        Other = "8" / "other",
    }
}

open_enum! {
    /// A fertilizer (`FertilizerTypeEnum`).
    pub enum FertilizerType {
        /// Mineral fertilizers.
        Mineral = "1" / "Mineral fertilizers",
        /// Organo-mineral fertilizers.
        OrganoMineral = "2" / "Organo-mineral fertilizers",
        /// Organic fertilizers.
        Organic = "3" / "Organic fertilizers",
        /// Biofertilizers.
        Biofertilizer = "4" / "Biofertilizers",
        /// Manure.
        Manure = "5" / "Manure",
        /// Other organic materials to enhance plant growth.
        OtherOrganic = "6" / "Other organic materials to enhance plant growth",
    }
}

open_enum! {
    /// The animals that are kept (`AnimalsEnum`).
    pub enum AnimalType {
        /// Bovine animals.
        Bovine = "1" / "Bovine animals",
        /// Sheep and goats.
        SheepAndGoats = "2" / "Sheep and goats",
        /// Swine/pigs.
        Swine = "3" / "Swine/pigs",
        /// Equines.
        Equines = "4" / "Equines",
        /// Camels and camelids.
        Camelids = "5" / "Camels and camelids",
        /// Poultry.
        Poultry = "6" / "poultry",
        /// Other animals.
        Other = "7" / "other animals",
        /// Insects and worms.
        InsectsAndWorms = "8" / "Insects and worms",
    }
}

open_enum! {
    /// How animals are kept (`LivestockSystemEnum`).
    pub enum LivestockSystem {
        /// Grazing system - Nomadic or totally pastoral.
        Nomadic = "1" / "Grazing system - Nomadic or totally pastoral",
        /// Grazing system - Semi-nomadic, semi-pastoral or transhumant.
        SemiNomadic = "2" / "Grazing system - Semi-nomadic, semi-pastoral or transhumant",
        /// Grazing system - Sedentary pastoral or ranching.
        SedentaryPastoral = "3" / "Grazing system - Sedentary pastoral or ranching",
        /// Mixed system.
        Mixed = "4" / "Mixed system",
        /// Industrial system.
        Industrial = "5" / "Industrial system",
    }
}

open_enum! {
    /// Support of agriculture (`AgriSupportActivityEnum`, of ISIC).
    pub enum AgriculturalSupport {
        /// Support activities for crop production.
        CropProduction = "161" / "Support activities for crop production",
        /// Support activities for animal production.
        AnimalProduction = "162" / "Support activities for animal production",
        /// Post-harvest crop activities.
        PostHarvest = "163" / "Post-harvest crop activities",
        /// Seed processing for propagation.
        SeedProcessing = "164" / "Seed processing for propagation",
    }
}

open_enum! {
    /// Aquaculture (`AquaCultureEnum`, of ISIC).
    pub enum Aquaculture {
        /// Marine aquaculture.
        Marine = "0321" / "Marine aquaculture" ["Marine aquafarming"],
        /// Freshwater aquaculture.
        Freshwater = "0322" / "Freshwater aquaculture" ["Freshwater aquafarming"],
    }
}

open_enum! {
    /// Support of fishing and aquaculture (`AquaSupportActivityEnum`, of ISIC).
    pub enum AquacultureSupport {
        /// Support activities for fishing and aquaculture.
        FishingAndAquaculture = "0330" / "Support activities for fishing and aquaculture",
    }
}

open_enum! {
    /// What is done in a forest (`ForestActivityEnum`).
    pub enum ForestActivity {
        /// Logging.
        Logging = "1" / "Logging",
        /// Afforestation (planting trees).
        Afforestation = "2" / "Afforestation (planting trees)",
        /// Reforestation (replanting trees).
        Reforestation = "3" / "Reforestation (replanting trees)",
        /// Nursery (cultivating seedlings for afforestation or reforestation).
        Nursery = "4" / "Nursery (cultivating seedlings for afforestation or reforestation)",
        /// Extraction of fuelwood and production of charcoal.
        Fuelwood = "5" / "Extraction of fuelwood and production of charcoal",
        /// Gathering of plant-based edible and non-edible wild non-wood products.
        PlantProducts = "6" / "Gathering of plant-based edible and non-edible wild non-wood products",
        /// Gathering of animal-based edible and non-edible wild non-wood products.
        AnimalProducts = "7" / "Gathering of animal-based edible and non-edible wild non-wood products",
    }
}

open_enum! {
    /// A machine or tool (`MachineriesEnum`).
    pub enum MachineryType {
        /// Manually operated machines.
        Manual = "10" / "Manually operated machines",
        /// Animal-powered equipment.
        AnimalPowered = "20" / "Animal-powered equipment",
        /// Machines for general farm use.
        GeneralUse = "31" / "Machines for general farm use" ["Machine powered equipment"],
        /// Tractors, bulldozers and other vehicles.
        Vehicles = "32" / "Tractors, bulldozers and other vehicles",
        /// Crop machinery and equipment.
        Crop = "33" / "Crop machinery and equipment",
        /// Livestock machinery and equipment.
        Livestock = "34" / "Livestock machinery and equipment",
        /// Aquacultural machinery and equipment.
        Aquacultural = "35" / "Aquacultural machinery and equipment",
        /// Forestry machinery and equipment.
        Forestry = "36" / "Forestry machinery and equipment*" ["Forestry machinery and equipment"],
        /// Unmanned aerial vehicles and robots.
        AerialVehicles = "37" / "Unmanned Aerial vehicle and robots*" ["Unmanned Aerial vehicle and robots"],
    }
}

open_enum! {
    /// Whose a machine is (`EquipmentSource`). The published list names a seventh code without meaning.
    pub enum EquipmentSource {
        /// Owned solely by the farmer or members of the farmer’s household.
        Owned = "1" / "Owned solely by the farmer or members of the farmer’s household" ["Owned"],
        /// Owned by the farmer jointly with other farmers.
        OwnedJointly = "2" / "Owned by the farmer jointly with other farmers",
        /// Provided by the landlord.
        Landlord = "3" / "Provided by the landlord",
        /// Provided by other private holders, or by a government agency: published with both meanings.
        OtherHoldersOrGovernment = "4",
        /// Provided by a cooperative.
        Cooperative = "5" / "Provided by a cooperative",
        /// Provided by a private agricultural service establishment.
        PrivateService = "6" / "Provided by a private agricultural service establishment",
        /// Listed without a meaning.
        Seven = "7",
    }
}
