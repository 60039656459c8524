// Locks: at the first run, at the front door, and on the page of one's own.
import { screen, waitFor } from "@testing-library/svelte";
import { expect, it } from "vitest";
import { m } from "../messages/en";
import { axeFinds } from "../testing/axe";
import { openApp, type Opened } from "../testing/open";
import * as sample from "../testing/sample";

const PASS = "copper lantern harbour twig";
const heading = (name: string): Promise<HTMLElement> => screen.findByRole("heading", { level: 1, name });
const button = (name: string | RegExp): Promise<HTMLElement> => screen.findByRole("button", { name });
const robin = sample.people.slice(0, 1);

async function good(title: string): Promise<void> {
  expect(await heading(title)).toHaveFocus();
  expect(document.querySelectorAll("h1").length).toBe(1);
  expect(await axeFinds()).toEqual([]);
}

/** Types a passphrase into the box of that name, and presses Enter. */
async function offers(app: Opened, typed: string, label = m.key.passphrase): Promise<void> {
  const box = await screen.findByLabelText(label);
  await app.person.clear(box);
  await app.person.type(box, `${typed}{Enter}`);
}

/** Robin's own page about the lock. */
async function lockPage(keys = {}): Promise<Opened> {
  const app = openApp({ people: robin, keys });
  await app.person.click(await button("Open Robin’s space"));
  if (Object.keys(keys).length > 0) await offers(app, PASS);
  await app.person.click(await button(new RegExp(`^${m.settings.nav}`)));
  await app.person.click(await button(Object.keys(keys).length > 0 ? m.settings.lockLook : m.settings.lockDo));
  return app;
}

it("first run, yes: the lock comes before anything is written, recovery words are offered and skipped, and no passphrase stays in the page", async () => {
  const app = openApp({ people: [] });
  await app.person.click(await button(m.common.goOn));
  await app.person.type(await screen.findByLabelText(m.naming.name), "Robin{Enter}");
  await app.person.click(await button(m.asking.yes));
  await good(m.openTruth.title);
  await app.person.click(await button(m.openTruth.lock));
  await good(m.lock.title);
  for (const words of [m.lock.loss, m.lock.strength]) expect(document.body.textContent).toContain(words);
  expect(await screen.findByText(PASS)).toBeVisible();
  await app.person.click(await button(m.lock.lockNow));
  expect(await screen.findByRole("alert")).toHaveTextContent(m.lock.needed);
  await app.person.type(screen.getByLabelText(m.key.passphrase), PASS);
  await app.person.type(screen.getByLabelText(m.lock.again), "copper");
  await app.person.click(await button(m.lock.lockNow));
  expect(await screen.findByRole("alert")).toHaveTextContent(m.lock.differ);
  expect(app.fake.calls).not.toContain("lockSpace");
  expect(await axeFinds()).toEqual([]);
  await app.person.type(screen.getByLabelText(m.lock.again), PASS.slice("copper".length));
  await app.person.click(await button(m.lock.lockNow));
  await good(m.lock.wordsTitle);
  expect(screen.getByText(m.lock.wordsDanger)).toBeVisible();
  await app.person.click(await button(m.lock.skip));
  await good(m.lock.name);
  expect(document.body).toHaveTextContent(m.lock.lockedState);
  expect(document.body.innerHTML).not.toContain("copper");
  expect(app.fake.calls).not.toContain("recoveryWords");
});

it("a passphrase that is shown is typed once", async () => {
  const app = await lockPage();
  await app.person.click(screen.getByLabelText(m.key.show));
  expect(screen.queryByLabelText(m.lock.again)).toBeNull();
  await offers(app, PASS);
  await heading(m.lock.wordsTitle);
  await app.person.click(await button(m.lock.wordsMake));
  expect(await screen.findByText("twelve")).toBeVisible();
  expect(screen.getAllByRole("listitem").filter((item) => item.closest("ol")).length).toBe(12);
  await good(m.lock.wordsTitle);
  await app.person.click(await button(m.lock.wordsKept));
  await heading(m.lock.name);
  expect(document.body.textContent).not.toContain("eleven");
});

it("two who said yes each find their own lock behind their own door, once", async () => {
  const app = openApp({ people: [] });
  await app.person.click(await screen.findByRole("radio", { name: /Both of us/ }));
  await app.person.click(await button(m.common.goOn));
  await app.person.type(await screen.findByLabelText(m.naming.name), "Robin{Enter}");
  await heading(m.naming.titleSecond("Robin"));
  await app.person.type(screen.getByLabelText(m.naming.name), "Sam{Enter}");
  await app.person.click(await button(m.asking.unsure));
  await app.person.click(await button(m.openTruth.lockBoth));
  for (const name of ["Robin", "Sam"]) {
    await app.person.click(await button(`Open ${name}’s space`));
    await heading(m.lock.title);
    await app.person.click(await button(m.nav.leave));
  }
  await app.person.click(await button("Open Sam’s space"));
  await heading(m.home.greeting("evening", "Sam"));
});

it("the front door says open or locked, and never how often or when", async () => {
  openApp({ keys: { a: PASS } });
  await good(m.door.title);
  expect(await button("Open Robin’s space")).toHaveAccessibleDescription(m.key.locked);
  expect(await button("Open Sam’s space")).toHaveAccessibleDescription(m.key.openState);
  expect(document.querySelector("main")?.textContent).not.toMatch(/\d|protected/i);
});

it("a locked door asks in place, answers whatever is wrong alike, says the wait without counting it down, and opens", async () => {
  const app = openApp({ keys: { a: PASS } });
  await app.person.click(await button("Open Robin’s space"));
  await good(m.key.title("Robin"));
  const box = screen.getByLabelText(m.key.passphrase);
  expect(box).toHaveAttribute("type", "password");
  await app.person.click(screen.getByLabelText(m.key.show));
  expect(box).toHaveAttribute("type", "text");
  for (const wrong of ["nothing", "copper lantern"]) {
    await offers(app, wrong);
    expect(await screen.findByRole("alert")).toHaveTextContent(m.key.wrong(4));
    expect(box).toHaveFocus();
  }
  expect(await axeFinds()).toEqual([]);
  expect(screen.queryByRole("dialog")).toBeNull();
  await offers(app, PASS);
  await heading(m.home.greeting("evening", "Robin"));
});

it("the twelve words open it instead", async () => {
  const app = openApp({ keys: { a: PASS } });
  await app.person.click(await button("Open Robin’s space"));
  await app.person.click(await button(m.key.useWords));
  await good(m.key.titleWords("Robin"));
  await offers(app, PASS, m.key.words);
  await heading(m.home.greeting("evening", "Robin"));
  expect(app.fake.calls).toContain("unlockWithWords");
});

it("together asks each for their own lock, and giving up shuts what was opened", async () => {
  const app = openApp({ keys: { a: PASS, b: "meadow" } });
  await app.person.click(await button(m.door.together));
  await good(m.key.title("Robin"));
  expect(screen.queryByRole("button", { name: m.key.useWords })).toBeNull();
  await offers(app, PASS);
  await good(m.key.title("Sam"));
  await app.person.click(await button(m.common.back));
  await heading(m.door.title);
  expect(app.fake.calls.at(-1)).toBe("startup");
  await app.person.click(await button(m.door.together));
  app.fake.beside.clear();
  await offers(app, PASS);
  await heading(m.key.title("Sam"));
  await offers(app, "meadow");
  await heading(m.together.title(["Robin", "Sam"]));
});

it("somebody joins beside a locked space once its owner has opened the lock", async () => {
  const app = openApp({ people: robin, keys: { a: PASS } });
  await app.person.click(await button(m.door.join));
  await app.person.click(await button(m.join.yes));
  await app.person.type(await screen.findByLabelText(m.naming.name), "Sam{Enter}");
  await good(m.key.title("Robin"));
  expect(app.fake.people.length).toBe(1);
  await offers(app, PASS);
  await heading(m.door.title);
  expect(app.fake.people.map((one) => one.name)).toEqual(["Robin", "Sam"]);
});

it("one's own page: change the passphrase, with the question that decides how far it goes", async () => {
  const app = await lockPage({ a: PASS });
  await good(m.lock.name);
  await app.person.click(await button(m.lock.change));
  await good(m.lock.changeTitle);
  expect(screen.getByRole("radio", { name: new RegExp(m.lock.knownYes) })).toBeChecked();
  await app.person.type(screen.getByLabelText(m.lock.current), "not it");
  await app.person.type(screen.getByLabelText(m.lock.next), "meadow");
  await app.person.type(screen.getByLabelText(m.lock.again), "meadow{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent(m.lock.wrongCurrent(4));
  expect(await axeFinds()).toEqual([]);
  await app.person.clear(screen.getByLabelText(m.lock.current));
  await app.person.type(screen.getByLabelText(m.lock.current), `${PASS}{Enter}`);
  expect(await screen.findAllByText(m.lock.changedAll)).not.toEqual([]);
  expect(app.fake.keys.a).toBe("meadow");
});

it("one's own page: take the lock off, new words, and lock and leave", async () => {
  const app = await lockPage({ a: PASS });
  await app.person.click(await button(m.lock.words));
  await good(m.lock.wordsTitle);
  await offers(app, PASS, m.lock.current);
  await app.person.click(await button(m.lock.wordsKept));
  await app.person.click(await button(m.lock.takeOff));
  await good(m.lock.takeOffTitle);
  await offers(app, PASS, m.lock.current);
  await good(m.lock.title);
  expect(app.fake.people[0]?.locked).toBe(false);
});

it("with nobody there the page is blank at once, and the door asks again", async () => {
  const app = await lockPage({ a: PASS });
  app.fake.askToLock();
  expect(await screen.findByText(m.hide.line)).toBeVisible();
  expect(document.body.textContent).not.toContain("Robin");
  await waitFor(() => expect(app.fake.calls.at(-1)).toBe("leave"));
  expect(app.fake.hidden).toBe(0);
  await app.person.keyboard("x");
  await app.person.click(await button("Open Robin’s space"));
  await heading(m.key.title("Robin"));
});
