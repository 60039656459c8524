// A day is chosen by keyboard, kept as the calendar writes it, and shown in full; one that there is not is told and changes nothing.
import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { dayInFull, isoDay } from "../../shared/day";
import DayField from "./DayField.svelte";

// A choice of 31 days is long, and a busy machine slow.
vi.setConfig({ testTimeout: 30_000 });

function open(day: string | null, clear?: string) {
  const onchange = vi.fn();
  const { rerender } = render(DayField, { id: "start", legend: "Start", day, pickToday: "Start today", ...(clear ? { clear } : {}), onchange, onblur: () => undefined });
  return { onchange, rerender, person: userEvent.setup() };
}
const choose = async (person: ReturnType<typeof userEvent.setup>, which: string, option: string): Promise<void> => {
  await person.selectOptions(screen.getByRole("combobox", { name: which }), option);
};

it("a day is one that the calendar has", () => {
  expect(isoDay(2028, 2, 29)).toBe("2028-02-29");
  expect(isoDay(2026, 2, 29)).toBeNull();
  expect(isoDay(2026, 4, 31)).toBeNull();
  expect(isoDay(2026, 4, null)).toBeNull();
  expect(dayInFull("2026-11-29")).toBe("Sunday 29 November 2026");
});

it("keeps a day as the calendar writes it, and shows it in full", async () => {
  const { onchange, rerender, person } = open(null);
  await choose(person, "Day", "5");
  await choose(person, "Month", "January");
  expect(onchange).not.toHaveBeenCalled();
  await choose(person, "Year", "2027");
  expect(onchange.mock.calls).toEqual([["2027-01-05"]]);
  await rerender({ day: "2027-01-05" });
  expect(screen.getByText("Tuesday 5 January 2027")).toBeVisible();
  expect(screen.getByRole("group", { name: "Start" })).toHaveAccessibleDescription("Tuesday 5 January 2027");
});

it("says of a day that there is not that there is none, and the day before it stays", async () => {
  const { onchange, person } = open("2027-01-31", "No start day yet");
  await choose(person, "Month", "February");
  expect(onchange).not.toHaveBeenCalled();
  expect(screen.getByText(/There is no 31 February 2027\. Until you choose another, it stays Sunday 31 January 2027\./)).toBeVisible();
  await choose(person, "Day", "28");
  expect(onchange.mock.calls).toEqual([["2027-02-28"]]);
  expect(screen.queryByText(/There is no/)).toBeNull();
});

it("a whole day can be pasted", async () => {
  const { onchange, person } = open(null);
  await person.click(screen.getByRole("combobox", { name: "Day" }));
  await person.paste("2031-03-09");
  expect(onchange.mock.calls).toEqual([["2031-03-09"]]);
  expect(screen.getByRole("combobox", { name: "Year" })).toHaveValue("2031");
  await person.paste("next week");
  expect(onchange).toHaveBeenCalledTimes(1);
});
