// What each trouble says: what happened, what is safe, what to do. In that order, always.
import type { TroubleKind } from "../../lib/ipc";

type Words = { happened: string; safe: string; todo: string };

const kinds: Record<TroubleKind, Words> = {
  missing: {
    happened: "The folder where words are kept is not there. It may have been moved or renamed, or it may be on a drive that is not plugged in.",
    safe: "Nothing was changed. Whatever is in that folder is just as it was, wherever it is now.",
    todo: "Plug in the drive, or put the folder back, and try again. If you know that nothing was in it, you can make a new, empty one in its place.",
  },
  unreadable: {
    happened: "The folder where words are kept, or a file in it, may not be read by this account.",
    safe: "Nothing was changed. The words in it are as they were.",
    todo: "Open the folder’s settings, let your account read and write it, and try again. If you use several accounts here, open the one you began with.",
  },
  "read-only": {
    happened: "The folder where words are kept may be read, but not written.",
    safe: "Everything written so far is there. Nothing new can be kept until this is mended.",
    todo: "Open the folder’s settings, let your account write to it, and try again. If it is on a drive or card with a small switch, slide the switch.",
  },
  "in-use": {
    happened: "Pairwise is already open in another window, with the same words.",
    safe: "Everything is safe there. This window has opened nothing.",
    todo: "Go to the other window and carry on. Or close it first, and try again here.",
  },
  damaged: {
    happened: "A file where words are kept is damaged. What is in it is not what was written.",
    safe: "It was not touched. Pairwise does not write into a damaged file, and the other files are as they were.",
    todo: "Close Pairwise and make a copy of the whole folder before anything else. If you have an older copy of it, put that back and try again.",
  },
  newer: {
    happened: "These words were written by a newer version of Pairwise than this one.",
    safe: "Not one letter was changed. This version left the files alone.",
    todo: "Open them with the newer version, or put that version on this computer, and try again.",
  },
  "disk-full": {
    happened: "The disk is full, so nothing more can be kept right now.",
    safe: "Everything that was marked “Saved” is kept. Words not yet saved stay on the screen while it is open, and you can copy them.",
    todo: "Make some room: empty the bin, or move a large file elsewhere. Then try again.",
  },
  failed: {
    happened: "Reading or writing did not work, and the computer did not say why.",
    safe: "Everything that was marked “Saved” is kept. Words not yet saved stay on the screen while it is open, and you can copy them.",
    todo: "Try again. If it goes on, close Pairwise, restart the computer, and check that the disk is well.",
  },
  "no-course": {
    happened: "The folder with the lessons is not there, or no course is in it.",
    safe: "What you have written is kept apart from the lessons. Nothing of it was touched.",
    todo: "Put the folder back, or install Pairwise again: that brings the lessons back and leaves your words alone. Then try again.",
  },
};

/** Words that were saved once and are not in their file any more. */
export const missing = {
  title: "Something that was saved may be missing",
  understood: "All right",
  own: {
    happened: "The last words saved in your space are not in its file any more. It can happen when the computer stopped suddenly and its drive was harmed. It also happens when an older copy of the file was put in its place.",
    safe: (until: string) => `Everything saved up to ${until} is here, and whole.`,
    nothing: "Nothing else was touched. What you write from now on is kept as always.",
    todo: "Look at what you wrote last, and write again what you miss. A backup may still hold it: copy the whole folder before you try anything else.",
  },
  ours: {
    happened: "The last things saved in what you two share are not in its file any more. It can happen when the computer stopped suddenly and its drive was harmed. It also happens when an older copy of the file was put in its place.",
    safe: (until: string) => `Every shared answer saved up to ${until} is here, and whole. What each of you keeps alone is in other files.`,
    nothing: "What each of you keeps alone is in other files, and what you share from now on is kept as always.",
    todo: "When you are both here, look at what you did last together, and do again what you miss. A backup may still hold it: copy the whole folder before you try anything else.",
  },
};

export const trouble = {
  kinds,
  title: "Something needs mending before we can go on.",
  titleBusy: "Pairwise is open already.",
  happened: "What happened",
  safe: "What is safe",
  todo: "What to do",
  where: "It is this one:",
  stillSo: (time: string) => `Looked again at ${time}. It is still so.`,
  makeNew: "Make a new, empty one here",
  dialog: "That could not be kept just now",
  unread: "This page could not be read just now. Nothing was changed.",
  understood: "All right",
  elsewhere: "This has changed meanwhile",
  elsewhereWords: "What you wanted to do does not fit any more, so nothing was done. What you wrote is kept. Going back and opening it again helps.",
  unsaved: "Some words are not saved yet",
  unsavedWords: "The last words you typed could not be kept. Everything that was marked “Saved” is safe. If you stay, you can copy them or try again.",
  stay: "Stay",
  leaveAnyway: "Leave without them",
  closeAnyway: "Close without them",
};
