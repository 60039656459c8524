// Bringing an earlier copy back: what it would do is said first, a lock asks once more, and what both share needs both.
import { screen, waitFor } from "@testing-library/svelte";
import { expect, it } from "vitest";
import { m } from "../messages/en";
import { lastSaid } from "../shared/announce.svelte";
import { axeFinds } from "../testing/axe";
import { openApp, type Opened } from "../testing/open";

const words = m.earlier.page;
const button = (name: string | RegExp): Promise<HTMLElement> => screen.findByRole("button", { name });
const copies = [
  { number: 2, at: "2026-11-24T12:30:00+01:00", kind: "usual" as const },
  { number: 1, at: "2026-11-20T21:05:00+01:00", kind: "usual" as const },
];

function filled(app: Opened): Opened {
  app.fake.backups = { copies: structuredClone(copies), trouble: null };
  app.fake.differs = { 2: { gone: 2, changed: 1, back: 0 } };
  return app;
}

async function atCopies(state = {}, key = ""): Promise<Opened> {
  const app = filled(openApp(state));
  await app.person.click(await button("Open Robin’s space"));
  if (key) {
    await app.person.type(await screen.findByLabelText(m.key.passphrase), `${key}{Enter}`);
  }
  await app.person.click(await button(m.nav.keep));
  await app.person.click(await button(m.earlier.open));
  await screen.findByRole("heading", { level: 1, name: m.earlier.title });
  return app;
}

it("says what would go, change and come back before anything can be brought back", async () => {
  const { person, fake } = await atCopies();
  expect(await screen.findAllByRole("listitem")).toHaveLength(2);
  expect(screen.queryByRole("button", { name: words.yes })).toBeNull();
  await person.click(await button(/24 November/));
  await screen.findByText(words.gone(2));
  expect(document.body).toHaveTextContent(words.changed(1));
  expect(document.body).not.toHaveTextContent(words.back(0));
  expect(document.body).toHaveTextContent(words.stays("Sam"));
  expect(document.body).toHaveTextContent(words.kept);
  expect(fake.broughtBack).toEqual([]);
  expect(await axeFinds()).toEqual([]);
  await person.click(await button(words.no));
  expect(screen.queryByRole("button", { name: words.yes })).toBeNull();
});

it("brings it back with a yes, and says that what was here is kept", async () => {
  const { person, fake } = await atCopies();
  await person.click(await button(/24 November/));
  await person.click(await button(words.yes));
  await waitFor(() => expect(fake.broughtBack).toEqual([2]));
  expect(await screen.findByText(m.earlier.kinds.aside)).toBeVisible();
  expect(lastSaid().text).toMatch(/^Your space is as it was/);
  expect(await axeFinds()).toEqual([]);
});

it("a locked space asks for its passphrase once more, and stays as it is without it", async () => {
  const { person, fake } = await atCopies({ keys: { a: "a line" } }, "a line");
  await person.click(await button(/24 November/));
  await person.type(await screen.findByLabelText(m.lock.current), "a lime");
  await person.click(await button(words.yes));
  await screen.findByText(m.lock.wrongCurrent(2));
  expect(fake.broughtBack).toEqual([]);
  await person.clear(screen.getByLabelText(m.lock.current));
  await person.type(screen.getByLabelText(m.lock.current), "a line");
  await person.click(await button(words.yes));
  await waitFor(() => expect(fake.broughtBack).toEqual([2]));
});

it("a copy that does not read back whole says so, and cannot be brought back", async () => {
  const { person } = await atCopies();
  await person.click(await button(/20 November/));
  await screen.findByText(words.damaged);
  expect(screen.queryByRole("button", { name: words.yes })).toBeNull();
  expect(screen.queryByRole("dialog")).toBeNull();
});

it("what both share comes back when each has said yes, and not before", async () => {
  const { person, fake } = filled(openApp());
  await person.click(await button(/^Together/));
  await person.click(await button(words.openOurs));
  await screen.findByRole("heading", { level: 1, name: words.titleOurs });
  await person.click(await button(/24 November/));
  await person.click(await button(m.removal.both.yes("Sam")));
  await screen.findByText(m.removal.both.waits("Robin"));
  expect(fake.broughtBack).toEqual([]);
  expect(await axeFinds()).toEqual([]);
  await person.click(await button(m.removal.both.yes("Robin")));
  await waitFor(() => expect(fake.broughtBack).toEqual([2]));
  expect(await screen.findByText(m.earlier.kinds.aside)).toBeVisible();
});
