// The question about the lock comes back once: at the first private answer in an open space, under the field that was written in. It holds
// nobody up, and what is answered is kept nowhere.
import { untrack } from "svelte";
import { ipc, type Turn } from "../lib/ipc";

class AskOnce {
  /** It is still to be asked, of whoever has this token. */
  #token = $state<string | null>(null);
  /** The turn in which it was answered. */
  #answered: string | null = null;
  /** The field it stands under. */
  #field = $state<string | null>(null);
  #lock: () => void = () => undefined;

  /** App says whose turn it is; null when it is nobody's. A space that was locked meanwhile has answered. */
  turn(turn: Turn | null): void {
    untrack(() => {
      const who = turn?.who;
      const mine = who?.type === "alone" ? turn?.people.find((person) => person.seat === who.seat) : undefined;
      const due = turn?.ask_about_lock && mine && !mine.locked && turn.token !== this.#answered ? turn.token : null;
      if (due === this.#token) return;
      this.#token = due;
      this.#field = null;
    });
  }

  /** An own space says how its lock is found from anywhere in it. */
  onlock(lock: () => void): void {
    this.#lock = lock;
  }

  /** A private answer of that field was saved. The first one is where the question stands. */
  written(token: string, field: string): void {
    if (token !== this.#token || this.#field !== null) return;
    this.#field = field;
    void ipc.askedAboutLock(token).catch(() => undefined);
  }

  /** Whether the question stands under this field. */
  at(token: string, field: string): boolean {
    return this.#token === token && this.#field === field;
  }

  /** Answered: it is not asked again. */
  done(): void {
    this.#answered = this.#token;
    this.#token = null;
    this.#field = null;
  }

  /** Answered by going to the lock. */
  lock(): void {
    this.done();
    this.#lock();
  }
}

export const askOnce = new AskOnce();
