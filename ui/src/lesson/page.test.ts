// Moving about in a lesson: a press while another move is under way is not lost, and "Saved" is about this lesson.
import { expect, it } from "vitest";
import { standIn } from "../lib/ipc";
import type { Commands } from "../lib/ipc";
import { Fake } from "../testing/fake";
import { lessonWith, stepOf } from "../testing/kinds";
import { discardAll, drafts, flushAll } from "./drafts.svelte";
import { LessonPage } from "./page.svelte";

async function open(): Promise<{ fake: Fake; page: LessonPage }> {
  discardAll();
  const lesson = { ...lessonWith([]), steps: [stepOf("one", "One", []), stepOf("two", "Two", []), stepOf("three", "Three", [])] };
  const fake = new Fake({ lesson });
  standIn(fake.commands, fake.shell);
  const turn = await fake.commands.openDoor("a");
  if (turn.status !== "ok") throw new Error("the door stays shut");
  const page = new LessonPage(turn.data, "kinds");
  await page.open();
  return { fake, page };
}

it("a second press on a step waits for the first move, and the last one wins", async () => {
  const { fake, page } = await open();
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const goToStep: Commands["goToStep"] = async (...args) => {
    if (args[2] === "two") await held;
    return fake.commands.goToStep(...args);
  };
  standIn({ ...fake.commands, goToStep }, fake.shell);
  const moves = [page.goTo("two"), page.goTo("one"), page.goTo("three")];
  letGo();
  await Promise.all(moves);
  expect(page.at).toEqual({ type: "step", id: "three" });
  expect(fake.calls.filter((call) => call === "goToStep").length).toBe(2);
});

it("a lesson opened just now does not say Saved about the one before, and keeps what is not saved yet", async () => {
  const { fake, page } = await open();
  drafts.edit(page.token, "other-run", "line", { type: "text", text: "kept" });
  await flushAll();
  expect(drafts.state).toBe("saved");
  fake.refuse = { type: "storage", trouble: { what: "disk-full", path: null } };
  drafts.edit(page.token, "other-run", "more", { type: "text", text: "not yet kept" });
  expect(await flushAll()).toBe(false);
  fake.refuse = null;
  await new LessonPage(page.turn, "kinds").open();
  expect(drafts.state).toBe("not-saved");
  expect(drafts.latest(page.token, "other-run", "more")).toEqual({ type: "text", text: "not yet kept" });
  expect(await flushAll()).toBe(true);
  await new LessonPage(page.turn, "kinds").open();
  expect(drafts.state).toBe("still");
  discardAll();
});
