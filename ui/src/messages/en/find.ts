// Words of the page where a person finds what they wrote.
import type { FoundWhy } from "../../lib/ipc";

const why: Record<FoundWhy, string> = {
  "with-the-other": "From a lesson you do together. It opens there when you are both here.",
  "not-asked": "The lesson does not ask this now. Your words are kept.",
  "lesson-gone": "This lesson is not in the course now. Your words are kept.",
  "shared-before": "From what you shared before. All of it can be saved as a copy under “Keep”.",
};

export const find = {
  find: {
    nav: "Find",
    title: "Find what you wrote",
    label: "Words to look for",
    help: "One or more words; the last may be just a beginning. Ctrl+K brings you here from any page.",
    inTitle: "What is looked through",
    inside: (other: string | null) =>
      other === null
        ? ["Everything you wrote, as it reads now."]
        : ["Everything you wrote, as it reads now.", `What you and ${other} opened, and what you gave each other.`, "What is yours together."],
    outTitle: "What is not",
    outside: (other: string | null) => [
      ...(other === null ? [] : [`Anything ${other} wrote and did not open to you.`]),
      "Answers to questions marked as especially private.",
      "Marks on a scale, and earlier versions of an answer.",
    ],
    keepsNothing: "What you look for is not kept.",
    results: "What was found, the newest first",
    said: (n: number, more: boolean) => (n === 0 ? "Nothing found." : more ? `More than ${n} found. These are the newest.` : n === 1 ? "One found." : `${n} found, the newest first.`),
    none: "Nothing found.",
    noneHelp: "Try fewer words, or only the beginning of one.",
    more: "There is more. These are the newest; one more word makes it fewer.",
    withoutShared: "The file with what is yours together could not be opened, so nothing in it was looked through.",
    opened: (name: string | null) => (name === null ? "Opened: your words" : `Opened: ${name}’s words`),
    given: (name: string | null) => (name === null ? "Given by you" : `Given by ${name}`),
    someone: "the other person",
    why,
    back: "Find",
    backLabel: "Back to what was found",
  },
};
