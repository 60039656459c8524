// A sitting for two, from the first turn to the drawn loop. On the shared screen nothing private is in the page.
import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { standIn } from "../lib/ipc";
import type { Turn } from "../lib/ipc";
import { discardAll } from "../lesson/drafts.svelte";
import { axeFinds } from "../testing/axe";
import { Fake } from "../testing/fake";
import TogetherView from "../views/TogetherView.svelte";

// Typing key by key through whole flows takes longer than the usual five seconds on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

async function begin(): Promise<{ fake: Fake; person: UserEvent }> {
  discardAll();
  const fake = new Fake();
  standIn(fake.commands, fake.shell);
  const opened = await fake.commands.openTogether();
  if (opened.status !== "ok") throw new Error("no sitting");
  const props = { turn: opened.data, lesson: "our-loop", onleave: () => undefined, onturn: (turn: Turn) => void view.rerender({ turn }) };
  const view = render(TogetherView, props);
  return { fake, person: userEvent.setup() };
}

const press = async (person: UserEvent, name: string): Promise<void> => person.click(await screen.findByRole("button", { name }));
const page = (): string => `${document.body.textContent} ${[...document.querySelectorAll("input, textarea")].map((one) => (one as HTMLInputElement).value).join(" ")}`;

async function toHalves(person: UserEvent): Promise<void> {
  await press(person, "Begin");
  await screen.findByRole("heading", { level: 1, name: "One recent moment" });
  await press(person, "Next");
  await screen.findByRole("heading", { level: 1, name: "Each your own half" });
}

async function writeHalf(person: UserEvent, name: string, spark: string, move: string): Promise<void> {
  await press(person, `${name}’s turn`);
  await person.type(await screen.findByLabelText("When I see or hear…"), spark);
  await person.type(screen.getByLabelText("I tend to…"), move);
}

async function seal(person: UserEvent): Promise<void> {
  await waitFor(() => expect(screen.getByRole("button", { name: "Seal my half" })).toBeEnabled(), { timeout: 3000 });
  await press(person, "Seal my half");
  await press(person, "Yes, seal it");
  await screen.findAllByText(/Your side is sealed|Both are sealed/);
}

it("covers the other side, drops a side's words when the keyboard is passed, and saves them first", async () => {
  const { fake, person } = await begin();
  await toHalves(person);
  await writeHalf(person, "Robin", "the phone", "ask again");
  expect(screen.queryByRole("button", { name: "Sam’s turn" })).toBeNull();
  await press(person, "Pass the keyboard");
  await screen.findByRole("button", { name: "Sam’s turn" });
  expect(fake.kept("a", "loop")).toEqual({ type: "stages", stages: { spark: "the phone", move: "ask again" } });
  expect(fake.kept("b", "loop")).toBeUndefined();
  expect(fake.kept("both", "loop")).toBeUndefined();
  expect(page()).not.toMatch(/the phone|ask again/);
  await press(person, "Sam’s turn");
  await screen.findByLabelText("When I see or hear…");
  expect(page()).not.toMatch(/the phone|ask again/);
  expect(await axeFinds()).toEqual([]);
});

it("seals, opens only when both say so, breathes, shows both at once, draws the loop, and covers again", async () => {
  const { person } = await begin();
  await toHalves(person);
  for (const [name, spark, move] of [["Robin", "the phone", "ask again"], ["Sam", "an edge", "go quiet"]] as const) {
    await writeHalf(person, name, spark, move);
    await seal(person);
    await press(person, "Pass the keyboard");
    await screen.findAllByText("Sealed");
    expect(page()).not.toMatch(/the phone|an edge/);
  }
  await press(person, "Robin: open");
  await screen.findByText("Robin is ready");
  expect(page()).not.toMatch(/the phone|an edge/);
  await press(person, "Sam: open");
  await screen.findByRole("heading", { level: 1, name: "One breath first." });
  expect(page()).not.toMatch(/the phone|an edge/);
  await press(person, "Show both sides");
  expect(await screen.findByText("the phone")).toBeVisible();
  expect(screen.getByText("an edge")).toBeVisible();
  expect(await axeFinds()).toEqual([]);
  await press(person, "Cover these");
  expect(page()).not.toMatch(/the phone|an edge/);
  await press(person, "Next");
  expect(await screen.findByText("This is the loop. Neither of you is.")).toBeVisible();
  expect(screen.getByText("the phone")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Underneath too" })).toBeNull();
  expect(await axeFinds()).toEqual([]);
});

it("a seal can be taken back until both have sealed, and setting aside ends both", async () => {
  const { person } = await begin();
  await toHalves(person);
  await writeHalf(person, "Robin", "the phone", "ask again");
  await seal(person);
  expect(screen.queryByLabelText("When I see or hear…")).toBeNull();
  await press(person, "Take it back");
  expect(await screen.findByLabelText("When I see or hear…")).toHaveValue("the phone");
  await seal(person);
  await press(person, "Pass the keyboard");
  await writeHalf(person, "Sam", "an edge", "go quiet");
  await seal(person);
  await press(person, "Pass the keyboard");
  await press(person, "Set aside");
  await press(person, "Yes, set it aside");
  await screen.findByRole("button", { name: "Robin’s turn" });
  expect(screen.queryByRole("button", { name: "Robin: open" })).toBeNull();
});

it("keeps the turn when its words could not be saved", async () => {
  const { fake, person } = await begin();
  await toHalves(person);
  await writeHalf(person, "Robin", "the phone", "ask again");
  fake.refuse = { type: "storage", trouble: { what: "disk-full", path: null } };
  await press(person, "Pass the keyboard");
  expect(await screen.findByText(/this side stays with you/)).toBeVisible();
  expect(page()).toMatch(/the phone/);
  fake.refuse = null;
});
