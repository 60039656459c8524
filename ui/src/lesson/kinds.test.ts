// The larger kinds of field in a space of one's own: answered by keyboard, kept, blank told apart from zero, undone, shown again.
import { render, screen, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { standIn } from "../lib/ipc";
import type { Block, Value } from "../lib/ipc";
import { dayShort, daysLater, today } from "../shared/day";
import { axeFinds } from "../testing/axe";
import { Fake } from "../testing/fake";
import { lessonWith, sampleBlock } from "../testing/kinds";
import { helpLines } from "../testing/sample";
import LessonView from "../views/LessonView.svelte";
import { discardAll, flushAll } from "./drafts.svelte";

vi.setConfig({ testTimeout: 30_000 });
afterEach(() => vi.useRealTimers());

type Open = { fake: Fake; person: UserEvent; left: () => number };

async function open(blocks: Block[], before: Record<string, Value> = {}, person = userEvent.setup()): Promise<Open> {
  discardAll();
  const fake = new Fake({ lesson: lessonWith(blocks), helpLines });
  standIn(fake.commands, fake.shell);
  const door = await fake.commands.openDoor("a");
  if (door.status !== "ok") throw new Error("the door stays shut");
  for (const [field, value] of Object.entries(before)) await fake.commands.saveAnswer(door.data.token, "run-1", field, value);
  let left = 0;
  render(LessonView, { turn: door.data, lesson: "kinds", onleave: () => (left += 1) });
  await screen.findByRole("heading", { level: 1, name: "Something small" });
  return { fake, person, left: () => left };
}

/** Goes by Tab until the wanted control has the focus. */
async function tabTo(person: UserEvent, wanted: HTMLElement): Promise<void> {
  for (let n = 0; n < 80 && document.activeElement !== wanted; n += 1) await person.tab();
  expect(document.activeElement).toBe(wanted);
}

async function pressKey(person: UserEvent, wanted: HTMLElement, key = " "): Promise<void> {
  await tabTo(person, wanted);
  await person.keyboard(key);
}

const kept = async (fake: Fake, field: string): Promise<Value | undefined> => {
  expect(await flushAll()).toBe(true);
  return fake.kept("a", field);
};

it("a rating has no mark until one is made, keeps nought as a mark, and takes one off again", async () => {
  const { fake, person } = await open([sampleBlock("rating", "private")]);
  const first = within(screen.getByRole("group", { name: "I felt heard" }));
  expect(screen.getAllByRole("radio").filter((one) => (one as HTMLInputElement).checked)).toEqual([]);
  await pressKey(person, first.getByRole("radio", { name: "0: not at all" }));
  const third = within(screen.getByRole("group", { name: "We had some fun" }));
  await tabTo(person, third.getByRole("radio", { name: "0: not at all" }));
  await person.keyboard("{ArrowRight}{ArrowRight}");
  expect(await kept(fake, "rating")).toEqual({ type: "marks", marks: { heard: 0, fun: 2 } });
  expect(await axeFinds()).toEqual([]);
  await pressKey(person, screen.getByRole("button", { name: "Take the mark off: I felt heard" }), "{Enter}");
  expect(await kept(fake, "rating")).toEqual({ type: "marks", marks: { fun: 2 } });
  expect(first.getByRole("radio", { name: "0: not at all" })).toHaveFocus();
});

it("cards go into piles by keyboard, come up again, and one of one's own is removed and brought back", async () => {
  const { fake, person } = await open([sampleBlock("piles", "private")]);
  const card = within(screen.getByRole("group", { name: "It costs more than we have" }));
  await pressKey(person, card.getByRole("radio", { name: "me" }));
  await tabTo(person, screen.getByLabelText("A card of your own"));
  await person.keyboard("My mother would ask{Enter}");
  const own = within(screen.getByRole("group", { name: /My mother would ask/ }));
  await person.click(own.getByRole("radio", { name: "a little" }));
  const both = { type: "sorted", cards: [{ card: "cost", pile: "me" }, { card: "own-1", pile: "little" }], own: { "own-1": "My mother would ask" }, chosen: [] };
  expect(await kept(fake, "piles")).toEqual(both);
  expect(await axeFinds()).toEqual([]);
  await person.click(screen.getByRole("button", { name: "Remove your card: My mother would ask" }));
  expect(await kept(fake, "piles")).toMatchObject({ cards: [{ card: "cost", pile: "me" }], own: {} });
  await person.click(screen.getByRole("button", { name: "Undo" }));
  expect(await kept(fake, "piles")).toEqual(both);
  await person.click(screen.getByRole("button", { name: "Take up again: It costs more than we have" }));
  expect(await kept(fake, "piles")).toMatchObject({ cards: [{ card: "own-1" }] });
});

it("cards are put in order with buttons and arrow keys, and the focus stays with the card", async () => {
  const { fake, person } = await open([sampleBlock("order", "private")]);
  for (const card of ["Tea before anyone talks", "A walk to the river and back", "Doing the dishes side by side"]) {
    await pressKey(person, screen.getByRole("button", { name: `Put into the order: ${card}` }), "{Enter}");
  }
  const up = screen.getByRole("button", { name: "Move up: Doing the dishes side by side" });
  up.focus();
  await person.keyboard("{Enter}");
  expect(screen.getByRole("button", { name: "Move up: Doing the dishes side by side" })).toHaveFocus();
  await person.keyboard("{ArrowUp}");
  expect(await kept(fake, "order")).toMatchObject({ cards: [{ card: "dish", pile: null }, { card: "tea" }, { card: "walk" }] });
  expect(screen.getByRole("button", { name: "Move down: Doing the dishes side by side" })).toHaveFocus();
  expect(await axeFinds()).toEqual([]);
});

it("a sentence is completed in its gaps, each with a name of its own, Enter going to the next", async () => {
  const { fake, person } = await open([sampleBlock("frame", "private")]);
  await tabTo(person, screen.getByRole("textbox", { name: "When … happens at home," }));
  await person.keyboard("the door{Enter}small{Enter}a hello");
  expect(screen.getByRole("textbox", { name: "and I would like … more than anything." })).toHaveFocus();
  expect(await kept(fake, "frame")).toEqual({ type: "gaps", gaps: { event: "the door", feel: "small", wish: "a hello" } });
  await person.clear(screen.getByRole("textbox", { name: "I feel …" }));
  expect(await kept(fake, "frame")).toEqual({ type: "gaps", gaps: { event: "the door", wish: "a hello" } });
  expect(await axeFinds()).toEqual([]);
});

it("a log keeps an entry from its first moment, and a removed one comes back", async () => {
  const { fake, person } = await open([sampleBlock("log", "private")]);
  await pressKey(person, screen.getByRole("button", { name: "Add an entry" }), "{Enter}");
  expect(await kept(fake, "log")).toEqual({ type: "entries", entries: [{ on: today(), tags: [], note: "" }] });
  await pressKey(person, screen.getByRole("radio", { name: "Today" }), "{ArrowRight}");
  await pressKey(person, screen.getByRole("checkbox", { name: "We came back" }));
  await tabTo(person, screen.getByLabelText("A few words, if you like"));
  await person.keyboard("after tea{Enter}");
  const entry = { on: daysLater(today(), -1), tags: ["back"], note: "after tea" };
  expect(await kept(fake, "log")).toEqual({ type: "entries", entries: [entry] });
  expect(screen.getByText("after tea")).toBeVisible();
  expect(await axeFinds()).toEqual([]);
  await person.click(screen.getByRole("button", { name: /^Remove the entry/ }));
  expect(await kept(fake, "log")).toEqual({ type: "entries", entries: [] });
  await person.click(screen.getByRole("button", { name: "Undo" }));
  expect(await kept(fake, "log")).toEqual({ type: "entries", entries: [entry] });
});

it("a practice is one choice with a first and a last day, and can be put down again", async () => {
  const { fake, person } = await open([sampleBlock("practice", "private")]);
  expect(screen.getAllByRole("radio").filter((one) => (one as HTMLInputElement).checked)).toEqual([]);
  await pressKey(person, screen.getByRole("radio", { name: "Say hello at the door, looking up" }), " {ArrowDown}");
  await pressKey(person, screen.getByRole("radio", { name: "Today" }), "{ArrowRight}");
  const tomorrow = daysLater(today(), 1);
  expect(await kept(fake, "practice")).toEqual({ type: "practice", pick: "ask", other: null, start: tomorrow });
  expect(screen.getByText(`From ${dayShort(tomorrow)} until ${dayShort(daysLater(tomorrow, 6))}.`)).toBeVisible();
  expect(await axeFinds()).toEqual([]);
  await person.click(screen.getByRole("button", { name: "Take nothing for now" }));
  expect(await kept(fake, "practice")).toEqual({ type: "practice", pick: null, other: null, start: null });
});

it("own words go with their option and come back with it", async () => {
  const { fake, person } = await open([sampleBlock("practice", "private")]);
  await person.click(screen.getByRole("radio", { name: "Something of my own" }));
  await person.type(screen.getByLabelText("In my own words"), "sing");
  await person.click(screen.getByRole("radio", { name: "Ask one question at dinner" }));
  expect(await kept(fake, "practice")).toMatchObject({ pick: "ask", other: null });
  await person.click(screen.getByRole("radio", { name: "Something of my own" }));
  expect(await kept(fake, "practice")).toMatchObject({ pick: "mine", other: "sing" });
});

it("a timer waits to be started, pauses, says softly that it is over, and can be put away", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { person } = await open([sampleBlock("timer", null)], {}, userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) }));
  const timer = within(screen.getByRole("group", { name: "Timer, 5 minutes" }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(timer.getByText("5 minutes")).toBeVisible();
  await person.click(timer.getByRole("button", { name: "Start" }));
  await vi.advanceTimersByTimeAsync(61_000);
  expect(timer.getByText("about 4 minutes left")).toBeVisible();
  await person.click(timer.getByRole("button", { name: "Pause" }));
  await vi.advanceTimersByTimeAsync(600_000);
  expect(timer.getByText("about 4 minutes left")).toBeVisible();
  await person.click(timer.getByRole("button", { name: "Go on" }));
  await vi.advanceTimersByTimeAsync(240_000);
  expect(timer.getByText("That was the time. There is no rush.")).toBeVisible();
  await person.click(timer.getByRole("button", { name: "Without a timer" }));
  expect(timer.queryByRole("timer")).toBeNull();
  vi.useRealTimers();
  expect(await axeFinds()).toEqual([]);
});

it("a pause goes on to the next step, or stops for today", async () => {
  const { person, left } = await open([sampleBlock("pause", null)]);
  expect(await axeFinds()).toEqual([]);
  await person.click(screen.getByRole("button", { name: "Go on" }));
  await screen.findByRole("heading", { level: 1, name: "And then" });
  await person.click(screen.getByRole("button", { name: "Back" }));
  await person.click(await screen.findByRole("button", { name: "Stop here for today" }));
  await vi.waitFor(() => expect(left()).toBe(1));
});

it("help shows the lines of its own kind for the country chosen, and keeps nothing of the choice", async () => {
  const { fake, person } = await open([sampleBlock("help", null)]);
  await person.selectOptions(await screen.findByLabelText("Which country’s lines?"), "ie");
  expect(screen.getByText("Women’s Aid")).toBeVisible();
  expect(screen.queryByText("Samaritans")).toBeNull();
  expect(fake.calls).not.toContain("saveAnswer");
  expect(await axeFinds()).toEqual([]);
});

it("on one's own a talk says that it is for two, and offers nothing to press", async () => {
  await open([sampleBlock("talk", "joint")]);
  expect(screen.getByText(/This is for two, side by side/)).toBeVisible();
  expect(screen.queryByRole("button", { name: /speaks first/ })).toBeNull();
});

it("what was kept of every kind is shown again", async () => {
  await open([sampleBlock("rating", "private"), sampleBlock("piles", "private"), sampleBlock("frame", "private"), sampleBlock("log", "private"), sampleBlock("practice", "private")], {
    rating: { type: "marks", marks: { heard: 0 } },
    piles: { type: "sorted", cards: [{ card: "blame", pile: "not-me" }], own: {}, chosen: [] },
    frame: { type: "gaps", gaps: { feel: "at home" } },
    log: { type: "entries", entries: [{ on: "2026-11-20", tags: ["name"], note: "" }] },
    practice: { type: "practice", pick: "mine", other: "sing", start: "2026-11-23" },
  });
  expect(within(screen.getByRole("group", { name: "I felt heard" })).getByRole("radio", { name: "0: not at all" })).toBeChecked();
  expect(within(screen.getByRole("group", { name: "I would be blamed for all of it" })).getByRole("radio", { name: "not me" })).toBeChecked();
  expect(screen.getByRole("textbox", { name: "I feel …" })).toHaveValue("at home");
  expect(screen.getByText("We said its name")).toBeVisible();
  expect(screen.getByLabelText("In my own words")).toHaveValue("sing");
});
