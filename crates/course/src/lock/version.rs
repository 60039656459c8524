//! How far a version has risen.

/// How large a change is, from the smallest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Size {
    /// Nothing.
    None,
    /// Other words.
    Patch,
    /// Something new, renamed, retired, or of another meaning.
    Minor,
}

/// `1.2.3`; what stands behind a hyphen or a plus is no part of the order.
pub(crate) fn numbers(version: &str) -> Option<[u64; 3]> {
    let plain = version.split(['-', '+']).next()?;
    let mut parts = plain.split('.').map(|part| part.parse().ok());
    let all = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(all)
}

/// How large a change a step from one version to another announces; `None` if it goes back.
pub(crate) fn risen(from: [u64; 3], to: [u64; 3]) -> Option<Size> {
    match () {
        () if to < from => None,
        () if to == from => Some(Size::None),
        () if to[..2] == from[..2] => Some(Size::Patch),
        () => Some(Size::Minor),
    }
}

/// The least version that announces a change of this size.
pub(crate) fn next([major, minor, patch]: [u64; 3], size: Size) -> String {
    match size {
        Size::None => format!("{major}.{minor}.{patch}"),
        Size::Patch => format!("{major}.{minor}.{}", patch + 1),
        Size::Minor => format!("{major}.{}.0", minor + 1),
    }
}
