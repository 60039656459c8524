//! As much of JSON Schema as our own schemas use, to hold them against what is really printed.

use serde_json::Value as Json;

/// What in `json` the schema does not allow: each with where it is.
pub(crate) fn misfits(schema: &Json, json: &Json) -> Vec<String> {
    let mut found = Vec::new();
    look(schema, schema, json, "", &mut found);
    found
}

fn look(root: &Json, schema: &Json, json: &Json, at: &str, found: &mut Vec<String>) {
    let Some(rules) = schema.as_object() else {
        panic!("no schema at {at}")
    };
    for (rule, value) in rules {
        let fits = match rule.as_str() {
            "$schema" | "$defs" | "title" | "description" | "pattern" | "maxLength" | "minLength" => true,
            "$ref" => {
                let name = value
                    .as_str()
                    .and_then(|text| text.strip_prefix('#'))
                    .unwrap_or_default();
                let target = root.pointer(name).unwrap_or_else(|| panic!("there is no {name}"));
                look(root, target, json, at, found);
                true
            }
            "anyOf" | "oneOf" => {
                let fitting = |one: &&Json| {
                    let mut inner = Vec::new();
                    look(root, one, json, at, &mut inner);
                    inner.is_empty()
                };
                let count = value.as_array().map_or(0, |all| all.iter().filter(fitting).count());
                count == 1 || (rule == "anyOf" && count > 1)
            }
            "const" => value == json,
            "enum" => value.as_array().is_some_and(|all| all.contains(json)),
            "type" => is(value.as_str().unwrap_or_default(), json),
            "minimum" => json.as_f64() >= value.as_f64(),
            "exclusiveMinimum" => json.as_f64() > value.as_f64(),
            "maximum" => json.as_f64() <= value.as_f64(),
            "required" => {
                let keys = value.as_array().into_iter().flatten().filter_map(Json::as_str);
                keys.into_iter().all(|key| json.get(key).is_some())
            }
            "properties" => {
                for (key, schema) in value.as_object().into_iter().flatten() {
                    if let Some(inner) = json.get(key) {
                        look(root, schema, inner, &format!("{at}/{key}"), found);
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = |key: &String| rules.get("properties").is_some_and(|all| all.get(key).is_some());
                json.as_object().is_none_or(|map| map.keys().all(known))
            }
            "items" => {
                for (place, inner) in json.as_array().into_iter().flatten().enumerate() {
                    look(root, value, inner, &format!("{at}/{place}"), found);
                }
                true
            }
            other => panic!("the schema uses `{other}`, which is not looked at here"),
        };
        if !fits {
            found.push(format!("{at}: {rule}"));
        }
    }
}

fn is(kind: &str, json: &Json) -> bool {
    match kind {
        "object" => json.is_object(),
        "array" => json.is_array(),
        "string" => json.is_string(),
        "boolean" => json.is_boolean(),
        "integer" => json.is_i64() || json.is_u64(),
        "number" => json.is_number(),
        "null" => json.is_null(),
        other => panic!("there is no type {other}"),
    }
}
