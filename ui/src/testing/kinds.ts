// A lesson for each of the larger kinds of block, to try and to look at. Invented, and never shown to anyone.
import type { Block, Choice, Id, Kind, Lesson, Privacy, Step, TalkTurn } from "../lib/ipc";
import { block, paragraph, text } from "./sample";

export const choice = (id: Id, words: string, more: Partial<Choice> = {}): Choice => ({ id, text: words, label: text(words), other: false, was: [], score: null, ...more });
const end = (at: number, words: string) => ({ at, text: words, label: text(words) });
const row = (id: Id, words: string) => ({ id, text: words, label: text(words), was: [], reverse: false });
const gap = (id: Id, before: string, after = "") => ({ id, before: text(before), after: text(after), text: `${before} ___ ${after}`.trim(), was: [] });
const turn = (id: Id, words: string, minutes: number | null, role: TalkTurn["role"]): TalkTurn => ({ id, text: words, label: text(words), minutes, role });

/** One step with one block, or several. */
export function lessonWith(blocks: Block[], more: Partial<Lesson["meta"]> = {}): Lesson {
  return {
    meta: {
      id: "kinds", title: "A quiet evening", version: "1.0.0", lang: "en", audience: "either", minutes: 20, licence: "CC-BY-SA-4.0", sources: [], summary: null, part: null,
      requires: [], share: "private", authors: [], heavy: null, retired: [], translates: null, instrument: null, ...more,
    },
    intro: [],
    steps: [stepOf("here", "Something small", blocks), stepOf("after", "And then", [])],
  };
}

export function stepOf(id: Id, title: string, blocks: Block[], light = false): Step {
  return {
    id, title: text(title), title_text: title, when: null, light,
    body: [{ type: "prose", prose: paragraph("Take as long as you like. Nothing here is a test.") }, ...blocks.map((one) => ({ type: "block" as const, block: one }))],
  };
}

const kinds = {
  rating: { type: "rating", from: 0, to: 10, ends: [end(0, "not at all"), end(10, "very much")], rows: [row("heard", "I felt heard"), row("ease", "There was ease between us"), row("fun", "We had some fun")] },
  piles: {
    type: "sort", own: true, overlap: null,
    piles: [choice("me", "me"), choice("little", "a little"), choice("not-me", "not me")],
    cards: [choice("worse", "It could make things worse"), choice("blame", "I would be blamed for all of it"), choice("cost", "It costs more than we have")],
  },
  order: { type: "sort", own: false, overlap: null, piles: [], cards: [choice("tea", "Tea before anyone talks"), choice("walk", "A walk to the river and back"), choice("dish", "Doing the dishes side by side")] },
  frame: { type: "frame", gaps: [gap("event", "When", "happens at home,"), gap("feel", "I feel"), gap("wish", "and I would like", "more than anything.")] },
  log: { type: "log", per: "day", tags: [choice("slower", "We slowed down"), choice("back", "We came back"), choice("name", "We said its name")] },
  practice: { type: "practice", days: 7, options: [choice("hello", "Say hello at the door, looking up"), choice("ask", "Ask one question at dinner"), choice("mine", "Something of my own", { other: true })] },
  timer: { type: "timer", minutes: 5 },
  pause: { type: "pause" },
  agreement: { type: "agreement", review: 14 },
  talk: { type: "talk", rounds: 1, swap: true, heard: true, turns: [turn("say", "Speaker: what I hoped you would notice is …", 5, "speaker"), turn("back", "Listener: say back what you heard, in your own words.", 2, "listener")] },
  ready: { type: "ready" },
  help: { type: "help", topic: "abuse" },
  instrument: { type: "instrument", of: "pulse" },
  line: { type: "chart", of: [], draw: "line" },
  strip: { type: "chart", of: [], draw: "strip" },
  jar: { type: "chart", of: [], draw: "jar" },
  columns: { type: "chart", of: [], draw: "columns" },
} satisfies Record<string, Kind>;

export type Sample = keyof typeof kinds;

const prompts: Record<Sample, string> = {
  rating: "This past week", piles: "What makes you hesitate?", order: "What helps first?", frame: "One sentence", log: "When it went another way", practice: "One small thing",
  timer: "Sit together and say nothing", pause: "Look up for a moment", agreement: "How we take a break", talk: "Five minutes each", ready: "How much is right today?",
  help: "Someone to talk to", instrument: "The weekly pulse", line: "How close it felt", strip: "Days it went another way", jar: "What we came back from", columns: "The first week and this one",
};

/** A block of one of the larger kinds. */
export function sampleBlock(of: Sample, privacy: Privacy | null, more: Partial<Block> = {}): Block {
  return block(of, kinds[of], prompts[of], privacy, more);
}
