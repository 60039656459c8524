// First run by keyboard alone, and nothing kept before its end.
import { screen } from "@testing-library/svelte";
import { expect, it } from "vitest";
import { m } from "../messages/en";
import { axeFinds } from "../testing/axe";
import { openApp, type Opened } from "../testing/open";

const heading = (name: string): Promise<HTMLElement> => screen.findByRole("heading", { level: 1, name });
const button = (name: string): Promise<HTMLElement> => screen.findByRole("button", { name });

/** Tabs to a control and presses a key on it. */
async function tabTo(app: Opened, control: HTMLElement, key?: string): Promise<void> {
  for (let n = 0; n < 40 && document.activeElement !== control; n += 1) await app.person.tab();
  expect(control).toHaveFocus();
  if (key) await app.person.keyboard(key);
}

it("one person alone is in their space, at the first lesson's button, within five presses and by keyboard only", async () => {
  const app = openApp({ people: [] });
  await heading(m.welcome.title);
  expect(screen.getByRole("radio", { name: /Just me/ })).toBeChecked();
  await tabTo(app, await button(m.common.goOn), "{Enter}");
  expect(await heading(m.naming.titleAlone)).toHaveFocus();
  expect(await axeFinds()).toEqual([]);
  await tabTo(app, screen.getByLabelText(m.naming.name), "Robin{Enter}");
  expect(await heading(m.asking.title)).toHaveFocus();
  expect(await axeFinds()).toEqual([]);
  expect(app.fake.calls).not.toContain("addPerson");
  await tabTo(app, await button(m.asking.no), "{Enter}");
  await heading(m.home.greeting("evening", "Robin"));
  expect(app.fake.people).toEqual([{ seat: "a", name: "Robin", colour: "teal", locked: false }]);
});

it("both of us: a page each, colours apart, then the door", async () => {
  const { fake, person } = openApp({ people: [] });
  await person.click(await screen.findByRole("radio", { name: /Both of us/ }));
  await person.click(await button(m.common.goOn));
  await heading(m.naming.titleFirst);
  await person.type(screen.getByLabelText(m.naming.name), "Robin");
  await person.click(screen.getByRole("radio", { name: "Clay" }));
  await person.click(await button(m.common.goOn));
  await heading(m.naming.titleSecond("Robin"));
  expect(screen.getByRole("radio", { name: /Clay/ })).toBeDisabled();
  await person.type(screen.getByLabelText(m.naming.name), "robin");
  await person.click(await button(m.common.goOn));
  expect(await screen.findByRole("alert")).toHaveTextContent(m.naming.same("Robin"));
  await person.clear(screen.getByLabelText(m.naming.name));
  await person.type(screen.getByLabelText(m.naming.name), "Sam");
  await person.click(await button(m.common.goOn));
  await person.click(await button(m.asking.no));
  await heading(m.door.title);
  expect(fake.people.map((one) => [one.seat, one.name, one.colour])).toEqual([["a", "Robin", "clay"], ["b", "Sam", "teal"]]);
});

it("no name yet: says so beside the box, and keeps the focus there", async () => {
  const { person } = openApp({ people: [] });
  await person.click(await button(m.common.goOn));
  await heading(m.naming.titleAlone);
  await person.click(await button(m.common.goOn));
  expect(await screen.findByRole("alert")).toHaveTextContent(m.naming.needed);
  expect(screen.getByLabelText(m.naming.name)).toHaveFocus();
  expect(await axeFinds()).toEqual([]);
});

it.each([m.asking.yes, m.asking.unsure])("%s: offers a lock first, and keeps nothing until the person goes on, with one or without", async (answer) => {
  const { fake, person } = openApp({ people: [] });
  await person.click(await button(m.common.goOn));
  await person.type(await screen.findByLabelText(m.naming.name), "Robin{Enter}");
  await person.click(await button(answer));
  await heading(m.openTruth.title);
  expect(screen.getByText(m.openTruth.first)).toBeVisible();
  expect(await axeFinds()).toEqual([]);
  expect(fake.calls).not.toContain("addPerson");
  await person.click(await button(m.welcome.help));
  await heading(m.support.title);
  await person.click(await button(m.common.back));
  await person.click(await button(m.openTruth.close));
  expect(fake.readyToClose).toBe(1);
  await person.click(await button(m.openTruth.go));
  await heading(m.home.greeting("evening", "Robin"));
});

it("Back keeps what was typed", async () => {
  const { person } = openApp({ people: [] });
  await person.click(await button(m.common.goOn));
  await person.type(await screen.findByLabelText(m.naming.name), "Robin{Enter}");
  await heading(m.asking.title);
  await person.click(await button(m.common.back));
  expect(await screen.findByLabelText(m.naming.name)).toHaveValue("Robin");
});
