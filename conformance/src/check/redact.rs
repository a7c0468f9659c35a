//! Traces without personal data and without secrets.

use dci_core::wire::{Form, Json, Limits, Object};

/// The longest body a trace shows.
const SHOWN: usize = 6_000;

/// A body as it may stand in a report: the protocol's members as they are, the content of records by kind.
pub(crate) fn body(bytes: &[u8]) -> String {
    let mut limits = Limits::tolerant();
    limits.string_bytes = 1 << 20;
    let text = match Json::parse_within(bytes, &limits) {
        Ok(tree) => pretty(&redact(&tree, false)),
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    };
    if text.len() <= SHOWN {
        return text;
    }
    let cut: String = text.chars().take(SHOWN).collect();
    format!("{cut}\n… ({} bytes in all)", bytes.len())
}

fn redact(tree: &Json, personal: bool) -> Json {
    match tree {
        Json::Object(object) => {
            let member = |(name, value): (&str, &Json)| {
                let personal = personal || name == "reg_records";
                // What is looked for is personal data too.
                let literal = matches!(name, "value" | "attribute_value") || name.starts_with('$');
                let looked_for = literal && value.scalar_text().is_some();
                let value = match name {
                    "access_token" | "client_secret" => Json::from("(secret)"),
                    _ => redact(value, (personal || looked_for) && name != "@type"),
                };
                (name.to_owned(), value)
            };
            Json::Object(object.iter().map(member).collect::<Object>())
        }
        Json::Array(items) => Json::Array(items.iter().map(|item| redact(item, personal)).collect()),
        Json::String(_) | Json::Number(_) | Json::Bool(_) if personal => Json::from(format!("({})", tree.kind())),
        other => other.clone(),
    }
}

/// Indented JSON.
fn pretty(tree: &Json) -> String {
    serde_json::to_string_pretty(tree).unwrap_or_else(|_| tree.print(Form::Compact))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_show_their_shape_only() {
        let text = body(
            br#"{"message":{"reg_records":[{"@type":"Person","name":{"surname":"Amina"}}],"transaction_id":"t"}}"#,
        );
        assert!(
            !text.contains("Amina") && text.contains("(a string)") && text.contains("\"t\"") && text.contains("Person")
        );
        assert!(!body(br#"{"access_token":"abc"}"#).contains("abc"));
        let query = body(br#"{"query":{"type":"UIN","value":"740061237"},"q":{"age":{"$lt":740061237}}}"#);
        assert!(!query.contains("740061237") && query.contains("UIN"));
    }
}
