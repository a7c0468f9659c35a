//! Addresses, places and coordinates.

use crate::wire::Number;
use crate::wire_struct;

wire_struct! {
    personal
    /// A postal address (`Address`).
    pub struct Address {
        /// First line.
        pub address_line_1: Option<String> [also "address_line1", "street_address"],
        /// Second line.
        pub address_line_2: Option<String> [also "address_line2"],
        /// Town or village.
        pub locality: Option<String> [also "city"],
        /// Code of the smaller administrative area.
        pub sub_region_code: Option<String>,
        /// Code of the larger administrative area.
        pub region_code: Option<String>,
        /// Postal code.
        pub postal_code: Option<String>,
        /// Country.
        pub country_code: Option<String> [also "country"],
        /// Position.
        pub geo_location: Option<GeoLocation>,
    }
}

wire_struct! {
    personal
    /// A named place and the places around it (`Place`).
    pub struct Place {
        /// Name.
        pub name: Option<String>,
        /// Address in one line.
        pub address_line: Option<String> [also "address"],
        /// Position.
        pub geo: Option<GeoCoordinates>,
        /// The place this one lies in.
        pub contained_in_place: Option<Box<Place>> [also "containedInPlace"],
        /// The places that lie in this one.
        pub contains_place: Vec<Place>,
    }
}

wire_struct! {
    personal
    /// Latitude and longitude (`GeoCoordinates`).
    pub struct GeoCoordinates {
        /// Degrees north.
        pub latitude: Option<Number>,
        /// Degrees east.
        pub longitude: Option<Number>,
    }
}

wire_struct! {
    personal
    /// A position by plus code (`GeoLocation`).
    pub struct GeoLocation {
        /// The plus code and its area.
        pub plus_code: Option<PlusCode>,
    }
}

wire_struct! {
    personal
    /// A plus code (`GeoLocation.plus_code`).
    pub struct PlusCode {
        /// The full code.
        pub global_code: Option<String>,
        /// The area.
        pub geometry: Option<Geometry>,
    }
}

wire_struct! {
    personal
    /// The area of a plus code.
    pub struct Geometry {
        /// Its corners.
        pub bounds: Option<Bounds>,
        /// Its middle.
        pub location: Option<GeoCoordinates>,
    }
}

wire_struct! {
    personal
    /// The corners of an area.
    pub struct Bounds {
        /// The corner in the north-east.
        pub northeast: Option<GeoCoordinates>,
        /// The corner in the south-west.
        pub southwest: Option<GeoCoordinates>,
    }
}

wire_struct! {
    personal
    /// An area on the map (`GeoShape`). No other record of the vocabulary holds one; countries do.
    pub struct GeoShape {
        /// A rectangle by two of its corners.
        pub rectangle: Option<String>,
        /// A middle and a radius.
        pub circle: Option<String>,
        /// Height above the sea.
        pub elevation: Option<String>,
        /// A path of points.
        pub line: Option<String>,
        /// A closed path of points.
        pub polygon: Option<String>,
    }
}
