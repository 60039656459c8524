// Opens the app with a fake shell behind it, as a person finds it.
import { render } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import App from "../App.svelte";
import { standIn } from "../lib/ipc";
import { discardAll } from "../lesson/drafts.svelte";
import { understood } from "../shared/refused.svelte";
import { Fake, type FakeState } from "./fake";

export type Opened = { fake: Fake; person: UserEvent };

/** The app, with this much in the shell. */
export function openApp(state: FakeState = {}): Opened {
  discardAll();
  understood();
  const fake = new Fake(state);
  standIn(fake.commands, fake.shell);
  render(App);
  return { fake, person: userEvent.setup() };
}
