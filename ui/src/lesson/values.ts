// Answers as plain data: what an untouched field holds, whether an answer says anything, and small changes to one.
// Deliberately not here: how an answer reads (lines.ts), whether it fits its field (the shell decides) and anything drawn.

import type { Block, Id, Kind, Value } from "../lib/ipc";

export type ValueOf<T extends Value["type"]> = Extract<Value, { type: T }>;

/** What a field holds before anyone touched it; undefined for a block that keeps nothing. */
export function untouched(kind: Kind): Value | undefined {
  switch (kind.type) {
    case "short":
    case "long":
      return { type: "text", text: "" };
    case "choice":
    case "choices":
    case "checklist":
      return { type: "picks", picks: [], other: null };
    case "scale":
      return { type: "mark", at: null };
    case "list":
      return { type: "lines", lines: [] };
    case "cycle":
      return { type: "stages", stages: {} };
    case "plan":
      return { type: "plan", title: "", author: "", parts: kind.parts, start: null, every: kind.every };
    case "rating":
      return { type: "marks", marks: {} };
    case "sort":
      return { type: "sorted", cards: [], own: {}, chosen: [] };
    case "frame":
      return { type: "gaps", gaps: {} };
    case "agreement":
      return { type: "agreement", text: "", accepted: [], since: null, ended: null };
    case "log":
      return { type: "entries", entries: [] };
    case "practice":
      return { type: "practice", pick: null, other: null, start: null };
    case "talk":
      return { type: "talk", rounds: 0, next: "" };
    case "instrument":
      return { type: "takes", takes: [] };
    default:
      return undefined;
  }
}

/** A kept answer if it fits the field's kind, else the untouched one: a changed lesson may have changed a kind. */
export function startingValue(block: Block, kept: Value | undefined): Value {
  const fresh = untouched(block.kind) ?? { type: "text", text: "" };
  return kept && kept.type === fresh.type ? kept : fresh;
}

const blank = (text: string | null): boolean => text === null || text.trim() === "";

/** Nothing has been said: blank is not an answer, and not zero. */
export function isBlank(value: Value | null | undefined): boolean {
  if (!value) return true;
  switch (value.type) {
    case "text":
      return blank(value.text);
    case "picks":
      return value.picks.length === 0 && blank(value.other);
    case "mark":
      return value.at === null;
    case "lines":
      return value.lines.every(blank);
    case "stages":
      return Object.values(value.stages).every(blank);
    case "plan":
      return blank(value.title) && blank(value.author) && value.start === null;
    case "marks":
      return Object.keys(value.marks).length === 0;
    case "sorted":
      return value.cards.length === 0 && Object.values(value.own).every(blank);
    case "gaps":
      return Object.values(value.gaps).every(blank);
    case "agreement":
      return blank(value.text);
    case "entries":
      return value.entries.length === 0;
    case "practice":
      return value.pick === null && blank(value.other);
    case "talk":
      return value.rounds === 0 && blank(value.next);
    case "takes":
      return value.takes.length === 0;
  }
}

/** A stage's words, or an empty string. */
export function stageText(value: Value | null | undefined, id: Id): string {
  return value?.type === "stages" ? (value.stages[id] ?? "") : "";
}

/** A stage's words replaced; a blank stage keeps no entry. */
export function withStage(value: ValueOf<"stages">, id: Id, text: string): ValueOf<"stages"> {
  const stages = { ...value.stages, [id]: text };
  if (text === "") delete stages[id];
  return { type: "stages", stages };
}

/** What was written in a gap, or an empty string. */
export function gapText(value: Value | null | undefined, id: Id): string {
  return value?.type === "gaps" ? (value.gaps[id] ?? "") : "";
}

/** A gap's words replaced; a blank gap keeps no entry. */
export function withGap(value: ValueOf<"gaps">, id: Id, text: string): ValueOf<"gaps"> {
  const gaps = { ...value.gaps, [id]: text };
  if (text === "") delete gaps[id];
  return { type: "gaps", gaps };
}

/** A row marked, or with null its mark taken off. */
export function withMark(value: ValueOf<"marks">, row: Id, at: number | null): ValueOf<"marks"> {
  const marks = { ...value.marks };
  if (at === null) delete marks[row];
  else marks[row] = at;
  return { type: "marks", marks };
}

/** One option picked or put back, in the file's order; own words go when their option goes. */
export function withPick(value: ValueOf<"picks">, options: { id: Id; other?: boolean }[], id: Id, on: boolean, one = false): ValueOf<"picks"> {
  const wanted = new Set(one ? [] : value.picks);
  if (on) wanted.add(id);
  else wanted.delete(id);
  const picks = options.map((option) => option.id).filter((option) => wanted.has(option));
  const owns = options.some((option) => option.other && wanted.has(option.id));
  return { type: "picks", picks, other: owns ? value.other : null };
}
