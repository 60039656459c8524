// A countdown that presses nobody: it starts when asked, pauses, and at its end only says so. Time is measured, not counted, so that a
// busy or sleeping machine neither stretches nor skips it.

import { keepAwake } from "../../shared/awake";

export type CountdownState = "ready" | "running" | "paused" | "over";

const TICK_MS = 500;

export class Countdown {
  state = $state<CountdownState>("ready");
  /** Milliseconds left. */
  left = $state(0);
  #whole: number;
  #until = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #asleep: (() => void) | undefined;

  constructor(
    minutes: number,
    private readonly onover: () => void,
  ) {
    this.#whole = minutes * 60_000;
    this.left = this.#whole;
  }

  /** How much is left, from 1 to 0. */
  get share(): number {
    return this.#whole === 0 ? 0 : this.left / this.#whole;
  }

  /** Whole minutes left, rounded up. */
  get minutes(): number {
    return Math.ceil(this.left / 60_000);
  }

  start(): void {
    if (this.state === "running" || this.state === "over") return;
    this.#until = performance.now() + this.left;
    this.state = "running";
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#asleep = keepAwake();
  }

  pause(): void {
    if (this.state !== "running") return;
    this.#tick();
    if (this.state !== "running") return;
    this.stop();
    this.state = "paused";
  }

  reset(): void {
    this.stop();
    this.left = this.#whole;
    this.state = "ready";
  }

  /** Lets go of the clock. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#asleep?.();
    this.#asleep = undefined;
  }

  #tick(): void {
    this.left = Math.max(0, this.#until - performance.now());
    if (this.left > 0) return;
    this.stop();
    this.state = "over";
    this.onover();
  }
}
