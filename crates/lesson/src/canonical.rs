//! The text that a seal is made over.

use crate::Value;

impl Value {
    /// The same text for the same answer, always: what a seal is made over.
    pub fn canonical(&self) -> String {
        // An answer is strings, numbers and lists of them: there is nothing in it that JSON cannot say.
        let value = serde_json::to_value(self).unwrap_or(serde_json::Value::Null);
        let mut text = String::new();
        write_sorted(&value, &mut text);
        text
    }
}

/// JSON with its keys in order. Done by hand: whether `serde_json` sorts depends on what else is compiled in.
fn write_sorted(value: &serde_json::Value, text: &mut String) {
    use serde_json::Value as Json;
    match value {
        Json::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| key.as_str());
            text.push('{');
            for (at, (key, value)) in entries.into_iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                text.push_str(&Json::String(key.clone()).to_string());
                text.push(':');
                write_sorted(value, text);
            }
            text.push('}');
        }
        Json::Array(list) => {
            text.push('[');
            for (at, value) in list.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write_sorted(value, text);
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}
