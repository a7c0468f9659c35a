//! The farmer registry: every third adult.

use super::{People, Served, with_undated};
use crate::sandbox::numbers::Numbers;
use dci_core::code::Sex;
use dci_core::record::{GeoCoordinates, Person, Place};
use dci_core::wire::Number;
use dci_registry::fr::{
    AnimalType, CropActivity, CropDetails, CropEndUse, CropType, EventType, FarmInfo, FarmType, Farmer,
    FarmingActivities, Fr, IrrigationWater, LandTenure, LivestockDetails, LivestockSystem, Machineries, MachineryType,
    MeasurementUnit,
};

fn person(record: &Farmer) -> Option<&Person> {
    record.farmer_personal_details.as_ref()?.demographic_info.as_ref()
}

fn farm(index: usize, region: Option<String>) -> FarmInfo {
    let mut geo = GeoCoordinates::default();
    geo.latitude = Number::parse(&format!("{}.5", index % 60));
    geo.longitude = Number::parse(&format!("{}.25", index % 90));
    let mut place = Place::default();
    place.name = region;
    place.geo = Some(geo);
    let mut crop = CropDetails::default();
    crop.activity_group = Some(CropActivity::NonPerennial);
    crop.crop_type_name = Some(if index.is_multiple_of(2) { CropType::Cereals } else { CropType::VegetablesAndMelons });
    crop.variety = Some("local".to_owned());
    crop.end_use = CropEndUse::Food.into();
    crop.irrigation = Some(index % 2 == 1);
    crop.irrigation_water = if index % 2 == 1 { vec![IrrigationWater::Ground] } else { Vec::new() };
    let mut animals = LivestockDetails::default();
    animals.kind = Some(AnimalType::SheepAndGoats);
    animals.count = Some(index as u64 % 12);
    animals.livestock_system = Some(LivestockSystem::Mixed);
    let mut activities = FarmingActivities::default();
    activities.crop_production = vec![crop];
    activities.animal_production = vec![animals];
    activities.mixed_farming = Some(true);
    let mut farm = FarmInfo::default();
    farm.location = Some(place);
    farm.land_tenure = Some(LandTenure::Inheritance);
    farm.land_size = Number::parse(&format!("{}.{}", index % 8, index % 10));
    farm.measurment = Some(MeasurementUnit::Hectare);
    farm.farming_activities = activities.into();
    farm
}

impl Served for Fr {
    fn records(people: &People) -> Vec<Farmer> {
        let some = with_undated(people.adults().step_by(3));
        let all = some.into_iter().enumerate().map(|(index, member)| {
            let mut farmer = Farmer::default();
            let address = member.demographic_info.as_ref().and_then(|person| person.address.first());
            farmer.farm_details = vec![farm(index, address.and_then(|address| address.region_code.clone()))];
            farmer.farm_type =
                Some(if index % 4 == 3 { FarmType::LargeCommercial } else { FarmType::SmallSubsistence });
            let mut machine = Machineries::default();
            machine.kind = Some(MachineryType::Manual);
            machine.count = Some(1 + index as u64 % 3);
            farmer.machineries_details = vec![machine];
            farmer.registration_date.clone_from(&member.registration_date);
            farmer.farmer_personal_details = Some(member);
            farmer
        });
        all.collect()
    }

    fn is_dated(record: &Farmer) -> bool {
        person(record).is_some_and(|person| person.birth_date.is_some())
    }

    fn is_woman(record: &Farmer) -> bool {
        person(record).is_some_and(|person| person.sex == Some(Sex::Female))
    }

    fn happens(_: &mut Numbers, record: &Farmer) -> (EventType, Farmer) {
        (EventType::Register, record.clone())
    }
}
