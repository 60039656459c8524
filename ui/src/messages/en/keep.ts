// Words of the page where a person takes their own along.
import type { ExportFormat, TroubleKind } from "../../lib/ipc";

const formats: Record<ExportFormat, { title: string; help: string }> = {
  markdown: { title: "To read", help: "Plain text with a few marks for headings (Markdown). Any editor opens it." },
  json: { title: "For programs", help: "Everything that is kept, earlier versions too (JSON). Not made for reading." },
  csv: { title: "Scores for a spreadsheet", help: "Only what you marked with a number, each with its day and question (CSV). No other words." },
};

/** What kept a copy from being written. Other troubles are those of the words themselves, and are told as always. */
const notWritten: Partial<Record<TroubleKind, { happened: string; todo: string }>> = {
  "read-only": { happened: "The copy was not written: this folder may not be written to.", todo: "Open the folder’s settings, let your account write to it, and try again." },
  "disk-full": { happened: "The copy was not written: the disk is full.", todo: "Make some room, such as by emptying the bin, and try again." },
  failed: { happened: "The copy was not written, and the computer did not say why.", todo: "See that the folder is there, and try again." },
};

export const keep = {
  keep: {
    title: "Take your words along",
    lead: "A copy of what you wrote, in a file that opens without Pairwise. Nothing changes here.",
    inTitle: "What is in it",
    inOwn: "Everything you wrote for yourself, with the questions as you were asked them.",
    inOpened: (other: string) => `What you and ${other} opened, both sides of it, and what you gave each other.`,
    inOurs: "What the two of you wrote as yours together.",
    inAside: "What you answered before a question changed, set apart at the end.",
    outTitle: "What is not",
    outOther: (other: string) => `Anything ${other} wrote and did not open to you.`,
    outEarlier: "Earlier versions of an answer. Only the file for programs has those.",
    outLessons: "The lessons themselves.",
    warning: "The file is not locked.",
    warningMore: "Anyone who finds it can read it. If your folders are copied elsewhere, such as to online storage or a backup, it goes with them.",
    inScores: "Every number you marked, for yourself or together, with its day and its question.",
    outScores: "Anything you wrote in words.",
    warningLocked: "The file opens with this passphrase and nothing else.",
    warningLockedMore: "It is as strong as the passphrase. No hint is kept: forget it, and this copy can’t be opened. It opens in any program that reads age files, not in Pairwise.",
    lockIt: "Lock the file with a passphrase",
    lockHelp: "Another program is needed to open it again: one that reads age files.",
    passphrase: "A passphrase for this file",
    needed: "A passphrase, please: at least one letter. Nothing was saved.",
    nothingYet: "Nothing has been written yet.",
    print: "Print your words",
    printing: "Making it ready for print…",
    printHelp: "Paper is read by whoever finds it, and some printers keep a copy.",
    format: "What is it for?",
    formats,
    tender: "With the most tender answers too",
    tenderHelp: "A few questions are marked as especially private. Without this, their answers are left out.",
    save: "Save a copy",
    saving: "Saving a copy…",
    saved: "A copy is saved.",
    where: "It lies here:",
    withoutShared: "The file with what is yours together could not be opened, so nothing from it is in this copy. What you wrote for yourself in those lessons is.",
    safe: "Your words here are as they were.",
    notWritten,
  },
};
