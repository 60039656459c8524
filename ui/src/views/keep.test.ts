// Taking one's words along: what is said before, what is asked of the shell, and what is said after.
import { screen, waitFor } from "@testing-library/svelte";
import { expect, it } from "vitest";
import { m } from "../messages/en";
import { lastSaid } from "../shared/announce.svelte";
import { axeFinds } from "../testing/axe";
import { openApp, type Opened } from "../testing/open";
import * as sample from "../testing/sample";

const button = (name: string): Promise<HTMLElement> => screen.findByRole("button", { name });

async function atKeep(state = {}): Promise<Opened> {
  const app = openApp(state);
  await app.person.click(await button("Open Robin’s space"));
  await app.person.click(await button(m.nav.keep));
  expect(await screen.findByRole("heading", { level: 1, name: m.keep.title })).toHaveFocus();
  return app;
}

it("says what is in a copy, what is not and that it is not locked, before anything is written", async () => {
  const { fake } = await atKeep();
  const text = document.querySelector("main")?.textContent ?? "";
  for (const words of [m.keep.inOwn, m.keep.inOpened("Sam"), m.keep.inOurs, m.keep.outOther("Sam"), m.keep.outEarlier, m.keep.warning, m.keep.warningMore]) expect(text).toContain(words);
  expect(await button(m.keep.save)).toHaveAccessibleDescription(new RegExp(m.keep.warning));
  expect(fake.copies).toEqual([]);
  expect(await axeFinds()).toEqual([]);
});

it("speaks of nobody else where there is nobody else", async () => {
  await atKeep({ people: sample.people.slice(0, 1) });
  expect(document.querySelector("main")?.textContent).not.toMatch(/both|together|Sam|undefined/);
  expect(await axeFinds()).toEqual([]);
});

it("saves a copy to read, without the most tender answers unless they are wanted, and says where it lies", async () => {
  const { person, fake } = await atKeep();
  expect(screen.getByRole("checkbox", { name: new RegExp(m.keep.tender) })).not.toBeChecked();
  await person.click(await button(m.keep.save));
  await screen.findByRole("heading", { name: m.keep.saved });
  expect(document.body).toHaveTextContent("/home/robin/Documents/pairwise-2026-11-25.md");
  expect(lastSaid().text).toBe(m.keep.saved);
  expect(fake.copies).toEqual([{ format: "markdown", sensitive: false }]);
  expect(await axeFinds()).toEqual([]);
});

it("can be done from the keyboard alone: everything, for programs", async () => {
  const { person, fake } = await atKeep();
  await person.tab();
  while (document.activeElement !== screen.getByRole("radio", { name: new RegExp(m.keep.formats.markdown.title) })) await person.tab();
  await person.keyboard("{ArrowDown}");
  await person.tab();
  expect(screen.getByRole("checkbox", { name: new RegExp(m.keep.tender) })).toHaveFocus();
  await person.keyboard(" ");
  await person.tab();
  await person.tab();
  expect(await button(m.keep.save)).toHaveFocus();
  await person.keyboard("{Enter}");
  await screen.findByRole("heading", { name: m.keep.saved });
  expect(fake.copies).toEqual([{ format: "json", sensitive: true }]);
  expect(await button(m.keep.save)).toHaveFocus();
});

it("writes one copy while one is being written, and keeps the focus where it was", async () => {
  const { person, fake } = await atKeep();
  let done = (): void => undefined;
  fake.disk = new Promise((resolve) => (done = resolve));
  await person.click(await button(m.keep.save));
  const busy = await button(m.keep.saving);
  expect(busy).toHaveAttribute("aria-disabled", "true");
  expect(busy).toHaveFocus();
  await person.click(busy);
  done();
  await screen.findByRole("heading", { name: m.keep.saved });
  expect(fake.copies.length).toBe(1);
});

it("says so when what is ours could not be read into it", async () => {
  const { person, fake } = await atKeep();
  fake.withoutShared = true;
  await person.click(await button(m.keep.save));
  expect(await screen.findByText(m.keep.withoutShared)).toBeVisible();
});

it.each(["read-only", "disk-full", "failed"] as const)("%s is told beside the button, with what is safe and what to do, and can be tried again", async (what) => {
  const { person, fake } = await atKeep();
  fake.refuse = { type: "storage", trouble: { what, path: "/home/robin/Documents" } };
  await person.click(await button(m.keep.save));
  const told = await screen.findByRole("alert");
  const words = m.keep.notWritten[what];
  for (const part of [words?.happened ?? "?", m.keep.safe, "/home/robin/Documents", words?.todo ?? "?"]) expect(told).toHaveTextContent(part);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(await axeFinds()).toEqual([]);
  fake.refuse = null;
  await person.click(await button(m.keep.save));
  await screen.findByRole("heading", { name: m.keep.saved });
  expect(screen.queryByRole("alert")).toBeNull();
});

it("trouble with the words themselves is told as everywhere", async () => {
  const { person, fake } = await atKeep();
  fake.refuse = { type: "storage", trouble: { what: "damaged", path: null } };
  await person.click(await button(m.keep.save));
  await waitFor(() => expect(screen.getByRole("dialog")).toHaveTextContent(m.trouble.kinds.damaged.happened));
  expect(screen.queryByRole("heading", { name: m.keep.saved })).toBeNull();
});

it("says quietly how new the newest copy is, and of none that there is none yet", async () => {
  await atKeep();
  expect(await screen.findByText(m.earlier.none)).toBeVisible();
});

it("says when the newest copy was made, and quietly why the last one could not be, with nobody alarmed", async () => {
  const { person, fake } = await atKeep();
  fake.backups = { copies: [{ number: 2, at: "2026-11-24T12:30:00+01:00", kind: "usual" }], trouble: { what: "disk-full", path: null } };
  await person.click(await button(m.nav.home));
  await person.click(await button(m.nav.keep));
  await screen.findByText(new RegExp(m.earlier.wordsSafe));
  expect(document.querySelector("main")).toHaveTextContent(/24 November( 2026)?, 12:30/);
  expect(document.querySelector("main")).toHaveTextContent(m.earlier.notMade("disk-full"));
  expect(screen.queryByRole("alert")).toBeNull();
  expect(await axeFinds()).toEqual([]);
});

it("locks a copy with a passphrase, says what that is worth, and asks about both anew each time", async () => {
  const { person, fake } = await atKeep();
  await person.click(screen.getByRole("checkbox", { name: new RegExp(m.keep.lockIt) }));
  expect(await button(m.keep.save)).toHaveAccessibleDescription(new RegExp(m.keep.warningLocked));
  expect(document.body).not.toHaveTextContent(m.keep.warning);
  await person.click(await button(m.keep.save));
  expect(await screen.findByRole("alert")).toHaveTextContent(m.keep.needed);
  expect(fake.copies).toEqual([]);
  await person.click(screen.getByRole("checkbox", { name: new RegExp(m.keep.tender) }));
  await person.type(screen.getByLabelText(m.keep.passphrase), "a line");
  await person.click(await button(m.keep.save));
  await screen.findByRole("heading", { name: m.keep.saved });
  expect(document.body).toHaveTextContent("/home/robin/Documents/pairwise-2026-11-25.md.age");
  expect([fake.copies, fake.passphrases]).toEqual([[{ format: "markdown", sensitive: true }], ["a line"]]);
  expect(screen.getByRole("checkbox", { name: new RegExp(m.keep.tender) })).not.toBeChecked();
  expect(screen.getByLabelText(m.keep.passphrase)).toHaveValue("");
  expect(await axeFinds()).toEqual([]);
});

it("saves scores for a spreadsheet, and says that no other words are in it", async () => {
  const { person, fake } = await atKeep();
  await person.click(screen.getByRole("radio", { name: new RegExp(m.keep.formats.csv.title) }));
  expect(document.body).toHaveTextContent(m.keep.inScores);
  expect(document.body).not.toHaveTextContent(m.keep.inOwn);
  await person.click(await button(m.keep.save));
  await screen.findByRole("heading", { name: m.keep.saved });
  expect(fake.copies).toEqual([{ format: "csv", sensitive: false }]);
});

it("prints the words alone, and lets go of them when the dialog is done", async () => {
  const { person, fake } = await atKeep();
  fake.documents = [{ name: "duet", markdown: "# A duet\n\nOn my own.\n\n### What happened?\n\n> a long evening  \n> \\# not a heading  \n\n*Only me, 2026-11-24*\n" }];
  let paper: string[] = [];
  window.print = () => {
    paper = [...document.querySelectorAll(".print-only h1, .print-only h3, .print-only p")].map((one) => one.textContent);
  };
  await person.click(await button(m.keep.print));
  await waitFor(() => expect(paper).toEqual(["A duet", "On my own.", "What happened?", "a long evening", "# not a heading", "Only me, 2026-11-24"]));
  await waitFor(() => expect(document.querySelector(".print-only")).toBeNull());
});
