// A talk as it goes: who speaks, which turn, and the way out and back. It is held while the lesson is open and is never written; what is
// kept is only how many rounds were talked through and the one next step.
//
// With `swap` a round is gone through twice, so that each has spoken once; without it the same person speaks throughout.

import type { Block, Id, Kind, Seat, TalkTurn } from "../../lib/ipc";

export type TalkKind = Extract<Kind, { type: "talk" }>;
export type Stage =
  /** Nobody has begun. */
  | "before"
  | "turn"
  /** The listener asks: did I get it? */
  | "heard"
  /** Between two halves or rounds. */
  | "between"
  | "out"
  /** One next step, or none. */
  | "end"
  | "done";

/** What the answer to "did I get it?" asks for now. */
export type Note = "mostly" | "again" | null;

const other = (seat: Seat): Seat => (seat === "a" ? "b" : "a");

export class Room {
  stage = $state<Stage>("before");
  /** Counted from 0. */
  round = $state(0);
  turn = $state(0);
  speaker = $state<Seat>("a");
  note = $state<Note>(null);
  /** Choosing when to come back. */
  leaving = $state(false);
  /** When they come back, in milliseconds of the wall clock. */
  backAt = $state<number | null>(null);
  /** Rises with every screen of the talk, for the focus to follow. */
  shown = $state(0);
  #half = 0;
  #resume: Stage = "before";

  /** Told when a round was talked through; set by whatever draws the room. */
  onround: (rounds: number) => void = () => undefined;

  constructor(private readonly kind: TalkKind) {}

  get current(): TalkTurn | undefined {
    return this.kind.turns[this.turn];
  }

  get listener(): Seat {
    return other(this.speaker);
  }

  /** Whose turn it is. */
  get acting(): Seat | null {
    const role = this.current?.role ?? null;
    return role === null ? null : role === "speaker" ? this.speaker : this.listener;
  }

  begin(seat: Seat): void {
    this.speaker = seat;
    this.round = this.turn = this.#half = 0;
    this.note = null;
    this.#show("turn");
  }

  /** The turn is over: to "did I get it?" where the lesson asks, else on. */
  next(): void {
    if (this.kind.heard && this.#listened()) this.#show("heard");
    else this.#on();
  }

  heard(how: "yes" | "mostly" | "again"): void {
    if (how === "yes") return this.#on();
    this.note = how;
    // To say it again is the speaker's: the turn before the listener's.
    if (how === "again") this.turn = Math.max(0, this.turn - 1);
    this.#show("turn");
  }

  /** From between two halves into the next. */
  goOn(): void {
    this.turn = 0;
    this.#show("turn");
  }

  askOut(): void {
    this.leaving = true;
    this.shown += 1;
  }

  stay(): void {
    this.leaving = false;
    this.shown += 1;
  }

  /** A time-out always has a time to come back. */
  out(minutes: number, now: number): void {
    if (this.stage !== "out") this.#resume = this.stage;
    this.leaving = false;
    this.backAt = now + minutes * 60_000;
    this.#show("out");
  }

  back(): void {
    this.backAt = null;
    this.#show(this.#resume);
  }

  end(): void {
    this.leaving = false;
    this.backAt = null;
    this.#show("end");
  }

  done(): void {
    this.#show("done");
  }

  again(): void {
    this.#show("before");
  }

  /** Whether the turn that is over was the listener's, about something that was said before it; where no turn says whose it
   * is, the last of a round. */
  #listened(): boolean {
    const roles = this.kind.turns.map((turn) => turn.role);
    if (!roles.includes("listener")) return this.turn === roles.length - 1;
    return roles[this.turn] === "listener" && roles.slice(0, this.turn).includes("speaker");
  }

  #on(): void {
    this.note = null;
    if (this.turn + 1 < this.kind.turns.length) {
      this.turn += 1;
      return this.#show("turn");
    }
    const halves = this.kind.swap ? 2 : 1;
    this.#half += 1;
    if (this.kind.swap) this.speaker = this.listener;
    if (this.#half < halves) return this.#show("between");
    this.#half = 0;
    this.onround(this.round + 1);
    if (this.round + 1 >= this.kind.rounds) return this.end();
    this.round += 1;
    this.#show("between");
  }

  #show(stage: Stage): void {
    this.stage = stage;
    this.shown += 1;
  }
}

const rooms = new WeakMap<object, Map<Id, Room>>();

/** The room of a block while its page is open: going to another step and back finds the talk where it was. */
export function roomOf(page: object, block: Block): Room | undefined {
  if (block.kind.type !== "talk") return undefined;
  const held = rooms.get(page) ?? new Map<Id, Room>();
  rooms.set(page, held);
  const room = held.get(block.id) ?? new Room(block.kind);
  held.set(block.id, room);
  return room;
}
