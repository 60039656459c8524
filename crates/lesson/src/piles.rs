//! A `sort`: numbered items are piles, bullets are cards.

use std::ops::Range;

use crate::answer::is_own_card;
use crate::attributes::Attributes;
use crate::body::numbered;
use crate::items::{Line, Source, lines};
use crate::markdown::Node;
use crate::names::did_you_mean;
use crate::options::choices;
use crate::{Choice, Code, Findings, Id, Kind, Overlap};

/// How many cards an overlap shows unless told.
const SHOW: u32 = 2;

/// Reads a `sort`.
pub(crate) fn sort(
    at: &Source<'_>,
    lists: &[Node<'_>],
    block: &mut Attributes<'_>,
    ids: &mut Vec<(Id, Range<usize>)>,
    was: &mut Vec<(Id, Range<usize>)>,
    found: &mut Findings<'_>,
) -> Kind {
    let (piles, cards): (Vec<Node<'_>>, Vec<Node<'_>>) = lists.iter().partition(|list| numbered(**list));
    let own = block.flag("own", found);
    let form = (!own).then_some("cards: `> - a long walk {#walk}`, or the flag `own`, so that people write theirs");
    let piles = lines(at, &piles, None, found);
    let cards = lines(at, &cards, form, found);
    ids.extend(piles.iter().chain(&cards).filter_map(|line| line.id.clone()));
    let piles = choices(piles, was, found);
    if own {
        report_taken(&cards, found);
    }
    let cards = choices(cards, was, found);
    if piles.len() == 1 {
        found
            .error(
                Code::BodyWrong,
                at.opener.clone(),
                "One pile is no choice: every card would lie in it.",
            )
            .help("Give it a second numbered line, or none to have the cards put in order.");
    }
    let overlap = overlap(at, &piles, block, found);
    Kind::Sort {
        piles,
        cards,
        own,
        overlap,
    }
}

/// The cards that people add are named `own-1`, `own-2` …: the lesson's must not be.
fn report_taken(cards: &[Line<'_>], found: &mut Findings<'_>) {
    for (id, span) in cards.iter().filter_map(|card| card.id.as_ref()) {
        if is_own_card(id) {
            found
                .error(
                    Code::IdTwice,
                    span.clone(),
                    format!("`{id}` is the name of a card that somebody adds."),
                )
                .help("Give this card a name of its own.");
        }
    }
}

fn overlap(at: &Source<'_>, piles: &[Choice], block: &mut Attributes<'_>, found: &mut Findings<'_>) -> Option<Overlap> {
    let show_at = block.has("show");
    let pile = block.pointer("overlap", "overlap=yes show=2", found);
    let show = block.number("show", 1, 10, found);
    let Some(pile) = pile else {
        if let Some(span) = show_at {
            found
                .error(
                    Code::KeyMisplaced,
                    span,
                    "`show` says how many cards of an overlap are opened, and there is no `overlap=` here.",
                )
                .help("Add `overlap=` and the id of a pile, or take `show` out.");
        }
        return None;
    };
    let Some(known) = piles.iter().find(|known| known.id.as_str() == pile.text) else {
        let help = did_you_mean(&pile.text, piles.iter().map(|pile| pile.id.as_str())).unwrap_or_else(|| {
            "`overlap=` names one of this block's piles: the numbered lines, such as `> 1. Yes {#yes}`.".to_owned()
        });
        found
            .error(
                Code::KeyValue,
                pile.span,
                format!("This `{}` has no pile `{}`.", at.kind, pile.text),
            )
            .help(help);
        return None;
    };
    Some(Overlap {
        pile: known.id.clone(),
        show: show.unwrap_or(SHOW),
    })
}
