/**
 * Straight quotes and dots as a book would set them. Authors type what their keyboard has; only their words are set,
 * never what a person wrote.
 *
 * `before` is the character just before this text, where there is one: it tells an opening quote from a closing one.
 */
export function typographic(text: string, before = ""): string {
  let previous = before;
  let set = "";
  for (const [index, character] of [...text].entries()) {
    const opens = previous === "" || /[\s([{–—/“‘]/u.test(previous);
    let placed = character;
    if (character === '"') placed = opens ? "“" : "”";
    // ’90s and ’em are short for something: an apostrophe, although a space stands before it.
    if (character === "'") placed = opens && !/^(\d|em\b|tis\b|til\b)/u.test(text.slice(index + 1)) ? "‘" : "’";
    set += placed;
    previous = placed;
  }
  return set.replaceAll("...", "…");
}
