// A lesson in a space of one's own: what is typed is what is kept, by keyboard alone; and a gate leaves nothing.
import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { standIn } from "../lib/ipc";
import type { Lesson, Turn, Value } from "../lib/ipc";
import { axeFinds } from "../testing/axe";
import { Fake } from "../testing/fake";
import LessonView from "../views/LessonView.svelte";
import { discardAll, flushAll } from "./drafts.svelte";
import { everyField, gated } from "./fixtures";

// Typing key by key through whole flows takes longer than the usual five seconds on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

async function open(lesson: Lesson, before?: (fake: Fake, turn: Turn) => Promise<void>): Promise<{ fake: Fake; person: UserEvent }> {
  discardAll();
  const fake = new Fake({ lesson });
  standIn(fake.commands, fake.shell);
  const door = await fake.commands.openDoor("a");
  if (door.status !== "ok") throw new Error("the door stays shut");
  await before?.(fake, door.data);
  render(LessonView, { turn: door.data, lesson: lesson.meta.id, onleave: () => undefined });
  await screen.findByRole("heading", { level: 1, name: lesson.steps[0]?.title_text ?? "" });
  return { fake, person: userEvent.setup() };
}

/** Goes by Tab until the wanted control has the focus. */
async function tabTo(person: UserEvent, wanted: HTMLElement): Promise<void> {
  for (let n = 0; n < 150 && document.activeElement !== wanted; n += 1) await person.tab();
  expect(document.activeElement).toBe(wanted);
}

it("has nothing for axe to find", async () => {
  await open(everyField);
  expect(await axeFinds()).toEqual([]);
});

it("keeps what is written in every kind of field, by keyboard alone", async () => {
  const { fake, person } = await open(everyField);
  const type = async (label: string, words: string): Promise<void> => {
    await tabTo(person, screen.getByLabelText(label));
    await person.keyboard(words);
  };
  await type("A line", "one 🌧️ line");
  await type("Words", "first{Enter}שלום");
  await tabTo(person, screen.getByRole("radio", { name: "moved closer" }));
  await person.keyboard(" ");
  await tabTo(person, within(screen.getByRole("group", { name: /Some of these/ })).getByRole("checkbox", { name: "something else" }));
  await person.keyboard(" ");
  await person.tab();
  await person.keyboard("made tea");
  await tabTo(person, screen.getByRole("radio", { name: "0: calm" }));
  await person.keyboard(" ");
  await type("Line 1", "bread{Enter}salt");
  await tabTo(person, screen.getByRole("checkbox", { name: "wait" }));
  await person.keyboard(" ");
  await type("When I see or hear …", "the door");
  await type("Title of the book", "A book");
  expect(await flushAll()).toBe(true);

  const kept: Record<string, Value> = {
    line: { type: "text", text: "one 🌧️ line" },
    words: { type: "text", text: "first\nשלום" },
    one: { type: "picks", picks: ["closer"], other: null },
    some: { type: "picks", picks: ["else-too"], other: "made tea" },
    mark: { type: "mark", at: 0 },
    lines: { type: "lines", lines: ["bread", "salt"] },
    ticks: { type: "picks", picks: ["wait"], other: null },
    loop: { type: "stages", stages: { spark: "the door" } },
  };
  for (const [field, value] of Object.entries(kept)) expect(fake.kept("a", field), field).toEqual(value);
  expect(fake.kept("a", "plan")).toMatchObject({ title: "A book", every: 7, parts: [{ title: "Opening" }, { title: "To the end" }] });
});

it("shows what was kept again", async () => {
  await open(everyField, async (fake, turn) => {
    await fake.commands.saveAnswer(turn.token, "run-1", "line", { type: "text", text: "kept before" });
    await fake.commands.saveAnswer(turn.token, "run-1", "mark", { type: "mark", at: 0 });
    await fake.commands.saveAnswer(turn.token, "run-1", "lines", { type: "lines", lines: ["bread", "salt"] });
    await fake.commands.saveAnswer(turn.token, "run-1", "loop", { type: "stages", stages: { need: "to be met" } });
  });
  expect(screen.getByLabelText("A line")).toHaveValue("kept before");
  expect(screen.getByRole("radio", { name: "0: calm" })).toBeChecked();
  expect(screen.getByLabelText("Line 2")).toHaveValue("salt");
  expect(screen.getByLabelText("I am hoping for …")).toHaveValue("to be met");
});

it("a scale has no mark until one is made, none is not zero, and it can be taken off", async () => {
  const { fake, person } = await open(everyField);
  const scale = within(screen.getByRole("group", { name: /How stirred up/ }));
  expect(scale.getAllByRole("radio").filter((one) => (one as HTMLInputElement).checked)).toEqual([]);
  await person.click(scale.getByRole("radio", { name: "0: calm" }));
  await flushAll();
  expect(fake.kept("a", "mark")).toEqual({ type: "mark", at: 0 });
  await person.click(scale.getByRole("button", { name: "Take my mark off" }));
  await flushAll();
  expect(fake.kept("a", "mark")).toEqual({ type: "mark", at: null });
});

it("a removed line and a removed part come back with Undo", async () => {
  const { fake, person } = await open(everyField);
  await person.type(screen.getByLabelText("Line 1"), "bread");
  await person.click(screen.getByRole("button", { name: "Remove line 1" }));
  await person.click(screen.getByRole("button", { name: "Undo" }));
  await flushAll();
  expect(fake.kept("a", "lines")).toEqual({ type: "lines", lines: ["bread"] });
  await person.click(screen.getByRole("button", { name: "Remove part 1" }));
  await flushAll();
  expect(fake.kept("a", "plan")).toMatchObject({ parts: [{ title: "To the end" }] });
  await person.click(screen.getByRole("button", { name: "Undo" }));
  await flushAll();
  expect(fake.kept("a", "plan")).toMatchObject({ parts: [{ title: "Opening" }, { title: "To the end" }] });
});

it("says that words are not saved, and keeps them on the page", async () => {
  const { fake, person } = await open(everyField);
  fake.refuse = { type: "storage", trouble: { what: "disk-full", path: null } };
  await person.type(screen.getByLabelText("A line"), "dear");
  expect(await flushAll()).toBe(false);
  expect(await screen.findByRole("button", { name: "Copy my words" })).toBeVisible();
  expect(screen.queryByText("Saved")).toBeNull();
  expect(screen.getByLabelText("A line")).toHaveValue("dear");
  fake.refuse = null;
  await person.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(fake.kept("a", "line")).toEqual({ type: "text", text: "dear" }));
});

it("says of an answer that is too long what happened, that it is still there and what to do, and does not try it again", async () => {
  const { fake, person } = await open(everyField);
  fake.refuse = { type: "too-long" };
  await person.type(screen.getByLabelText("Words"), "all of it");
  expect(await flushAll()).toBe(false);
  const told = await screen.findByRole("alert");
  expect(told).toHaveTextContent("longer than one answer can be. All of it is still on this page, and what was saved before stays. Shorten it, or copy it");
  expect(screen.getByLabelText("Words")).toHaveValue("all of it");
  expect(within(told).getByRole("button", { name: "Copy my words" })).toBeVisible();
  expect(within(told).queryByRole("button", { name: "Try again" })).toBeNull();
  fake.refuse = null;
  await person.type(screen.getByLabelText("Words"), "{Backspace}");
  expect(await flushAll()).toBe(true);
  expect(screen.queryByRole("alert")).toBeNull();
  expect(fake.kept("a", "words")).toEqual({ type: "text", text: "all of i" });
});

it("a gate's yes sends nothing to the shell, and leads back to the question, asked anew", async () => {
  const { fake, person } = await open(gated);
  const before = fake.calls.length;
  await person.click(screen.getByRole("radio", { name: "Yes" }));
  await person.click(screen.getByRole("button", { name: "Next" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Getting support" })).toHaveFocus();
  await person.click(screen.getByRole("button", { name: "Back to where I was" }));
  await screen.findByRole("heading", { level: 1, name: "Is this the time?" });
  expect(screen.getByRole("radio", { name: "Yes" })).not.toBeChecked();
  expect(fake.calls.slice(before)).toEqual([]);
});

it("a gate's no goes on like any other step", async () => {
  const { fake, person } = await open(gated);
  await person.click(screen.getByRole("radio", { name: "No" }));
  await person.click(screen.getByRole("button", { name: "Next" }));
  expect(await screen.findByRole("heading", { level: 1, name: "The next page" })).toHaveFocus();
  expect(fake.calls).toContain("passStep");
  expect(JSON.stringify(fake.calls)).not.toContain("saveAnswer");
});

it("Alt with an arrow moves between steps, and the last one ends on a kind page", async () => {
  const { person } = await open(gated);
  await person.keyboard("{Alt>}{ArrowRight}{/Alt}");
  await screen.findByRole("heading", { level: 1, name: "The next page" });
  await person.keyboard("{Alt>}{ArrowLeft}{/Alt}");
  await screen.findByRole("heading", { level: 1, name: "Is this the time?" });
  await person.click(screen.getByRole("button", { name: "Getting support" }));
  await screen.findByRole("heading", { level: 1, name: "Getting support" });
  await person.click(screen.getByRole("button", { name: "Finish" }));
  expect(await screen.findByRole("button", { name: "Begin again" })).toBeVisible();
  expect(await axeFinds()).toEqual([]);
});
