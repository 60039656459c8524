//! What a picture is, by its own first bytes, and how large it would be on a screen.

/// The kinds of picture that a course may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "their own names")]
pub enum Image {
    Png,
    Jpeg,
    Webp,
}

impl Image {
    /// Its media type.
    pub fn mime(self) -> &'static str {
        match self {
            Image::Png => "image/png",
            Image::Jpeg => "image/jpeg",
            Image::Webp => "image/webp",
        }
    }

    /// The kind that a name's end says.
    pub(crate) fn named(end: &str) -> Option<Self> {
        match end {
            "png" => Some(Image::Png),
            "jpg" | "jpeg" => Some(Image::Jpeg),
            "webp" => Some(Image::Webp),
            _ => None,
        }
    }

    /// The kind that the bytes say.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Image::Png)
        } else if bytes.starts_with(b"\xff\xd8\xff") {
            Some(Image::Jpeg)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Image::Webp)
        } else {
            None
        }
    }

    /// Width and height in pixels, as the picture's head says; `None` if it says nothing of the sort.
    pub(crate) fn size(self, bytes: &[u8]) -> Option<(u32, u32)> {
        let size = match self {
            Image::Png => png(bytes),
            Image::Jpeg => jpeg(bytes),
            Image::Webp => webp(bytes),
        };
        size.filter(|(width, height)| *width > 0 && *height > 0)
    }
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    (bytes.get(12..16)? == b"IHDR").then_some(())?;
    Some((number(16)?, number(20)?))
}

fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        match *bytes.get(at + 1)? {
            // Filled up, or a marker that stands alone.
            0xff => at += 1,
            0x01 | 0xd0..=0xd7 => at += 2,
            // A frame's head: its length, its depth, then height and width.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Some((number(at + 7)?.into(), number(at + 5)?.into()));
            }
            // The picture itself, or its end, with no head before it.
            0xd9 | 0xda => return None,
            _ => at += 2 + usize::from(number(at + 2)?.max(2)),
        }
    }
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    let byte = |at: usize| bytes.get(at).copied().map(u32::from);
    let two = |at: usize| Some(byte(at)? | byte(at + 1)? << 8);
    let three = |at: usize| Some(two(at)? | byte(at + 2)? << 16);
    match bytes.get(12..16)? {
        b"VP8 " if bytes.get(23..26)? == b"\x9d\x01\x2a" => Some((two(26)? & 0x3fff, two(28)? & 0x3fff)),
        b"VP8L" if byte(20)? == 0x2f => {
            let bits = two(21)? | two(23)? << 16;
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        b"VP8X" => Some((three(24)? + 1, three(27)? + 1)),
        _ => None,
    }
}
