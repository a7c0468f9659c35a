//! What searches in the farmer registry may name.

use super::code::{AnimalType, CropType, FarmType, IrrigationWater, LandTenure};
use dci_core::code::Sex;
use dci_core::query::{Attribute, Kind};

pub(super) const IDENTIFIER_PATHS: &[&str] =
    &["farmer_personal_details.member_identifier", "farmer_personal_details.demographic_info.identifier"];

const BIRTH_DATE: &[&str] = &["farmer_personal_details.demographic_info.birth_date"];

pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute { name: "UIN", also: &["uin"], paths: IDENTIFIER_PATHS, kind: Kind::Identifier("UIN") },
    Attribute { name: "person_identifier", also: &[], paths: IDENTIFIER_PATHS, kind: Kind::AnyIdentifier },
    Attribute { name: "farm_type", also: &[], paths: &["farm_type"], kind: Kind::Code(FarmType::published_code) },
    Attribute {
        name: "farm_size",
        also: &["land_size", "farm_details.land_size"],
        paths: &["farm_details.land_size"],
        kind: Kind::Number,
    },
    Attribute {
        name: "land_tenure",
        also: &["farm_details.land_tenure"],
        paths: &["farm_details.land_tenure"],
        kind: Kind::Code(LandTenure::published_code),
    },
    Attribute {
        name: "crop_type",
        also: &["crop_type_name"],
        paths: &["farm_details.farming_activities.crop_production.crop_type_name"],
        kind: Kind::Code(CropType::published_code),
    },
    Attribute {
        name: "irrigation_type",
        also: &["irrigation_water"],
        paths: &["farm_details.farming_activities.crop_production.irrigation_water"],
        kind: Kind::Code(IrrigationWater::published_code),
    },
    Attribute {
        name: "livestock_type",
        also: &[],
        paths: &["farm_details.farming_activities.animal_production.type"],
        kind: Kind::Code(AnimalType::published_code),
    },
    Attribute {
        name: "farm_info.location.geo.latitude",
        also: &["farm_details.location.geo.latitude", "latitude"],
        paths: &["farm_details.location.geo.latitude"],
        kind: Kind::Number,
    },
    Attribute {
        name: "farm_info.location.geo.longitude",
        also: &["farm_details.location.geo.longitude", "longitude"],
        paths: &["farm_details.location.geo.longitude"],
        kind: Kind::Number,
    },
    Attribute {
        name: "location",
        also: &["region_code", "region"],
        paths: &["farm_details.location.name", "farmer_personal_details.demographic_info.address.region_code"],
        kind: Kind::Text,
    },
    Attribute {
        name: "district",
        also: &["sub_region_code"],
        paths: &["farmer_personal_details.demographic_info.address.sub_region_code"],
        kind: Kind::Text,
    },
    Attribute { name: "age", also: &[], paths: BIRTH_DATE, kind: Kind::Age },
    Attribute { name: "birth_date", also: &["DOB", "birthdate", "date_of_birth"], paths: BIRTH_DATE, kind: Kind::Date },
    Attribute {
        name: "sex",
        also: &["gender"],
        paths: &["farmer_personal_details.demographic_info.sex"],
        kind: Kind::Code(Sex::published_code),
    },
    Attribute { name: "registration_date", also: &[], paths: &["registration_date"], kind: Kind::Date },
];
