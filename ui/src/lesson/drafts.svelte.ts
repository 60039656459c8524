// Autosave: from a key pressed to a word kept.
//
// Flow: a field calls `edit(token, run, field, value)`. The value is bound to the token it was typed under at that
// moment, and goes into the lane of that token, run and field. A lane saves 400 ms after the last key, at the latest
// 2 s after the first unsaved one, never twice at once, and always its newest value. "Saved" is said only after the
// command answered. What could not be saved stays in the lane and is tried again, ever more slowly.
//
// Deliberately not here: reading answers, drawing fields, deciding when a turn ends. `finish` only makes sure that
// nothing is pending when it does.

import { ipc } from "../lib/ipc";
import type { Id, Refusal, Saved, Value } from "../lib/ipc";

/** What a save answers; the shape of every command. */
export type Outcome<T> = { status: "ok"; data: T } | { status: "error"; error: Refusal };
/** Keeps one answer. */
export type Save = (token: string, run: string, field: Id, value: Value) => Promise<Outcome<Saved>>;

export type DraftState = "still" | "editing" | "saved" | "not-saved";

export const QUIET = 400;
export const LONGEST = 2_000;
const FIRST_RETRY = 2_000;
const SLOWEST_RETRY = 8_000;

/** One field's way to the vault, under one token. */
class Lane {
  state = $state<DraftState>("still");
  refusal = $state<Refusal | null>(null);
  value: Value;
  edits = 0;
  kept = 0;
  save = 0;
  flight: Promise<boolean> | null = null;
  timer: ReturnType<typeof setTimeout> | undefined;
  since: number | null = null;
  retry = FIRST_RETRY;
  gone = false;

  constructor(
    readonly token: string,
    readonly run: string,
    readonly field: Id,
    value: Value,
  ) {
    this.value = value;
  }

  get dirty(): boolean {
    return !this.gone && this.kept < this.edits;
  }
}

/** Lets go of a lane: whatever is still on its way, nothing more is sent. */
function drop(lane: Lane): void {
  clearTimeout(lane.timer);
  lane.gone = true;
}

/** Whether trying the same words again could ever work. */
function mayPass(refusal: Refusal | null): boolean {
  return refusal === null || refusal.type === "storage";
}

export class Drafts {
  /** The worst of all lanes, for the one quiet line at the top. */
  state = $state<DraftState>("still");
  /** Rises with every change, so that a field hears of a lane that did not exist when it was drawn. */
  round = $state(0);
  #lanes = new Map<string, Lane>();
  #over = new Set<string>();
  #listeners = new Set<(token: string, run: string) => void>();
  #save: Save;
  #held: Promise<void> | null = null;

  constructor(save: Save) {
    this.#save = save;
  }

  /** Takes a changed value. Answers false when the token's turn has ended: the page is covered by then. */
  edit(token: string, run: string, field: Id, value: Value): boolean {
    if (this.#over.has(token)) return false;
    const lane = this.#lane(token, run, field, value);
    lane.value = value;
    lane.edits += 1;
    lane.state = "editing";
    this.#tell();
    this.#schedule(lane);
    return true;
  }

  /** The newest value typed under this token, kept or not; undefined when nothing was typed. */
  latest(token: string, run: string, field: Id): Value | undefined {
    return this.#lanes.get(key(token, run, field))?.value;
  }

  /** How one field stands. Reactive. */
  of(token: string, run: string, field: Id): { state: DraftState; refusal: Refusal | null } {
    void this.round;
    const lane = this.#lanes.get(key(token, run, field));
    return { state: lane?.state ?? "still", refusal: lane?.refusal ?? null };
  }

  /** The largest save number confirmed under this token in this run. */
  lastSave(token: string, run: string): number {
    let last = 0;
    for (const lane of this.#lanes.values()) {
      if (lane.token === token && lane.run === run) last = Math.max(last, lane.save);
    }
    return last;
  }

  /** The save number confirmed for one field under this token; 0 when nothing was typed in it. */
  saveOf(token: string, run: string, field: Id): number {
    return this.#lanes.get(key(token, run, field))?.save ?? 0;
  }

  /** Calls back after a save that may have changed what is shown or done. */
  onchanged(listener: (token: string, run: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Saves one field now, on leaving it. */
  blur(token: string, run: string, field: Id): void {
    const lane = this.#lanes.get(key(token, run, field));
    if (lane?.dirty) void this.#drain(lane);
  }

  /** Saves everything pending under one token. False if something could not be saved. */
  flush(token: string): Promise<boolean> {
    return this.#settle((lane) => lane.token === token);
  }

  /** Saves everything pending. False if something could not be saved. */
  flushAll(): Promise<boolean> {
    return this.#settle(() => true);
  }

  /**
   * Ends a turn in order: every save returns, then `end` is called, then the token's words leave the page.
   * Answers undefined, with nothing ended, when something could not be saved, unless `anyway`.
   */
  async finish<T>(token: string, end: () => Promise<Outcome<T>>, anyway = false): Promise<Outcome<T> | undefined> {
    while (!this.#over.has(token)) {
      const kept = await this.flush(token);
      if (!kept && !anyway) return undefined;
      const typedMeanwhile = kept && [...this.#lanes.values()].some((lane) => lane.token === token && lane.dirty);
      if (!typedMeanwhile) this.#over.add(token);
    }
    const answer = await end().catch((error: unknown) => {
      this.#over.delete(token);
      throw error;
    });
    if (answer.status === "ok" || answer.error.type === "turn-over") this.#forget(token);
    else this.#over.delete(token);
    return answer;
  }

  /** Sends nothing until what this answers is called: what is typed meanwhile waits for it. */
  hold(): () => void {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    this.#held = held;
    return () => {
      if (this.#held === held) this.#held = null;
      letGo();
    };
  }

  /** The fields with words that are not kept yet. */
  unkept(token: string, run: string): Id[] {
    return [...this.#lanes.values()].filter((lane) => lane.token === token && lane.run === run && lane.dirty).map((lane) => lane.field);
  }

  /** Lets go of one field's words that are safely kept: the shell has newer ones. */
  letGo(token: string, run: string, field: Id): void {
    const lane = this.#lanes.get(key(token, run, field));
    if (!lane || lane.dirty || lane.flight) return;
    drop(lane);
    this.#lanes.delete(key(token, run, field));
    this.#tell();
  }

  /** Lets go of what is safely kept, when another lesson is opened: its "Saved" was about the one before. */
  tidy(token: string): void {
    for (const [name, lane] of this.#lanes) {
      if (lane.token !== token || lane.dirty || lane.flight) continue;
      drop(lane);
      this.#lanes.delete(name);
    }
    this.#tell();
  }

  /** Drops every word the page holds. A token whose words were dropped takes no more: what is typed while the page
   * goes away would never be saved, and would stand there for whoever comes next. */
  discardAll(): void {
    for (const lane of this.#lanes.values()) {
      this.#over.add(lane.token);
      drop(lane);
    }
    this.#lanes.clear();
    this.#tell();
  }

  #forget(token: string): void {
    for (const [name, lane] of this.#lanes) {
      if (lane.token !== token) continue;
      drop(lane);
      this.#lanes.delete(name);
    }
    this.#tell();
  }

  #lane(token: string, run: string, field: Id, value: Value): Lane {
    const name = key(token, run, field);
    const known = this.#lanes.get(name);
    if (known) return known;
    const lane = new Lane(token, run, field, value);
    this.#lanes.set(name, lane);
    return lane;
  }

  #schedule(lane: Lane): void {
    const now = performance.now();
    lane.since ??= now;
    clearTimeout(lane.timer);
    const wait = Math.max(0, Math.min(QUIET, lane.since + LONGEST - now));
    lane.timer = setTimeout(() => void this.#drain(lane), wait);
  }

  /** Several rounds, since a person may go on typing while the last words are on their way. */
  async #settle(wanted: (lane: Lane) => boolean): Promise<boolean> {
    for (;;) {
      const dirty = [...this.#lanes.values()].filter((lane) => wanted(lane) && lane.dirty);
      if (dirty.length === 0) return true;
      const kept = await Promise.all(dirty.map((lane) => this.#drain(lane)));
      if (kept.includes(false)) return false;
    }
  }

  /** Saves until the lane is clean; one drain at a time. */
  #drain(lane: Lane): Promise<boolean> {
    clearTimeout(lane.timer);
    lane.flight ??= this.#empty(lane).finally(() => {
      lane.flight = null;
    });
    return lane.flight;
  }

  async #empty(lane: Lane): Promise<boolean> {
    while (lane.dirty) {
      await this.#held;
      const sent = lane.edits;
      lane.since = null;
      const outcome = await this.#attempt(lane);
      if (outcome.status === "error") {
        this.#failed(lane, outcome.error);
        return false;
      }
      lane.kept = sent;
      lane.save = Math.max(lane.save, outcome.data.save);
      lane.refusal = null;
      lane.retry = FIRST_RETRY;
      clearTimeout(lane.timer);
      if (!lane.dirty) lane.state = "saved";
      this.#tell();
      if (outcome.data.state_changed) for (const heard of this.#listeners) heard(lane.token, lane.run);
    }
    return true;
  }

  async #attempt(lane: Lane): Promise<{ status: "ok"; data: Saved } | { status: "error"; error: Refusal | null }> {
    try {
      return await this.#save(lane.token, lane.run, lane.field, lane.value);
    } catch {
      return { status: "error", error: null };
    }
  }

  #failed(lane: Lane, refusal: Refusal | null): void {
    lane.state = "not-saved";
    lane.refusal = refusal;
    clearTimeout(lane.timer);
    if (!lane.gone && mayPass(refusal) && !this.#over.has(lane.token)) {
      lane.timer = setTimeout(() => void this.#drain(lane), lane.retry);
      lane.retry = Math.min(lane.retry * 2, SLOWEST_RETRY);
    }
    this.#tell();
  }

  #tell(): void {
    const states = [...this.#lanes.values()].map((lane) => lane.state);
    const worst = (["not-saved", "editing", "saved"] as const).find((state) => states.includes(state));
    this.state = worst ?? "still";
    this.round += 1;
  }
}

function key(token: string, run: string, field: Id): string {
  return `${token}\n${run}\n${field}`;
}

/** The page's one set of drafts. */
export const drafts = new Drafts((token, run, field, value) => ipc.saveAnswer(token, run, field, value));

/** Saves everything pending; false if something could not be saved. */
export function flushAll(): Promise<boolean> {
  return drafts.flushAll();
}

/** Drops every word the page holds. */
export function discardAll(): void {
  drafts.discardAll();
}
