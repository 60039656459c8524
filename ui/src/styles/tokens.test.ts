// The palette keeps its contrast in both themes: 4.5 for text, 3 for the edges of controls. The numbers are computed from the file itself.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(resolve("src/styles/tokens.css"), "utf8");

/** The custom properties of the block that follows a selector. */
function block(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  const body = css.slice(css.indexOf("{", start) + 1, css.indexOf("}", start));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((found) => [found[1]!, found[2]!.trim()]));
}

const light = block(":root");
const dark = block(':root[data-theme="dark"]');
const system = block(':root:not([data-theme="light"])');

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * channels[0]! + 0.7152 * channels[1]! + 0.0722 * channels[2]!;
}

function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const PEOPLE = ["teal", "clay", "indigo", "olive", "ours", "a", "b"];
const text: [string, string][] = [
  ...["paper", "sheet", "well", "accent-wash", "warn-wash"].flatMap((ground) => ["ink", "ink-soft"].map((ink): [string, string] => [ink, ground])),
  ...["paper", "sheet", "well"].map((ground): [string, string] => ["ink-faint", ground]),
  ...["paper", "sheet", "accent-wash"].map((ground): [string, string] => ["accent", ground]),
  ...["paper", "sheet", "warn-wash"].map((ground): [string, string] => ["warn", ground]),
  ...PEOPLE.flatMap((who) => ["paper", "sheet", `${who}-wash`].map((ground): [string, string] => [who, ground])),
  ["accent-ink", "accent"], ["accent-ink", "accent-hover"],
];
const edges: [string, string][] = ["paper", "sheet", "well"].flatMap((ground) => ["line-strong", "accent"].map((edge): [string, string] => [edge, ground]));

describe.each([["light", light], ["dark", dark]])("the %s palette", (_name, palette) => {
  it.each(text)("%s can be read on %s", (ink, ground) => {
    expect(contrast(palette[ink]!, palette[ground]!)).toBeGreaterThanOrEqual(4.5);
  });
  it.each(edges)("the edge %s can be seen on %s", (edge, ground) => {
    expect(contrast(palette[edge]!, palette[ground]!)).toBeGreaterThanOrEqual(3);
  });
});

it("the system's dark and the chosen dark are the same", () => {
  expect(system).toEqual(dark);
  expect(Object.keys(dark).length).toBeGreaterThan(25);
});
