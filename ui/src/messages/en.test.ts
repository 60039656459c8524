// The catalogue has words for everything the shell can say.
import { expect, it } from "vitest";
import type { TroubleKind } from "../lib/ipc";
import { wordsFor } from "../shared/trouble-words";
import { m } from "./en";
import { app } from "./en/app";
import { blocks } from "./en/blocks";
import { earlier } from "./en/earlier";
import { keep } from "./en/keep";
import { lesson } from "./en/lesson";
import { lock } from "./en/lock";
import { removal } from "./en/removal";

const KINDS: Record<TroubleKind, true> = {
  missing: true, unreadable: true, "read-only": true, "in-use": true, damaged: true, newer: true, "disk-full": true, failed: true, "no-course": true,
};

it.each(Object.keys(KINDS) as TroubleKind[])("%s is told as what happened, what is safe, what to do, in that order", (what) => {
  const words = wordsFor({ what, path: null });
  expect(words.map((part) => part.heading)).toEqual([m.trouble.happened, m.trouble.safe, m.trouble.todo]);
  for (const part of words) expect(part.text).toMatch(/^[A-Z].{20,}\.$/s);
  expect(new Set(words.map((part) => part.text)).size).toBe(3);
});

/** Every plain string below a value. */
function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return value && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
}

it("uses our words: nobody is a user, a client or a patient, and nothing fails", () => {
  const banned = /\b(users?|clients?|patients?|toxic|homework|fail(s|ed|ure)?|score out of|proven)\b/i;
  expect(strings(m).filter((words) => banned.test(words))).toEqual([]);
  expect(strings(m).length).toBeGreaterThan(100);
});

it("the parts of the catalogue do not name the same group", () => {
  const groups = [app, earlier, keep, lesson, blocks, lock, removal].flatMap((part) => Object.keys(part));
  expect(groups.length).toBe(new Set(groups).size);
});
