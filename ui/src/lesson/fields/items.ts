// The single things an answer holds, each of which can be given to the other. The shell compares them letter by letter
// with what is kept, so they are made as it makes them, from the lesson's words as the file has them.

import type { Block, Choice, Id, Value } from "../../lib/ipc";

/** The items of an answer to a block whose words are not typeset. */
export function itemsOf(block: Block, value: Value): string[] {
  return all(block, value).filter((item) => item.trim() !== "");
}

function all(block: Block, value: Value): string[] {
  const kind = block.kind;
  switch (value.type) {
    case "text":
      return value.text.split(/\r?\n/);
    case "lines":
      return value.lines;
    case "picks":
      return picks(kind.type === "checklist" ? kind.items : kind.type === "choice" || kind.type === "choices" ? kind.options : [], value.picks, value.other);
    case "practice":
      return picks(kind.type === "practice" ? kind.options : [], value.pick ? [value.pick] : [], value.other);
    case "sorted":
      return value.cards.map((placed) => (kind.type === "sort" ? kind.cards.find((card) => card.id === placed.card)?.text : undefined) ?? value.own[placed.card] ?? "");
    case "entries":
      return value.entries.map((entry) => entry.note);
    case "stages":
      return kind.type === "cycle" ? kind.stages.map((stage) => value.stages[stage.id] ?? "") : [];
    case "gaps": {
      if (kind.type !== "frame") return [];
      const whole = kind.gaps.map((gap) => gap.text.replace("___", () => value.gaps[gap.id]?.trim() || "…")).join(" ");
      return [whole, ...kind.gaps.map((gap) => value.gaps[gap.id] ?? "")];
    }
    case "mark": {
      if (kind.type !== "scale" || value.at === null) return [];
      const words = kind.ends.find((end) => end.at === value.at)?.text;
      return [`${value.at} (${kind.to} is the highest)${words ? `: ${words}` : ""}`];
    }
    case "marks":
      return kind.type === "rating" ? kind.rows.flatMap((row) => (value.marks[row.id] === undefined ? [] : [`${row.text}: ${value.marks[row.id]} (${kind.to} is the highest)`])) : [];
    default:
      return [];
  }
}

function picks(options: Choice[], picked: Id[], other: string | null): string[] {
  const own = other?.trim() || null;
  const chosen = options.filter((option) => picked.includes(option.id));
  const lines = chosen.map((option) => (option.other && own ? `${option.text.replace(/:+$/, "")}: ${own}` : option.text));
  return own && !chosen.some((option) => option.other) ? [...lines, own] : lines;
}
