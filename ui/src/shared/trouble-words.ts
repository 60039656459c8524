// The words for what is wrong, in the order they are always told.
import type { Missing, Trouble } from "../lib/ipc";
import { m } from "../messages/en";
import { dayWithYear } from "./day";

type Words = { happened: string; safe: string; todo: string };
type Part = { heading: string; text: string };

/** What is wrong with the place where words are kept. */
export function wordsFor(trouble: Trouble): Part[] {
  return inOrder(m.trouble.kinds[trouble.what]);
}

/** What is missing from a file. */
export function wordsForMissing(missing: Missing): Part[] {
  const { happened, safe, nothing, todo } = missing.ours ? m.missing.ours : m.missing.own;
  const until = missing.whole_until;
  return inOrder({ happened, safe: until ? safe(`${dayWithYear(until.slice(0, 10))}, ${until.slice(11, 16)}`) : nothing, todo });
}

/** What happened, what is safe, what to do. */
function inOrder(words: Words): Part[] {
  return [
    { heading: m.trouble.happened, text: words.happened },
    { heading: m.trouble.safe, text: words.safe },
    { heading: m.trouble.todo, text: words.todo },
  ];
}
