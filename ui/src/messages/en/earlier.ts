// Words for the copies that Pairwise keeps of a space by itself.
import type { TroubleKind } from "../../lib/ipc";

/** Why the last copy could not be made, after "because". What is missing here is not known. */
const why: Partial<Record<TroubleKind, string>> = {
  "read-only": "its folder may not be written to",
  unreadable: "its folder may not be read",
  "disk-full": "the disk is full",
};

export const earlier = {
  earlier: {
    title: "Earlier copies of your space",
    lead: "Pairwise keeps these by itself: every half hour while you are here, and when you leave, if something was written. They are as locked, or as open, as your space.",
    newest: (when: string) => `The newest is from ${when}.`,
    none: "There is none yet. The first is made once you have written something.",
    today: (time: string) => `today, ${time}`,
    at: (day: string, time: string) => `${day}, ${time}`,
    undated: "a day that was not noted",
    notMade: (what: TroubleKind) => `The last copy could not be made, because ${why[what] ?? "the computer would not write it, and did not say why"}. It is tried again by itself.`,
    wordsSafe: "Your words themselves are safe.",
    notWhole: "The last copy could not be made: something did not read back as it was written. What you wrote opens as before. Save a copy of your words now, to be sure of them.",
  },
};
