//! Spoils texts, from a seed. The tests of `course` have it too.

/// A small generator of numbers: the same seed spoils the same way, on every machine.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below another.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(most.max(1)).unwrap()).unwrap()
    }

    pub(crate) fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// Bits that break lessons.
pub(crate) const SPOILERS: &[&str] = &[
    "> ",
    "[!choice]",
    "[!",
    "{#",
    "}",
    "{",
    " when=",
    "stance:a|b",
    "\n",
    "\r\n",
    "\n\n",
    "\r",
    "- ",
    "1. ",
    "- [ ] ",
    "## ",
    "---\n",
    "é",
    "“",
    "\u{feff}",
    "\u{202e}",
    "\u{200b}",
    "\t",
    "    ",
    "<b>",
    "[a](b)",
    "![",
    "`",
    "```",
    "*",
    "|",
    "\\",
    "&amp;",
    "[^1]",
    "[^1]: x",
    "\0",
    "of=a1",
    "range=--1",
    "range=-2147483648-2147483647",
    "pages=9-1",
    "max=99999999999",
    "title: &a b",
    "x: *a",
    "!!str",
    "- 0: ",
    "{#x}{#y}",
    "~~",
    "___",
    "__",
    "was=a1",
    "score=-9999999999",
    "•",
    "format: 1",
    "bands: [",
    "noise: .nan",
    "noise: 1e999",
    "kind: instrument",
    "'",
    "\"",
    ": ",
    "#",
    "own-1",
    "overlap=",
    "=",
    ",",
];

/// A text with a few places cut, doubled or filled with something else.
pub(crate) fn spoiled(source: &str, spoilers: &[&str], dice: &mut Dice) -> String {
    let mut text = source.to_owned();
    for _ in 0..=dice.below(6) {
        let start = text.floor_char_boundary(dice.below(text.len() + 1));
        let end = text
            .floor_char_boundary((start + dice.below(12)).min(text.len()))
            .max(start);
        match dice.below(5) {
            0 => text.replace_range(start..end, ""),
            1 => {
                let copy = text[start..end].to_owned();
                let at = text.floor_char_boundary(dice.below(text.len() + 1));
                text.insert_str(at, &copy);
            }
            2 => {
                // A whole line away, or elsewhere.
                let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
                let to = text[from..].find('\n').map_or(text.len(), |at| from + at + 1);
                let line = text[from..to].to_owned();
                text.replace_range(from..to, "");
                if dice.one_in(2) {
                    let at = text.floor_char_boundary(dice.below(text.len() + 1));
                    text.insert_str(at, &line);
                }
            }
            3 => {
                let c = char::from_u32(u32::try_from(dice.below(0x2_FFFF)).unwrap()).unwrap_or('x');
                text.insert(start, c);
            }
            _ => {
                let spoiler = *dice.pick(spoilers);
                text.replace_range(start..end, spoiler);
            }
        }
    }
    text
}
