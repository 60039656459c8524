// Shift three times alone hides; nothing else does.
import { expect, it } from "vitest";
import { ShiftThrice } from "./hide";

function press(shift: ShiftThrice, key: string, now: number): boolean {
  shift.down(key, false, now);
  return shift.up(key, now + 40);
}

it("three presses of Shift alone within five seconds hide", () => {
  const shift = new ShiftThrice();
  expect([0, 300, 600].map((now) => press(shift, "Shift", now))).toEqual([false, false, true]);
  expect(press(shift, "Shift", 900)).toBe(false);
});

it("presses further apart than five seconds do not", () => {
  const shift = new ShiftThrice();
  expect([0, 3000, 6000].map((now) => press(shift, "Shift", now))).toEqual([false, false, false]);
  expect(press(shift, "Shift", 6200)).toBe(true);
});

it("capital letters do not count, and begin the count anew", () => {
  const shift = new ShiftThrice();
  press(shift, "Shift", 0);
  press(shift, "Shift", 200);
  shift.down("Shift", false, 400);
  press(shift, "A", 450);
  expect(shift.up("Shift", 500)).toBe(false);
  expect(press(shift, "Shift", 700)).toBe(false);
});

it("a click with Shift held does not count, nor does a key that repeats", () => {
  const shift = new ShiftThrice();
  press(shift, "Shift", 0);
  press(shift, "Shift", 200);
  shift.down("Shift", false, 400);
  shift.reset();
  expect(shift.up("Shift", 500)).toBe(false);
  shift.down("Shift", true, 600);
  expect(shift.up("Shift", 650)).toBe(false);
});
