// Parts of a book as they are edited. Pure.

import type { PlanPart } from "../../lib/ipc";

/** The parts worth keeping: one that says nothing yet is only on screen. */
export function keptParts(parts: PlanPart[]): PlanPart[] {
  return parts
    .filter((part) => part.title.trim() !== "" || part.from !== null || part.to !== null)
    .map((part) => ({ title: part.title, from: part.from, to: part.to }));
}

export function sameParts(one: PlanPart[], other: PlanPart[]): boolean {
  return (
    one.length === other.length &&
    one.every((part, at) => part.title === other[at]?.title && part.from === other[at].from && part.to === other[at].to)
  );
}

/** A part moved one place up or down. */
export function moved(parts: PlanPart[], at: number, by: -1 | 1): PlanPart[] {
  const to = at + by;
  if (to < 0 || to >= parts.length) return parts;
  const order = [...parts];
  const [part] = order.splice(at, 1);
  if (part) order.splice(to, 0, part);
  return order;
}

/** A page number from what was typed, or none. */
export function page(typed: string): number | null {
  const digits = typed.trim();
  return /^\d{1,6}$/.test(digits) ? Number(digits) : null;
}
