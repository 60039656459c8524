// A lesson's picture: shown by its hash, with its words for whoever cannot see it, and its words alone where it cannot be shown.
import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, it } from "vitest";
import { standIn } from "../../lib/ipc";
import type { Inline, Lesson } from "../../lib/ipc";
import { axeFinds } from "../../testing/axe";
import { Fake } from "../../testing/fake";
import { lessonWith } from "../../testing/kinds";
import LessonView from "../../views/LessonView.svelte";
import { discardAll } from "../drafts.svelte";

const HASH = "a".repeat(64);
const lamp: Inline = { type: "image", src: "images/lamp.png", alt: "A lamp on a table", title: "By the window" };

function showing(picture: Inline): Lesson {
  const lesson = lessonWith([]);
  lesson.steps[0]!.body.push({ type: "prose", prose: { type: "paragraph", children: [picture] } });
  return lesson;
}

async function open(lesson: Lesson, pictures: Record<string, string>): Promise<void> {
  discardAll();
  const fake = new Fake({ lesson, pictures });
  standIn(fake.commands, fake.shell);
  const door = await fake.commands.openDoor("a");
  if (door.status !== "ok") throw new Error("the door stays shut");
  render(LessonView, { turn: door.data, lesson: lesson.meta.id, onleave: () => undefined });
  await screen.findByRole("heading", { level: 1, name: "Something small" });
}

it("shows a picture by its hash, and says what it shows", async () => {
  await open(showing(lamp), { "images/lamp.png": HASH });
  const picture = screen.getByRole<HTMLImageElement>("img", { name: "A lamp on a table" });
  expect(picture.getAttribute("src")).toBe(`pack://localhost/${HASH}`);
  expect(picture.title).toBe("By the window");
  expect(await axeFinds()).toEqual([]);
});

it("reads the description where a picture cannot be shown", async () => {
  await open(showing(lamp), { "images/lamp.png": HASH });
  await fireEvent.error(screen.getByRole("img"));
  expect(screen.queryByRole("img")).toBeNull();
  expect(screen.getByText("Picture: A lamp on a table")).toBeTruthy();
});

it("asks for nothing that is no picture of the course", async () => {
  await open(showing({ ...lamp, src: "https://example.org/lamp.png" }), { "images/lamp.png": HASH });
  expect(document.querySelector("img")).toBeNull();
  expect(screen.getByText("Picture: A lamp on a table")).toBeTruthy();
});
