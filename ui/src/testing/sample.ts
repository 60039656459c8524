// A small lesson, a course and help lines to try screens with. Invented, and never shown to anyone.
import type { Block, Course, Found, Home, HelpLines, Inline, Kind, Lesson, Person, Privacy, Prose, Step, When } from "../lib/ipc";

export const text = (words: string): Inline[] => [{ type: "text", text: words }];
export const paragraph = (words: string): Prose => ({ type: "paragraph", children: text(words) });

export function block(id: string, kind: Kind, prompt: string, privacy: Privacy | null, more: Partial<Block> = {}): Block {
  return { id, kind, prompt: text(prompt), prompt_text: prompt, help: [], privacy, required: false, sensitive: false, pick: false, send: false, rev: 1, was: [], when: null, ...more };
}

function step(id: string, title: string, body: (Prose | Block)[], when: When | null = null): Step {
  return {
    id, title: text(title), title_text: title, when, light: false,
    body: body.map((one) => ("kind" in one ? { type: "block", block: one } : { type: "prose", prose: one })),
  };
}

const stages = [
  { id: "spark", text: "When I see or hear…", spark: true, seen: false, under: false },
  { id: "move", text: "I tend to…", spark: false, seen: true, under: false },
  { id: "feeling", text: "Underneath, I feel…", spark: false, seen: false, under: true },
  { id: "need", text: "I am hoping for…", spark: false, seen: false, under: true },
].map((stage) => ({ ...stage, label: text(stage.text) }));

export const people: Person[] = [
  { seat: "a", name: "Robin", colour: "teal", locked: false },
  { seat: "b", name: "Sam", colour: "clay", locked: false },
];

export const lesson: Lesson = {
  meta: {
    id: "our-loop", title: "Our loop", version: "1.0.0", lang: "en", audience: "either", minutes: 45, licence: "CC-BY-SA-4.0", sources: [],
    summary: "Draw the pattern the two of you fall into, so that it stands in front of you and not between you.", part: "loop", requires: [], share: "private",
    authors: [], heavy: null, retired: [], translates: null, instrument: null,
  },
  intro: [paragraph("Most arguments are the same argument. This lesson draws yours.")],
  steps: [
    step("moment", "One recent moment", [
      paragraph("Pick a small one. The kind that happens on an ordinary evening."),
      block("scene", { type: "long", rows: 4, max: null }, "What happened, as a camera would have seen it?", "private"),
    ]),
    step("halves", "Each your own half", [
      paragraph("Write apart. Nothing opens until you have both sealed, and both say so."),
      block("loop", { type: "cycle", stages, half: false }, "My half of the loop", "reveal"),
    ]),
    step("drawing", "The loop", [
      block("both", { type: "compare", of: [{ field: "loop", against: null }] }, "The two halves as one", null),
      block("name", { type: "short", max: 40 }, "What shall we call it?", "joint"),
    ]),
  ],
};

export const course: Course = {
  title: "Pairwise",
  parts: [
    { id: "begin", title: "Begin", lessons: [] },
    {
      id: "loop", title: "See the loop",
      lessons: [{ id: "our-loop", title: "Our loop", summary: lesson.meta.summary, minutes: 45, audience: "either", fits: true, state: "begun", steps_done: 1, steps: 3 }],
    },
    { id: "talk", title: "Talk differently", lessons: [] },
    { id: "closer", title: "Closer", lessons: [] },
    {
      id: "read", title: "Read together",
      lessons: [
        { id: "read-together", title: "Reading one book, side by side", summary: "Choose a book, set an easy pace, and talk about one line at a time.", minutes: 25, audience: "either", fits: true, state: "fresh", steps_done: 0, steps: 7 },
        { id: "speaker", title: "Speaker and listener", summary: null, minutes: 30, audience: "together", fits: false, state: "fresh", steps_done: 0, steps: 5 },
      ],
    },
    { id: "keep", title: "Keep going", lessons: [] },
  ],
  paths: [
    { id: "same-fight", title: "The same fight, again and again", who: "either", lessons: ["our-loop", "speaker"] },
    { id: "a-book", title: "We want to read a book", who: "either", lessons: ["read-together"] },
  ],
  path: null,
  problems: [],
};

export const mending: Course["problems"] = [
  {
    file: "en/small-promises.md", title: "Small promises", opens: false,
    problems: [
      { code: "L014", error: true, message: "This field says “sealed”, which is not one of the kinds of privacy.", help: "Write private, reveal or joint.", line: 18, column: 23, excerpt: "> [!long] What would help? {#help sealed}" },
      { code: "L031", error: false, message: "This step has no words before its first field.", help: null, line: 30, column: 1, excerpt: "## One promise" },
    ],
  },
];

export const home: Home = {
  part_of_day: "evening",
  next: {
    lesson: "our-loop", title: "Our loop", summary: lesson.meta.summary, minutes: 30, stopped_after: "One recent moment", next_step: "Each your own half", begun: true,
  },
  shorter: {
    lesson: "read-together", title: "Reading one book, side by side", summary: "Choose a book, set an easy pace, and talk about one line at a time.", minutes: 25,
    stopped_after: null, next_step: null, begun: false,
  },
  reading: { lesson: "read-together", title: "The Left Hand of Darkness", part: "Chapters 4 to 6", by: "2026-11-29" },
  practice: null, reviews: [], pulse_due: false, pulse: null,
  parts: course.parts.map((part, n) => ({ title: part.title, done: n < 1, now: n === 1 })),
};

export const helpLines: HelpLines = {
  checked: "2026-10-15",
  days_ago: 40,
  countries: [
    {
      code: "ie", name: "Ireland", emergency: "112 or 999",
      lines: [
        { topic: "crisis", name: "Samaritans", number: "116 123", site: null },
        { topic: "crisis", name: "Text About It", number: "Text HELLO to 50808", site: "textaboutit.ie" },
        { topic: "abuse", name: "Women’s Aid", number: "1800 341 900", site: "womensaid.ie" },
        { topic: "abuse", name: "Men’s Aid", number: "01 554 3811", site: "mensaid.ie" },
        { topic: "therapist", name: "A directory of therapists", number: null, site: "example.org" },
      ],
    },
    { code: "other", name: "Elsewhere", emergency: "Your local number", lines: [{ topic: "crisis", name: "Find a Helpline", number: null, site: "findahelpline.com" }] },
  ],
};

/** What can be found: one of each kind. */
export const findable: Found[] = [
  {
    title: "Our loop", asked: "What happened, as a camera would have seen it?", on: "2026-11-24", who: { type: "only-me" },
    snippet: [{ text: "We stood in the ", found: false }, { text: "kitchen", found: true }, { text: " and nobody spoke.", found: false }],
    place: { type: "field", at: { lesson: "our-loop", run: "run-1", step: "moment", field: "scene" } },
  },
  {
    title: "Our loop", asked: "My half of the loop", on: "2026-11-20", who: { type: "opened", by: "b" },
    snippet: [{ text: "Alone in the ", found: false }, { text: "kitchen", found: true }], place: { type: "lines", lines: ["Alone in the kitchen", "I wait"], why: "with-the-other" },
  },
  {
    title: "Small promises", asked: "What we try this week", on: "2026-11-02", who: { type: "ours" },
    snippet: [{ text: "Ten minutes in the ", found: false }, { text: "kitchen", found: true }], place: { type: "lines", lines: ["Ten minutes in the kitchen"], why: "with-the-other" },
  },
  {
    title: "an-old-lesson", asked: "One thing", on: "2025-02-02", who: { type: "only-me" },
    snippet: [{ text: "The ", found: false }, { text: "kitchen", found: true }, { text: " light", found: false }], place: { type: "lines", lines: ["The kitchen light", "was on"], why: "lesson-gone" },
  },
];
