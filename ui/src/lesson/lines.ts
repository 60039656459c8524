// How an answer reads: as plain lines, for reading and for copying, and the small words around them.

import { m } from "../messages/en";
import type { Block, Choice, Entry, Gap, Id, Kind, PlanPart, Value } from "../lib/ipc";
import { dayWithYear } from "../shared/day";
import { cardText, inPile } from "./fields/sort";
import { isBlank, type ValueOf } from "./values";

/** An answer as plain lines. */
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
    case "marks":
      return rated(block.kind, value).map((row) => `${opening(row.text)} ${markText(block.kind, row.at)}`);
    case "sorted":
      return sortedLines(block.kind, value);
    case "gaps":
      return block.kind.type === "frame" ? [sentence(block.kind.gaps, value)] : Object.values(value.gaps);
    case "agreement":
      return [...value.text.split("\n"), ...agreementDays(value)];
    case "entries":
      return value.entries.map((entry) => entryText(block.kind, entry));
    case "practice":
      return practiceLines(block.kind, value);
    case "talk":
      return [m.blocks.talk.rounds(value.rounds), ...(value.next.trim() === "" ? [] : [`${m.blocks.talk.nextStep}: ${value.next}`])];
    case "takes":
      return value.takes.map((take) => m.blocks.takes.on(dayWithYear(take.on)));
  }
}

function picked(kind: Kind, value: ValueOf<"picks">): string[] {
  const options: Choice[] = kind.type === "checklist" ? kind.items : kind.type === "choice" || kind.type === "choices" ? kind.options : [];
  return pickLines(options, value.picks, value.other);
}

/** What was picked, in the lesson's order. Own words stay when their option was put back: they were written. */
export function pickLines(options: Choice[], picks: Id[], other: string | null): string[] {
  const chosen = options.filter((option) => picks.includes(option.id));
  const own = other?.trim() ? other : null;
  const lines = chosen.map((option) => (option.other && own ? `${opening(option.text)} ${own}` : option.text));
  return own && !chosen.some((option) => option.other) ? [...lines, own] : lines;
}

function stageLines(kind: Kind, value: ValueOf<"stages">): string[] {
  if (kind.type !== "cycle") return [];
  return kind.stages
    .filter((stage) => (value.stages[stage.id] ?? "").trim() !== "")
    .map((stage) => `${opening(stage.text)} ${value.stages[stage.id]}`);
}

/** The rows that were marked, in the lesson's order. */
export function rated(kind: Kind, value: ValueOf<"marks">): { id: Id; text: string; at: number }[] {
  if (kind.type !== "rating") return [];
  return kind.rows.flatMap((row) => {
    const at = value.marks[row.id];
    return at === undefined ? [] : [{ id: row.id, text: row.text, at }];
  });
}

function sortedLines(kind: Kind, value: ValueOf<"sorted">): string[] {
  if (kind.type !== "sort") return [];
  if (kind.piles.length === 0) return value.cards.map((card, at) => `${at + 1}. ${cardText(kind.cards, value, card.card)}`);
  return kind.piles.flatMap((pile) => {
    const here = inPile(value, pile.id).map((card) => cardText(kind.cards, value, card));
    return here.length > 0 ? [`${opening(pile.text)} ${here.join("; ")}`] : [];
  });
}

/** The whole sentence, with dots in the gaps left blank. */
function sentence(gaps: Gap[], value: ValueOf<"gaps">): string {
  return gaps.map((gap) => gap.text.replace("___", () => value.gaps[gap.id]?.trim() || "…")).join(" ");
}

/** When it was agreed on and when it ended, in words. */
export function agreementDays(value: ValueOf<"agreement">): string[] {
  const words = m.blocks.agreement;
  return [...(value.since ? [words.since(dayWithYear(value.since))] : []), ...(value.ended ? [words.endedOn(dayWithYear(value.ended))] : [])];
}

function entryText(kind: Kind, entry: Entry): string {
  const tags = kind.type === "log" ? pickLines(kind.tags, entry.tags, null) : [];
  return `${dayWithYear(entry.on)}: ${[...tags, ...(entry.note.trim() === "" ? [] : [entry.note])].join("; ")}`;
}

function practiceLines(kind: Kind, value: ValueOf<"practice">): string[] {
  const lines = pickLines(kind.type === "practice" ? kind.options : [], value.pick ? [value.pick] : [], value.other);
  return value.start ? [...lines, m.blocks.practice.from(dayWithYear(value.start))] : lines;
}

/** A stage's label made fit to stand before someone's words: "Underneath, I feel…" becomes "Underneath, I feel:". */
export function opening(label: string): string {
  return `${bareLabel(label)}:`;
}

/** A label without the dots, underscores or colon that ask for words after it. */
export function bareLabel(label: string): string {
  return label.replace(/[\s….:_–—-]+$/u, "");
}

/** A mark in words: "3 on a line from 1 to 7", with its own words where the lesson gives some. */
export function markText(kind: Kind, at: number): string {
  if (kind.type !== "scale" && kind.type !== "rating") return String(at);
  const words = kind.ends.find((end) => end.at === at)?.text;
  return m.lesson.scale.reads(at, kind.from, kind.to, words);
}

/** A part of a book with its pages. */
export function partText(part: PlanPart): string {
  const pages = m.lesson.plan.pages(part.from, part.to);
  return pages ? `${part.title} (${pages})` : part.title;
}
