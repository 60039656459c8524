// Whether someone is there.
import { expect, it } from "vitest";
import { awake, keepAwake, wasAwake } from "./awake";

it("moving counts until it is asked about, and what runs counts until it ends, once", () => {
  expect(wasAwake()).toBe(false);
  awake();
  expect([wasAwake(), wasAwake()]).toEqual([true, false]);
  const end = keepAwake();
  const other = keepAwake();
  expect([wasAwake(), wasAwake()]).toEqual([true, true]);
  end();
  end();
  expect(wasAwake()).toBe(true);
  other();
  expect(wasAwake()).toBe(false);
});
