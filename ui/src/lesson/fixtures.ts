// Lessons for this folder's tests: one with every kind of field, one with a gate. Invented.

import type { Id, Kind, Lesson, Privacy } from "../lib/ipc";
import { block, paragraph, text } from "../testing/sample";

const choice = (id: Id, words: string, other = false) => ({ id, text: words, label: text(words), other, was: [], score: null });
const stage = (id: Id, words: string, flags: { spark?: boolean; seen?: boolean; under?: boolean } = {}) => ({
  id, text: words, label: text(words), spark: false, seen: false, under: false, ...flags,
});

export const stages = [
  stage("spark", "When I see or hear …", { spark: true }),
  stage("move", "I tend to …", { seen: true }),
  stage("feeling", "Underneath, I feel …", { under: true }),
  stage("need", "I am hoping for …", { under: true }),
];

type Stands = { id: Id; title: string; body: Lesson["steps"][number]["body"] };

function lessonOf(steps: Stands[]): Lesson {
  return {
    meta: {
      id: "fixture", title: "A lesson", version: "1.0.0", lang: "en", audience: "either", minutes: 10, licence: "CC-BY-SA-4.0", sources: [], summary: null,
      part: null, requires: [], share: "private", authors: [], heavy: null, retired: [], translates: null, instrument: null,
    },
    intro: [],
    steps: steps.map(({ id, title, body }) => ({ id, title: text(title), title_text: title, when: null, light: false, body })),
  };
}

const field = (id: Id, kind: Kind, prompt: string, privacy: Privacy | null = "private") => ({ type: "block" as const, block: block(id, kind, prompt, privacy) });

const options = [choice("closer", "moved closer"), choice("away", "moved away"), choice("else", "something else", true)];

/** Every kind of field, on one step. */
export const everyField = lessonOf([
  {
    id: "all", title: "All of them",
    body: [
      { type: "prose", prose: paragraph("Some words first.") },
      field("line", { type: "short", max: 40 }, "A line"),
      field("words", { type: "long", rows: 3, max: null }, "Words"),
      field("one", { type: "choice", options }, "One of these"),
      field("some", { type: "choices", options: options.map((one) => ({ ...one, id: `${one.id}-too` })), min: null, max: 2 }, "Some of these"),
      field("mark", { type: "scale", from: 0, to: 10, ends: [{ at: 0, text: "calm", label: text("calm") }] }, "How stirred up?"),
      field("lines", { type: "list", min: null, max: null }, "Short lines"),
      field("ticks", { type: "checklist", items: [choice("breathe", "breathe"), choice("wait", "wait")] }, "To tick"),
      field("loop", { type: "cycle", stages, half: false }, "My half"),
      field("plan", { type: "plan", parts: [{ title: "Opening", from: 1, to: 30 }, { title: "To the end", from: 31, to: 60 }], every: 7 }, "The book"),
      { type: "block", block: block("why", { type: "note" }, "Where this comes from", null, { help: [paragraph("A figure, a source, a caveat.")] }) },
    ],
  },
]);

/** A gate whose *yes* leads to the last step. */
export const gated = lessonOf([
  {
    id: "ask", title: "Is this the time?",
    body: [field("safe", { type: "gate", options: [
      { id: "no", text: "No", label: text("No"), go: null },
      { id: "yes", text: "Yes", label: text("Yes"), go: "help" },
    ] }, "Could this put you at risk?", null)],
  },
  { id: "next", title: "The next page", body: [{ type: "prose", prose: paragraph("On we go.") }] },
  { id: "help", title: "Getting support", body: [{ type: "prose", prose: paragraph("Please talk to someone first.") }] },
]);
