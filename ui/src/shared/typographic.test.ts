import { describe, expect, it } from "vitest";
import { typographic } from "./typographic";

describe("an author's plain keyboard is set as a book would set it", () => {
  it.each([
    ["What a loop can't explain", "What a loop can’t explain"],
    ['Reply "yes" or "closer would be..."', "Reply “yes” or “closer would be…”"],
    ["('quietly') the Joneses' row", "(‘quietly’) the Joneses’ row"],
    ["\"'Fine,' she said\"", "“‘Fine,’ she said”"],
    ["back in the '90s", "back in the ’90s"],
    ["already “set” and ‘done’", "already “set” and ‘done’"],
    ["", ""],
  ])("%s", (typed, set) => expect(typographic(typed)).toBe(set));

  it("knows a closing quote that stands after emphasis", () => expect(typographic('" he said', "d")).toBe("” he said"));
});
