//! YAML as front matter uses it: values that know their place in the file.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Budget, DuplicateKeyPolicy, MergeKeyPolicy, Spanned};

use crate::MAX_FRONT;

/// YAML as far as front matter needs it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Yaml<'t> {
    Nothing,
    Bool,
    Whole(u64),
    /// A negative or broken number.
    Number(f64),
    Text(Cow<'t, str>),
    Row(Vec<At<Yaml<'t>>>),
    Map(Entries<'t>),
}

/// Something with its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) span: Range<usize>,
}

/// Keys and values in the order of the file.
pub(crate) type Entries<'t> = Vec<(At<Cow<'t, str>>, At<Yaml<'t>>)>;

/// Reads YAML. Places are those within the text.
pub(crate) fn read(text: &str) -> Result<Yaml<'_>, serde_saphyr::Error> {
    let options = serde_saphyr::options! {
        budget: Some(small_budget()),
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::AsOrdinary,
        strict_booleans: true,
    };
    serde_saphyr::from_str_with_options::<Spanned<Yaml<'_>>>(text, options).map(|whole| whole.value)
}

fn small_budget() -> Budget {
    let mut budget = Budget::default();
    budget.max_reader_input_bytes = Some(MAX_FRONT);
    budget.max_events = 4096;
    budget.max_aliases = 0;
    budget.max_anchors = 0;
    budget.max_depth = 8;
    budget.max_inclusion_depth = 0;
    budget.max_documents = 1;
    budget.max_nodes = 2048;
    budget.max_merge_keys = 0;
    budget
}

impl<T> From<Spanned<T>> for At<T> {
    fn from(spanned: Spanned<T>) -> Self {
        let span = spanned.referenced.span();
        let byte = |at: Option<u64>| at.and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
        let start = byte(span.byte_offset());
        At {
            value: spanned.value,
            span: start..start + byte(span.byte_len()),
        }
    }
}

impl<T> At<T> {
    fn shift(&mut self, base: usize) {
        self.span = self.span.start + base..self.span.end + base;
    }
}

impl Yaml<'_> {
    /// From places within the YAML to places within the file.
    pub(crate) fn shift(&mut self, base: usize) {
        match self {
            Yaml::Row(row) => {
                for item in row {
                    item.shift(base);
                    item.value.shift(base);
                }
            }
            Yaml::Map(entries) => {
                for (key, value) in entries {
                    key.shift(base);
                    value.shift(base);
                    value.value.shift(base);
                }
            }
            _ => {}
        }
    }
}

impl<'t> Yaml<'t> {
    /// Its keys and values, if that is what it is.
    pub(crate) fn into_entries(self) -> Option<Entries<'t>> {
        match self {
            Yaml::Map(entries) => Some(entries),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Yaml<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(YamlVisitor)
    }
}

struct YamlVisitor;

impl<'de> Visitor<'de> for YamlVisitor {
    type Value = Yaml<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Yaml<'de>, E> {
        Ok(Yaml::Nothing)
    }

    fn visit_none<E: de::Error>(self) -> Result<Yaml<'de>, E> {
        Ok(Yaml::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Yaml<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Yaml<'de>, E> {
        Ok(Yaml::Bool)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Yaml<'de>, E> {
        Ok(Yaml::Whole(number))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Yaml<'de>, E> {
        #[allow(clippy::cast_precision_loss, reason = "no key takes a number that large")]
        Ok(u64::try_from(number).map_or(Yaml::Number(number as f64), Yaml::Whole))
    }

    fn visit_i128<E: de::Error>(self, _: i128) -> Result<Yaml<'de>, E> {
        Ok(Yaml::Number(f64::NAN))
    }

    fn visit_u128<E: de::Error>(self, _: u128) -> Result<Yaml<'de>, E> {
        Ok(Yaml::Number(f64::NAN))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Yaml<'de>, E> {
        Ok(Yaml::Number(number))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Yaml<'de>, E> {
        Ok(Yaml::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Yaml<'de>, E> {
        Ok(Yaml::Text(Cow::Borrowed(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Yaml<'de>, A::Error> {
        let mut row = Vec::new();
        while let Some(value) = access.next_element::<Spanned<Yaml<'de>>>()? {
            row.push(value.into());
        }
        Ok(Yaml::Row(row))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Yaml<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, value)) = access.next_entry::<Spanned<String>, Spanned<Yaml<'de>>>()? {
            let At { value: name, span } = key.into();
            let key = At {
                value: Cow::Owned(name),
                span,
            };
            entries.push((key, value.into()));
        }
        Ok(Yaml::Map(entries))
    }
}
