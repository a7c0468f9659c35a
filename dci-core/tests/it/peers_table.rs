//! The tables of `PEERS.md` are the presets: this fails when one was changed without the other. `UPDATE_PEERS=1` writes them.

use dci_core::peer::{Preset, Profile, Unsigned, UnsignedForm};
use dci_core::signature::SCHEMES;
use std::fmt::Write as _;

fn row(out: &mut String, cells: &[String]) {
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

fn table(head: &[&str], cells: impl Fn(&Profile) -> Vec<String>) -> String {
    let mut out = String::new();
    row(&mut out, &head.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>());
    row(&mut out, &head.iter().map(|_| "---".to_owned()).collect::<Vec<_>>());
    for preset in Preset::ALL {
        let profile = preset.profile();
        row(&mut out, &[vec![format!("`{}`", preset.name())], cells(&profile)].concat());
    }
    out
}

fn code(text: &str) -> String {
    if text.is_empty() { "–".to_owned() } else { format!("`{text}`") }
}

fn list(items: impl IntoIterator<Item = String>) -> String {
    let joined = items.into_iter().collect::<Vec<_>>().join(", ");
    if joined.is_empty() { "–".to_owned() } else { joined }
}

fn pairs(pairs: &[(String, String)]) -> String {
    list(pairs.iter().map(|(own, theirs)| format!("`{own}` → `{theirs}`")))
}

fn tables() -> String {
    let signatures =
        table(&["preset", "signed with", "also read", "unsigned messages", "when not signed", "header"], |profile| {
            let first = profile.signs_with().map_or("not signed".to_owned(), |scheme| code(scheme.name()));
            let form = match &profile.unsigned_form {
                UnsignedForm::Absent => "member absent".to_owned(),
                UnsignedForm::Null => "`null`".to_owned(),
                UnsignedForm::Text(text) => format!("`\"{text}\"`"),
                other => format!("{other:?}"),
            };
            let taken = if profile.unsigned == Unsigned::Accepted { "taken" } else { "refused" };
            let also = profile.scheme_names().skip(usize::from(profile.signs)).filter(|_| profile.signs).map(code);
            vec![first, list(also), taken.to_owned(), form, profile.header.name().to_owned()]
        });
    let transport = table(&["preset", "paths", "token asked for", "token sent", "callbacks as"], |profile| {
        let mut paths = code(&profile.paths.prefix);
        if !profile.paths.renamed.is_empty() {
            let _ = write!(paths, ", {}", pairs(&profile.paths.renamed));
        }
        if let Some(only) = &profile.paths.only {
            let _ = write!(paths, ", only {}", list(only.iter().map(|path| code(path))));
        }
        let token = format!("{} at `{}`", profile.token_request.name(), profile.token_path);
        vec![paths, token, profile.authorization.name().to_owned(), code(&profile.callback_media_type)]
    });
    let content = table(
        &[
            "preset",
            "text",
            "registries",
            "queries",
            "attributes",
            "locale",
            "limits",
            "records",
            "subscriptions",
            "known",
        ],
        |profile| {
            let registries = profile.registries.iter().map(|name| {
                let event = name.event.as_ref().map(|event| format!(" + {event}")).unwrap_or_default();
                format!("{}{event} → `{}`", name.registry, name.name)
            });
            let mut limits = Vec::new();
            limits.extend(profile.page_size.map(|size| format!("pages of {size}")));
            limits.extend(profile.batch.map(|batch| format!("{batch} per message")));
            limits.extend(profile.needs_consent.then(|| "consent required".to_owned()));
            vec![
                profile.text.name().to_owned(),
                list(registries),
                profile.query.name().to_owned(),
                pairs(&profile.attributes),
                profile.locale.name().to_owned(),
                list(limits),
                profile.records.name().to_owned(),
                profile.subscriptions.name().to_owned(),
                profile.caveat.unwrap_or("–").to_owned(),
            ]
        },
    );
    let mut schemes = String::new();
    row(&mut schemes, &["scheme", "what it is", "from the standard"].map(str::to_owned));
    row(&mut schemes, &["---", "---", "---"].map(str::to_owned));
    for info in SCHEMES {
        row(&mut schemes, &[code(info.name), info.summary.to_owned(), info.distance.to_owned()]);
    }
    format!(
        "## Signatures and headers\n\n{signatures}\n## Addresses and tokens\n\n{transport}\n## Content\n\n{content}\n## Signature schemes\n\n{schemes}"
    )
}

#[test]
fn the_tables_are_the_presets() {
    const BEGIN: &str = "<!-- made from the presets: begin -->\n";
    const END: &str = "<!-- made from the presets: end -->\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../PEERS.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (made, after) = rest.split_once(END).unwrap();
    let wanted = format!("\n{}\n", tables());
    if std::env::var_os("UPDATE_PEERS").is_some() {
        std::fs::write(path, [before, BEGIN, &wanted, END, after].concat()).unwrap();
    } else {
        assert!(made == wanted, "PEERS.md is not what the presets say: run with UPDATE_PEERS=1");
    }
}
