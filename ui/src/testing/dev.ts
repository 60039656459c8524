// For looking at screens in any browser, with nothing behind them: dev.html?screen=home&theme=dark. Not part of the built app.
// `screen=kinds&kind=rating,piles` and `screen=pairkinds&kind=talk&privacy=joint` open a lesson with those blocks (testing/kinds.ts).
// `press=Go on|No` presses buttons by their words, one after the other; `text=Robin` types into the first box.
import { mount } from "svelte";
import App from "../App.svelte";
import { standIn, type Lesson, type Privacy, type TroubleKind } from "../lib/ipc";
import "../styles/fonts.css";
import "../styles/tokens.css";
import "../styles/base.css";
import { Fake, type FakeState } from "./fake";
import { lessonWith, sampleBlock, type Sample } from "./kinds";
import * as sample from "./sample";

const asked = new URLSearchParams(location.search);
const screen = asked.get("screen") ?? "welcome";
const theme = asked.get("theme");
if (theme) document.documentElement.dataset.theme = theme;

const long = "Maximiliane-Friederike von und zu Hohenstein";
/** Kinds that keep no answer have no privacy. */
function withKinds(): Lesson {
  const keepsNothing = ["timer", "pause", "ready", "help", "line", "strip", "jar", "columns"];
  const wanted = (asked.get("kind") ?? "rating").split(",") as Sample[];
  return lessonWith(wanted.map((kind) => sampleBlock(kind, keepsNothing.includes(kind) ? null : ((asked.get("privacy") ?? "private") as Privacy))));
}

const states: Record<string, FakeState> = {
  welcome: { people: [] },
  door: {},
  door1: { people: sample.people.slice(0, 1) },
  doorlong: { people: [{ seat: "a", name: long, colour: "indigo", locked: true }, { seat: "b", name: "أمينة", colour: "olive", locked: false }] },
  trouble: { startup: { type: "trouble", trouble: { what: (asked.get("what") ?? "missing") as TroubleKind, path: asked.get("path") ?? "/home/robin/Words/pairwise-profile" } } },
  fresh: { home: { ...sample.home, next: sample.home.shorter, shorter: null, reading: null } },
  finished: { home: { ...sample.home, next: null, shorter: null, reading: null, parts: sample.home.parts.map((part) => ({ ...part, done: true, now: false })) } },
  kinds: { lesson: withKinds() },
  pairkinds: { lesson: withKinds() },
  mending: { course: { ...sample.course, problems: sample.mending } },
};
const fake = new Fake(states[screen] ?? {});
standIn(fake.commands, fake.shell);

const ways: Record<string, string[]> = {
  home: ["Open Robin’s space"], fresh: ["Open Robin’s space"], finished: ["Open Robin’s space"], course: ["Open Robin’s space", "Course"],
  keep: ["Open Robin’s space", "Keep"], settings: ["Open Robin’s space", "Settings"], mending: ["Open Robin’s space", "Course"], together: ["Together"], support: ["Support"], lesson: ["Open Robin’s space", "Carry on"], pair: ["Together", "Carry on: Our loop"],
  kinds: ["Open Robin’s space", "Carry on"], pairkinds: ["Together", "Carry on: Our loop"],
  hidden: ["Open Robin’s space", "Hide now Shift ×3"],
};

const target = document.getElementById("app");
if (target) mount(App, { target });

function named(words: string): HTMLElement | undefined {
  const all = [...document.querySelectorAll<HTMLElement>("button, label")];
  const plain = (one: HTMLElement): string => (one.getAttribute("aria-label") ?? one.textContent).replace(/\s+/g, " ").trim();
  return all.find((one) => plain(one) === words) ?? all.find((one) => plain(one).startsWith(words)) ?? all.find((one) => plain(one).includes(words));
}

async function until<T>(find: () => T | undefined | null): Promise<T> {
  for (;;) {
    const found = find();
    if (found) return found;
    await new Promise((next) => requestAnimationFrame(next));
  }
}

for (const words of [...(ways[screen] ?? []), ...(asked.get("press")?.split("|") ?? [])]) {
  if (words.startsWith("=")) {
    const box = await until(() => document.querySelector<HTMLInputElement>("input.input"));
    box.value = words.slice(1);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  } else {
    (await until(() => named(words))).click();
  }
  await new Promise((next) => requestAnimationFrame(next));
}
const pick = asked.get("pick");
if (pick) {
  const select = await until(() => document.querySelector<HTMLSelectElement>("select"));
  select.value = pick;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}
document.querySelector("main")?.scrollTo(0, Number(asked.get("scroll") ?? 0));
