// The only door to the shell. Everything else in the UI asks through `ipc` and hears through `shell`; nothing else imports @tauri-apps.
// A test, or the page for looking at screens, puts a fake behind the same door with `standIn`.
import { convertFileSrc } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { commands } from "./bindings";

export type * from "./bindings";

/** Every command, typed from the shell's own code. */
export type Commands = typeof commands;

/** What the shell says unasked, and where it answers beside the commands. */
export type Shell = {
  /** Someone wants to close the window. Answer with `ipc.readyToClose()` once nothing is pending. Resolves to a function that stops listening. */
  onCloseRequested: (hear: () => void) => Promise<() => void>;
  /** Nobody has been at a locked space for a while. Blank the page, save and leave. */
  onLockRequested: (hear: () => void) => Promise<() => void>;
  /** The lesson files were read again, because somebody edits them. */
  onLessonsChanged: (hear: () => void) => Promise<() => void>;
  /** The address of a picture of the course, by the hash of its bytes. */
  picture: (hash: string) => string;
};

export const ipc: Commands = { ...commands };

export const shell: Shell = {
  onCloseRequested: (hear) => listen("close-requested", () => hear()),
  onLockRequested: (hear) => listen("lock-requested", () => hear()),
  onLessonsChanged: (hear) => listen("lessons-changed", () => hear()),
  picture: (hash) => convertFileSrc(hash, "pack"),
};

/** Puts other commands and another shell behind the door. */
export function standIn(otherCommands: Commands, otherShell: Shell): void {
  Object.assign(ipc, otherCommands);
  Object.assign(shell, otherShell);
}
