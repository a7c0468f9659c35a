//! The systems people run, each with what it speaks.

use super::paths::Paths;
use super::profile::{
    Authorization, Correlation, HeaderForm, LocaleForm, Profile, QueryForm, RecordForm, RegistryName, SubscriptionForm,
    Text, TokenRequest, Unsigned, UnsignedForm,
};
use crate::signature::{ConcatRsa, DciString, DetachedJws, EmbeddedJws, SignatureScheme};
use std::sync::Arc;

/// A system whose habits are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Preset {
    /// The standard's newest text, signed.
    SpecStrict,
    /// The standard's text of January 2025, signed.
    Jan2025,
    /// `OpenSPP` 2, social registry.
    OpenSpp2,
    /// `OpenSPP` modules for Odoo 17.
    OpenSpp17,
    /// `OpenG2P` registry platform.
    OpenG2pRegistry,
    /// SPAR 1, account mapper.
    Spar1,
    /// SPAR 2, account mapper.
    Spar2,
    /// `OpenCRVS` DCI API of September 2024.
    OpenCrvs2024,
    /// `OpenCRVS` deployments of 2025 and 2026.
    OpenCrvs2026,
    /// `openIMIS`.
    OpenImis,
    /// The G2P Connect reference registry.
    G2pc,
    /// The Java sandbox of the DCI initiative.
    SandboxJava,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 12] = [
        Self::SpecStrict,
        Self::Jan2025,
        Self::OpenSpp2,
        Self::OpenSpp17,
        Self::OpenG2pRegistry,
        Self::Spar1,
        Self::Spar2,
        Self::OpenCrvs2024,
        Self::OpenCrvs2026,
        Self::OpenImis,
        Self::G2pc,
        Self::SandboxJava,
    ];

    /// The name in configuration and on command lines.
    pub fn name(self) -> &'static str {
        match self {
            Self::SpecStrict => "spec-strict",
            Self::Jan2025 => "jan2025",
            Self::OpenSpp2 => "openspp2",
            Self::OpenSpp17 => "openspp17",
            Self::OpenG2pRegistry => "openg2p-registry",
            Self::Spar1 => "spar1",
            Self::Spar2 => "spar2",
            Self::OpenCrvs2024 => "opencrvs-2024",
            Self::OpenCrvs2026 => "opencrvs-2026",
            Self::OpenImis => "openimis",
            Self::G2pc => "g2pc",
            Self::SandboxJava => "sandbox-java",
        }
    }

    /// The preset called `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        // The newest text has its date as a name too.
        let name = if name == "dec2025" { "spec-strict" } else { name };
        Self::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// What it speaks.
    pub fn profile(self) -> Profile {
        let profile = match self {
            Self::SpecStrict => Profile::standard(),
            Self::Jan2025 => Profile { text: Text::Jan2025, ..Profile::standard() },
            Self::OpenSpp2 => openspp2(),
            Self::OpenSpp17 => openspp17(),
            Self::OpenG2pRegistry => openg2p_registry(),
            Self::Spar1 => spar1(),
            Self::Spar2 => spar2(),
            Self::OpenCrvs2024 => opencrvs_2024(),
            Self::OpenCrvs2026 => opencrvs_2026(),
            Self::OpenImis => openimis(),
            Self::G2pc => g2pc(),
            Self::SandboxJava => sandbox_java(),
        };
        Profile { name: self.name(), ..profile }
    }
}

fn signing(schemes: impl IntoIterator<Item = Arc<dyn SignatureScheme>>) -> Profile {
    Profile { schemes: schemes.into_iter().collect(), ..Profile::standard() }
}

/// A system that neither signs nor checks signatures.
fn unsigned(form: UnsignedForm) -> Profile {
    Profile { signs: false, unsigned: Unsigned::Accepted, unsigned_form: form, ..Profile::standard() }
}

fn text(text: &str) -> UnsignedForm {
    UnsignedForm::Text(text.to_owned())
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(own, theirs)| ((*own).to_owned(), (*theirs).to_owned())).collect()
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

const SEARCHES: [&str; 2] = ["registry/search", "registry/sync/search"];

fn openspp2() -> Profile {
    Profile {
        unsigned_form: text(""),
        header: HeaderForm::Complete,
        paths: Paths::below("dci_api/v1/social/"),
        query: QueryForm::Sequence,
        page_size: Some(1_000),
        subscriptions: SubscriptionForm::OpenSpp,
        caveat: Some("its callbacks are signed over another text than is sent and may not verify"),
        ..signing([
            Arc::new(DciString::reprinted()) as Arc<dyn SignatureScheme>,
            Arc::new(DciString::new()),
            Arc::new(DetachedJws::new()),
        ])
    }
}

fn openspp17() -> Profile {
    Profile {
        header: HeaderForm::Short,
        names_receiver: false,
        paths: Paths::standard().only(&["registry/sync/search"]),
        token_request: TokenRequest::Json,
        registries: vec![RegistryName::new("social", "SPP:RegistryType:Individual")],
        query: QueryForm::Clauses,
        attributes: pairs(&[("birth_date", "birthdate")]),
        caveat: Some("it does not sign, and reads comparisons of the date of birth only"),
        ..unsigned(UnsignedForm::Absent)
    }
}

fn openg2p_registry() -> Profile {
    Profile {
        unsigned_form: text(""),
        paths: Paths::below("dci/").only(&["registry/sync/search"]),
        authorization: Authorization::None,
        registries: vec![
            RegistryName::new("social", "Individual").recording("Individual"),
            RegistryName::new("fr", "Farmer").recording("spdci-extensions-dci:Farmer"),
        ],
        query: QueryForm::Mongo,
        needs_consent: true,
        ..signing([Arc::new(DetachedJws::new()) as Arc<dyn SignatureScheme>])
    }
}

fn spar1() -> Profile {
    Profile {
        names_receiver: false,
        paths: Paths::below("mapper/"),
        caveat: Some("it repeats the request's signature or the standard's example in its answers"),
        ..unsigned(text(""))
    }
}

fn spar2() -> Profile {
    Profile {
        unsigned_form: text(""),
        names_receiver: false,
        paths: Paths::below("mapper/"),
        authorization: Authorization::None,
        ..signing([Arc::new(DetachedJws::in_header()) as Arc<dyn SignatureScheme>])
    }
}

/// What both generations of `OpenCRVS` share.
fn opencrvs() -> Profile {
    Profile {
        header: HeaderForm::Short,
        paths: Paths::standard().only(&SEARCHES),
        token_request: TokenRequest::Query,
        omits: names(&["version", "reg_record_type"]),
        batch: Some(1),
        callback_media_type: "text/plain;charset=UTF-8".to_owned(),
        records: RecordForm::OpenCrvs,
        server_error: Some("a signature that does not hold, a date it cannot read, or a token without the scope"),
        ..signing([Arc::new(EmbeddedJws::new()) as Arc<dyn SignatureScheme>])
    }
}

fn opencrvs_2024() -> Profile {
    let event = |event: &str| RegistryName::folded("civil", event, &format!("ocrvs:registry_type:{event}"));
    Profile {
        registries: vec![event("birth"), event("death"), event("marriage")],
        query: QueryForm::Predicates,
        attributes: pairs(&[("birth_date", "birthdate"), ("birth_place", "birthplace")]),
        caveat: Some("a callback it cannot deliver ends its process: answer 2xx at once"),
        ..opencrvs()
    }
}

fn opencrvs_2026() -> Profile {
    Profile { query: QueryForm::Ranges, needs_consent: true, ..opencrvs() }
}

fn openimis() -> Profile {
    Profile {
        header: HeaderForm::Short,
        names_receiver: false,
        paths: Paths::below("api/api_dci/").renaming("registry/search", "reg/search"),
        token_request: TokenRequest::Login,
        token_path: "api/api_dci/login/".to_owned(),
        query: QueryForm::Flat,
        page_size: Some(100),
        batch: Some(1),
        subscriptions: SubscriptionForm::OpenImis,
        caveat: Some("it answers the first item only and repeats the request's signature"),
        ..unsigned(text(""))
    }
}

fn g2pc() -> Profile {
    Profile {
        unsigned_form: text("new signature to be generated for request"),
        header: HeaderForm::G2pConnect,
        paths: Paths::below("private/api/v1/").only(&["registry/search", "registry/txn/status"]),
        authorization: Authorization::Bare,
        registries: vec![RegistryName::new("fr", "ns:FARMER_REGISTRY")],
        query: QueryForm::Named,
        locale: LocaleForm::TwoLetters,
        caveat: Some("it prints what it read again before it verifies: a member it does not know breaks the signature"),
        ..signing([Arc::new(ConcatRsa::new()) as Arc<dyn SignatureScheme>])
    }
}

fn sandbox_java() -> Profile {
    Profile {
        header: HeaderForm::Short,
        paths: Paths::standard().only(&["registry/sync/search"]),
        authorization: Authorization::None,
        query: QueryForm::Clauses,
        correlation: Correlation::None,
        caveat: Some("its answers hold constants where ids belong, and everything when nothing is asked"),
        ..unsigned(text("unsigned"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_has_a_name_and_a_profile() {
        for preset in Preset::ALL {
            assert_eq!(Preset::from_name(preset.name()), Some(preset));
            let profile = preset.profile();
            assert_eq!(profile.name, preset.name());
            assert!(profile.signs_with().is_some() || profile.unsigned == Unsigned::Accepted, "{}", preset.name());
        }
        assert_eq!(Preset::from_name("opencrvs"), None);
    }
}
