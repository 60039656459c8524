// Words of the settings: how the screen looks, one's own space, and what there is to know about the app.
import type { Theme } from "../../lib/ipc";

const themes: Record<Theme, string> = { system: "As the computer", light: "Light", dark: "Dark" };

export const settings = {
  settings: {
    nav: "Settings",
    title: "Settings",
    kept: "Changed.",
    look: "How it looks",
    lookHelp: "For this computer, whoever is at it. It says nothing about what you write.",
    theme: "Light or dark",
    themes,
    size: "Size of the text",
    percent: (n: number) => `${n}%`,
    own: "Your space",
    ownHelp: (other: string | undefined) => (other ? `Only for you. It is kept in your own space, and ${other} has settings of their own.` : "Kept in your own space."),
    lockDo: "Lock my space",
    lockLook: "Passphrase and recovery words",
    idle: "Close it when nobody is here",
    idleHelp: "Moving, writing, or a timer that runs counts as being here. It also closes when you hide everything.",
    idleAfter: (n: number) => `after ${n} minutes`,
    spelling: "Check spelling where I write",
    spellingHelp: "Off unless you turn it on. It works on this computer alone. But a spell-checker learns: words you add to it go into a list of the computer’s, outside your space, where others can find them.",
    about: "About",
    version: (n: string) => `Pairwise ${n}. For adults.`,
    newer: "Pairwise never looks for a newer version by itself. To look by hand, go to where you got this one and compare the number. A newer one opens what you wrote here.",
    licences: "Free software, under the MIT licence or the Apache licence 2.0, as you like. The lessons are under CC BY-SA 4.0. The fonts, Literata and Figtree, are under the SIL Open Font Licence.",
    folder: "Everything that the two of you write here is kept in this folder:",
    folderAlone: "Everything you write here is kept in this folder:",
  },
};
