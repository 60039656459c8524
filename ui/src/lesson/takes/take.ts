// A questionnaire's items and what becomes of their marks. Pure.
//
// A row of a rating and a scale are items by their own id and keep the mark as it was made; a choice keeps what its
// option counts for, or, where options count for nothing, the option's place.

import type { Block, Choice, Id, Lesson, ScaleEnd, Scoring, Take } from "../../lib/ipc";

export type Item =
  | { kind: "mark"; id: Id; text: string; scale: { from: number; to: number; ends: ScaleEnd[] }; reverse: boolean }
  | { kind: "choice"; id: Id; text: string; options: { id: Id; text: string; counts: number }[] };

export function itemsOfBlock(block: Block): Item[] {
  const kind = block.kind;
  if (kind.type === "rating") return kind.rows.map((row) => ({ kind: "mark", id: row.id, text: row.text, scale: kind, reverse: row.reverse }));
  if (kind.type === "scale") return [{ kind: "mark", id: block.id, text: block.prompt_text, scale: kind, reverse: false }];
  if (kind.type === "choice") return [{ kind: "choice", id: block.id, text: block.prompt_text, options: kind.options.map(counted) }];
  return [];
}

function counted(option: Choice, at: number): { id: Id; text: string; counts: number } {
  return { id: option.id, text: option.text, counts: option.score ?? at };
}

export function itemsOf(instrument: Lesson): Item[] {
  return instrument.steps.flatMap((step) => step.body).flatMap((item) => (item.type === "block" ? itemsOfBlock(item.block) : []));
}

/** What an item was answered with, in the lesson's words; none when it was left blank. */
export function answerText(item: Item, take: Take, reads: (at: number, from: number, to: number, words?: string) => string): string | null {
  const mark = take.marks[item.id];
  if (mark === undefined) return null;
  if (item.kind === "choice") return item.options.find((option) => option.counts === mark)?.text ?? String(mark);
  return reads(mark, item.scale.from, item.scale.to, item.scale.ends.find((end) => end.at === mark)?.text);
}

export type Score = { type: "none" } | { type: "too-few" } | { type: "score"; score: number; band: string | null };

/** A take's score, only where the questionnaire has one. */
export function scoreOf(items: Item[], scoring: Scoring, take: Take): Score {
  if (scoring.method === "none") return { type: "none" };
  const marks = items.flatMap((item) => {
    const mark = take.marks[item.id];
    if (mark === undefined) return [];
    return [item.kind === "mark" && item.reverse ? item.scale.from + item.scale.to - mark : mark];
  });
  if (marks.length === 0 || (scoring.missing !== null && items.length - marks.length > scoring.missing)) return { type: "too-few" };
  const sum = marks.reduce((one, other) => one + other, 0);
  const score = scoring.method === "sum" ? sum : sum / marks.length;
  const band = [...scoring.bands].reverse().find((one) => one.from !== null && score >= one.from)?.label ?? null;
  return { type: "score", score, band };
}

/** A take with one item marked, or with null its mark taken off. */
export function withItem(take: Take, item: Id, mark: number | null): Take {
  const marks = { ...take.marks };
  if (mark === null) delete marks[item];
  else marks[item] = mark;
  return { ...take, marks };
}
