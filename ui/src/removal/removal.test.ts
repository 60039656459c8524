// Removing one answer, its undo, older backups, forgetting; what both say; the page of larger removals; bringing over.
import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, it } from "vitest";
import { m } from "../messages/en";
import { lastSaid } from "../shared/announce.svelte";
import { axeFinds } from "../testing/axe";
import { lessonWith } from "../testing/kinds";
import { openApp, type Opened } from "../testing/open";
import * as sample from "../testing/sample";
import type { Lesson, Value } from "../lib/ipc";

const button = (name: string | RegExp): Promise<HTMLElement> => screen.findByRole("button", { name });
const words = m.removal;
/** Words on the page itself, whatever a screen reader was told beside it. */
const seen = (said: string): Promise<void> => waitFor(() => void expect(document.querySelector("main, dialog[open]")?.parentElement).toHaveTextContent(said));
const text = (said: string): Value => ({ type: "text", text: said });
const scene = sample.block("scene", { type: "long", rows: 4, max: null }, "What happened?", "private");
const name = sample.block("name", { type: "short", max: 40 }, "What shall we call it?", "joint");
const lesson: Lesson = lessonWith([scene]);
const oursToo: Lesson = lessonWith([name]);

/** Somebody alone, at a field with words in it. */
async function written(): Promise<Opened & { box: HTMLElement }> {
  const app = openApp({ lesson });
  await app.person.click(await button("Open Robin’s space"));
  await app.person.click(await button(m.nav.course));
  await app.person.click((await screen.findAllByRole("button", { name: /Our loop/ }))[0] as HTMLElement);
  const box = await screen.findByRole("textbox", { name: /What happened/ });
  await app.person.type(box, "marmalade");
  await app.person.tab();
  await waitFor(() => expect(app.fake.kept("a", "scene")).toEqual(text("marmalade")));
  return { ...app, box };
}

/** Both, at Together, looking at the lesson. */
async function together(about: Lesson): Promise<Opened> {
  const app = openApp({ lesson: about });
  await app.person.click(await button(/^Together/));
  await app.person.click((await screen.findAllByRole("button", { name: /Our loop/ }))[0] as HTMLElement);
  await screen.findByRole("heading", { level: 1, name: "Something small" });
  return app;
}

it("removes an answer from the keyboard alone, and undo stands in its place until it is used", async () => {
  const { person, fake } = await written();
  (await button(/^Remove….*What happened/)).focus();
  await person.keyboard("{Enter}");
  const dialog = await screen.findByRole("dialog", { name: words.answer.title });
  expect(dialog).toHaveTextContent(words.answer.undoWords);
  expect(await axeFinds()).toEqual([]);
  (await within(dialog).findByRole("button", { name: words.answer.yes })).focus();
  await person.keyboard("{Enter}");
  const undo = await button(words.answer.undo);
  await waitFor(() => expect(undo).toHaveFocus());
  expect(lastSaid().text).toBe(words.answer.removed);
  expect(fake.kept("a", "scene")).toBeUndefined();
  expect(screen.getByRole("textbox", { name: /What happened/ })).toHaveValue("");
  expect(await axeFinds()).toEqual([]);
  await person.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("textbox", { name: /What happened/ })).toHaveValue("marmalade"));
  expect(fake.kept("a", "scene")).toEqual(text("marmalade"));
  expect(screen.queryByRole("button", { name: words.answer.undo })).toBeNull();
});

it("asks about older backups only where there are some, and does not take undo away with them", async () => {
  const { person, fake } = await written();
  fake.left = { in_backups: true, in_file: true };
  await person.click(await button(/^Remove…/));
  await person.click(await button(words.answer.yes));
  await screen.findByText(new RegExp(words.left.title));
  expect(document.body).toHaveTextContent(words.left.file);
  expect(fake.calls).not.toContain("renewBackups");
  await person.click(await button(words.left.yes));
  await waitFor(() => expect(screen.queryByText(new RegExp(words.left.title))).toBeNull());
  expect(lastSaid().text).toBe(words.left.done);
  await person.click(await button(words.answer.undo));
  await waitFor(() => expect(fake.kept("a", "scene")).toEqual(text("marmalade")));
});

it("does not remove what is still on its way", async () => {
  const { person, fake, box } = await written();
  fake.refuse = { type: "storage", trouble: { what: "disk-full", path: null } };
  await person.type(box, " more");
  await person.click(await button(/^Remove…/));
  await person.click(await button(words.answer.yes));
  await waitFor(() => expect(lastSaid().text).toBe(words.answer.unsaved));
  expect(fake.calls).not.toContain("removeAnswer");
  expect(box).toHaveValue("marmalade more");
});

it("forgets earlier versions after a question of its own", async () => {
  const { person, fake } = await written();
  fake.versions = [{ value: text("quince"), at: "2026-11-24T12:00:00+01:00", save: 1, by: null }];
  await person.click(await button(/^Earlier versions/));
  expect(await screen.findByText("quince")).toBeVisible();
  await person.click(await button(words.forget.open));
  expect(fake.versions.length).toBe(1);
  expect(await axeFinds()).toEqual([]);
  await person.click(await button(words.forget.yes));
  expect((await screen.findAllByText(words.forget.done)).length).toBeGreaterThan(0);
  expect(fake.versions).toEqual([]);
});

it("what is ours goes when each has said so, and either may think again", async () => {
  const { person, fake } = await together(oursToo);
  await person.type(await screen.findByRole("textbox", { name: /call it/ }), "freeze");
  await person.tab();
  await waitFor(() => expect(fake.kept("both", "name")).toEqual(text("freeze")));
  await person.click(await button(/^Remove…/));
  await person.click(await button(words.both.yes("Robin")));
  expect(await screen.findByText(words.both.waits("Sam"))).toBeVisible();
  expect(await axeFinds()).toEqual([]);
  await person.click(await button(words.both.no));
  await waitFor(() => expect(screen.queryByText(words.both.waits("Sam"))).toBeNull());
  expect(fake.kept("both", "name")).toEqual(text("freeze"));
  await person.click(await button(/^Remove…/));
  await person.click(await button(words.both.yes("Sam")));
  await person.click(await button(words.both.yes("Robin")));
  await waitFor(() => expect(fake.kept("both", "name")).toBeUndefined());
  await person.click(await button(words.answer.undo));
  await waitFor(() => expect(fake.kept("both", "name")).toEqual(text("freeze")));
});

it("says kindly why a sealed answer is not removed, and offers nothing else", async () => {
  const { person, fake } = await together(lessonWith([sample.block("hope", { type: "short", max: null }, "One hope", "reveal")]));
  await person.click(await button(m.sitting.turn("Robin")));
  await person.type(await screen.findByRole("textbox", { name: /One hope/ }), "calm");
  await person.tab();
  await waitFor(() => expect(fake.kept("a", "hope")).toEqual(text("calm")));
  await person.click(await button(m.sitting.seal));
  await person.click(await button(m.sitting.sealYes));
  await person.click(await button(/^Remove…/));
  const dialog = await screen.findByRole("dialog", { name: words.answer.sealedTitle });
  expect(dialog).toHaveTextContent(words.answer.sealed);
  expect(within(dialog).queryByRole("button", { name: words.answer.yes })).toBeNull();
  expect(await axeFinds()).toEqual([]);
  expect(fake.calls).not.toContain("removeAnswer");
});

it("says who wrote each earlier wording of what is ours", async () => {
  const { person, fake } = await together(oursToo);
  fake.versions = [
    { value: text("second"), at: "2026-11-25T12:00:00+01:00", save: 2, by: null },
    { value: text("first"), at: "2026-11-24T12:00:00+01:00", save: 1, by: "b" },
  ];
  await person.type(await screen.findByRole("textbox", { name: /call it/ }), "freeze");
  await person.tab();
  await person.click(await button(/^Earlier wordings/));
  const dialog = await screen.findByRole("dialog", { name: words.wordings.title });
  await within(dialog).findByText(words.wordings.together);
  expect(within(dialog).getByText(words.wordings.by("Sam"))).toBeVisible();
  await person.click(within(dialog).getAllByRole("button", { name: words.wordings.use })[1] as HTMLElement);
  await waitFor(() => expect(fake.kept("both", "name")).toEqual(text("first")));
  expect(screen.getByRole("textbox", { name: /call it/ })).toHaveValue("first");
  expect(await screen.findByText(new RegExp(words.wordings.used))).toBeVisible();
});

it("brings over only what is picked, on one's own turn, and shows nothing of it to both", async () => {
  const about = lessonWith([sample.block("hope", { type: "short", max: null }, "One hope", "reveal"), name]);
  const { person, fake } = await together(about);
  fake.carry = { a: [
    { field: "hope", prompt: "One hope", lines: ["calm"], at: "2026-11-24T12:00:00+01:00", becomes: "draft" },
    { field: "name", prompt: "What shall we call it?", lines: ["the freeze"], at: "2026-11-24T12:00:00+01:00", becomes: "ours" },
  ] };
  expect(screen.queryByRole("button", { name: words.carry.open })).toBeNull();
  await person.click(await button(m.sitting.turn("Robin")));
  await person.click(await button(words.carry.open));
  const dialog = await screen.findByRole("dialog", { name: words.carry.title });
  for (const box of within(dialog).getAllByRole("checkbox")) expect(box).not.toBeChecked();
  expect(dialog).toHaveTextContent(words.carry.becomes.draft);
  expect(dialog).toHaveTextContent(words.carry.becomes.ours("Sam"));
  expect(within(dialog).getByRole("button", { name: words.carry.take(0) })).toBeDisabled();
  expect(await axeFinds()).toEqual([]);
  await person.click(within(dialog).getByRole("checkbox", { name: "One hope" }));
  await person.click(within(dialog).getByRole("button", { name: words.carry.take(1) }));
  await waitFor(() => expect(fake.carried).toEqual(["hope"]));
  expect(lastSaid().text).toBe(words.carry.done(1));
  await person.click(await button(m.sitting.pass));
  await person.click(await button(m.sitting.turn("Sam")));
  await button(m.sitting.pass);
  expect(screen.queryByRole("button", { name: words.carry.open })).toBeNull();
});

async function atRemove(state = {}): Promise<Opened> {
  const app = openApp(state);
  await app.person.click(await button("Open Robin’s space"));
  await app.person.click(await button(m.nav.keep));
  await app.person.click(await button(words.page.toPage));
  expect(await screen.findByRole("heading", { level: 1, name: words.page.title })).toHaveFocus();
  return app;
}

it("removes my space for my name and nothing less, and comes back to the front door", async () => {
  const { person, fake } = await atRemove();
  const page = document.querySelector("main")?.textContent ?? "";
  for (const line of [...words.page.space.goes, ...words.page.space.stays("Sam"), ...words.page.space.reach, words.page.everything.hand]) expect(page).toContain(line);
  expect(await screen.findByText("/home/robin/.local/share/pairwise")).toBeVisible();
  await person.click(await button(`${words.page.space.yes}…`));
  const box = screen.getByRole("textbox", { name: words.page.space.nameLabel });
  expect(box).toHaveFocus();
  await person.keyboard("Sam{Enter}");
  expect(await screen.findByText(words.page.space.wrongName)).toBeVisible();
  expect(await axeFinds()).toEqual([]);
  expect(fake.calls).not.toContain("removeSpace");
  await person.clear(box);
  await person.type(box, "Robin{Enter}");
  expect(await screen.findByRole("heading", { level: 1, name: m.door.titleAlone("Sam") })).toHaveFocus();
  await seen(words.gone.space("Robin"));
  expect(await axeFinds()).toEqual([]);
});

it("asks a locked space's passphrase once more", async () => {
  const { person, fake } = openApp({ keys: { a: "copper" } });
  await person.click(await button("Open Robin’s space"));
  await person.type(await screen.findByLabelText(m.key.passphrase), "copper{Enter}");
  await person.click(await button(m.nav.keep));
  await person.click(await button(words.page.toPage));
  await person.click(await button(`${words.page.space.yes}…`));
  await person.type(screen.getByRole("textbox", { name: words.page.space.nameLabel }), "Robin");
  await person.type(screen.getByLabelText(m.lock.current), "lead{Enter}");
  expect(await screen.findByText(m.lock.wrongCurrent(2))).toBeVisible();
  expect(fake.people.length).toBe(2);
  await person.clear(screen.getByLabelText(m.lock.current));
  await person.type(screen.getByLabelText(m.lock.current), "copper{Enter}");
  await seen(words.gone.space("Robin"));
});

it("speaks of nobody else where there is nobody, and ends at the first page", async () => {
  const { person } = await atRemove({ people: sample.people.slice(0, 1) });
  expect(document.querySelector("main")?.textContent).not.toMatch(/both|together|Sam|undefined/i);
  await person.click(await button(`${words.page.space.yesAlone}…`));
  await person.keyboard("Robin{Enter}");
  await seen(words.gone.everything);
  expect(screen.getByRole("heading", { level: 1 })).toHaveFocus();
  expect(await axeFinds()).toEqual([]);
});

it("stops sharing when each has said so, and shares again only when asked", async () => {
  const { person, fake } = openApp();
  await person.click(await button(/^Together/));
  await person.click(await button(words.page.together.open));
  expect(await screen.findByRole("heading", { level: 1, name: words.page.together.title })).toHaveFocus();
  await person.click(await button(`${words.page.sharing.title}…`));
  await person.click(await button(words.both.yes("Sam")));
  await screen.findByText(words.both.waits("Robin"));
  expect(await axeFinds()).toEqual([]);
  expect(fake.shares).toBe(true);
  await person.click(await button(words.both.yes("Robin")));
  await seen(words.gone.sharing);
  expect(fake.shares).toBe(false);
  await person.click(await button(/^Together/));
  await screen.findByRole("heading", { level: 1, name: words.share.title });
  expect(await axeFinds()).toEqual([]);
  await person.click(await button(words.share.yes));
  await screen.findByRole("heading", { level: 1, name: m.together.title(["Robin", "Sam"]) });
});

it("removes everything when each has typed their own name", async () => {
  const { person, fake } = openApp();
  await person.click(await button(/^Together/));
  await person.click(await button(words.page.together.open));
  await person.click(await button(`${words.page.everything.title}…`));
  await person.click(await button(words.both.yes("Robin")));
  expect(await screen.findByText(words.page.space.wrongName)).toBeVisible();
  expect(fake.calls).not.toContain("sayYes");
  await person.type(screen.getByRole("textbox", { name: words.page.everything.name("Robin") }), "Robin{Enter}");
  await screen.findByText(words.both.waits("Sam"));
  await person.type(screen.getByRole("textbox", { name: words.page.everything.name("Sam") }), "Sam{Enter}");
  await seen(words.gone.everything);
  expect(fake.people).toEqual([]);
});

it("two begin again when each has said so", async () => {
  const { person, fake } = await together(oursToo);
  await person.click(await button(m.lesson.next));
  await person.click(await button(m.lesson.finish));
  await person.click(await button(m.lesson.finished.again));
  expect(fake.calls).not.toContain("beginAgain");
  await person.click(await button(words.both.yes("Robin")));
  await screen.findByText(words.both.waits("Sam"));
  expect(await axeFinds()).toEqual([]);
  await person.click(await button(words.both.yes("Sam")));
  await screen.findByRole("heading", { level: 1, name: "Something small" });
  expect(fake.calls).toContain("beginAgain");
});
