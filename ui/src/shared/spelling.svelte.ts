// Whether words are spell-checked where the person at the keyboard writes. Off, unless they turned it on in their own space: a spell-checker
// learns words. App sets it from the turn, and takes it off with the turn.

export const spelling = $state({ on: false });
