// What comes in with npm: its licences and its sources. deny.toml says the same for Rust.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

interface Packaged {
  license?: string;
  resolved?: string;
  integrity?: string;
  dev?: boolean;
}

const lock: { packages: Record<string, Packaged> } = JSON.parse(readFileSync("package-lock.json", "utf8"));
const packages = Object.entries(lock.packages).filter(([path]) => path !== "");

/** What the app ships may go out under MIT or Apache-2.0; a font keeps its own licence. */
const SHIPPED = new Set(["MIT", "ISC", "Apache-2.0", "Apache-2.0 OR MIT", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "OFL-1.1"]);
/** Tools that build and test it, and are not in it. */
const TOOLS = new Set([...SHIPPED, "MPL-2.0", "CC-BY-SA-4.0", "Python-2.0"]);

it("finds the packages", () => {
  expect(packages.length).toBeGreaterThan(50);
});

it("ships nothing under a licence that was not agreed to", () => {
  const foreign = packages.filter(([, one]) => !(one.dev ? TOOLS : SHIPPED).has(one.license ?? "none"));
  expect(foreign.map(([path, one]) => `${path}: ${one.license ?? "none"}`)).toEqual([]);
});

it("takes nothing without a checksum", () => {
  expect(packages.filter(([, one]) => !one.integrity).map(([path]) => path)).toEqual([]);
});
