// Names, as shown.

/** The first letter as a person would see it, emoji and combining marks whole. */
export function initial(name: string): string {
  const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(name.trim());
  for (const letter of letters) return letter.segment.toLocaleUpperCase();
  return "·";
}

/** The longest name a space takes, in characters. */
export const LONGEST_NAME = 40;
