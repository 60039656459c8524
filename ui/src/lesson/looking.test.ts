// Looking back: charts with their tables, check-ins without a total of their own making, earlier wording, and a decision on one's own.
import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { tick } from "svelte";
import { expect, it, vi } from "vitest";
import { standIn } from "../lib/ipc";
import type { Block, Chart, Lesson, Scoring, Series, Value } from "../lib/ipc";
import { dayWithYear, today } from "../shared/day";
import { axeFinds } from "../testing/axe";
import { Fake, type FakeState } from "../testing/fake";
import { choice, lessonWith, sampleBlock } from "../testing/kinds";
import { block, paragraph } from "../testing/sample";
import LessonView from "../views/LessonView.svelte";
import { outline, pieces, range, rows, stretches, ticks } from "./chart/plot";
import { discardAll, flushAll } from "./drafts.svelte";
import { itemsOf, scoreOf } from "./takes/take";

vi.setConfig({ testTimeout: 30_000 });

async function open(blocks: Block[], state: FakeState = {}, before: Record<string, Value> = {}): Promise<{ fake: Fake; person: UserEvent }> {
  discardAll();
  const fake = new Fake({ ...state, lesson: lessonWith(blocks) });
  standIn(fake.commands, fake.shell);
  const door = await fake.commands.openDoor("a");
  if (door.status !== "ok") throw new Error("the door stays shut");
  for (const [field, value] of Object.entries(before)) await fake.commands.saveAnswer(door.data.token, "run-1", field, value);
  render(LessonView, { turn: door.data, lesson: "kinds", onleave: () => undefined });
  await screen.findByRole("heading", { level: 1, name: "Something small" });
  return { fake, person: userEvent.setup() };
}

const series = (label: string, values: (number | null)[], more: Partial<Series> = {}): Series => ({
  label, unit: "mark", ends: [0, 10], noise: null, points: values.map((value, at) => ({ on: `2026-11-0${at + 1}`, label: "", value })), ...more,
});
const chart = (of: string, all: Series[], enough = true): Chart => ({ block: of, series: all, enough });

it("a line of fewer than four days is told in words, one day after the other, and nothing is drawn", async () => {
  await open([sampleBlock("line", null)], { charts: [chart("line", [series("Close", [3, null, 5]), series("Stuck", [1, 0])], false)] });
  expect(screen.getByText(/in words. Once there are four days/)).toBeVisible();
  const told = within(document.querySelector<HTMLElement>(".chart")!).getAllByRole("listitem").map((one) => one.textContent?.replace(/\s+/g, " ").trim());
  expect(told).toEqual(["1 November 2026: Close 3, Stuck 1", "2 November 2026: Stuck 0", "3 November 2026: Close 5"]);
  expect(screen.queryByRole("img")).toBeNull();
  expect(screen.queryByText("The same as a table")).toBeNull();
  expect(await axeFinds()).toEqual([]);
});

it.each([
  ["line", /marked a few times/], ["strip", /After the first entries/], ["jar", /a piece for each/], ["columns", /side by side/],
] as const)("a %s with too little says what will be here, and draws nothing", async (draw, will) => {
  await open([sampleBlock(draw, null)], { charts: [chart(draw, draw === "line" ? [] : [series("It", [3])], false)] });
  expect(screen.getByText(will)).toBeVisible();
  expect(screen.queryByRole("img")).toBeNull();
});

it.each(["line", "strip", "jar", "columns"] as const)("a %s comes with a table that says the same, gaps as gaps", async (draw) => {
  const { person } = await open([sampleBlock(draw, null)], { charts: [chart(draw, [series("First", [4, null, 0]), series("Second", [1, 2, 3])])] });
  expect(screen.getAllByRole("img").length).toBeGreaterThan(0);
  await person.click(screen.getByText("The same as a table"));
  const told = screen.getAllByRole("row").slice(1).map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent));
  expect(told).toEqual([["1 November 2026", "4", "1"], ["2 November 2026", "nothing noted", "2"], ["3 November 2026", "0", "3"]]);
  expect(await axeFinds()).toEqual([]);
});

it("no line crosses a gap, days keep their distance, and the ends are the lesson's own", () => {
  const area = { left: 0, right: 100, top: 0, bottom: 100 };
  const one = series("It", [0, null, 5, 10]);
  const [parts] = stretches([one], area);
  expect(parts?.map((marks) => marks.map(({ x, y }) => [Math.round(x), Math.round(y)]))).toEqual([[[0, 100]], [[67, 50], [100, 0]]]);
  expect(range([series("It", [3, 4])])).toEqual({ from: 0, to: 10 });
  expect(range([series("It", [3, 12], { ends: null })])).toEqual({ from: 0, to: 12 });
  expect(ticks(0, 10)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(rows([one]).map((row) => row.cells[0]?.value)).toEqual([0, null, 5, 10]);
  expect(pieces(7, 60, 100, 10)).toHaveLength(7);
  expect(new Set(["circle", "square", "diamond", "triangle"].map((shape) => outline(shape as "circle", 5, 5, 4))).size).toBe(4);
});

it("a closed table is printed open, and is closed again afterwards; an open one stays open", async () => {
  const { person } = await open([sampleBlock("line", null)], { charts: [chart("line", [series("It", [1, 2, 3])])] });
  const table = document.querySelector("figure details");
  const paper = (when: "beforeprint" | "afterprint"): boolean => window.dispatchEvent(new Event(when));
  paper("beforeprint");
  expect(table).toHaveAttribute("open");
  paper("beforeprint");
  await tick();
  paper("afterprint");
  await waitFor(() => expect(table).not.toHaveAttribute("open"));
  await person.click(screen.getByText("The same as a table"));
  await waitFor(() => expect(table).toHaveAttribute("open"));
  paper("beforeprint");
  paper("afterprint");
  await tick();
  expect(table).toHaveAttribute("open");
});

it("two things on one day have a row each, and what was noted is in the table too", async () => {
  const day = "2026-11-03";
  const notes = series("Notes", [], { unit: "count", ends: null, points: [{ on: day, label: "tea", value: 1 }, { on: day, label: "a walk", value: 1 }] });
  const { person } = await open([sampleBlock("jar", null)], { charts: [chart("jar", [notes])] });
  await person.click(screen.getByText("The same as a table"));
  expect(screen.getAllByRole("row").slice(1).map((row) => row.querySelector("td")?.textContent)).toEqual(["tea", "a walk"]);
});

const pulse = (scoring: Partial<Scoring> = {}): Lesson => {
  const items = block("week", { type: "rating", from: 0, to: 10, ends: [], rows: [
    { id: "close", text: "I felt close", label: [{ type: "text", text: "I felt close" }], was: [], reverse: false },
    { id: "stuck", text: "We were stuck", label: [{ type: "text", text: "We were stuck" }], was: [], reverse: true },
  ] }, "This past week", "private");
  const ended = block("ended", { type: "choice", options: [choice("apart", "apart", { score: 0 }), choice("beside", "side by side", { score: 2 })] }, "How did most days end?", "private");
  const lesson = lessonWith([items, ended], { id: "pulse", title: "Our own pulse", instrument: { method: "none", missing: 1, bands: [], noise: null, citation: "Our own. It is not a tested scale.", permission: null, ...scoring } });
  lesson.steps = lesson.steps.slice(0, 1);
  lesson.steps[0]?.body.splice(0, 1, { type: "prose", prose: paragraph("This is not a tested scale, and it has no total.") });
  return lesson;
};

it("a check-in is one take with its day, blank lines stay blank, and no total is made up", async () => {
  const before: Value = { type: "takes", takes: [{ on: "2026-11-10", marks: { close: 0 } }] };
  const { fake, person } = await open([sampleBlock("instrument", "private")], { instruments: [pulse()] }, { instrument: before });
  await person.click(screen.getByRole("button", { name: "Answer again" }));
  expect(screen.getByText("This is not a tested scale, and it has no total.")).toBeVisible();
  expect(screen.getAllByRole("radio").filter((one) => (one as HTMLInputElement).checked)).toEqual([]);
  within(screen.getByRole("group", { name: "I felt close" })).getByRole("radio", { name: "0" }).focus();
  await person.keyboard(" {ArrowRight}");
  await person.click(screen.getByRole("radio", { name: "side by side" }));
  expect(await axeFinds()).toEqual([]);
  await person.click(screen.getByRole("button", { name: "Keep these answers" }));
  await flushAll();
  expect(fake.kept("a", "instrument")).toEqual({ type: "takes", takes: [{ on: "2026-11-10", marks: { close: 0 } }, { on: today(), marks: { close: 1, ended: 2 } }] });
  await person.click(screen.getByText(`Answered on ${dayWithYear("2026-11-10")}`));
  expect(screen.getByText("0 on a line from 0 to 10")).toBeVisible();
  expect(screen.getAllByText("left blank").length).toBeGreaterThan(0);
  expect(document.body.textContent).not.toMatch(/Total:|Average:/);
  await person.click(screen.getByRole("button", { name: `Remove the answers of ${dayWithYear("2026-11-10")}` }));
  await person.click(screen.getByRole("button", { name: "Undo" }));
  await flushAll();
  expect(fake.kept("a", "instrument")).toMatchObject({ takes: [{ on: "2026-11-10" }, { on: today() }] });
});

it("a score follows the questionnaire's own rule: reversed items, blanks allowed, bands from its source", () => {
  const items = itemsOf(pulse());
  const scored = (scoring: Partial<Scoring>, marks: Record<string, number>) => scoreOf(items, pulse(scoring).meta.instrument!, { on: "2026-11-10", marks });
  const bands = [{ from: 0, label: "low" }, { from: 10, label: "high" }];
  expect(scored({}, { close: 5 })).toEqual({ type: "none" });
  expect(scored({ method: "sum", bands }, { close: 5, stuck: 3, ended: 2 })).toEqual({ type: "score", score: 14, band: "high" });
  expect(scored({ method: "mean" }, { close: 5, stuck: 3 })).toEqual({ type: "score", score: 6, band: null });
  expect(scored({ method: "sum" }, { close: 5 })).toEqual({ type: "too-few" });
});

it("earlier wording stands above an empty field, is used only when asked, and then makes room", async () => {
  const value: Value = { type: "text", text: "we laughed" };
  const line = block("line", { type: "short", max: null }, "What was good today?", "private", { rev: 2 });
  const { fake, person } = await open([line], { earlier: [{ field: "line", value, lines: ["we laughed"], prompt: "What was good this week?", at: "2026-10-02T18:04:00+01:00", fits: "line" }] });
  expect(screen.getByText(/The question was: “What was good this week\?”/)).toBeVisible();
  expect(screen.getByLabelText("What was good today?")).toHaveValue("");
  expect(fake.kept("a", "line")).toBeUndefined();
  expect(await axeFinds()).toEqual([]);
  await person.click(screen.getByRole("button", { name: "Use these words again" }));
  expect(screen.getByLabelText("What was good today?")).toHaveValue("we laughed");
  expect(screen.queryByText(/The question was/)).toBeNull();
  await flushAll();
  expect(fake.kept("a", "line")).toEqual(value);
});

it("on one's own an agreement is a decision: taken, ended, and nobody else is named", async () => {
  const { person } = await open([sampleBlock("agreement", "joint")]);
  await person.type(screen.getByLabelText("The wording"), "I leave the room before I shout");
  await flushAll();
  await person.click(await screen.findByRole("button", { name: "I decide this" }));
  expect(await screen.findByText("This is what I decided.")).toBeVisible();
  expect(document.body.textContent).not.toMatch(/Sam/);
  expect(await axeFinds()).toEqual([]);
  // A changed word undoes it at once on the page, before anything was saved.
  await person.type(screen.getByLabelText("The wording"), "!");
  expect(screen.getByText("A wording, not decided yet.")).toBeVisible();
  await person.type(screen.getByLabelText("The wording"), "{Backspace}");
  await flushAll();
  expect(await screen.findByText("This is what I decided.")).toBeVisible();
  await person.click(screen.getByRole("button", { name: "End this" }));
  await person.click(screen.getByRole("button", { name: "Yes, end it" }));
  expect(await screen.findByText(/This has ended/)).toBeVisible();
});

it("a plan after an absence offers ways on without a word about being late, and shows the dates it then has", async () => {
  const plan = { type: "plan" as const, parts: [{ title: "Opening", from: 1, to: 30 }], every: 7 };
  const { fake, person } = await open([block("book", plan, "The book", "private")]);
  const moved: string[] = [];
  const kept = (start: string): Value => ({ type: "plan", title: "A book", author: "", parts: plan.parts, start, every: 7 });
  const dated = (start: string, ways: { how: "resume" | "shorten" | "restart"; ends: string }[]) => ({
    field: "book", parts: [{ part: { title: "Opening", from: 1, to: 30 }, by: start }], current: 0, mine: 0, shown: false, bookmarks: [], ways,
  });
  discardAll();
  const state = async (start: string, ways: Parameters<typeof dated>[1]) => {
    const opened = await fake.commands.openDoor("a");
    if (opened.status !== "ok") throw new Error("the door stays shut");
    const run = await fake.commands.openRun(opened.data.token, "kinds");
    if (run.status !== "ok") throw new Error("no run");
    const now = { ...run.data.state, answers: [{ field: "book", value: kept(start), privacy: "private" as const, save: 1 }], plans: [dated(start, ways)] };
    return { turn: opened.data, run: { ...run.data, state: now }, now };
  };
  const before = await state("2026-10-04", [{ how: "resume", ends: "2026-12-06" }, { how: "restart", ends: "2026-12-13" }]);
  const after = { ...before.now, answers: [{ field: "book", value: kept("2026-11-22"), privacy: "private" as const, save: 2 }], plans: [dated("2026-11-29", [])] };
  standIn({ ...fake.commands, openRun: async () => ({ status: "ok", data: before.run }), movePlan: async (_token, _run, _field, how) => (moved.push(how), { status: "ok", data: after }) }, fake.shell);
  document.body.replaceChildren();
  render(LessonView, { turn: before.turn, lesson: "kinds", onleave: () => undefined });
  await person.click(await screen.findByRole("button", { name: "Go on at the same pace, until Sunday 6 December" }));
  expect(moved).toEqual(["resume"]);
  expect(await screen.findByText("by Sun 29 Nov")).toBeVisible();
  expect(screen.queryByRole("button", { name: /Begin the book again/ })).toBeNull();
  expect(document.body.textContent).not.toMatch(/behind|overdue|missed/i);
});

it("an earlier answer that both opened is met again under both names", async () => {
  const recall = block("again", { type: "recall", of: { lesson: "other", field: "worry", part: null } }, "You told each other this", null, { help: [paragraph("Nothing yet.")] });
  const { fake } = await open([recall]);
  const opened = await fake.commands.openDoor("a");
  if (opened.status !== "ok") throw new Error("the door stays shut");
  const run = await fake.commands.openRun(opened.data.token, "kinds");
  if (run.status !== "ok") throw new Error("no run");
  const found = { block: "again", found: { type: "nothing" as const }, opened: [{ seat: "a" as const, lines: ["the phone"] }, { seat: "b" as const, lines: ["an edge"] }] };
  standIn({ ...fake.commands, openRun: async () => ({ status: "ok", data: { ...run.data, state: { ...run.data.state, recalls: [found] } } }) }, fake.shell);
  document.body.replaceChildren();
  render(LessonView, { turn: opened.data, lesson: "kinds", onleave: () => undefined });
  expect(await screen.findByText("an edge")).toBeVisible();
  expect(screen.getByText("Sam")).toBeVisible();
  expect(screen.queryByText("Nothing yet.")).toBeNull();
  expect(await axeFinds()).toEqual([]);
});
