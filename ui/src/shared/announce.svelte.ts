// What a screen reader is told without moving the focus: "Saved", and the like. `LiveRegion.svelte` speaks it.

const said = $state({ text: "", turn: 0 });

/** Says a short thing politely. The same words twice are said twice. */
export function announce(text: string): void {
  said.text = text;
  said.turn += 1;
}

/** What was last said, for the live region. */
export function lastSaid(): { text: string; turn: number } {
  return said;
}

/** Forgets what was said, so that nothing of it stays in the page. */
export function hush(): void {
  said.text = "";
}
