// Help lines, sorted for reading.
import type { Country, HelpLine, HelpTopic } from "../lib/ipc";

export const TOPICS: readonly HelpTopic[] = ["crisis", "abuse", "therapist"];

/** A check older than this is said to be old. */
export const OLD_AFTER_DAYS = 180;

/** A country's lines by topic, without the topics it has none for. */
export function byTopic(country: Country): { topic: HelpTopic; lines: HelpLine[] }[] {
  return TOPICS.map((topic) => ({ topic, lines: country.lines.filter((line) => line.topic === topic) })).filter((group) => group.lines.length > 0);
}

