// What stands where in a drawing. Pure: numbers in, numbers out. A gap is a gap: nothing is drawn for it and no line
// crosses it.

import type { Point, Series } from "../../lib/ipc";

/** Two series at most are told apart at a glance: each has a colour and a shape. */
export const SHAPES = ["circle", "square", "diamond", "triangle"] as const;
export type Shape = (typeof SHAPES)[number];

export type Mark = { at: number; x: number; y: number; point: Point };
export type Area = { left: number; right: number; top: number; bottom: number };

const dayNumber = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

/** Lowest and highest value to draw: the lesson's own ends, or nought to the largest. */
export function range(series: Series[]): { from: number; to: number } {
  const ends = series.flatMap((one) => (one.ends ? [one.ends[0], one.ends[1]] : []).filter((end) => end !== null));
  const values = series.flatMap((one) => one.points.flatMap((point) => (point.value === null ? [] : [point.value])));
  const from = Math.min(...(ends.length > 0 ? ends : [0]), ...values);
  return { from, to: Math.max(from + 1, ...values, ...ends) };
}

/** A few round numbers for the side of a drawing. */
export function ticks(from: number, to: number): number[] {
  const step = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000].find((one) => (to - from) / one <= 5) ?? Math.ceil((to - from) / 5);
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, index) => first + index * step);
}

/** How far along each point stands, from 0 to 1: by its day where every point has one, else one after the other. */
function along(series: Series[]): (point: Point, at: number) => number {
  const all = series.flatMap((one) => one.points);
  const longest = Math.max(...series.map((one) => one.points.length));
  if (all.every((point) => point.on !== null)) {
    const days = all.map((point) => dayNumber(point.on ?? ""));
    const [first, last] = [Math.min(...days), Math.max(...days)];
    return (point) => (first === last ? 0.5 : (dayNumber(point.on ?? "") - first) / (last - first));
  }
  return (_, at) => (longest < 2 ? 0.5 : at / (longest - 1));
}

/** Each series as the stretches between its gaps. */
export function stretches(series: Series[], area: Area): Mark[][][] {
  const { from, to } = range(series);
  const place = along(series);
  return series.map((one) => {
    const parts: Mark[][] = [[]];
    one.points.forEach((point, at) => {
      if (point.value === null) return void parts.push([]);
      const x = area.left + place(point, at) * (area.right - area.left);
      const y = area.bottom - ((point.value - from) / (to - from)) * (area.bottom - area.top);
      parts.at(-1)?.push({ at, x, y, point });
    });
    return parts.filter((part) => part.length > 0);
  });
}

export function path(marks: Mark[]): string {
  return marks.map((mark, at) => `${at === 0 ? "M" : "L"}${mark.x.toFixed(1)} ${mark.y.toFixed(1)}`).join("");
}

/** The outline of a shape around a middle. */
export function outline(shape: Shape, x: number, y: number, r: number): string {
  if (shape === "circle") return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  if (shape === "square") return `M${x - r * 0.88} ${y - r * 0.88}h${r * 1.76}v${r * 1.76}h${r * -1.76}z`;
  if (shape === "diamond") return `M${x} ${y - r * 1.2}l${r * 1.2} ${r * 1.2}l${r * -1.2} ${r * 1.2}l${r * -1.2} ${r * -1.2}z`;
  return `M${x} ${y - r * 1.1}l${r * 1.15} ${r * 2}h${r * -2.3}z`;
}

export type Row = { key: string; on: string | null; label: string; cells: (Point | null)[] };

/**
 * The rows of a table that says what the drawing says: one for each day, or, where points belong to no day, for each
 * label. What stands twice on one day has a row each.
 */
export function rows(series: Series[]): Row[] {
  const all = new Map<string, Row>();
  series.forEach((one, n) => {
    const met = new Map<string, number>();
    for (const point of one.points) {
      const name = point.on ?? point.label;
      const times = (met.get(name) ?? 0) + 1;
      met.set(name, times);
      const key = `${name} ${times}`;
      const row = all.get(key) ?? { key, on: point.on, label: point.on === null ? point.label : "", cells: series.map(() => null) };
      row.cells[n] = point;
      all.set(key, row);
    }
  });
  const found = [...all.values()];
  return found.every((row) => row.on !== null) ? found.sort((one, other) => (one.on ?? "").localeCompare(other.on ?? "")) : found;
}

/** The middle of each piece in a jar so wide, from its bottom up; every other row stands between the pieces below. */
export function pieces(count: number, width: number, bottom: number, r: number): { x: number; y: number }[] {
  const found: { x: number; y: number }[] = [];
  const step = r * 2.25;
  const wide = Math.max(1, Math.floor(width / step));
  for (let row = 0; found.length < count; row += 1) {
    const here = row % 2 === 0 ? wide : Math.max(1, wide - 1);
    const start = (width - (here - 1) * step) / 2;
    for (let at = 0; at < here && found.length < count; at += 1) found.push({ x: start + at * step, y: bottom - r - row * r * 1.95 });
  }
  return found;
}
