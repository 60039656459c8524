// Somebody edits the lesson that is open: the new text comes by itself, and no word that is being typed is lost for it.
import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { expect, it } from "vitest";
import { standIn } from "../lib/ipc";
import type { FileProblems, Lesson } from "../lib/ipc";
import { Fake } from "../testing/fake";
import { lessonWith } from "../testing/kinds";
import { block } from "../testing/sample";
import LessonView from "../views/LessonView.svelte";
import { discardAll, flushAll } from "./drafts.svelte";

const said = block("said", { type: "long", rows: 3, max: null }, "What was said?", "private");
const line = block("line", { type: "short", max: null }, "One line", "private");
const lesson = lessonWith([said, line]);
const mistaken: FileProblems = {
  file: "en/kinds.md", title: "A quiet evening", opens: false,
  problems: [{ code: "L020", error: true, message: "`lnog` is not a kind of block.", help: "Did you mean `long`?", line: 12, column: 5, excerpt: "> [!lnog] What was said?" }],
};

/** The same lesson with other words, or with other fields. */
function edited(change: (of: Lesson) => void): Lesson {
  const copy = structuredClone(lesson);
  change(copy);
  return copy;
}
const reworded = edited((of) => {
  const [, field] = of.steps[0]!.body;
  if (field?.type === "block") field.block.prompt = [{ type: "text", text: "What was really said?" }];
});
const without = edited((of) => void of.steps[0]!.body.splice(1, 1));

async function open(): Promise<{ fake: Fake; person: UserEvent }> {
  discardAll();
  const fake = new Fake({ lesson });
  standIn(fake.commands, fake.shell);
  const door = await fake.commands.openDoor("a");
  if (door.status !== "ok") throw new Error("the door stays shut");
  render(LessonView, { turn: door.data, lesson: lesson.meta.id, onleave: () => undefined });
  await screen.findByLabelText("What was said?");
  return { fake, person: userEvent.setup() };
}

/** Reading the file again waits for this to be called. */
function slowly(fake: Fake): () => void {
  let letGo: () => void = () => undefined;
  fake.reading = new Promise((resolve) => (letGo = resolve));
  return letGo;
}

it("shows the new words of a question, with the answer, the keyboard and the caret where they were", async () => {
  const { fake, person } = await open();
  await person.type(screen.getByLabelText("What was said?"), "hello");
  fake.saveLesson(reworded);
  const field = await screen.findByLabelText("What was really said?");
  expect(field).toHaveValue("hello");
  expect(field).toHaveFocus();
  await person.keyboard(" you");
  expect(await flushAll()).toBe(true);
  expect(fake.kept("a", "said")).toEqual({ type: "text", text: "hello you" });
});

it("keeps what is typed while the new text is on its way", async () => {
  const { fake, person } = await open();
  const arrive = slowly(fake);
  await person.type(screen.getByLabelText("What was said?"), "one");
  fake.saveLesson(reworded);
  await waitFor(() => expect(fake.kept("a", "said")).toEqual({ type: "text", text: "one" }));
  await person.keyboard(" two");
  arrive();
  expect(await screen.findByLabelText("What was really said?")).toHaveValue("one two");
  expect(await flushAll()).toBe(true);
  expect(fake.kept("a", "said")).toEqual({ type: "text", text: "one two" });
});

it("a field that was taken out stays while its words are not kept, and goes once they are", async () => {
  const { fake, person } = await open();
  const field = screen.getByLabelText("What was said?");
  await person.type(field, "half a ");
  fake.refuse = { type: "storage", trouble: { what: "disk-full", path: null } };
  await person.type(field, "sentence");
  expect(await flushAll()).toBe(false);
  fake.saveLesson(without);
  await waitFor(() => expect(screen.getByRole("button", { name: "Try again" })).toBeVisible());
  expect(field).toBeInTheDocument();
  expect(field).toHaveValue("half a sentence");
  expect(fake.calls).not.toContain("readAgain");
  fake.refuse = null;
  await person.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.queryByLabelText("What was said?")).toBeNull());
  expect(fake.kept("a", "said")).toEqual({ type: "text", text: "half a sentence" });
});

it("a field that is taken out just as somebody begins to write in it stays until the word is kept", async () => {
  const { fake, person } = await open();
  const arrive = slowly(fake);
  fake.saveLesson(without);
  await waitFor(() => expect(fake.calls).toContain("readAgain"));
  await person.type(screen.getByLabelText("What was said?"), "dear");
  arrive();
  await waitFor(() => expect(screen.queryByLabelText("What was said?")).toBeNull());
  expect(fake.kept("a", "said")).toEqual({ type: "text", text: "dear" });
  expect(fake.calls.filter((call) => ["readAgain", "saveAnswer"].includes(call))).toEqual(["readAgain", "readAgain", "saveAnswer", "readAgain"]);
});

it("a mistake in the file is told beside the text that was, and goes when it is mended", async () => {
  const { fake, person } = await open();
  fake.saveLesson(lesson, [mistaken]);
  const told = await screen.findByRole("region", { name: "This lesson’s file needs mending" });
  expect(told).toHaveTextContent("shows the lesson as it was before. What you write is kept");
  expect(told).toHaveTextContent("Line 12, column 5");
  expect(within(told).getByText("Did you mean `long`?")).toBeVisible();
  await person.type(screen.getByLabelText("What was said?"), "still here");
  expect(await flushAll()).toBe(true);
  expect(fake.kept("a", "said")).toEqual({ type: "text", text: "still here" });
  fake.saveLesson(reworded);
  expect(await screen.findByLabelText("What was really said?")).toHaveValue("still here");
  expect(screen.queryByRole("region", { name: "This lesson’s file needs mending" })).toBeNull();
});
