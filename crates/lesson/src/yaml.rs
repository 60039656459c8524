//! YAML as front matter uses it: values that know their place in the file.

use std::fmt;
use std::ops::Range;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

/// YAML as far as front matter needs it.
#[derive(Clone, Debug)]
pub(crate) enum Yaml {
    Nothing,
    Bool,
    Whole(u64),
    /// A negative or broken number.
    Number(f64),
    Text(String),
    Row(Vec<Spanned<Yaml>>),
    Map(Vec<(Spanned<String>, Spanned<Yaml>)>),
}

/// Something with its place in the file.
#[derive(Clone, Debug)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) span: Range<usize>,
    /// Where the YAML begins in the file.
    pub(crate) base: usize,
}

/// Keys and values in the order of the file.
pub(crate) type Entries = Vec<(At<String>, At<Yaml>)>;

/// From a place within the YAML to a place within the file.
pub(crate) trait Shift<T> {
    fn shift(self, base: usize) -> At<T>;
}

impl<T> Shift<T> for Spanned<T> {
    fn shift(self, base: usize) -> At<T> {
        let span = self.referenced.span();
        let byte = |at: Option<u64>| at.and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
        let start = base + byte(span.byte_offset());
        At {
            value: self.value,
            span: start..start + byte(span.byte_len()),
            base,
        }
    }
}

impl<'de> Deserialize<'de> for Yaml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(YamlVisitor)
    }
}

struct YamlVisitor;

impl<'de> Visitor<'de> for YamlVisitor {
    type Value = Yaml;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Yaml, E> {
        Ok(Yaml::Nothing)
    }

    fn visit_none<E: de::Error>(self) -> Result<Yaml, E> {
        Ok(Yaml::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Yaml, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Yaml, E> {
        Ok(Yaml::Bool)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Yaml, E> {
        Ok(Yaml::Whole(number))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Yaml, E> {
        #[allow(clippy::cast_precision_loss, reason = "no key takes a number that large")]
        Ok(u64::try_from(number).map_or(Yaml::Number(number as f64), Yaml::Whole))
    }

    fn visit_i128<E: de::Error>(self, _: i128) -> Result<Yaml, E> {
        Ok(Yaml::Number(f64::NAN))
    }

    fn visit_u128<E: de::Error>(self, _: u128) -> Result<Yaml, E> {
        Ok(Yaml::Number(f64::NAN))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Yaml, E> {
        Ok(Yaml::Number(number))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Yaml, E> {
        Ok(Yaml::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Yaml, A::Error> {
        let mut row = Vec::new();
        while let Some(value) = access.next_element()? {
            row.push(value);
        }
        Ok(Yaml::Row(row))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Yaml, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Yaml::Map(entries))
    }
}
