// The way through a lesson: which steps there are for this turn, what comes before and after, and what a gate does.
// Pure: it says where to go and what to record; the pages do it.
//
// A gate leaves nothing. A step that was reached by a gate's jump is looked at, never recorded, and from it the way
// leads back to the gate, asked anew.

import type { Block, Id, Item, Lesson, RunState, Step } from "../lib/ipc";

/** The steps this turn is shown, in order. */
export function shownSteps(lesson: Lesson, state: RunState): Step[] {
  const byId = new Map(lesson.steps.map((step) => [step.id, step]));
  return state.steps.map((mark) => byId.get(mark.id)).filter((step) => step !== undefined);
}

/** A step's items without what a `when=` hides. */
export function shownItems(step: Step, state: RunState): Item[] {
  return step.body.filter((item) => item.type === "prose" || !state.hidden.includes(item.block.id));
}

export function blocksOf(step: Step, state: RunState): Block[] {
  return shownItems(step, state).flatMap((item) => (item.type === "block" ? [item.block] : []));
}

/** Finds a block anywhere in the lesson. */
export function blockOf(lesson: Lesson, id: Id): Block | undefined {
  for (const step of lesson.steps) {
    for (const item of step.body) if (item.type === "block" && item.block.id === id) return item.block;
  }
  return undefined;
}

/** The step in which a block stands. */
export function stepOf(lesson: Lesson, id: Id): Step | undefined {
  return lesson.steps.find((step) => step.body.some((item) => item.type === "block" && item.block.id === id));
}

/** Answers to gates, held by the page that is open and by nothing else. */
export type GateAnswers = Readonly<Record<Id, Id>>;

/** Where a gate's answer leads: a step's id, or undefined for straight on. */
export function gateJump(step: Step, state: RunState, answers: GateAnswers): Id | undefined {
  for (const block of blocksOf(step, state)) {
    if (block.kind.type !== "gate") continue;
    const go = block.kind.options.find((option) => option.id === answers[block.id])?.go;
    if (go) return go;
  }
  return undefined;
}

export type Move =
  /** Pass the step and show another; null is the end of the lesson. */
  | { type: "pass"; step: Id; to: Id | null }
  /** Show a step without recording anything. */
  | { type: "look"; at: Id; from: Id };

/** What *Next* does on a step that stands in the lesson's own order. */
export function next(steps: Step[], state: RunState, at: Id, answers: GateAnswers): Move | undefined {
  const index = steps.findIndex((step) => step.id === at);
  const step = steps[index];
  if (!step) return undefined;
  const jump = gateJump(step, state, answers);
  if (jump) return { type: "look", at: jump, from: at };
  return { type: "pass", step: at, to: steps[index + 1]?.id ?? null };
}

export function before(steps: Step[], at: Id): Id | undefined {
  return steps[steps.findIndex((step) => step.id === at) - 1]?.id;
}

/** Nothing has been done yet: the lesson opens with its first page. */
export function isFresh(state: RunState): boolean {
  return (
    !state.finished &&
    state.place === state.steps[0]?.id &&
    state.answers.length === 0 &&
    state.joint.length === 0 &&
    state.steps.every((mark) => !mark.done && !mark.skipped) &&
    state.reveals.every((reveal) => reveal.sides.every((side) => !side.sealed))
  );
}
