// The words for a trouble, in the order they are always told.
import type { Trouble } from "../lib/ipc";
import { m } from "../messages/en";

/** What happened, what is safe, what to do. */
export function wordsFor(trouble: Trouble): { heading: string; text: string }[] {
  const words = m.trouble.kinds[trouble.what];
  return [
    { heading: m.trouble.happened, text: words.happened },
    { heading: m.trouble.safe, text: words.safe },
    { heading: m.trouble.todo, text: words.todo },
  ];
}
