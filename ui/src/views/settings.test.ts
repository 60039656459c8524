// The settings: how the screen looks, what is one's own, and what there is to know about the app.
import { screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, it } from "vitest";
import { m } from "../messages/en";
import { lastSaid } from "../shared/announce.svelte";
import { wear } from "../shared/look";
import { spelling } from "../shared/spelling.svelte";
import { axeFinds } from "../testing/axe";
import type { FakeState } from "../testing/fake";
import { openApp, type Opened } from "../testing/open";
import * as sample from "../testing/sample";

const PASS = "copper lantern harbour twig";
const robin = sample.people.slice(0, 1);
const words = m.settings;
const heading = (name: string): Promise<HTMLElement> => screen.findByRole("heading", { level: 1, name });
const button = (name: string | RegExp): Promise<HTMLElement> => screen.findByRole("button", { name });
const toSettings = (): Promise<HTMLElement> => button(new RegExp(`^${words.nav}`));

afterEach(() => wear("system"));

async function enter(state: FakeState = {}): Promise<Opened> {
  const app = openApp({ people: robin, ...state });
  await app.person.click(await button("Open Robin’s space"));
  if (state.keys?.a) await app.person.type(await screen.findByLabelText(m.key.passphrase), `${state.keys.a}{Enter}`);
  return app;
}

async function atSettings(state: FakeState = {}): Promise<Opened> {
  const app = await enter(state);
  await app.person.click(await toSettings());
  expect(await heading(words.title)).toHaveFocus();
  await screen.findByRole("heading", { name: words.about });
  return app;
}

it("stands beside the other pages, with the padlock in sight, and opens with Ctrl and a comma", async () => {
  const { person } = await enter();
  const ways = screen.getAllByRole("button").filter((one) => one.closest("nav")).map((one) => one.textContent.trim().replace(/\s+/g, " "));
  expect(ways).toEqual([m.nav.home, m.nav.course, m.find.nav, m.nav.keep, `${words.nav} ${m.key.openState}`, m.nav.support, m.nav.leave]);
  await person.keyboard("{Control>},{/Control}");
  expect(await heading(words.title)).toHaveFocus();
  expect(await toSettings()).toHaveAttribute("aria-current", "page");
});

it("changes light and dark at once, and the size of everything, for this computer", async () => {
  const { fake, person } = await atSettings();
  expect(screen.getByRole("radio", { name: words.themes.system })).toBeChecked();
  await person.click(screen.getByRole("radio", { name: words.themes.dark }));
  await waitFor(() => expect(document.documentElement.dataset.theme).toBe("dark"));
  await person.click(screen.getByRole("radio", { name: words.percent(130) }));
  expect(fake.look).toEqual({ theme: "dark", text_size: 130 });
  expect(lastSaid().text).toBe(words.kept);
  expect(await axeFinds()).toEqual([]);
});

it("shows what stands when a choice could not be kept", async () => {
  const { fake, person } = await atSettings();
  fake.refuse = { type: "storage", trouble: { what: "read-only", path: null } };
  await person.click(screen.getByRole("radio", { name: words.themes.dark }));
  await screen.findByText(m.trouble.dialog);
  await person.click(await button(m.trouble.understood));
  expect(screen.getByRole("radio", { name: words.themes.system })).toBeChecked();
  await person.click(screen.getByRole("checkbox", { name: words.spelling }));
  await person.click(await button(m.trouble.understood));
  expect(screen.getByRole("checkbox", { name: words.spelling })).not.toBeChecked();
  expect(document.documentElement.dataset.theme).toBeUndefined();
});

it("offers a lock to an open space, and only to a locked one when it closes", async () => {
  const open = await atSettings();
  expect(screen.queryByLabelText(words.idle)).toBeNull();
  await open.person.click(await button(words.lockDo));
  await heading(m.lock.title);
  await open.person.click((await screen.findAllByRole("button", { name: words.nav })).find((one) => !one.closest("nav"))!);
  await heading(words.title);
});

it("a locked space closes after the minutes that were chosen", async () => {
  const { fake, person } = await atSettings({ keys: { a: PASS } });
  expect(screen.getByLabelText(words.idle)).toHaveValue("5");
  await person.selectOptions(screen.getByLabelText(words.idle), "2");
  expect(fake.chosen.a?.idle_minutes).toBe(2);
  expect(await axeFinds()).toEqual([]);
});

it("spell-check is off where one writes until it is turned on, and off again when the space is closed", async () => {
  const { person } = await atSettings();
  expect(screen.getByRole("checkbox", { name: words.spelling })).not.toBeChecked();
  await person.click(await button(m.nav.home));
  await person.click(await button(/^Carry on/));
  await person.click(await button(m.lesson.begin));
  const box = (): Promise<HTMLElement> => screen.findByRole("textbox");
  expect(await box()).toHaveAttribute("spellcheck", "false");
  await person.click(await button(m.lesson.backLabel));
  await person.click(await toSettings());
  await person.click(await screen.findByRole("checkbox", { name: words.spelling }));
  await person.click(await button(m.nav.home));
  await person.click(await button(/^Carry on/));
  await person.click(await button(m.lesson.begin));
  expect(await box()).toHaveAttribute("spellcheck", "true");
  await person.click(await button(m.lesson.backLabel));
  await person.click(await button(m.nav.leave));
  await button("Open Robin’s space");
  expect(spelling.on).toBe(false);
});

it("says which version this is, that it is for adults, how to look for a newer one, and where the folder is; and leads to what removes", async () => {
  const { person } = await atSettings({ people: sample.people });
  const text = document.querySelector("main")?.textContent ?? "";
  for (const said of [words.version("0.1.0"), words.newer, words.licences, words.folder, "/home/robin/.local/share/pairwise", words.ownHelp("Sam")]) expect(text).toContain(said);
  await person.click(await button(m.removal.page.toPage));
  await heading(m.removal.page.title);
  expect(await toSettings()).toHaveAttribute("aria-current", "page");
});

it("asks once, under the first private answer of an open space, whether somebody else could read it, and leads to the lock", async () => {
  const { fake, person } = await enter({ asks: true });
  await person.click(await button(/^Carry on/));
  await person.click(await button(m.lesson.begin));
  const box = await screen.findByRole("textbox");
  expect(screen.queryByRole("heading", { name: m.asking.title })).toBeNull();
  await person.type(box, "two cups");
  await screen.findByRole("heading", { name: m.asking.title }, { timeout: 3000 });
  expect(box).toHaveFocus();
  expect(fake.calls.filter((one) => one === "askedAboutLock").length).toBe(1);
  expect(await axeFinds()).toEqual([]);
  await person.click(await button(m.asking.unsure));
  expect(await screen.findByText(new RegExp(m.openTruth.first))).toHaveFocus();
  await person.click(await button(m.openTruth.lock));
  await heading(m.lock.title);
  expect(fake.kept("a", "scene")).toEqual({ type: "text", text: "two cups" });
});

it("does not ask again after a no", async () => {
  const { person } = await enter({ asks: true });
  await person.click(await button(/^Carry on/));
  await person.click(await button(m.lesson.begin));
  await person.type(await screen.findByRole("textbox"), "two");
  await person.click(await screen.findByRole("button", { name: m.asking.no }, { timeout: 3000 }));
  await person.type(screen.getByRole("textbox"), " cups");
  await screen.findAllByText(m.lesson.save.saved, {}, { timeout: 3000 });
  expect(screen.queryByRole("heading", { name: m.asking.title })).toBeNull();
});
