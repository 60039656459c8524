// What holds for every file of the UI.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parse, type AST } from "svelte/compiler";
import { describe, expect, it } from "vitest";
import { spelling } from "../shared/spelling.svelte";

const root = resolve("src");
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).map((name) => join(root, name)).filter((name) => /\.(ts|svelte)$/.test(name));
const shown = files.filter((file) => file.endsWith(".svelte"));
const written = files.filter((file) => !/\.test\.ts$/.test(file));
const name = (file: string): string => relative(root, file);
const SPOKEN = new Set(["aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "title", "placeholder", "alt", "label"]);
const letters = (text: string): boolean => /\p{L}/u.test(text);

/** Words in the markup that did not come from the catalogue. */
export function bareWords(source: string): string[] {
  const found: string[] = [];
  const walk = (node: unknown, attribute: string | null): void => {
    if (Array.isArray(node)) return node.forEach((one) => walk(one, attribute));
    if (!node || typeof node !== "object") return;
    const one = node as AST.BaseNode & Record<string, unknown>;
    const within = ["Attribute", "StyleDirective"].includes(one.type) ? String(one["name"]) : attribute;
    const told = within === null || SPOKEN.has(within);
    if (one.type === "Text" && told && letters(String(one["data"]))) found.push(String(one["data"]).trim());
    if (one.type === "Literal" && told && typeof one["value"] === "string" && within !== null && letters(one["value"])) found.push(one["value"]);
    for (const [key, value] of Object.entries(one)) if (!["metadata", "loc"].includes(key)) walk(value, within);
  };
  walk(parse(source, { modern: true }).fragment, null);
  return found;
}

describe("every string a person reads comes from the catalogue", () => {
  it("finds bare words where there are some", () => {
    expect(bareWords("<p>{m.a} of course</p>")).toEqual(["of course"]);
    expect(bareWords('<button aria-label="Close">×</button>')).toEqual(["Close"]);
    expect(bareWords("<button aria-label={open ? 'Shut' : m.open}>{m.x}</button>")).toEqual(["Shut"]);
    expect(bareWords('<p class="lead">{m.a}</p>')).toEqual([]);
  });
  it.each(shown.map((file) => [name(file), file]))("%s", (_name, file) => {
    expect(bareWords(readFileSync(file, "utf8"))).toEqual([]);
  });
});

it("only the one door imports the shell", () => {
  const through = written.filter((file) => /@tauri-apps|__TAURI/.test(readFileSync(file, "utf8").replace(/\/\/.*$/gm, ""))).map(name);
  expect(through.sort()).toEqual(["lib/bindings.ts", "lib/ipc.ts"]);
  const aside = written.filter((file) => /from\s+["'][^"']*\/bindings["']/.test(readFileSync(file, "utf8"))).map(name);
  expect(aside).toEqual(["lib/ipc.ts"]);
});

it.each([
  ["sets no inner HTML", /\{@html|innerHTML|outerHTML|insertAdjacentHTML|document\.write/],
  ["stores nothing outside memory", /localStorage|sessionStorage|indexedDB|document\.cookie|caches\./],
  ["reaches no network", /\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon/],
  ["writes no style into markup, which the content security policy would drop", /\sstyle="/],
])("the UI %s", (_what, pattern) => {
  expect(written.filter((file) => pattern.test(readFileSync(file, "utf8"))).map(name)).toEqual([]);
});

/** Text boxes in the markup that leave spell-check or autocomplete on. Numbers are no words. */
export function teaching(source: string): string[] {
  const found: string[] = [];
  const said = (element: AST.RegularElement, name: string): string =>
    element.attributes.flatMap((one) => (one.type === "Attribute" && one.name === name ? [source.slice(one.start, one.end)] : [])).join("");
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (!node || typeof node !== "object") return;
    const one = node as AST.RegularElement;
    if (one.type === "RegularElement" && ["input", "textarea"].includes(one.name)) {
      const noWords = /radio|checkbox|range|date|number/.test(said(one, "type")) || /numeric/.test(said(one, "inputmode"));
      const off = /"false"|\{spelling\.on\}/.test(said(one, "spellcheck")) && /off/.test(said(one, "autocomplete"));
      if (!noWords && !off) found.push(source.slice(one.start, one.end).slice(0, 80));
    }
    for (const [key, value] of Object.entries(one)) if (!["metadata", "loc"].includes(key)) walk(value);
  };
  walk(parse(source, { modern: true }).fragment);
  return found;
}

it("no text box teaches the webview a word: autocomplete is off, and so is spell-check unless its writer turned it on", () => {
  expect(spelling.on).toBe(false);
  expect(teaching('<input spellcheck={on} autocomplete="off" />').length).toBe(1);
  expect(teaching('<input type="text" oninput={() => 1} />').length).toBe(1);
  expect(shown.flatMap((file) => teaching(readFileSync(file, "utf8")).map((tag) => `${name(file)}: ${tag}`))).toEqual([]);
});

it("components take colours from the tokens", () => {
  const own = shown.filter((file) => /<style>[^]*?(#[0-9a-f]{3,8}\b|\brgba?\()/i.test(readFileSync(file, "utf8"))).map(name);
  expect(own).toEqual([]);
});
