/** The pictures that a lesson on this page may show: their hashes, by the names the lesson has for them. */
import { getContext, setContext } from "svelte";

export type Pictures = Partial<Record<string, string>>;

const KEY = Symbol("pictures");

/** For a page that shows a lesson. */
export function showPictures(pictures: () => Pictures): void {
  setContext(KEY, pictures);
}

/** For whatever stands in it. Elsewhere there are none. */
export function picturesHere(): () => Pictures {
  return getContext<(() => Pictures) | undefined>(KEY) ?? (() => ({}));
}
