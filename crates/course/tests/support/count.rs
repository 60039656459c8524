//! Counting words, sentences and syllables of a lesson's prose, by rules simple enough to check by hand.
//!
//! Prose is what a person reads: no headings, no block's first line, none of a block's options, stages or cards. Help
//! text, notes and lists outside of blocks are prose.

/// What there is to read in a lesson.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prose {
    pub(crate) words: usize,
    pub(crate) syllables: usize,
    pub(crate) sentences: Vec<String>,
}

impl Prose {
    pub(crate) fn of(source: &str) -> Self {
        let mut prose = Prose::default();
        for line in text(source).split('\n') {
            for sentence in sentences(line) {
                let words = words(sentence);
                prose.words += words.len();
                prose.syllables += words.iter().map(|word| syllables(word)).sum::<usize>();
                prose.sentences.push(sentence.trim().to_owned());
            }
        }
        prose
    }

    /// The Flesch–Kincaid grade, to one place.
    #[allow(clippy::cast_precision_loss, reason = "a lesson has a few thousand words")]
    pub(crate) fn grade(&self) -> f64 {
        let (words, sentences) = (self.words.max(1) as f64, self.sentences.len().max(1) as f64);
        let grade = 0.39 * self.words as f64 / sentences + 11.8 * self.syllables as f64 / words - 15.59;
        (grade * 10.0).round() / 10.0
    }

    /// The sentence with the most words.
    pub(crate) fn longest(&self) -> (usize, &str) {
        let counted = self
            .sentences
            .iter()
            .map(|sentence| (words(sentence).len(), sentence.as_str()));
        counted.rev().max_by_key(|(count, _)| *count).unwrap_or((0, ""))
    }
}

/// The text without its front matter.
pub(crate) fn body(source: &str) -> &str {
    source
        .strip_prefix("---")
        .and_then(|rest| rest.split_once("\n---\n"))
        .map_or(source, |(_, body)| body)
}

/// The prose, a line for each paragraph or list item.
fn text(source: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let (mut in_block, mut in_note) = (false, false);
    for line in body(source).split('\n') {
        let line = line.trim();
        if line.starts_with('#') {
            lines.push(String::new());
            continue;
        }
        let quoted = line.starts_with('>');
        let inner = if quoted {
            line.trim_start_matches(['>', ' ']).trim()
        } else {
            line
        };
        if quoted && let Some(kind) = opener(inner) {
            in_block = !matches!(kind, "NOTE" | "TIP" | "IMPORTANT" | "WARNING" | "CAUTION");
            in_note = kind == "note";
            lines.push(String::new());
            continue;
        }
        in_block &= quoted;
        match item(inner) {
            Some(_) if in_block && !in_note => lines.push(String::new()),
            Some(words) => lines.push(format!("\n{}", without_tail(words))),
            None => lines.push(without_tail(inner).to_owned()),
        }
    }
    plain(&joined(&lines.join("\n")))
}

/// The kind in a block's first line.
fn opener(line: &str) -> Option<&str> {
    let (kind, _) = line.strip_prefix("[!")?.split_once(']')?;
    (!kind.is_empty() && kind.chars().all(|c| c.is_alphanumeric() || c == '_')).then_some(kind)
}

/// The words of a list's item, without its sign and its box.
fn item(line: &str) -> Option<&str> {
    let after = match line.strip_prefix(['-', '*']) {
        Some(after) => after,
        None => {
            let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            line[digits..].strip_prefix('.').filter(|_| digits > 0)?
        }
    };
    if !after.starts_with(char::is_whitespace) {
        return None;
    }
    let words = after.trim_start();
    let mut signs = words.chars();
    let has_box = signs.next() == Some('[') && signs.next().is_some() && signs.as_str().starts_with("] ");
    Some(if has_box { &signs.as_str()[2..] } else { words })
}

/// A line without the tail in curly brackets.
fn without_tail(line: &str) -> &str {
    if !line.trim_end().ends_with('}') {
        return line;
    }
    let opens = |at: &usize| {
        let next = line[at + 1..].chars().next();
        next.is_some_and(|c| c == '#' || c == '_' || c.is_alphanumeric())
    };
    match line.match_indices('{').map(|(at, _)| at).find(opens) {
        Some(at) => &line[..at],
        None => line,
    }
}

/// Lines of one paragraph joined into one.
fn joined(text: &str) -> String {
    let mut joined = String::new();
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let goes_on = sign == '\n' && signs.peek().is_some_and(|next| !next.is_whitespace());
        joined.push(if goes_on { ' ' } else { sign });
    }
    joined
}

/// Text without its stars and links.
fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|c| !matches!(c, '*' | '_' | '`')).collect();
    let mut plain = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find('[') {
        let link = rest[at + 1..].split_once(']').and_then(|(label, after)| {
            let (_, after) = after.strip_prefix('(')?.split_once(')')?;
            Some((label, after))
        });
        plain.push_str(&rest[..at]);
        match link {
            Some((label, after)) => {
                plain.push_str(label);
                rest = after;
            }
            None => {
                plain.push('[');
                rest = &rest[at + 1..];
            }
        }
    }
    plain + rest
}

/// Sentences: a full stop or the like, closing quotes, a space, then a capital, a figure or an opening quote.
fn sentences(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(stop) = line[at..].find(['.', '!', '?', '…']) {
        let after = at + stop + line[at + stop..].chars().next().map_or(1, char::len_utf8);
        let closed = line[after..].trim_start_matches(['"', '”', '’', ')']);
        let next = closed.trim_start();
        let begins =
            next.starts_with(|c: char| matches!(c, '"' | '“' | '(') || c.is_ascii_uppercase() || c.is_ascii_digit());
        if next.len() < closed.len() && begins {
            found.push(&line[start..after]);
            start = line.len() - next.len();
        }
        at = after;
    }
    found.push(&line[start..]);
    found.retain(|sentence| sentence.chars().any(|c| c.is_alphanumeric() || c == '_'));
    found
}

fn words(sentence: &str) -> Vec<&str> {
    sentence
        .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '’' | '\'' | '-')))
        .filter(|word| !word.is_empty())
        .collect()
}

/// Runs of vowels, less the ends that are not spoken. A figure has none.
fn syllables(word: &str) -> usize {
    let word: String = word.to_lowercase().chars().filter(char::is_ascii_lowercase).collect();
    if word.is_empty() {
        return 0;
    }
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut count = word.split(|c| !is_vowel(c)).filter(|run| !run.is_empty()).count();
    let ends = |list: &[&str]| list.iter().any(|end| word.ends_with(end));
    if word.ends_with('e') && !ends(&["le", "ee", "ye"]) && count > 1 {
        count -= 1;
    }
    let spoken = ["ted", "ded", "ses", "zes", "xes", "ches", "shes", "ges", "ces"];
    if ends(&["es", "ed"]) && count > 1 && !ends(&spoken) {
        count -= 1;
    }
    count.max(1)
}
