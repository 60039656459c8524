// Printing one's words: they are put beside the app for as long as the system's print dialog stands, and let go after.
import { mount, tick, unmount } from "svelte";
import type { Document } from "../lib/ipc";
import PrintedWords from "./PrintedWords.svelte";

/** A part of a document of an export: what kind of line, and its words. */
export type Part = { kind: "title" | "section" | "question" | "said" | "note"; lines: string[] };

const marks: [string, Part["kind"]][] = [["### ", "question"], ["## ", "section"], ["# ", "title"], [">", "said"]];

/** Without the strokes that keep somebody's own signs from being read as marks. */
const plain = (words: string): string => words.replace(/\\([!-/:-@[-`{-~])/g, "$1");

/** The few marks an export uses: three depths of headings, quotations for what was said, and notes between stars. */
export function parts(markdown: string): Part[] {
  const all: Part[] = [];
  for (const line of markdown.split("\n")) {
    if (line.trim() === "") continue;
    const [mark, kind] = marks.find(([start]) => line.startsWith(start)) ?? ["", "note" as const];
    const words = plain(line.slice(mark.length).trim());
    const last = all.at(-1);
    if (kind === "said" && last?.kind === "said") last.lines.push(words);
    else all.push({ kind, lines: [kind === "note" ? words.replace(/^\*(.*)\*$/, "$1") : words] });
  }
  return all;
}

export async function printWords(documents: Document[]): Promise<void> {
  const page = mount(PrintedWords, { target: document.body, props: { documents: documents.map((one) => parts(one.markdown)) } });
  await tick();
  try {
    window.print();
  } finally {
    await unmount(page);
  }
}
