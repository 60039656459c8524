// Finding what one wrote: what is looked for is asked of the shell and kept nowhere, and what is found opens at its field.
import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, it } from "vitest";
import { m } from "../messages/en";
import { lastSaid } from "../shared/announce.svelte";
import { axeFinds } from "../testing/axe";
import { openApp, type Opened } from "../testing/open";
import * as sample from "../testing/sample";

const button = (name: string | RegExp): Promise<HTMLElement> => screen.findByRole("button", { name });
const box = (): HTMLElement => screen.getByLabelText(m.find.label);
const results = (): Promise<HTMLElement> => screen.findByRole("list", { name: m.find.results });

async function atFind(state = {}): Promise<Opened> {
  const app = openApp(state);
  await app.person.click(await button("Open Robin’s space"));
  await app.person.click(await button(m.find.nav));
  expect(await screen.findByRole("heading", { level: 1, name: m.find.title })).toBeVisible();
  expect(box()).toHaveFocus();
  return app;
}

it("says what is looked through and what is not, and that nothing of it is kept", async () => {
  await atFind();
  const text = document.querySelector("main")?.textContent ?? "";
  for (const words of [...m.find.inside("Sam"), ...m.find.outside("Sam"), m.find.keepsNothing]) expect(text).toContain(words);
  expect(await axeFinds()).toEqual([]);
});

it("speaks of nobody else where there is nobody else", async () => {
  await atFind({ people: sample.people.slice(0, 1) });
  expect(document.querySelector("main")?.textContent).not.toMatch(/both|together|Sam|undefined|null/);
});

it("shows the lesson, the question, the words with what was looked for, whose they are and the day", async () => {
  const { person } = await atFind();
  await person.type(box(), "kitchen");
  const items = within(await results()).getAllByRole("listitem");
  expect(items.length).toBe(4);
  expect(items[0]).toHaveTextContent("Our loop 24 November 2026 What happened, as a camera would have seen it? We stood in the kitchen and nobody spoke.");
  expect(items.map((item) => item.querySelector("mark")?.textContent)).toEqual(["kitchen", "kitchen", "kitchen", "kitchen"]);
  expect(items.map((item) => item.querySelector(".who")?.textContent.replace(m.privacy.before, "").trim())).toEqual([m.privacy.private, m.find.opened("Sam"), m.privacy.joint, m.privacy.private]);
  expect(await axeFinds()).toEqual([]);
  await waitFor(() => expect(lastSaid().text).toBe(m.find.said(4, false)), { timeout: 3000 });
});

it("opens what is found at its field, and comes back to the same results", async () => {
  const { person, fake } = await atFind();
  await person.type(box(), "nobody");
  await person.click(await button(/We stood in the kitchen/));
  const field = await screen.findByRole("textbox", { name: /What happened/ });
  await waitFor(() => expect(field).toHaveFocus());
  expect(fake.calls).toContain("openThisRun");
  expect(fake.calls).not.toContain("goToStep");
  await person.click(await button(m.find.backLabel));
  expect(box()).toHaveValue("nobody");
  await waitFor(async () => expect(await button(/We stood in the kitchen/)).toHaveFocus());
});

it("what opens nowhere from here is read right here, with the reason", async () => {
  const { person } = await atFind();
  await person.type(box(), "alone");
  const item = within(await results()).getByRole("listitem");
  await person.click(item.querySelector("summary") as HTMLElement);
  expect(item.querySelector("details")).toHaveAttribute("open");
  expect(item).toHaveTextContent(m.find.why["with-the-other"]);
  expect(item).toHaveTextContent("I wait");
});

it("drops the answer of a slower search that came before", async () => {
  const { person, fake } = await atFind();
  let let_go = (): void => undefined;
  const first = new Promise<void>((resolve) => (let_go = resolve));
  fake.searching = (query) => (query === "kitchen" ? first : Promise.resolve());
  await person.type(box(), "kitchen");
  await waitFor(() => expect(fake.calls.filter((call) => call === "find").length).toBe(1));
  await person.type(box(), " light");
  expect(within(await results()).getAllByRole("listitem").length).toBe(1);
  let_go();
  await first;
  await Promise.resolve();
  expect(within(await results()).getAllByRole("listitem").length).toBe(1);
});

it("says kindly that nothing was found", async () => {
  const { person } = await atFind();
  await person.type(box(), "marmalade");
  expect(await screen.findByText(m.find.none)).toBeVisible();
  expect(screen.getByText(m.find.noneHelp)).toBeVisible();
  await waitFor(() => expect(lastSaid().text).toBe(m.find.none), { timeout: 3000 });
  expect(await axeFinds()).toEqual([]);
});

it("says so when what is ours could not be looked through", async () => {
  const { person, fake } = await atFind();
  fake.withoutShared = true;
  await person.type(box(), "kitchen");
  expect(await screen.findByText(m.find.withoutShared)).toBeVisible();
});

it("goes through the results with the arrows, and back to the field with Escape, which then empties it", async () => {
  const { person } = await atFind();
  await person.type(box(), "kitchen");
  const all = [...(await results()).querySelectorAll<HTMLElement>(".result")];
  await person.keyboard("{ArrowDown}");
  expect(all[0]).toHaveFocus();
  await person.keyboard("{ArrowDown}{ArrowDown}");
  expect(all[2]).toHaveFocus();
  await person.keyboard("{End}{ArrowDown}");
  expect(all[3]).toHaveFocus();
  await person.keyboard("{Home}{ArrowUp}");
  expect(box()).toHaveFocus();
  await person.keyboard("{ArrowDown}{Escape}");
  expect(box()).toHaveFocus();
  await person.keyboard("{Escape}");
  expect(box()).toHaveValue("");
  expect(screen.getByText(m.find.keepsNothing)).toBeVisible();
});

it("Ctrl+K leads here from any page of one’s own, a lesson too, with nothing in the field", async () => {
  const { person } = await atFind();
  await person.type(box(), "nobody");
  await person.click(await button(m.nav.keep));
  await screen.findByRole("heading", { level: 1, name: m.keep.title });
  await person.keyboard("{Control>}k{/Control}");
  expect(await screen.findByLabelText(m.find.label)).toHaveFocus();
  expect(box()).toHaveValue("");
  await person.click(await button(m.nav.home));
  await person.click(await button(m.home.carryOn));
  await screen.findByText(/One recent moment/);
  await person.keyboard("{Control>}k{/Control}");
  expect(await screen.findByLabelText(m.find.label)).toHaveFocus();
});

it("holds what is looked for nowhere: not in the title, the address or the words said aloud", async () => {
  const { person } = await atFind();
  await person.type(box(), "marmalade");
  await screen.findByText(m.find.none);
  expect(document.title + location.href + lastSaid().text).not.toContain("marmalade");
});

it("a sitting for two has no Find", async () => {
  const { person } = openApp();
  await person.click(await button(m.door.together));
  expect(screen.queryByRole("button", { name: m.find.nav })).toBeNull();
  await person.keyboard("{Control>}k{/Control}");
  expect(screen.queryByLabelText(m.find.label)).toBeNull();
});
