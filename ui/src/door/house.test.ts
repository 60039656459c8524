// Leaving, closing and hiding: what is pending is saved first, and nothing is let go of before.
import { beforeEach, expect, it, vi } from "vitest";
import { standIn } from "../lib/ipc";
import { refusals } from "../shared/refused.svelte";
import { Fake } from "../testing/fake";
import { House } from "./house.svelte";

let fake: Fake;
let steps: string[];
let saves: boolean;

function house(): House {
  return new House({
    flushAll: async () => {
      await Promise.resolve();
      steps.push(`flush, ${fake.calls.at(-1)}`);
      return saves;
    },
    discardAll: () => steps.push("discard"),
  });
}

beforeEach(() => {
  fake = new Fake();
  standIn(fake.commands, fake.shell);
  steps = [];
  saves = true;
});

it("leaving saves first, then ends the turn, then lets go", async () => {
  const app = house();
  await app.openDoor("a");
  expect(await app.leave()).toBe(true);
  expect(steps).toEqual(["flush, openDoor", "discard"]);
  expect(fake.calls).toEqual(["openDoor", "leave"]);
  expect(app.place.at).toBe("door");
});

it("leaving with words that could not be saved asks, and ends nothing until told to", async () => {
  const app = house();
  await app.openDoor("a");
  saves = false;
  expect(await app.leave()).toBe(false);
  expect([app.unsaved, app.place.at, fake.calls.includes("leave")]).toEqual(["leaving", "own", false]);
  app.stay();
  expect(app.unsaved).toBeNull();
  expect(await app.leave(true)).toBe(true);
  expect(app.place.at).toBe("door");
});

it("closing saves first, and says the window may close only after", async () => {
  const app = house();
  await app.openDoor("a");
  saves = false;
  await app.close();
  expect([app.unsaved, fake.readyToClose]).toEqual(["closing", 0]);
  saves = true;
  await app.close();
  expect([app.unsaved, fake.readyToClose]).toEqual([null, 1]);
});

it("hiding blanks the page before anything else, then saves, then puts the window away, then lets go", async () => {
  const app = house();
  await app.openDoor("a");
  app.hide();
  expect(app.place.at).toBe("hidden");
  expect(fake.hidden).toBe(0);
  await app.wake();
  expect(steps).toEqual(["flush, openDoor", "discard"]);
  expect(fake.calls).toEqual(["openDoor", "hideNow", "startup"]);
  expect(app.place.at).toBe("door");
});

it("hiding does not wait for ever for words that will not save", async () => {
  vi.useFakeTimers();
  try {
    const app = new House({ flushAll: () => new Promise(() => undefined), discardAll: () => steps.push("discard") });
    await app.openDoor("a");
    app.hide();
    await vi.advanceTimersByTimeAsync(3500);
    expect([fake.hidden, steps]).toEqual([1, ["discard"]]);
  } finally {
    vi.useRealTimers();
  }
});

it("a shell that does not answer is a trouble, not a blank page", async () => {
  fake.commands.startup = () => Promise.reject(new Error("gone"));
  standIn(fake.commands, fake.shell);
  const app = house();
  await app.start();
  expect(app.place).toEqual({ at: "trouble", trouble: { what: "failed", path: null } });
});

it("a door that opens late does not undo a quick exit", async () => {
  const app = house();
  let open = (): void => undefined;
  const late = new Promise<void>((done) => (open = done));
  const openDoor = fake.commands.openDoor;
  standIn({ ...fake.commands, openDoor: async (seat) => late.then(() => openDoor(seat)) }, fake.shell);
  const opening = app.openDoor("a");
  app.hide();
  open();
  await opening;
  expect(app.place.at).toBe("hidden");
  expect(fake.calls.at(-1)).toBe("leave");
});

it("what is wrong with the shared file is said, and one's own space is open all the same", async () => {
  const app = house();
  const trouble = { what: "damaged", path: "shared.db" } as const;
  standIn({
    ...fake.commands,
    openDoor: async (seat) => {
      const turn = await fake.commands.openDoor(seat);
      return turn.status === "ok" ? { ...turn, data: { ...turn.data, trouble } } : turn;
    },
  }, fake.shell);
  await app.openDoor("a");
  expect(app.place.at).toBe("own");
  expect(refusals().trouble).toEqual(trouble);
});

it("words the shell still holds keep the window open until the person says so", async () => {
  const app = house();
  let held = true;
  standIn({ ...fake.commands, readyToClose: async (anyway) => (held && !anyway ? { status: "error", error: { type: "unsaved" } } : { status: "ok", data: null }) }, fake.shell);
  await app.close();
  expect(app.unsaved).toBe("closing");
  await app.close(true);
  expect(app.unsaved).toBeNull();
  held = false;
});
