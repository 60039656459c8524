// Where the app is, and how it gets from one place to the next.
//
// Flow: `start` asks the shell what there is, and shows the welcome, the door or the trouble. A door opens a turn; leaving, hiding and
// closing first save what is pending, in that order of care. An ended turn leads back to the door.
//
// Deliberately not here: what a page shows (views/), saving itself (lesson/drafts.svelte.ts).
import { tick } from "svelte";
import { ipc, type Colour, type Person, type Refusal, type Seat, type Startup, type Trouble, type Turn } from "../lib/ipc";
import { announce, hush } from "../shared/announce.svelte";
import { refused } from "../shared/refused.svelte";

export type Place =
  | { at: "starting" }
  /** `said`: what was done just before, to be told once. */
  | { at: "welcome"; said?: string }
  | { at: "door"; people: Person[]; said?: string }
  | { at: "trouble"; trouble: Trouble }
  | { at: "own"; turn: Turn; lockFirst: boolean }
  | { at: "together"; turn: Turn }
  | { at: "hidden" };

/** What somebody is called, and their colour, before they are added. */
export type Named = { name: string; colour: Colour };

/** Saving what is pending, and letting go of what a page holds. */
export type Pending = { flushAll: () => Promise<boolean>; discardAll: () => void };

/** How long hiding waits for pending words before it puts the window away all the same. The page is blank from the first moment. */
const HIDE_WAITS_MS = 3000;

type Answer<T> = { status: "ok"; data: T } | { status: "error"; error: Refusal };

export class House {
  place = $state<Place>({ at: "starting" });
  /** Set while a person decides about words that could not be saved. */
  unsaved = $state<"leaving" | "closing" | null>(null);
  #pending: Pending;
  #hiding: Promise<void> = Promise.resolve();
  /** Whose space is to be locked before anything is written in it: they said so at the first run. */
  #toLock = new Set<Seat>();

  constructor(pending: Pending) {
    this.#pending = pending;
  }

  /** Asks what there is, at start and whenever it may have changed. */
  async start(): Promise<void> {
    try {
      this.#arrive(await ipc.startup());
    } catch {
      this.#arrive({ type: "trouble", trouble: { what: "failed", path: null } });
    }
  }

  /** After `missing`: a new, empty folder where one was asked for. */
  async makeProfile(): Promise<void> {
    try {
      this.#arrive(await ipc.makeProfile());
    } catch {
      this.#arrive({ type: "trouble", trouble: { what: "failed", path: null } });
    }
  }

  /** Adds whoever was named, in order. One alone goes straight in; two go to the door. With `lock`, each finds their lock first behind it. */
  async begin(named: Named[], lock = false): Promise<void> {
    let people: Person[] = [];
    for (const { name, colour } of named) {
      const added = await this.#ask(() => ipc.addPerson(name, colour));
      if (!added) break;
      people = added;
    }
    if (lock) for (const person of people) this.#toLock.add(person.seat);
    const only = people.length === 1 ? people[0] : undefined;
    if (only && named.length === 1) await this.openDoor(only.seat);
    else if (people.length > 0) this.place = { at: "door", people };
  }

  /** The second person joins; then the door, with both on it. */
  async join(named: Named): Promise<void> {
    const people = await this.#ask(() => ipc.addPerson(named.name, named.colour));
    if (people) this.place = { at: "door", people };
  }

  /** Opens a person's own space. */
  async openDoor(seat: Seat): Promise<void> {
    await this.#enter(() => ipc.openDoor(seat), "own");
  }

  /** Opens a locked space with what was typed. Answers the seconds until another try counts, when it did not open. */
  async unlock(seat: Seat, typed: string, words: boolean): Promise<number | null> {
    let wait = null as number | null;
    await this.#enter(async () => {
      const turn = await (words ? ipc.unlockWithWords(seat, typed) : ipc.unlock(seat, typed));
      if (turn.status === "error" && turn.error.type === "wrong-key") wait = turn.error.wait;
      return turn;
    }, "own");
    return wait;
  }

  /** Opens a lock for a sitting of both, or for somebody who joins. Answers the wait, or whose locks are still shut; null when that was not to be had. */
  async unlockBeside(seat: Seat, typed: string): Promise<{ wait: number } | { shut: Seat[] } | null> {
    let wait = null as number | null;
    const shut = await this.#ask(async () => {
      const answer = await ipc.unlockBeside(seat, typed);
      if (answer.status === "error" && answer.error.type === "wrong-key") wait = answer.error.wait;
      return answer;
    });
    return wait === null ? shut && { shut } : { wait };
  }

  /** Who is locked has changed. */
  peopleAre(people: Person[]): void {
    const place = this.place;
    if (place.at === "own") this.place = { ...place, turn: { ...place.turn, people } };
  }

  /** What is missing from the files was read. What can't be noted is said again the next time. */
  async told(): Promise<void> {
    const place = this.place;
    if (place.at !== "own" && place.at !== "together") return;
    this.place = { ...place, turn: { ...place.turn, missing: [] } };
    await this.#ask(() => ipc.missingIsSaid(place.turn.token));
  }

  /** Whether this person's words are spell-checked has changed. */
  spells(on: boolean): void {
    const place = this.place;
    if (place.at === "own") this.place = { ...place, turn: { ...place.turn, spelling: on } };
  }

  /** Begins a sitting for two. Answers false when nothing is shared any more: the door has words for that. */
  async openTogether(): Promise<boolean> {
    let shares = true;
    await this.#enter(async () => {
      const turn = await ipc.openTogether();
      if (turn.status === "error" && turn.error.type === "not-sharing") shares = false;
      return turn;
    }, "together");
    return shares;
  }

  /** A space, what was shared, or everything is gone: nothing of it stays on the page, and what there is now is shown. */
  gone(startup: Startup, said: string): void {
    this.#pending.discardAll();
    hush();
    this.#arrive(startup);
    const place = this.place;
    if (place.at === "door" || place.at === "welcome") this.place = { ...place, said };
    announce(said);
  }

  /** The sitting ended over an error: what the shell finds now is shown, beneath what it said. */
  async lost(): Promise<void> {
    this.#pending.discardAll();
    await this.start();
  }

  /** After sharing was ended: a new, empty place for both. */
  async shareAgain(): Promise<void> {
    await this.#enter(() => ipc.shareAgain(), "together");
  }

  /** The keyboard went from hand to hand within a sitting, or an earlier copy was brought back and a turn began in it. */
  turnTo(turn: Turn): void {
    if (this.place.at === "together") this.place = { at: "together", turn };
    else if (this.place.at === "own") this.place = { at: "own", turn, lockFirst: false };
  }

  /** Back to the front door, once nothing is pending. Answers false when words could not be saved and the person must decide. */
  async leave(anyway = false): Promise<boolean> {
    if (!anyway && !(await this.#pending.flushAll())) {
      this.unsaved = "leaving";
      return false;
    }
    this.unsaved = null;
    const place = this.place;
    if (place.at !== "own" && place.at !== "together") return true;
    const people = await this.#ask(() => ipc.leave(place.turn.token));
    if (!people) return false;
    this.#pending.discardAll();
    hush();
    this.place = { at: "door", people };
    return true;
  }

  /** The window is asked to close: nothing pending first, then yes. */
  async close(anyway = false): Promise<void> {
    const kept = anyway || (await this.#pending.flushAll());
    const closes = kept && (await ipc.readyToClose(anyway)).status === "ok";
    this.unsaved = closes ? null : "closing";
  }

  /** The person stays with the words that could not be saved. */
  stay(): void {
    this.unsaved = null;
  }

  /** Blank at once; then save, put the window away, and let go of every word. */
  hide(): void {
    if (this.place.at === "hidden") return;
    this.place = { at: "hidden" };
    this.unsaved = null;
    hush();
    this.#hiding = this.#putAway(() => ipc.hideNow());
  }

  /** Nobody has been at a locked space for a while: blank at once; then save, close it, and let go of every word. The window stays. */
  closeForIdle(): void {
    const place = this.place;
    if (place.at === "door") void this.start();
    if (place.at !== "own" && place.at !== "together") return;
    this.place = { at: "hidden" };
    this.unsaved = null;
    hush();
    this.#hiding = this.#putAway(() => ipc.leave(place.turn.token));
  }

  /** Someone is back: the front door, whatever was open before. */
  async wake(): Promise<void> {
    if (this.place.at !== "hidden") return;
    await this.#hiding;
    await this.start();
  }

  /** The turn ended elsewhere. */
  turnOver(): void {
    if (this.place.at === "own" || this.place.at === "together") {
      this.#pending.discardAll();
      void this.start();
    }
  }

  async #putAway(end: () => Promise<unknown>): Promise<void> {
    await tick();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const enough = new Promise<void>((done) => (timer = setTimeout(done, HIDE_WAITS_MS)));
    try {
      await Promise.race([this.#pending.flushAll(), enough]);
      await end();
    } catch {
      // The page is blank already; there is nobody to tell, and nothing more to do.
    } finally {
      clearTimeout(timer);
      this.#pending.discardAll();
    }
  }

  /** Goes in, unless the person has gone elsewhere meanwhile: a door that opens late must not undo a quick exit. */
  async #enter(open: () => Promise<Answer<Turn>>, at: "own" | "together"): Promise<void> {
    const before = this.place;
    const turn = await this.#ask(open);
    if (!turn) return;
    if (this.place !== before) {
      await ipc.leave(turn.token);
      return;
    }
    if (at === "together" || turn.who.type === "both") this.place = { at: "together", turn };
    else this.place = { at, turn, lockFirst: this.#toLock.delete(turn.who.seat) };
    if (turn.trouble) refused({ type: "storage", trouble: turn.trouble });
  }

  #arrive(startup: Startup): void {
    if (startup.type === "welcome") this.place = { at: "welcome" };
    else if (startup.type === "door") this.place = { at: "door", people: startup.people };
    else this.place = { at: "trouble", trouble: startup.trouble };
  }

  async #ask<T>(command: () => Promise<Answer<T>>): Promise<T | null> {
    try {
      const answer = await command();
      if (answer.status === "ok") return answer.data;
      // A wrong key is answered at the door itself, and so is that nothing is shared.
      if (answer.error.type !== "wrong-key" && answer.error.type !== "not-sharing") refused(answer.error);
    } catch {
      refused({ type: "storage", trouble: { what: "failed", path: null } });
    }
    return null;
  }
}
