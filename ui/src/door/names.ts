// The rules for a name on a door.
import type { Colour, Person } from "../lib/ipc";

export const COLOURS: readonly Colour[] = ["teal", "clay", "indigo", "olive"];

/** What stands in the way of this name; none when it will do. */
export function nameProblem(name: string, other: { name: string } | null): "needed" | "same" | null {
  const tidy = name.trim();
  if (tidy === "") return "needed";
  if (other && other.name.trim().toLocaleLowerCase() === tidy.toLocaleLowerCase()) return "same";
  return null;
}

/** The first colour nobody has taken. */
export function freeColour(taken: Colour | null): Colour {
  return COLOURS.find((colour) => colour !== taken) ?? "teal";
}

/** The person of a seat, among those a turn knows. */
export function personAt(people: Person[], seat: Person["seat"]): Person | undefined {
  return people.find((person) => person.seat === seat);
}
