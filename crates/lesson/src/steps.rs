//! From the tree to steps: a `##` heading begins one, and each box is either a block or plain prose.
//!
//! What points at something else (`when`, `of`, `go`) is only noted here; `resolve` settles it.

use std::ops::Range;

use crate::attributes::{Attributes, On, Pointer};
use crate::callout::{self, DraftBlock, Setting};
use crate::markdown::{Node, Tree, What};
use crate::names::ALERTS;
use crate::opener::{self, Opener};
use crate::place::line_range;
use crate::prose::{self, inlines, words};
use crate::{Block, Code, Findings, Id, Inline, Item, MAX_BLOCKS, MAX_STEPS, Prose, tail};

/// A lesson whose pointers are not settled yet.
#[derive(Default)]
pub(crate) struct Draft<'s> {
    pub(crate) intro: Vec<Prose>,
    pub(crate) steps: Vec<DraftStep<'s>>,
    /// What of the blocks is not settled, in the order of the file.
    pub(crate) blocks: Vec<DraftBlock<'s>>,
    /// Links to steps of this lesson.
    pub(crate) links: Vec<Pointer<'s>>,
}

/// A step whose pointers are not settled yet.
pub(crate) struct DraftStep<'s> {
    pub(crate) id: Option<(Id, Range<usize>)>,
    pub(crate) title: Vec<Inline>,
    pub(crate) title_text: String,
    pub(crate) when: Option<Pointer<'s>>,
    pub(crate) light: bool,
    pub(crate) body: Vec<Item>,
    /// Which of the draft's blocks stand in its body.
    pub(crate) blocks: Range<usize>,
    /// Its heading's line.
    pub(crate) span: Range<usize>,
    /// Something stands in it, though it may be something that was refused.
    pub(crate) written: bool,
}

/// Reads the whole body of a lesson.
pub(crate) fn read<'s: 't, 't>(
    source: &'s str,
    tree: &'t Tree<'s>,
    setting: Setting,
    found: &mut Findings<'s>,
) -> Draft<'t> {
    let mut draft = Draft::default();
    let (mut blocks, mut crowded) = (0, false);
    // The next node fell out of the box before it, and that was said.
    let mut fell = false;
    let mut nodes = tree.nodes();
    while let Some(node) = nodes.next() {
        let mut quiet = std::mem::take(&mut fell);
        let heading = matches!(node.what(), What::Heading(2));
        if let Some(step) = draft.steps.last_mut().filter(|_| !heading) {
            step.written = true;
        }
        match node.what() {
            What::Heading(1) => report_title(node, found),
            What::Heading(2) => {
                if draft.steps.len() < MAX_STEPS {
                    let first = draft.blocks.len();
                    let mut step = step(source, node, found);
                    step.blocks = first..first;
                    let ends = |node: &Node<'_>| matches!(node.what(), What::Heading(2));
                    step.body
                        .reserve_exact(nodes.clone().take_while(|node| !ends(node)).count());
                    draft.steps.push(step);
                } else if !crowded {
                    crowded = true;
                    found
                        .error(
                            Code::TooLarge,
                            node.span(),
                            format!("A lesson can hold {MAX_STEPS} steps. This is one more."),
                        )
                        .help("Split it into two lessons.");
                }
                continue;
            }
            What::Quote(_) => {
                let opener = opener::of_quote(source, node);
                fell = opener.is_some() && report_fallen(source, node, nodes.first(), found);
                match quote(source, node, opener, setting, fell, found) {
                    Ok((block, unsettled)) => {
                        blocks += 1;
                        add_block(&mut draft, block, unsettled, blocks, found);
                        continue;
                    }
                    // What is wrong with it was said once; its tails and lists need no words of their own.
                    Err(NoBlock::Refused) => quiet = true,
                    Err(NoBlock::Plain) => {}
                }
            }
            What::Paragraph => quiet |= report_not_begun(source, node, found),
            What::Code(_) => report_swallowed(source, node, found),
            _ => {}
        }
        let mut unheard = Findings::new(source);
        let heard = if quiet { &mut unheard } else { &mut *found };
        let prose = prose::one(source, node, heard);
        match draft.steps.last_mut() {
            Some(step) => step.body.extend(prose.map(|prose| Item::Prose { prose })),
            None => draft.intro.extend(prose),
        }
    }
    draft.links = links(tree);
    draft
}

fn add_block<'s>(
    draft: &mut Draft<'s>,
    block: Block,
    unsettled: DraftBlock<'s>,
    count: usize,
    found: &mut Findings<'_>,
) {
    if count == MAX_BLOCKS + 1 {
        found
            .error(
                Code::TooLarge,
                unsettled.span.clone(),
                format!("A lesson can hold {MAX_BLOCKS} blocks. This is one more."),
            )
            .help("Split it into two lessons.");
    }
    match draft.steps.last_mut() {
        Some(step) if count <= MAX_BLOCKS => {
            step.body.push(Item::Block { block });
            step.blocks.end += 1;
            draft.blocks.push(unsettled);
        }
        Some(_) => {}
        None => {
            found
                .error(
                    Code::BlockOutsideStep,
                    unsettled.span,
                    "This block stands before the first step, where only text can stand.",
                )
                .help("Put a step heading above it: `## Title {#id}`.");
        }
    }
}

fn report_title(node: Node<'_>, found: &mut Findings<'_>) {
    found
        .error(
            Code::HeadingLevel,
            node.span(),
            "This is a heading of the first level. The lesson's title stands in the front matter.",
        )
        .help("Write `##` for a step, or `###` for a heading within one.");
}

fn step<'s>(source: &'s str, node: Node<'_>, found: &mut Findings<'_>) -> DraftStep<'s> {
    let line = line_range(source, node.span().start);
    let line = node.span().start..line.end;
    let underlined = !source[line.clone()].trim_start().starts_with('#');
    if underlined {
        found
            .error(
                Code::HeadingLevel,
                node.span(),
                "A line of `---` right under text makes that text a heading.",
            )
            .help("Put a blank line between them for a rule, or write `## Title {#id}` for a step.");
    }
    let (before, tail_span) = tail::split(source, line.clone());
    // Markdown strips a heading's own tail, so what is before it in the source is all of the title.
    let title = inlines(node.children(), &before, found);
    let tail = tail::read(source, &before, tail_span, found);
    let mut attributes = Attributes::new(tail, On::Step, [&["when", "light"], &[], &[]]);
    let title_text = words(&title);
    if title_text.trim().is_empty() {
        found
            .error(Code::PromptMissing, line.clone(), "This step has no title.")
            .help("Write `## Title {#id}`.");
    }
    let step = DraftStep {
        id: attributes.id(),
        when: attributes.pointer("when", "when=together", found),
        light: attributes.flag("light", found),
        title,
        title_text,
        body: Vec::new(),
        blocks: 0..0,
        written: underlined,
        span: before.start..attributes.tail_span().map_or(before.end, |span| span.end),
    };
    report_missing_id(&step, &attributes, &before, underlined, found);
    attributes.finish(found);
    step
}

fn report_missing_id(
    step: &DraftStep<'_>,
    attributes: &Attributes<'_>,
    before: &Range<usize>,
    underlined: bool,
    found: &mut Findings<'_>,
) {
    if underlined || attributes.id_tried() || step.title_text.trim().is_empty() {
        return;
    }
    let diagnostic = found.warning(
        Code::StepIdMissing,
        step.span.clone(),
        "This step has no id. It has one made from its title for now; a new title would lose people's place.",
    );
    let Some(id) = Id::from_words(&step.title_text) else {
        diagnostic.help("Give it one that stays: `{#name}`.");
        return;
    };
    diagnostic.help(format!("Give it one that stays: `{{#{id}}}`."));
    match attributes.tail_span() {
        Some(tail) => diagnostic.fix(tail.start + 1..tail.start + 1, format!("#{id} ")),
        None => diagnostic.fix(before.end..before.end, format!(" {{#{id}}}")),
    };
}

/// What a quotation at the top level is that is no block.
enum NoBlock {
    /// Meant as a block, and reported: its text stands in, so that a draft can be shown.
    Refused,
    Plain,
}

fn quote<'s>(
    source: &'s str,
    node: Node<'_>,
    opener: Option<Opener<'s>>,
    setting: Setting,
    fell: bool,
    found: &mut Findings<'s>,
) -> Result<(Block, DraftBlock<'s>), NoBlock> {
    let Some(opener) = opener else {
        let refused = opener::report_no_opener(source, node, found);
        return Err(if refused { NoBlock::Refused } else { NoBlock::Plain });
    };
    let kind = opener.kind;
    if !ALERTS.contains(&kind) {
        return callout::read(source, node, opener, setting, fell, found).ok_or(NoBlock::Refused);
    }
    if matches!(node.what(), What::Quote(None)) {
        let line = line_range(source, node.span().start);
        found
            .error(
                Code::AlertTitle,
                node.span().start..line.end,
                format!("`[!{kind}]` takes no text on its own line."),
            )
            .help("Put the text on the next line, beginning with `>`.");
    }
    Err(NoBlock::Plain)
}

/// Every line of a box has to begin with `>`: Markdown takes some lines in without, and leaves others out.
fn report_fallen(source: &str, node: Node<'_>, next: Option<Node<'_>>, found: &mut Findings<'_>) -> bool {
    let mut end = node.span().start;
    for line in crate::place::lines_in(source, node.span()) {
        let text = source[line.clone()].trim_start();
        end = line.end;
        // The first line of a nested box begins after the outer box's mark.
        if line.start >= node.span().start && !text.starts_with('>') && !text.is_empty() {
            fallen(line, found);
        }
    }
    let Some(next) = next else { return false };
    let between = source.get(end..next.span().start).unwrap_or_default();
    let follows = matches!(next.what(), What::Paragraph | What::List(_) | What::Code(_));
    if follows && between.bytes().filter(|b| *b == b'\n').count() <= 1 && end <= next.span().start {
        let lines = crate::place::lines_in(source, next.span());
        for line in lines.take_while(|line| !source[line.clone()].trim().is_empty()) {
            fallen(line, found);
        }
        return true;
    }
    false
}

/// A paragraph that was meant to begin a block or a step: its sign is not in its form.
fn report_not_begun(source: &str, node: Node<'_>, found: &mut Findings<'_>) -> bool {
    let start = node.span().start;
    // Most paragraphs begin with a word, and need not be looked at further.
    if !source[start..].starts_with(|c| c == '#' || opener::may_open(c)) {
        return false;
    }
    let line = start..line_range(source, start).end;
    let text = &source[line.clone()];
    if let Some(kind) = opener::kind_meant(text).filter(|_| text.starts_with("[!") || text.contains("{#")) {
        found
            .error(
                Code::OpenerBroken,
                line.clone(),
                format!("This looks like the opener of a `{kind}`, but it is in no box."),
            )
            .help("Begin every line of a block with `> `.")
            .fix(line.start..line.start, "> ");
        return true;
    }
    let bare = text.trim_start_matches('#');
    if text.starts_with("##") && bare.starts_with(|c: char| !c.is_whitespace()) {
        let at = line.end - bare.len();
        found
            .error(
                Code::HeadingLevel,
                line,
                "There is no space after the signs of this heading, so it is none.",
            )
            .help("Write `## Title {#id}`.")
            .fix(at..at, " ");
        return true;
    }
    false
}

/// Code that was not meant as code: four spaces before a box, or a fence that nobody closed.
fn report_swallowed(source: &str, node: Node<'_>, found: &mut Findings<'_>) {
    let text = &source[node.span()];
    let line = line_range(source, node.span().start);
    let opening = source[line.clone()].trim();
    if opening.starts_with("```") || opening.starts_with("~~~") {
        let sign = &opening[..3];
        let closed = text
            .trim_end()
            .rsplit_once('\n')
            .is_some_and(|(_, last)| last.trim().starts_with(sign));
        if !closed {
            found
                .error(
                    Code::CodeSwallows,
                    line,
                    "This line begins a block of code that nothing ends, so all below it is code.",
                )
                .help(format!("Put a line {sign} where the code ends, or take this one out."));
        }
    } else if crate::place::lines_in(source, node.span()).any(|line| opener::is_opener(source, line)) {
        found
            .error(
                Code::CodeSwallows,
                line,
                "This box is shown as code, since four spaces or a tab stand before it.",
            )
            .help("Let every line of it begin with `>`, at the very start of the line.");
    }
}

fn fallen(line: Range<usize>, found: &mut Findings<'_>) {
    found
        .error(
            Code::FellOut,
            line.clone(),
            "This line fell out of the box. Start it with `>`.",
        )
        .help("If it is not part of the box, put a blank line before it.")
        .fix(line.start..line.start, "> ");
}

fn links<'t>(tree: &'t Tree<'_>) -> Vec<Pointer<'t>> {
    let links = tree.all().filter_map(|(what, span)| match what {
        What::Link { href, .. } => Some((href.strip_prefix('#')?, span)),
        _ => None,
    });
    links
        .map(|(step, span)| Pointer {
            text: step.into(),
            span,
        })
        .collect()
}
