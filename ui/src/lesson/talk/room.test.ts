// Whose turn it is follows from what the lesson says of a turn, not from its words.
import { expect, it } from "vitest";
import type { TalkTurn } from "../../lib/ipc";
import { Room } from "./room.svelte";

function room(roles: TalkTurn["role"][], heard = true): Room {
  const turns = roles.map((role, at) => ({ id: `turn-${at}`, text: "Sprecherin: …", label: [], minutes: null, role }));
  const made = new Room({ type: "talk", rounds: 1, swap: true, heard, turns });
  made.begin("b");
  return made;
}

/** Whose each turn is, and after which the question comes, through the first half. */
function course(of: Room): string[] {
  const told: string[] = [];
  while (of.stage === "turn" || of.stage === "heard") {
    if (of.stage === "heard") {
      told.push("heard");
      of.heard("yes");
    } else {
      told.push(of.acting ?? "both");
      of.next();
    }
  }
  return told;
}

it("the speaker speaks and the other listens, in whatever language, and change places in the second half", () => {
  const talk = room(["speaker", "listener"]);
  expect(course(talk)).toEqual(["b", "a", "heard"]);
  talk.goOn();
  expect(course(talk)).toEqual(["a", "b", "heard"]);
  expect(talk.stage).toBe("end");
});

it("is asked after each time that something was said back, and not after a question that begins", () => {
  expect(course(room(["speaker", "listener", "speaker", "listener"]))).toEqual(["b", "a", "heard", "b", "a", "heard"]);
  expect(course(room(["listener", "speaker", "listener"]))).toEqual(["a", "b", "a", "heard"]);
});

it("a turn that is nobody's in particular is both people's", () => {
  expect(course(room([null, null]))).toEqual(["both", "both", "heard"]);
  expect(course(room(["speaker", null], false))).toEqual(["b", "both"]);
});
