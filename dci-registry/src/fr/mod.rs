//! The farmer registry (FR): farmers, their land, crops, animals and machines.
//!
//! Records are those of `extensions/fr/v1/data`; messages and endpoints those of `fr_api_v1.0.0`.

mod attribute;
mod code;
mod record;

pub use code::{
    AgriculturalSupport, AnimalType, Aquaculture, AquacultureSupport, CropActivity, CropEndUse, CropType,
    EquipmentSource, FarmType, FertilizerType, ForestActivity, IrrigationWater, LandTenure, LivestockSystem,
    MachineryType, MeasurementUnit,
};
pub use record::{CropDetails, FarmInfo, Farmer, FarmingActivities, LivestockDetails, Machineries};

use dci_core::action::Registry;
use dci_core::open_enum;
use dci_core::query::Attribute;

/// The interface: `Client<Fr>`, [`Search<Fr>`](dci_core::action::Search).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Fr;

open_enum! {
    closed
    /// What can be notified (`NotifyEventRequest.reg_event_type` of the farmer registry).
    pub enum EventType {
        /// A farmer was registered.
        Register = "REGISTER" ["NewFarmer"],
    }
}

impl Registry for Fr {
    const NAME: &'static str = "fr";
    const REG_TYPE: &'static str = "ns:org:RegistryType:FR";
    const RECORD_TYPE: &'static str = "spdci-extensions-dci:Farmer";
    const REG_TYPE_ALIASES: &'static [&'static str] = &["farmer", "farmer_registry"];
    const ATTRIBUTES: &'static [Attribute] = attribute::ATTRIBUTES;
    const IDENTIFIER_PATHS: &'static [&'static str] = attribute::IDENTIFIER_PATHS;
    type Record = Farmer;
    type Event = EventType;
}
