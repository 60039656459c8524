// Cards in piles, or in order. Pure: every change answers a whole new value.
//
// A card's place in `cards` is the order the person gave; a card that was not placed is not in it. Cards a person adds
// are called `own-1`, `own-2` … and keep that name for good.

import type { Choice, Id } from "../../lib/ipc";
import type { ValueOf } from "../values";

export type Sorted = ValueOf<"sorted">;
export type Card = { id: Id; text: string; own: boolean };

/** A card's words: the lesson's, or the person's own. */
export function cardText(cards: Choice[], value: Sorted, id: Id): string {
  return cards.find((card) => card.id === id)?.text ?? value.own[id] ?? "";
}

/** Every card there is: the lesson's, then the person's own in the order they were added. */
export function allCards(cards: Choice[], value: Sorted): Card[] {
  const own = Object.keys(value.own).sort((one, other) => number(one) - number(other));
  return [...cards.map(({ id, text }) => ({ id, text, own: false })), ...own.map((id) => ({ id, text: value.own[id] ?? "", own: true }))];
}

/** The cards of one pile, in the person's order. */
export function inPile(value: Sorted, pile: Id): Id[] {
  return value.cards.filter((card) => card.pile === pile).map((card) => card.card);
}

export function pileOf(value: Sorted, card: Id): Id | null {
  return value.cards.find((one) => one.card === card)?.pile ?? null;
}

export function isPlaced(value: Sorted, card: Id): boolean {
  return value.cards.some((one) => one.card === card);
}

/** A card put on a pile, or, where there are no piles, at the end of the order. */
export function place(value: Sorted, card: Id, pile: Id | null): Sorted {
  const known = value.cards.some((one) => one.card === card);
  const cards = known ? value.cards.map((one) => (one.card === card ? { card, pile } : one)) : [...value.cards, { card, pile }];
  return { ...value, cards };
}

/** A card taken up again: it lies where it lay before, and is no longer chosen. */
export function takeUp(value: Sorted, card: Id): Sorted {
  return { ...value, cards: value.cards.filter((one) => one.card !== card), chosen: value.chosen.filter((one) => one !== card) };
}

/** A card moved one place up or down in the order. */
export function move(value: Sorted, card: Id, by: -1 | 1): Sorted {
  const at = value.cards.findIndex((one) => one.card === card);
  const to = at + by;
  const [moving, other] = [value.cards[at], value.cards[to]];
  if (!moving || !other) return value;
  const cards = [...value.cards];
  cards[at] = other;
  cards[to] = moving;
  return { ...value, cards };
}

/** A card of one's own added; it lies with the others until it is placed. Answers its name too. */
export function addOwn(value: Sorted, text: string): { value: Sorted; id: Id } {
  const last = Math.max(0, ...Object.keys(value.own).map(number));
  const id = `own-${last + 1}`;
  return { value: { ...value, own: { ...value.own, [id]: text } }, id };
}

/** A card of one's own taken away altogether. */
export function dropOwn(value: Sorted, id: Id): Sorted {
  const own = { ...value.own };
  delete own[id];
  return { ...takeUp(value, id), own };
}

/** A card chosen for the seal, or not. */
export function choose(value: Sorted, card: Id, on: boolean): Sorted {
  const chosen = value.chosen.filter((one) => one !== card);
  return { ...value, chosen: on ? [...chosen, card] : chosen };
}

function number(id: Id): number {
  return Number(/^own-(\d+)$/.exec(id)?.[1] ?? 0);
}
