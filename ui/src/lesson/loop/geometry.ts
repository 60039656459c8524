// The two strands, from the places where the boxes came to stand. Boxes are laid out by the page and measured; the
// strands follow them, whatever the length of the words. Pure geometry.

export type Rect = { x: number; y: number; width: number; height: number };
export type Point = { x: number; y: number };
/** A cubic curve: start, two controls, end. */
export type Cubic = readonly [Point, Point, Point, Point];
export type Strand = { outer: Cubic; crossing: Cubic };

const middle = (box: Rect): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });

/** One strand: from a person's spark down the outside to what they do, then across into the other's spark. */
export function strand(top: Rect, bottom: Rect, otherTop: Rect, edge: number): Strand {
  const from = middle(top);
  const to = middle(bottom);
  const end = middle(otherTop);
  // The bulge of a cubic reaches three quarters of the way to its controls.
  const pull = (x: number) => x + ((edge - x) * 4) / 3;
  const centre = (to.x + end.x) / 2;
  return {
    outer: [from, { x: pull(from.x), y: from.y }, { x: pull(to.x), y: to.y }, to],
    crossing: [to, { x: centre + (centre - to.x) * 0.12, y: to.y }, { x: centre - (end.x - centre) * 0.12, y: end.y }, end],
  };
}

export function at([a, b, c, d]: Cubic, t: number): Point {
  const s = 1 - t;
  const mix = (p: number, q: number, r: number, e: number) => s ** 3 * p + 3 * s * s * t * q + 3 * s * t * t * r + t ** 3 * e;
  return { x: mix(a.x, b.x, c.x, d.x), y: mix(a.y, b.y, c.y, d.y) };
}

/** The direction of a curve, in degrees. */
export function heading(curve: Cubic, t: number): number {
  const p = at(curve, Math.max(0, t - 0.01));
  const q = at(curve, Math.min(1, t + 0.01));
  return (Math.atan2(q.y - p.y, q.x - p.x) * 180) / Math.PI;
}

/** How far along a curve the tip of an arrow stands that points at a box without touching it. */
export function arrival(curve: Cubic, box: Rect, gap: number): number {
  for (let t = 0; t <= 1; t += 0.005) {
    const p = at(curve, t);
    const inside = p.x > box.x - gap && p.x < box.x + box.width + gap && p.y > box.y - gap && p.y < box.y + box.height + gap;
    if (inside) return t;
  }
  return 1;
}

export function path(curves: Cubic[]): string {
  const n = (value: number) => value.toFixed(1);
  return curves
    .map(([a, b, c, d], index) => {
      const start = index === 0 ? `M${n(a.x)} ${n(a.y)} ` : "";
      return `${start}C${n(b.x)} ${n(b.y)} ${n(c.x)} ${n(c.y)} ${n(d.x)} ${n(d.y)}`;
    })
    .join(" ");
}
