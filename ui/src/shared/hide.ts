// Hiding at once: the button, and Shift three times alone. App says what hiding does; anyone may ask for it.

let doHide: (() => void) | undefined;

/** App says what hiding does. */
export function onHide(hide: () => void): void {
  doHide = hide;
}

/** Hides everything at once. */
export function hideAll(): void {
  doHide?.();
}

const WITHIN_MS = 5000;

/** Counts Shift pressed and released alone. `now` is the event's own time in milliseconds. */
export class ShiftThrice {
  private alone = false;
  private times: number[] = [];

  /** A key went down. */
  down(key: string, repeat: boolean, now: number): void {
    if (repeat) return;
    if (key === "Shift") {
      this.alone = true;
    } else {
      this.alone = false;
      this.times = [];
    }
    this.times = this.times.filter((t) => now - t <= WITHIN_MS);
  }

  /** A key went up. True when this was the third Shift in a row. */
  up(key: string, now: number): boolean {
    if (key !== "Shift" || !this.alone) return false;
    this.alone = false;
    this.times = [...this.times.filter((t) => now - t <= WITHIN_MS), now];
    if (this.times.length < 3) return false;
    this.times = [];
    return true;
  }

  /** Something else was done meanwhile, such as a click with Shift held. */
  reset(): void {
    this.alone = false;
    this.times = [];
  }
}
