// What autosave promises: nothing is said to be saved that is not, nothing is saved under another's token, nothing is lost.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Refusal, Saved, Value } from "../lib/ipc";
import { Drafts, LONGEST, QUIET, type Outcome } from "./drafts.svelte";

const words = (text: string): Value => ({ type: "text", text });
const said = (value: Value): string => (value.type === "text" ? value.text : "");

class Backend {
  log: { token: string; field: string; text: string }[] = [];
  /** How many saves of one field were under way at the most. */
  together = 0;
  refuse: Refusal | null = null;
  #now = new Map<string, number>();
  #saves = 0;
  constructor(readonly delay: () => number = () => 0) {}
  save = async (token: string, _run: string, field: string, value: Value): Promise<Outcome<Saved>> => {
    const under = (this.#now.get(field) ?? 0) + 1;
    this.#now.set(field, under);
    this.together = Math.max(this.together, under);
    await new Promise((next) => setTimeout(next, this.delay()));
    this.#now.set(field, under - 1);
    if (this.refuse) return { status: "error", error: this.refuse };
    this.log.push({ token, field, text: said(value) });
    return { status: "ok", data: { save: ++this.#saves, state_changed: false } };
  };
}

const full: Refusal = { type: "storage", trouble: { what: "disk-full", path: null } };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("autosave", () => {
  it("saves 400 ms after the last key, and only says so then", async () => {
    const backend = new Backend(() => 30);
    const drafts = new Drafts(backend.save);
    drafts.edit("t", "r", "f", words("a"));
    await vi.advanceTimersByTimeAsync(QUIET - 1);
    drafts.edit("t", "r", "f", words("ab"));
    await vi.advanceTimersByTimeAsync(QUIET - 1);
    expect(backend.log).toEqual([]);
    expect(drafts.state).toBe("editing");
    await vi.advanceTimersByTimeAsync(20);
    expect(drafts.state).toBe("editing");
    await vi.advanceTimersByTimeAsync(40);
    expect(drafts.state).toBe("saved");
    expect(backend.log.map((one) => one.text)).toEqual(["ab"]);
    expect(drafts.lastSave("t", "r")).toBe(1);
  });

  it("saves at the latest two seconds into steady typing", async () => {
    const backend = new Backend();
    const drafts = new Drafts(backend.save);
    for (let typed = 0; typed < LONGEST + 200; typed += 100) {
      drafts.edit("t", "r", "f", words(String(typed)));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(backend.log.length).toBeGreaterThan(0);
  });

  it("never has two saves of one field under way, and the newest words win", async () => {
    const backend = new Backend(() => 900);
    const drafts = new Drafts(backend.save);
    for (let n = 0; n < 30; n += 1) {
      drafts.edit("t", "r", "f", words(`word ${n}`));
      drafts.blur("t", "r", "f");
      await vi.advanceTimersByTimeAsync(150);
    }
    await vi.runAllTimersAsync();
    expect(backend.together).toBe(1);
    expect(backend.log.at(-1)?.text).toBe("word 29");
  });

  it("keeps what could not be saved, says so, and tries again by itself", async () => {
    const backend = new Backend();
    backend.refuse = full;
    const drafts = new Drafts(backend.save);
    drafts.edit("t", "r", "f", words("kept"));
    await vi.advanceTimersByTimeAsync(QUIET + 10);
    expect(drafts.state).toBe("not-saved");
    expect(drafts.of("t", "r", "f").refusal).toEqual(full);
    const trying = drafts.flushAll();
    await vi.advanceTimersByTimeAsync(10);
    expect(await trying).toBe(false);
    expect(drafts.latest("t", "r", "f")).toEqual(words("kept"));
    backend.refuse = null;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(drafts.state).toBe("saved");
    expect(backend.log.map((one) => one.text)).toEqual(["kept"]);
  });

  it("does not end a turn whose words could not be saved", async () => {
    const backend = new Backend();
    backend.refuse = full;
    const drafts = new Drafts(backend.save);
    drafts.edit("t", "r", "f", words("still here"));
    const end = vi.fn();
    const ended = drafts.finish("t", end);
    await vi.advanceTimersByTimeAsync(10);
    expect(await ended).toBeUndefined();
    expect(end).not.toHaveBeenCalled();
    expect(drafts.latest("t", "r", "f")).toEqual(words("still here"));
  });

  it("stops when the turn is over, and drops everything when told", async () => {
    const backend = new Backend();
    backend.refuse = { type: "turn-over" };
    const save = vi.fn(backend.save);
    const drafts = new Drafts(save);
    drafts.edit("t", "r", "f", words("late"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(save).toHaveBeenCalledTimes(1);
    drafts.edit("u", "r", "f", words("gone"));
    drafts.discardAll();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(save).toHaveBeenCalledTimes(1);
    expect(drafts.latest("u", "r", "f")).toBeUndefined();
    expect(drafts.state).toBe("still");
  });
});

it("type, then end the turn within 50 ms, a thousand times: every word under its own token, and the turn ends only after all saves", async () => {
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const backend = new Backend(() => random(40));
  const drafts = new Drafts(backend.save);
  const wrong: string[] = [];
  for (let turn = 0; turn < 1000; turn += 1) {
    const token = `token-${turn}`;
    const last = new Map<string, string>();
    for (let key = 0; key <= random(4); key += 1) {
      const field = `field-${random(3)}`;
      last.set(field, `${token} ${key}`);
      drafts.edit(token, "run", field, words(`${token} ${key}`));
      await vi.advanceTimersByTimeAsync(random(25));
    }
    let open = true;
    const ended = drafts.finish(token, async () => {
      for (const [field, text] of last) {
        const kept = backend.log.findLast((one) => one.token === token && one.field === field)?.text;
        if (kept !== text) wrong.push(`${token} ${field}: ${kept} for ${text}`);
      }
      return { status: "ok" as const, data: null };
    }).then(() => (open = false));
    // Typed while the words before are on their way: still this turn's.
    if (open && random(2) === 0) {
      await vi.advanceTimersByTimeAsync(random(5));
      if (drafts.edit(token, "run", "field-0", words(`${token} late`))) last.set("field-0", `${token} late`);
    }
    while (open) await vi.advanceTimersByTimeAsync(5);
    await ended;
    if (drafts.edit(token, "run", "field-0", words("after"))) wrong.push(`${token} took a word after its end`);
  }
  await vi.runAllTimersAsync();
  expect(wrong).toEqual([]);
  expect(backend.log.filter((one) => !one.text.startsWith(`${one.token} `))).toEqual([]);
  expect(backend.together).toBe(1);
});
