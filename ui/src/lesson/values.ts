// Answers as plain data: what an untouched field holds, whether an answer says anything, and how it reads as lines.
// Deliberately not here: whether a value fits its field (the shell decides) and anything drawn.

import { m } from "../messages/en";
import type { Block, Id, Kind, PlanPart, Value } from "../lib/ipc";

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
    default:
      return undefined;
  }
}

/** A kept answer if it fits the field's kind, else the untouched one: a changed lesson may have changed a kind. */
export function startingValue(block: Block, kept: Value | undefined): Value {
  const fresh = untouched(block.kind) ?? { type: "text", text: "" };
  return kept && kept.type === fresh.type ? kept : fresh;
}

export function isBlank(value: Value | null | undefined): boolean {
  if (!value) return true;
  switch (value.type) {
    case "text":
      return value.text.trim() === "";
    case "picks":
      return value.picks.length === 0;
    case "mark":
      return value.at === null;
    case "lines":
      return value.lines.every((line) => line.trim() === "");
    case "stages":
      return Object.values(value.stages).every((words) => words.trim() === "");
    case "plan":
      return value.title.trim() === "" && value.author.trim() === "" && value.start === null;
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

/** One option picked or put back, in the file's order; own words go when their option goes. */
export function withPick(value: ValueOf<"picks">, options: { id: Id; other?: boolean }[], id: Id, on: boolean, one = false): ValueOf<"picks"> {
  const wanted = new Set(one ? [] : value.picks);
  if (on) wanted.add(id);
  else wanted.delete(id);
  const picks = options.map((option) => option.id).filter((option) => wanted.has(option));
  const owns = options.some((option) => option.other && wanted.has(option.id));
  return { type: "picks", picks, other: owns ? value.other : null };
}

/** An answer as plain lines, for reading and for copying. */
export function asLines(block: Block, value: Value | null | undefined): string[] {
  if (!value || isBlank(value)) return [];
  switch (value.type) {
    case "text":
      return value.text.split("\n");
    case "picks":
      return picked(block.kind, value);
    case "mark":
      return value.at === null ? [] : [markText(block.kind, value.at)];
    case "lines":
      return value.lines.filter((line) => line.trim() !== "");
    case "stages":
      return stageLines(block.kind, value);
    case "plan":
      return [m.lesson.plan.bookBy(value.title, value.author), ...value.parts.map(partText)];
  }
}

function picked(kind: Kind, value: ValueOf<"picks">): string[] {
  const options = kind.type === "checklist" ? kind.items : "options" in kind ? kind.options : [];
  return options
    .filter((option) => value.picks.includes(option.id))
    .map((option) => {
      const own = "other" in option && option.other ? value.other : null;
      return own ? `${option.text}: ${own}` : option.text;
    });
}

function stageLines(kind: Kind, value: ValueOf<"stages">): string[] {
  if (kind.type !== "cycle") return [];
  return kind.stages
    .filter((stage) => (value.stages[stage.id] ?? "").trim() !== "")
    .map((stage) => `${opening(stage.text)} ${value.stages[stage.id]}`);
}

/** A stage's label made fit to stand before someone's words: "Underneath, I feel…" becomes "Underneath, I feel:". */
export function opening(label: string): string {
  return `${bareLabel(label)}:`;
}

/** A label without the dots, underscores or colon that ask for words after it. */
export function bareLabel(label: string): string {
  return label.replace(/[\s….:_–—-]+$/u, "");
}

/** A mark in words: "3 of 1 to 7", with its own words where the lesson gives some. */
export function markText(kind: Kind, at: number): string {
  if (kind.type !== "scale") return String(at);
  const words = kind.ends.find((end) => end.at === at)?.text;
  return m.lesson.scale.reads(at, kind.from, kind.to, words);
}

/** A part of a book with its pages. */
export function partText(part: PlanPart): string {
  const pages = m.lesson.plan.pages(part.from, part.to);
  return pages ? `${part.title} (${pages})` : part.title;
}
