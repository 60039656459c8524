// Each screen opens from the shell's answers, has one h1 with the focus on it, and axe finds nothing.
import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { m } from "../messages/en";
import { axeFinds } from "../testing/axe";
import { openApp, type Opened } from "../testing/open";
import * as sample from "../testing/sample";
import type { TroubleKind } from "../lib/ipc";

const button = (name: string | RegExp): Promise<HTMLElement> => screen.findByRole("button", { name });
const heading = (name: string): Promise<HTMLElement> => screen.findByRole("heading", { level: 1, name });
const robin = sample.people.slice(0, 1);

async function good(title: string): Promise<void> {
  expect(await heading(title)).toHaveFocus();
  expect(document.querySelectorAll("h1").length).toBe(1);
  expect(await axeFinds()).toEqual([]);
}

async function own(state = {}): Promise<Opened> {
  const app = openApp(state);
  await app.person.click(await button("Open Robin’s space"));
  return app;
}

it("first run", async () => {
  openApp({ people: [] });
  await good(m.welcome.title);
});

it("what this can and can't protect is one press away, and closes again", async () => {
  const { person } = openApp({ people: [] });
  await person.click(await button(m.welcome.truthMore));
  const dialog = await screen.findByRole("dialog", { name: m.protect.title });
  expect(dialog).toHaveTextContent("open until you lock it");
  expect(await axeFinds()).toEqual([]);
  await person.click(await button(m.common.close));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("the front door of two shows names, and neither times nor counts", async () => {
  openApp();
  await good(m.door.title);
  expect(document.body).toHaveTextContent("Robin");
  expect(document.querySelector("main")?.textContent).not.toMatch(/\d/);
});

it("the front door of one lets someone join, who reads first and may say no", async () => {
  const { person, fake } = openApp({ people: robin });
  await good(m.door.titleAlone("Robin"));
  expect(screen.queryByRole("button", { name: m.door.together })).toBeNull();
  await person.click(await button(m.door.join));
  await good(m.join.title);
  await person.click(await button(m.join.notToday));
  await person.click(await button(m.door.join));
  await person.click(await button(m.join.yes));
  await good(m.naming.titleJoin);
  expect(screen.getByRole("radio", { name: /Teal/ })).toBeDisabled();
  await person.type(screen.getByLabelText(m.naming.name), "Sam");
  await person.click(await button(m.common.goOn));
  await heading(m.door.title);
  expect(fake.people.map((one) => [one.name, one.colour])).toEqual([["Robin", "teal"], ["Sam", "clay"]]);
});

it("home", async () => {
  await own();
  await good(m.home.greeting("evening", "Robin"));
  expect(await button(m.home.carryOn)).toBeVisible();
});

it("home when everything is done, and when there is nothing", async () => {
  const home = { ...sample.home, next: null, shorter: null, reading: null };
  const { person } = await own({ home: { ...home, parts: home.parts.map((part) => ({ ...part, done: true, now: false })) } });
  await screen.findByText(m.home.doneTitle);
  expect(await axeFinds()).toEqual([]);
  await person.click(await button(m.home.toCourse));
  await heading(sample.course.title);
});

it("course: lessons that need both say so kindly and offer no button", async () => {
  const { person } = await own();
  await person.click(await button(m.nav.course));
  await good(sample.course.title);
  expect(screen.getByText(m.course.needsTwo)).toBeVisible();
  expect(screen.queryByRole("button", { name: /Speaker and listener/ })).toBeNull();
});

it("course: what brings someone here suggests an order, which is kept, marked in the parts, and let go again", async () => {
  const { person, fake } = await own();
  await person.click(await button(m.nav.course));
  const why = await screen.findByLabelText(m.course.why);
  expect(why).toHaveDisplayValue(m.course.noReason);
  expect(screen.queryByRole("heading", { name: m.course.order })).toBeNull();
  await person.selectOptions(why, "The same fight, again and again");
  const order = await screen.findByRole("region", { name: m.course.order });
  expect(within(order).getAllByRole("listitem").map((one) => one.textContent?.replace(/\s+/g, " ").trim())).toEqual([
    `Our loop ${m.course.begun(1, 3)}`,
    `Speaker and listener ${m.course.whenBoth} 30 minutes`,
  ]);
  expect(screen.getByText(m.course.suggested(2))).toBeVisible();
  expect(fake.course.path).toBe("same-fight");
  expect(why).toHaveFocus();
  expect(await axeFinds()).toEqual([]);
  await person.click(await button(m.nav.home));
  await person.click(await button(m.nav.course));
  expect(await screen.findByLabelText(m.course.why)).toHaveDisplayValue("The same fight, again and again");
  await person.selectOptions(screen.getByLabelText(m.course.why), m.course.noReason);
  await waitFor(() => expect(screen.queryByRole("region", { name: m.course.order })).toBeNull());
  expect(fake.course.path).toBeNull();
});

it("course: a lesson of the suggested order opens from its line", async () => {
  const { person } = await own({ course: { ...sample.course, path: "same-fight" } });
  await person.click(await button(m.nav.course));
  const order = await screen.findByRole("region", { name: m.course.order });
  await person.click(within(order).getByRole("button", { name: "Our loop" }));
  expect(await button(m.lesson.backLabel)).toBeVisible();
});

it("course: a part says how many lessons it has and how many are done", async () => {
  const { person } = await own();
  await person.click(await button(m.nav.course));
  expect(await screen.findByText(m.course.count(2, 0))).toBeVisible();
  expect(m.course.count(1, 1)).toBe("1 lesson, 1 done");
});

it("home: the practice in its days, a week's check-in and an agreement to look at again, with nothing counted", async () => {
  const home = {
    ...sample.home, practice: { lesson: "our-loop", text: "Ask one question at dinner", until: "2026-12-01", due: false }, pulse_due: true, pulse: "our-loop",
    reviews: [{ lesson: "our-loop", text: "Thirty minutes, then tea", on: "2026-11-20" }],
  };
  const { person } = await own({ home });
  expect(screen.getByText("Ask one question at dinner")).toBeVisible();
  expect(screen.getByText(m.home.practiceUntil("Tuesday 1 December"))).toBeVisible();
  expect(screen.getByText(m.home.pulseWords)).toBeVisible();
  expect(screen.getByText("Thirty minutes, then tea")).toBeVisible();
  expect(await axeFinds()).toEqual([]);
  await person.click(screen.getByRole("button", { name: m.course.named(m.home.look, "Thirty minutes, then tea") }));
  await heading("Our loop");
});

it("course: what is to be mended stands after the lessons that open, with a way to it, and an empty part says why", async () => {
  const { person } = await own({ course: { ...sample.course, problems: sample.mending } });
  await person.click(await button(m.nav.course));
  await heading("Pairwise");
  const mend = screen.getByRole("heading", { level: 2, name: m.course.problems });
  const last = screen.getByRole("heading", { level: 2, name: "Keep going" });
  expect(last.compareDocumentPosition(mend) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  expect(screen.queryByText(m.course.empty)).toBeNull();
  expect(screen.getAllByText(m.course.emptyMend).length).toBeGreaterThan(0);
  await person.click(await button(m.course.someMend(1)));
  expect(mend).toHaveFocus();
});

it("course: a file with problems shows file, line, column, code, words, help and the line itself; the others still open", async () => {
  const { person } = await own({ course: { ...sample.course, problems: sample.mending } });
  await person.click(await button(m.nav.course));
  await heading(sample.course.title);
  const problem = sample.mending[0]!.problems[0]!;
  for (const words of [sample.mending[0]!.file, m.course.where(problem.line, problem.column), problem.code, problem.message, problem.help!, problem.excerpt]) {
    expect(screen.getByText(words)).toBeInTheDocument();
  }
  expect(await axeFinds()).toEqual([]);
  expect(await button(m.course.named(m.course.carryOn, "Our loop"))).toBeVisible();
});

it("together: both names, the lessons that fit, and an easy no", async () => {
  const { person } = openApp();
  await person.click(await button(m.door.together));
  await good(m.together.title(["Robin", "Sam"]));
  expect(screen.queryByText("Speaker and listener")).toBeNull();
  expect(screen.queryByLabelText(m.course.why)).toBeNull();
  expect(screen.getAllByRole("heading", { level: 2 }).map((one) => one.textContent)).toEqual(["See the loop", "Read together"]);
  await person.click(await button(m.together.notToday));
  await heading(m.door.title);
});

it.each([["first run", { people: [] }, m.welcome.help], ["the front door", {}, m.door.support]])("support is reached from %s, and back", async (_from, state, name) => {
  const { person } = openApp(state);
  await person.click(await button(name));
  await good(m.support.title);
  await person.selectOptions(await screen.findByLabelText(m.support.country), "ie");
  expect(screen.getByText("112 or 999")).toBeVisible();
  expect(screen.getByText(/checked on 15 October 2026, 40 days ago/)).toBeVisible();
  expect(await axeFinds()).toEqual([]);
  expect(document.querySelectorAll("a").length).toBe(0);
  await person.click(await button(m.common.back));
  expect(document.querySelectorAll("h1").length).toBe(1);
});

it("support still helps when the list cannot be opened", async () => {
  const { person } = openApp({ helpLines: null });
  await person.click(await button(m.door.support));
  expect(await screen.findByRole("alert")).toHaveTextContent("112 and 911");
});

describe("trouble", () => {
  const kinds = Object.keys(m.trouble.kinds) as TroubleKind[];
  it.each(kinds)("%s says what happened, what is safe and what to do", async (what) => {
    openApp({ startup: { type: "trouble", trouble: { what, path: "/somewhere/profile" } } });
    await good(what === "in-use" ? m.trouble.titleBusy : m.trouble.title);
    const text = document.body.textContent ?? "";
    const at = [m.trouble.kinds[what].happened, m.trouble.kinds[what].safe, m.trouble.kinds[what].todo].map((words) => text.indexOf(words));
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(at[0]).toBeGreaterThan(-1);
    expect(text).toContain("/somewhere/profile");
    expect(screen.queryAllByRole("button", { name: m.trouble.makeNew }).length).toBe(what === "missing" ? 1 : 0);
  });

  it("asks again on Try again, and makes a new folder only when asked", async () => {
    const { person, fake } = openApp({ people: [], startup: { type: "trouble", trouble: { what: "missing", path: null } } });
    await person.click(await button(m.common.tryAgain));
    expect(fake.calls.filter((call) => call === "startup").length).toBe(2);
    // A press that changed nothing is answered all the same.
    expect(await screen.findByText(/^Looked again at \d\d:\d\d\. It is still so\.$/)).toBeVisible();
    expect(fake.calls).not.toContain("makeProfile");
    await person.click(await button(m.trouble.makeNew));
    await heading(m.welcome.title);
  });
});

it("a storage refusal opens a dialog in the same three parts, and the page stays", async () => {
  const { person, fake } = openApp();
  await heading(m.door.title);
  fake.refuse = { type: "storage", trouble: { what: "disk-full", path: null } };
  await person.click(await button("Open Robin’s space"));
  expect(await screen.findByRole("dialog", { name: m.trouble.dialog })).toHaveTextContent(m.trouble.kinds["disk-full"].safe);
  expect(await axeFinds()).toEqual([]);
  fake.refuse = null;
  await person.click(await button(m.trouble.understood));
  await person.click(await button("Open Robin’s space"));
  await heading(m.home.greeting("evening", "Robin"));
});

const until = "2026-11-29T20:45:00+01:00";

it("what is missing from one's own space and from what both share is told in three parts each, until it was read", async () => {
  const { person, fake } = openApp();
  fake.missing = [{ ours: false, whole_until: until }, { ours: true, whole_until: null }];
  await person.click(await button("Open Robin’s space"));
  const dialog = await screen.findByRole("dialog", { name: m.missing.title });
  const when = "29 November 2026, 20:45";
  for (const words of [m.missing.own.happened, m.missing.own.safe(when), m.missing.own.todo, m.missing.ours.happened, m.missing.ours.nothing, m.missing.ours.todo]) {
    expect(dialog).toHaveTextContent(words);
  }
  expect(await axeFinds()).toEqual([]);
  expect(fake.calls).not.toContain("missingIsSaid");
  await person.click(await button(m.missing.understood));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await heading(m.home.greeting("evening", "Robin"));
  expect(fake.calls).toContain("missingIsSaid");
});

it("who hides while it is told what is missing is told again", async () => {
  const { person, fake } = openApp();
  fake.missing = [{ ours: false, whole_until: until }];
  await person.click(await button("Open Robin’s space"));
  await screen.findByRole("dialog", { name: m.missing.title });
  await person.keyboard("{Shift}{Shift}{Shift}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(document.body).not.toHaveTextContent(m.missing.title);
  expect(fake.calls).not.toContain("missingIsSaid");
  await person.keyboard("a");
  await person.click(await button("Open Robin’s space"));
  await screen.findByRole("dialog", { name: m.missing.title });
});

it("Shift three times blanks the page; any other key leads to the door", async () => {
  const { person, fake } = await own();
  await heading(m.home.greeting("evening", "Robin"));
  await person.keyboard("{Shift}{Shift}{Shift}");
  expect(await screen.findByText(m.hide.line)).toBeVisible();
  expect(document.body.textContent).not.toContain("Robin");
  expect(await axeFinds()).toEqual([]);
  await waitFor(() => expect(fake.hidden).toBe(1));
  await person.keyboard("{Shift}");
  expect(screen.getByText(m.hide.line)).toBeVisible();
  await person.keyboard("x");
  await heading(m.door.title);
});

it("a lesson says what tender things it touches before its first step", async () => {
  const heavy = "Arguments, and the feelings underneath";
  const { person } = await own({ lesson: { ...sample.lesson, meta: { ...sample.lesson.meta, heavy } } });
  await person.click(await button(m.home.carryOn));
  expect(await screen.findByText(heavy)).toBeVisible();
  expect(screen.getByText(m.lesson.heavy)).toBeVisible();
  expect(screen.queryByRole("heading", { level: 1, name: sample.lesson.steps[0]!.title_text })).toBeNull();
});

it("a lesson opens from home, and its way out leads to the course", async () => {
  const { person } = await own();
  await person.click(await button(m.home.carryOn));
  await person.click(await button(m.lesson.backLabel));
  await good(sample.course.title);
});

it("a turn that has ended leads back to the door", async () => {
  const { person, fake } = await own();
  await heading(m.home.greeting("evening", "Robin"));
  fake.refuse = { type: "turn-over" };
  await person.click(await button(m.nav.course));
  await heading(m.door.title);
});
