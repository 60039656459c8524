// The drawing and the list say the same; words of any length and script stand whole.
import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { axeFinds } from "../../testing/axe";
import { people } from "../../testing/sample";
import { stages } from "../fixtures";
import { at, strand } from "./geometry";
import LoopDrawing from "./LoopDrawing.svelte";
import { boxes, halvesAlone, type Half } from "./model";

const long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft ".repeat(5).trim();
const half = (seat: "a" | "b", spark: string, move: string, underOpen: boolean): Half => ({
  seat, name: people[seat === "a" ? 0 : 1]?.name ?? "", colour: seat === "a" ? "teal" : "clay", kept: false, blank: false, underOpen,
  surface: { type: "stages", stages: { spark, move } }, under: underOpen ? { type: "stages", stages: { feeling: "😶‍🌫️ small" } } : null,
});
const pair = (underOpen: boolean): Half[] => [half("a", long, "ask again", underOpen), half("b", "سؤال فيه حدّة", "go quiet", underOpen)];

it("the list holds every box of the drawing, in order, and axe finds nothing in either", async () => {
  render(LoopDrawing, { halves: pair(true), stages, name: "the fog" });
  const person = userEvent.setup();
  await person.click(screen.getByRole("button", { name: "Underneath too" }));
  const wanted = boxes(pair(true), stages, true);
  expect(wanted.length).toBe(8);
  const drawn = [...document.querySelectorAll(".box, .word")].map((box) => box.textContent.trim());
  expect(new Set(drawn)).toEqual(new Set(wanted.map((box) => `${box.label}${box.words}`)));
  expect(await axeFinds()).toEqual([]);
  await person.click(screen.getByRole("button", { name: "Read as a list" }));
  const listed = screen.getAllByRole("listitem").map((item) => item.textContent.replace(/\s+/g, " ").trim());
  expect(listed).toEqual([...wanted.map((box) => `${box.label} ${box.words}`), "And round it goes again."]);
  expect(screen.getByText("the fog")).toBeVisible();
  expect(await axeFinds()).toEqual([]);
});

it("what lies underneath is not there until it was opened and asked for", () => {
  expect(boxes(pair(false), stages, true).filter((box) => box.at === "inside")).toEqual([]);
  expect(boxes(pair(true), stages, false).filter((box) => box.at === "inside")).toEqual([]);
});

it("a kept half says so and shows no words", () => {
  const kept = { ...half("b", "", "", false), kept: true, surface: null };
  const words = boxes([pair(false)[0] as Half, kept], stages, false).filter((box) => box.seat === "b").map((box) => box.words);
  expect(words).toEqual(["kept to themselves", "kept to themselves"]);
});

it("alone, the other half stays blank", () => {
  const me = people[0];
  if (!me) throw new Error("nobody");
  const drawn = boxes(halvesAlone({ type: "stages", stages: { spark: "the phone", feeling: "small" } }, me), stages, true);
  expect(drawn.filter((box) => box.seat === "b").every((box) => box.words === "I don’t know yet")).toBe(true);
  expect(drawn.some((box) => box.words === "small")).toBe(true);
});

it("a strand runs from a person's spark, down the outside, to what they do, and across into the other's spark", () => {
  const rect = (x: number, y: number) => ({ x, y, width: 200, height: 80 });
  const { outer, crossing } = strand(rect(100, 0), rect(100, 400), rect(700, 0), 10);
  expect(at(outer, 0)).toEqual({ x: 200, y: 40 });
  expect(at(outer, 0.5).x).toBeCloseTo(10);
  expect(at(crossing, 0)).toEqual({ x: 200, y: 440 });
  expect(at(crossing, 1)).toEqual({ x: 800, y: 40 });
  expect(at(crossing, 0.5).x).toBeCloseTo(500);
});
