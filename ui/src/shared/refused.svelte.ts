// What to do when the shell does not carry something out. A view hands on what it cannot answer itself: a storage refusal opens a dialog
// that says what happened, what is safe and what to do; an ended turn goes back to the front door. Sealing's own refusals are the lesson's.
import type { Refusal, Trouble } from "../lib/ipc";

const state = $state<{ trouble: Trouble | null; lost: boolean }>({ trouble: null, lost: false });
let turnOver: (() => void) | undefined;

/** What the dialog in App shows. */
export function refusals(): { trouble: Trouble | null; lost: boolean } {
  return state;
}

/** App says where an ended turn leads. */
export function onTurnOver(go: () => void): void {
  turnOver = go;
}

/** Hands a refusal to App. */
export function refused(refusal: Refusal): void {
  if (refusal.type === "storage") state.trouble = refusal.trouble;
  else if (refusal.type === "turn-over") turnOver?.();
  else state.lost = true;
}

/** The person has read it. */
export function understood(): void {
  state.trouble = null;
  state.lost = false;
}
