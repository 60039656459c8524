// How an answer of each kind reads, as lines to copy and as words on the page; and what of it can be given to the other.
import { render, screen } from "@testing-library/svelte";
import { afterEach, expect, it } from "vitest";
import type { Block, Value } from "../lib/ipc";
import { axeFinds } from "../testing/axe";
import { choice, sampleBlock } from "../testing/kinds";
import { block } from "../testing/sample";
import { itemsOf } from "./fields/items";
import { asLines } from "./lines";
import { isBlank, startingValue, untouched } from "./values";
import Words from "./Words.svelte";

afterEach(() => document.body.replaceChildren());

const picks = block("p", { type: "choices", options: [choice("a", "one"), choice("b", "another:", { other: true })], min: null, max: null }, "Which?", "private");

const read: [string, Block, Value, string[]][] = [
  ["rating", sampleBlock("rating", "private"), { type: "marks", marks: { fun: 7, heard: 0 } }, ["I felt heard: 0 on a line from 0 to 10: not at all", "We had some fun: 7 on a line from 0 to 10"]],
  ["piles", sampleBlock("piles", "private"), { type: "sorted", cards: [{ card: "own-1", pile: "me" }, { card: "cost", pile: "me" }, { card: "worse", pile: "not-me" }], own: { "own-1": "time" }, chosen: [] },
    ["me: time; It costs more than we have", "not me: It could make things worse"]],
  ["order", sampleBlock("order", "private"), { type: "sorted", cards: [{ card: "walk", pile: null }, { card: "tea", pile: null }], own: {}, chosen: [] }, ["1. A walk to the river and back", "2. Tea before anyone talks"]],
  ["frame", sampleBlock("frame", "private"), { type: "gaps", gaps: { event: "the $& door", wish: "tea" } }, ["When the $& door happens at home, I feel … and I would like tea more than anything."]],
  ["agreement", sampleBlock("agreement", "joint"), { type: "agreement", text: "Stop\nand tea", accepted: ["a", "b"], since: "2026-11-01", ended: null }, ["Stop", "and tea", "Since 1 November 2026"]],
  ["log", sampleBlock("log", "private"), { type: "entries", entries: [{ on: "2026-11-02", tags: ["back", "slower"], note: "tea" }] }, ["2 November 2026: We slowed down; We came back; tea"]],
  ["practice", sampleBlock("practice", "private"), { type: "practice", pick: "mine", other: "sing", start: "2026-11-02" }, ["Something of my own: sing", "From 2 November 2026"]],
  ["talk", sampleBlock("talk", "joint"), { type: "talk", rounds: 2, next: "a walk" }, ["Talked through 2 rounds", "Next step: a walk"]],
  ["instrument", sampleBlock("instrument", "private"), { type: "takes", takes: [{ on: "2026-11-02", marks: {} }] }, ["Answered on 2 November 2026"]],
  ["choices", picks, { type: "picks", picks: ["b"], other: "mine" }, ["another: mine"]],
];

it.each(read)("%s reads as plain lines", (_kind, of, value, lines) => {
  expect(isBlank(value)).toBe(false);
  expect(asLines(of, value)).toEqual(lines);
});

it.each(read)("%s reads on the page, and axe finds nothing", async (_kind, of, value, lines) => {
  const { baseElement } = render(Words, { target: document.body.appendChild(document.createElement("main")), props: { block: of, value } });
  const words = (text: string): string => text.replace(/[\s.;:…·-]+|\d\. /g, "");
  const page = words(baseElement.textContent);
  for (const line of lines) for (const part of line.split(/[;:]|\d\. /)) expect(page).toContain(words(part));
  expect(await axeFinds()).toEqual([]);
});

it.each(read)("%s untouched is blank, says so, and an answer of another kind does not stand in for it", (_kind, of) => {
  const fresh = untouched(of.kind);
  expect(isBlank(fresh)).toBe(true);
  expect(asLines(of, fresh)).toEqual([]);
  render(Words, { block: of, value: fresh });
  expect(screen.getByText("Left blank.")).toBeVisible();
  expect(startingValue(of, { type: "mark", at: 3 })).toEqual(fresh);
});

it("what can be given is single things, in the words the shell keeps", () => {
  const of = (index: number): string[] => itemsOf(read[index]![1], read[index]![2]);
  expect(of(0)).toEqual(["I felt heard: 0 (10 is the highest)", "We had some fun: 7 (10 is the highest)"]);
  expect(of(1)).toEqual(["time", "It costs more than we have", "It could make things worse"]);
  expect(of(3)).toContain("the $& door");
  expect(of(5)).toEqual(["tea"]);
  expect(of(9)).toEqual(["another: mine"]);
});
