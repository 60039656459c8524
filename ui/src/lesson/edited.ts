// What an edit of a lesson's file means for a page that shows the lesson.
import type { Block, Id, Lesson } from "../lib/ipc";

/** Every block of a lesson by its id. */
export function allBlocks(lesson: Lesson | null): Map<Id, Block> {
  const blocks = (lesson?.steps ?? []).flatMap((step) => step.body.flatMap((item) => (item.type === "block" ? [item.block] : [])));
  return new Map(blocks.map((block) => [block.id, block]));
}

/** Whether a field is the same one after an edit: what stands in it goes on standing there. Its question and help may have other words. */
export function asksTheSame(one: Block | undefined, other: Block | undefined): boolean {
  const asks = (block: Block): string => JSON.stringify([block.kind, block.rev, block.privacy, block.pick, block.send]);
  return one !== undefined && other !== undefined && asks(one) === asks(other);
}
