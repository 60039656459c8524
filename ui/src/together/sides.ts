// What of a step stands in the two sides, and what both look at. Pure.

import type { Block, Id, Item, Layer, Lesson, Reveal, RunState, Seat, Step } from "../lib/ipc";
import { blocksOf, shownItems, stepOf } from "../lesson/path";

/** Written by each for themselves: it belongs under the cover. */
export function isSided(block: Block): boolean {
  return block.privacy === "private" || block.privacy === "reveal" || block.kind.type === "gate" || block.kind.type === "ready";
}

export type Layout = { above: Item[]; sided: Item[]; below: Item[] };

/**
 * A step's items: what both read first, what each answers under the cover, what both have after it. Text among the
 * sided fields belongs to them; so does, on a person's own turn, an earlier answer of theirs. What was answered by both
 * and has an offer for both (`offered`) is read by both.
 */
export function layOut(items: Item[], writing: boolean, offered: Id[] = []): Layout {
  const isApart = (block: Block): boolean => isSided(block) && !offered.includes(block.id);
  const sidedAt = items.flatMap((item, at) => (item.type === "block" && isApart(item.block) ? [at] : []));
  const first = sidedAt[0];
  const last = sidedAt.at(-1);
  if (first === undefined || last === undefined) return { above: items, sided: [], below: [] };
  const layout: Layout = { above: [], sided: [], below: [] };
  items.forEach((item, at) => {
    const own = item.type === "block" && item.block.kind.type === "recall" && writing;
    const shared = item.type === "block" && (offered.includes(item.block.id) || item.block.privacy === "joint" || ["compare", "talk", "chart", "timer"].includes(item.block.kind.type));
    const covered = item.type === "block" && item.block.kind.type === "recall" && !writing;
    if (own) layout.sided.push(item);
    else if (at < first) layout.above.push(item);
    else if (at > last || shared) layout.below.push(item);
    else if (covered) layout.above.push(item);
    else layout.sided.push(item);
  });
  return layout;
}

/** Blocks in which both have said how ready they are. */
export function offeredBlocks(state: RunState): Id[] {
  return state.ready.filter((one) => one.offered !== null).map((one) => one.block);
}

export function revealOf(state: RunState, step: Id): Reveal | undefined {
  return state.reveals.find((reveal) => reveal.step === step);
}

/** The reveals that a step deals with: its own, and those whose answers it sets side by side. */
export function revealsAt(lesson: Lesson, state: RunState, step: Step): Reveal[] {
  const compared = blocksOf(step, state).flatMap((block) =>
    block.kind.type === "compare" ? block.kind.of.flatMap((one) => [one.field, ...(one.against === null ? [] : [one.against])]) : [],
  );
  const steps = new Set([step.id, ...compared.flatMap((field) => stepOf(lesson, field)?.id ?? [])]);
  return state.reveals.filter((reveal) => steps.has(reveal.step));
}

/** The nearest step before or after in which the writer has something of their own. */
export function ownStep(steps: Step[], state: RunState, at: Id, by: -1 | 1): Id | undefined {
  const index = steps.findIndex((step) => step.id === at);
  const neighbour = steps[index + by];
  return index >= 0 && neighbour && layOut(shownItems(neighbour, state), true, offeredBlocks(state)).sided.length > 0 ? neighbour.id : undefined;
}

export function isSealed(reveal: Reveal | undefined, seat: Seat): boolean {
  return reveal?.sides.some((side) => side.seat === seat && side.sealed) ?? false;
}

export function bothSealed(reveal: Reveal | undefined): boolean {
  return reveal !== undefined && reveal.sides.length === 2 && reveal.sides.every((side) => side.sealed);
}

/** The layer whose turn it is to be opened: the first that is still closed, once both are sealed. */
export function nextLayer(reveal: Reveal | undefined): Layer | undefined {
  return bothSealed(reveal) ? reveal?.layers.find((layer) => layer.opened === null) : undefined;
}

export function anyOpened(reveal: Reveal | undefined): boolean {
  return reveal?.layers.some((layer) => layer.opened !== null) ?? false;
}

/** The largest save this page saw confirmed; a seal carries it. */
export function lastSave(state: RunState, confirmed: number): number {
  return Math.max(confirmed, ...state.answers.map((answer) => answer.save), 0);
}
