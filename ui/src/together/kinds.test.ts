// The larger kinds of block in a sitting for two: a talk, an agreement, how ready each is, cards of which only some open, a line given.
import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { standIn } from "../lib/ipc";
import type { Block, Lesson, Turn } from "../lib/ipc";
import { discardAll, flushAll } from "../lesson/drafts.svelte";
import { axeFinds } from "../testing/axe";
import { Fake } from "../testing/fake";
import { lessonWith, sampleBlock, stepOf } from "../testing/kinds";
import { block } from "../testing/sample";
import TogetherView from "../views/TogetherView.svelte";

vi.setConfig({ testTimeout: 30_000 });
afterEach(() => vi.useRealTimers());

type Open = { fake: Fake; person: UserEvent; left: () => number };

async function open(lesson: Lesson | Block[], person = userEvent.setup()): Promise<Open> {
  discardAll();
  const fake = new Fake({ lesson: Array.isArray(lesson) ? lessonWith(lesson) : lesson });
  standIn(fake.commands, fake.shell);
  const opened = await fake.commands.openTogether();
  if (opened.status !== "ok") throw new Error("no sitting");
  let left = 0;
  const view = render(TogetherView, { turn: opened.data, lesson: "kinds", onleave: () => (left += 1), onturn: (turn: Turn) => void view.rerender({ turn }) });
  await screen.findByRole("heading", { level: 1, name: "Something small" });
  return { fake, person, left: () => left };
}

const press = async (person: UserEvent, name: string): Promise<void> => person.click(await screen.findByRole("button", { name }));
const page = (): string => `${document.body.textContent} ${[...document.querySelectorAll("input, textarea")].map((one) => (one as HTMLInputElement).value).join(" ")}`;

it("a talk goes turn by turn, asks whether it was got, changes places, and ends with one next step", async () => {
  const { fake, person } = await open([sampleBlock("talk", "joint")]);
  expect(await axeFinds()).toEqual([]);
  await press(person, "Sam speaks first");
  const turn = await screen.findByRole("heading", { name: /^Speaker: what I hoped/ });
  expect(turn).toHaveFocus();
  expect(screen.getByText("Turn 1 of 2 · Sam’s turn")).toBeVisible();
  expect(await axeFinds()).toEqual([]);
  await press(person, "Next turn");
  expect(await screen.findByText("Turn 2 of 2 · Robin’s turn")).toBeVisible();
  await press(person, "That is all of it");
  await screen.findByRole("heading", { name: "Robin asks Sam: “Did I get it?”" });
  await press(person, "Not yet: I’ll say it again");
  expect(await screen.findByText(/Sam says it again in other words/)).toBeVisible();
  await press(person, "Next turn");
  await press(person, "That is all of it");
  await press(person, "Mostly, and also…");
  expect(await screen.findByText(/Sam says only what is still missing/)).toBeVisible();
  await press(person, "That is all of it");
  await press(person, "Yes");
  await screen.findByRole("heading", { name: "Now you change places." });
  expect(screen.getByText("Robin speaks, Sam listens.")).toBeVisible();
  await press(person, "Go on");
  await press(person, "Next turn");
  await press(person, "That is all of it");
  await press(person, "Yes");
  await person.type(await screen.findByLabelText("One next step"), "a walk on Sunday");
  await press(person, "Keep this step");
  await screen.findByRole("heading", { name: "That was the talk." });
  await flushAll();
  expect(fake.kept("both", "talk")).toEqual({ type: "talk", rounds: 1, next: "a walk on Sunday" });
  expect(await axeFinds()).toEqual([]);
});

it("a time-out cannot be had without a time to come back, says when that has come, and finds the talk where it was", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true, now: new Date(2026, 10, 24, 20, 15) });
  const { person } = await open([sampleBlock("talk", "joint")], userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) }));
  await press(person, "Robin speaks first");
  await press(person, "Next turn");
  await press(person, "Time-out");
  await screen.findByRole("heading", { name: "A time-out, and a time to come back" });
  expect(screen.queryByRole("button", { name: "We are both back" })).toBeNull();
  await press(person, "30 minutes");
  await screen.findByRole("heading", { name: "Time-out until 20:45" });
  await vi.advanceTimersByTimeAsync(30 * 60_000);
  expect(await screen.findByText(/^It is 20:45. Come back/)).toBeVisible();
  await press(person, "We are both back");
  expect(await screen.findByRole("heading", { name: /^Listener: say back/ })).toHaveFocus();
});

it("a talk is found where it was after looking at another step, and may end with no step at all", async () => {
  const { fake, person } = await open([sampleBlock("talk", "joint")]);
  await press(person, "Robin speaks first");
  await press(person, "Next turn");
  await press(person, "Next");
  await screen.findByRole("heading", { level: 1, name: "And then" });
  await press(person, "Back");
  await screen.findByRole("heading", { name: /^Listener: say back/ });
  await press(person, "End the talk here");
  await press(person, "No step this time");
  await flushAll();
  expect(fake.kept("both", "talk")).toEqual({ type: "talk", rounds: 0, next: "" });
});

it("an agreement is worded by both, accepted by each on their own turn, ended by one, and a new wording is nobody's", async () => {
  const { fake, person } = await open([sampleBlock("agreement", "joint")]);
  await person.type(await screen.findByLabelText("The wording"), "Thirty minutes, then tea");
  await flushAll();
  await press(person, "Robin’s turn");
  await press(person, "I accept this wording");
  expect(await screen.findByText("Robin accepts this")).toBeVisible();
  expect(screen.getByText("Sam: not yet")).toBeVisible();
  expect(await axeFinds()).toEqual([]);
  await press(person, "Pass the keyboard");
  await press(person, "Sam’s turn");
  await press(person, "I accept this wording");
  expect(await screen.findByText("This holds between you.")).toBeVisible();
  expect(screen.getByText(/Look at it again on 15 January 2030/)).toBeVisible();
  await press(person, "End this");
  await press(person, "Yes, end it");
  expect(await screen.findByText(/This has ended/)).toBeVisible();
  await press(person, "Pass the keyboard");
  await person.type(await screen.findByLabelText("The wording"), " and cake");
  expect(await screen.findByText("A wording. Nobody has accepted it yet.")).toBeVisible();
  await flushAll();
  expect(fake.kept("both", "agreement")).toMatchObject({ text: "Thirty minutes, then tea and cake", accepted: [], ended: null });
});

it("how ready each is stays under the cover, the smaller is offered to both, and the light way hides other steps", async () => {
  const lesson = { ...lessonWith([]), steps: [stepOf("here", "Something small", [sampleBlock("ready", null)], true), stepOf("hot", "The hot part", []), stepOf("calm", "The calm part", [], true)] };
  const { fake, person } = await open(lesson);
  await press(person, "Robin’s turn");
  expect(screen.getByText(/this can be guessed. If a no could be held against you, don’t use Together/)).toBeVisible();
  expect(await axeFinds()).toEqual([]);
  await person.click(await screen.findByRole("button", { name: /^All of it/ }));
  await screen.findByText(/You can change it until/);
  expect(page()).not.toContain("The light way");
  await press(person, "Pass the keyboard");
  await screen.findByText("Answered");
  expect(page()).not.toMatch(/All of it|room for all/);
  await press(person, "Sam’s turn");
  await person.click(await screen.findByRole("button", { name: /^Something light/ }));
  // A no is possible under the cover at any time.
  await screen.findByText(/You can still say less/);
  await press(person, "Change my answer");
  await person.click(await screen.findByRole("button", { name: /^Something light/ }));
  await press(person, "Pass the keyboard");
  expect(fake.picks("ready")).toEqual(["whole", "light"]);
  await screen.findByRole("heading", { name: "Today’s suggestion: the light way." });
  expect(await axeFinds()).toEqual([]);
  await press(person, "Robin’s turn");
  await screen.findByText(/You can still say less/);
  await press(person, "Change my answer");
  expect(screen.getByRole("button", { name: /^Not together today/ })).toBeVisible();
  await press(person, "Pass the keyboard");
  await press(person, "Take the light way");
  expect(await screen.findByRole("heading", { level: 1, name: "The calm part" })).toBeVisible();
  expect(screen.queryByText("The hot part")).toBeNull();
});

it("apart is offered without a word about whose it was, and stops here", async () => {
  const { person, left } = await open([sampleBlock("ready", null)]);
  for (const [name, pick] of [["Robin", /^Not together today/], ["Sam", /^All of it/]] as const) {
    await press(person, `${name}’s turn`);
    await person.click(await screen.findByRole("button", { name: pick }));
    await screen.findByText(/Your answer is with the app|You can still say less/);
    await press(person, "Pass the keyboard");
  }
  await screen.findByRole("heading", { name: "Today’s suggestion: each on your own." });
  const offer = screen.getByRole("heading", { name: "Today’s suggestion: each on your own." }).parentElement;
  expect(offer?.textContent).not.toMatch(/Robin|Sam/);
  await press(person, "Stop here for today");
  await waitFor(() => expect(left()).toBe(1));
});

it("of cards and lines with pick only the chosen ones are marked for the seal", async () => {
  const list = block("worries", { type: "list", min: null, max: null }, "What worries me", "reveal", { pick: true });
  const { fake, person } = await open([sampleBlock("piles", "reveal", { pick: true }), list]);
  await press(person, "Robin’s turn");
  const card = within(await screen.findByRole("group", { name: "It costs more than we have" }));
  expect(screen.queryByRole("checkbox", { name: /^Open this one/ })).toBeNull();
  await person.click(card.getByRole("radio", { name: "me" }));
  await person.click(screen.getByRole("checkbox", { name: "Open this one: It costs more than we have" }));
  await person.type(screen.getByLabelText("Line 1"), "being late{Enter}being loud");
  await person.click(screen.getByRole("checkbox", { name: "Open this one: being loud" }));
  await flushAll();
  expect(fake.kept("a", "piles")).toMatchObject({ chosen: ["cost"] });
  expect(fake.kept("a", "worries")).toEqual({ type: "lines", lines: ["being late", "being loud"], chosen: [1] });
  expect(await axeFinds()).toEqual([]);
  await person.click(screen.getByRole("button", { name: "Take it up again: It costs more than we have" }));
  await flushAll();
  expect(fake.kept("a", "piles")).toMatchObject({ cards: [], chosen: [] });
});

it("a line is given only after what crosses was shown, and both then read that line and no other", async () => {
  const hopes = block("hopes", { type: "list", min: null, max: null }, "What I hope for", "private", { send: true });
  const { fake, person } = await open([hopes]);
  await press(person, "Robin’s turn");
  await person.type(await screen.findByLabelText("Line 1"), "a slow morning{Enter}not to be asked");
  await press(person, "Give a line to Sam");
  await press(person, "Give this line to Sam: a slow morning");
  const dialog = await screen.findByRole("dialog", { name: "Give this to Sam?" });
  expect(within(dialog).getByText("a slow morning")).toBeVisible();
  expect(dialog.textContent).not.toContain("not to be asked");
  expect(fake.given).toEqual([]);
  await press(person, "Yes, give it");
  await waitFor(() => expect(fake.given).toEqual([{ field: "hopes", seat: "a", line: "a slow morning" }]));
  await press(person, "Pass the keyboard");
  await screen.findByRole("button", { name: "Sam’s turn" });
  expect(screen.getByText("a slow morning")).toBeVisible();
  expect(page()).not.toContain("not to be asked");
  expect(await axeFinds()).toEqual([]);
});

it("a gate on one's own turn tells the shell only whether its answer would leave the path", async () => {
  const gate = block("safe", { type: "gate", options: [
    { id: "no", text: "No", label: [{ type: "text", text: "No" }], go: null },
    { id: "yes", text: "Yes", label: [{ type: "text", text: "Yes" }], go: "after" },
  ] }, "Is this a bad evening for it?", null);
  const { fake, person } = await open([gate]);
  await press(person, "Robin’s turn");
  await person.click(await screen.findByRole("radio", { name: "Yes" }));
  await waitFor(() => expect(fake.picks("safe")).toEqual(["apart"]));
  await person.click(screen.getByRole("radio", { name: "No" }));
  await waitFor(() => expect(fake.picks("safe")).toEqual(["whole"]));
  expect(fake.calls).not.toContain("saveAnswer");
});
