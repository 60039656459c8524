// The loop as data: two halves, and the boxes in the order in which the loop runs. The drawing and the list are both
// made from `boxes`, so neither can say what the other does not.
//
// One person's `seen` stage is what the other meets as their spark; stages that are neither stand inside the lobe,
// the `under` ones only once that layer was opened.

import { m } from "../../messages/en";
import type { Colour, Id, LayerName, Opened, Person, RunState, Seat, Stage, Value } from "../../lib/ipc";
import { bareLabel } from "../lines";
import { stageText } from "../values";

export type Half = {
  seat: Seat;
  name: string;
  colour: Colour;
  /** They kept their half to themselves. */
  kept: boolean;
  /** There is nobody's half here: drawn dashed. */
  blank: boolean;
  surface: Value | null;
  under: Value | null;
  /** What lies underneath was opened. */
  underOpen: boolean;
};

export type Box = {
  id: string;
  seat: Seat;
  colour: Colour;
  /** Where it stands. */
  at: "top" | "bottom" | "inside";
  label: string;
  words: string;
  /** Nothing was written: the words say so. */
  empty: boolean;
};

/** What was opened of a field, each side's layers laid together. */
export function openedOf(state: RunState, field: Id, seat: Seat, layer: LayerName): Opened | undefined {
  for (const reveal of state.reveals) {
    for (const opened of reveal.layers.find((one) => one.name === layer)?.opened ?? []) {
      if (opened.field === field && opened.seat === seat) return opened;
    }
  }
  return undefined;
}

/** Both halves of an opened loop; undefined until the surface was opened. */
export function halvesTogether(state: RunState, field: Id, people: Person[]): Half[] | undefined {
  const halves = people.map((person): Half | undefined => {
    const surface = openedOf(state, field, person.seat, "surface");
    if (!surface) return undefined;
    const under = openedOf(state, field, person.seat, "under");
    return {
      seat: person.seat,
      name: person.name,
      colour: person.colour,
      kept: surface.value === null,
      blank: false,
      surface: surface.value,
      under: under?.value ?? null,
      underOpen: under !== undefined,
    };
  });
  return halves.length === 2 && halves.every((half) => half !== undefined) ? (halves as Half[]) : undefined;
}

/** One person's half, and an honest blank for the other. */
export function halvesAlone(value: Value | null, me: Person): Half[] {
  const other: Seat = me.seat === "a" ? "b" : "a";
  const mine: Half = {
    seat: me.seat,
    name: me.name,
    colour: me.colour,
    kept: false,
    blank: false,
    surface: value,
    under: value,
    underOpen: true,
  };
  const theirs: Half = {
    seat: other,
    name: "",
    colour: me.colour,
    kept: false,
    blank: true,
    surface: null,
    under: null,
    underOpen: false,
  };
  return [mine, theirs];
}

function boxOf(half: Half, stage: Stage, at: Box["at"], label: string): Box {
  const words = stageText(stage.under ? half.under : half.surface, stage.id).trim();
  const said = half.kept ? m.lesson.loop.kept : words === "" ? m.lesson.loop.leftBlank : words;
  return { id: `${half.seat}-${stage.id}`, seat: half.seat, colour: half.colour, at, label, words: said, empty: words === "" };
}

function boxesOfHalf(half: Half, stages: Stage[], underneath: boolean): Box[] {
  if (half.blank) {
    const box = { seat: half.seat, colour: half.colour, empty: true };
    return [
      { ...box, id: `${half.seat}-top`, at: "top", label: m.lesson.loop.theirSpark, words: m.lesson.loop.dontKnow },
      { ...box, id: `${half.seat}-bottom`, at: "bottom", label: m.lesson.loop.theirMove, words: m.lesson.loop.dontKnow },
    ];
  }
  const spark = stages.find((stage) => stage.spark) ?? stages[0];
  const seen = stages.find((stage) => stage.seen) ?? stages.find((stage) => stage !== spark && !stage.under);
  const inside = stages.filter((stage) => stage !== spark && stage !== seen);
  const shown = inside.filter((stage) => !stage.under || (underneath && half.underOpen));
  // A half that was kept says so once, at the top and the bottom; inside it there is nothing to say again.
  const kept = half.kept ? [] : shown.map((stage) => boxOf(half, stage, "inside", bareLabel(stage.text)));
  return [
    ...(spark ? [boxOf(half, spark, "top", m.lesson.loop.spark(half.name))] : []),
    ...kept,
    ...(seen ? [boxOf(half, seen, "bottom", m.lesson.loop.seen(half.name))] : []),
  ];
}

/** Every box, in the order of the loop: the first half's spark to its move, then the second's. */
export function boxes(halves: Half[], stages: Stage[], underneath: boolean): Box[] {
  return halves.flatMap((half) => boxesOfHalf(half, stages, underneath));
}

/** Whether there is a layer underneath to show. */
export function hasUnder(halves: Half[], stages: Stage[]): boolean {
  return stages.some((stage) => stage.under) && halves.some((half) => half.underOpen);
}
