/** A lesson with its author's words set as a book would set them. Code and addresses stay as typed. */
import type { Block, Inline, Item, Lesson, Prose, Step } from "../lib/ipc";
import { typographic } from "../shared/typographic";

export function typeset(lesson: Lesson): Lesson {
  const { meta } = lesson;
  return {
    ...lesson,
    meta: {
      ...meta,
      title: typographic(meta.title),
      summary: meta.summary && typographic(meta.summary),
      heavy: meta.heavy && typographic(meta.heavy),
    },
    intro: lesson.intro.map(prose),
    steps: lesson.steps.map(step),
  };
}

function step(of: Step): Step {
  return { ...of, title: inlines(of.title), title_text: typographic(of.title_text), body: of.body.map(item) };
}

function item(of: Item): Item {
  return of.type === "prose" ? { ...of, prose: prose(of.prose) } : { ...of, block: block(of.block) };
}

function block(of: Block): Block {
  return {
    ...of,
    prompt: inlines(of.prompt),
    prompt_text: typographic(of.prompt_text),
    help: of.help.map(prose),
    kind: kind(of.kind),
  };
}

function kind(of: Block["kind"]): Block["kind"] {
  switch (of.type) {
    case "choice":
    case "choices":
    case "gate":
      // The two shapes of option differ; what is set in them does not.
      return { ...of, options: of.options.map(labelled) } as typeof of;
    case "checklist":
      return { ...of, items: of.items.map(labelled) };
    case "cycle":
      return { ...of, stages: of.stages.map(labelled) };
    case "scale":
      return { ...of, ends: of.ends.map(labelled) };
    case "rating":
      return { ...of, ends: of.ends.map(labelled), rows: of.rows.map(labelled) };
    case "sort":
      return { ...of, piles: of.piles.map(labelled), cards: of.cards.map(labelled) };
    case "frame":
      return { ...of, gaps: of.gaps.map((gap) => ({ ...gap, before: inlines(gap.before), after: inlines(gap.after), text: typographic(gap.text) })) };
    case "log":
      return { ...of, tags: of.tags.map(labelled) };
    case "practice":
      return { ...of, options: of.options.map(labelled) };
    case "talk":
      return { ...of, turns: of.turns.map(labelled) };
    default:
      return of;
  }
}

function labelled<T extends { label: Inline[]; text: string }>(of: T): T {
  return { ...of, label: inlines(of.label), text: typographic(of.text) };
}

function prose(of: Prose): Prose {
  switch (of.type) {
    case "paragraph":
    case "heading":
      return { ...of, children: inlines(of.children) };
    case "list":
      return { ...of, items: of.items.map((one) => one.map(prose)) };
    case "quote":
    case "footnote":
      return { ...of, children: of.children.map(prose) };
    case "table":
      return { ...of, head: of.head.map((cell) => inlines(cell)), rows: of.rows.map((row) => row.map((cell) => inlines(cell))) };
    default:
      return of;
  }
}

/** A line's runs of text, each knowing the character that stands before it. */
function inlines(of: Inline[]): Inline[] {
  let before = "";
  const set = (one: Inline): Inline => {
    switch (one.type) {
      case "text": {
        const text = typographic(one.text, before);
        before = text.at(-1) ?? before;
        return { ...one, text };
      }
      case "code":
        before = one.text.at(-1) ?? before;
        return one;
      case "soft-break":
      case "hard-break":
        before = " ";
        return one;
      case "footnote-ref":
      case "image":
        return one;
      default:
        return { ...one, children: one.children.map(set) };
    }
  };
  return of.map(set);
}
