// Words for the copies that Pairwise keeps of a space by itself.
import type { EarlierKind, TroubleKind } from "../../lib/ipc";

/** Why the last copy could not be made, after "because". What is missing here is not known. */
const why: Partial<Record<TroubleKind, string>> = {
  "read-only": "its folder may not be written to",
  unreadable: "its folder may not be read",
  "disk-full": "the disk is full",
};

/** What a copy is, where that is more than one of the usual ones. */
const kinds: Record<EarlierKind, string> = {
  usual: "",
  before: "As it was before a newer version of Pairwise opened it.",
  aside: "What stood here before an earlier copy was brought back.",
};

const answers = (n: number): string => (n === 1 ? "1 answer" : `${n} answers`);

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
    open: "See earlier copies",
    kinds,
    page: {
      toKeep: "Back to Keep",
      lead: "You can bring your space back to how it was at one of these times. Look first: nothing changes until you say so.",
      leadOurs: "You can bring what you share back to how it was at one of these times. Look first: nothing changes until each of you says so.",
      titleOurs: "Earlier copies of what you share",
      openOurs: "Earlier copies of what you share",
      empty: "There is no copy yet. Pairwise makes the first by itself, once something is written.",
      list: "The copies, newest first",
      look: "See what would change",
      lookAt: (when: string) => `See what would change with the copy from ${when}`,
      looking: "Reading it…",
      title: (when: string) => `The copy from ${when}`,
      same: "No answer would change: it holds the same ones as now.",
      gone: (n: number) => `${answers(n)} written since would not be here any more.`,
      changed: (n: number) => `${answers(n)} would read as ${n === 1 ? "it" : "they"} did then.`,
      back: (n: number) => `${answers(n)} removed since would be here again.`,
      rest: "Your place in each lesson, your drafts and your settings become those of that time too.",
      stays: (other: string) => `What you and ${other} share stays as it is now.`,
      kept: "What is here now is kept first, as a copy in this list. So you can go back to it.",
      keptOurs: "What is here now is kept first, as a copy in this list. Your own spaces stay as they are.",
      yes: "Bring it back",
      no: "Leave it",
      working: "Bringing it back…",
      damaged: "This copy did not read back whole, so it can’t be brought back. Nothing was changed. Choose another one.",
      done: (when: string) => `Your space is as it was: ${when}. What was here before is kept in this list.`,
      doneOurs: (when: string) => `What you share is as it was: ${when}. What was here before is kept in this list.`,
      ask: "Bring it back for both of you?",
    },
    notWhole: "The last copy could not be made: something did not read back as it was written. What you wrote opens as before. Save a copy of your words now, to be sure of them.",
  },
};
