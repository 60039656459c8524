// Days, written out. A day has no hour here, so no time zone can move it.

function written(iso: string, options: Intl.DateTimeFormatOptions): string {
  const [year, month, day] = iso.split("-").map(Number);
  if (!year || !month || !day) return iso;
  return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(Date.UTC(year, month - 1, day));
}

/** Such as "15 October 2026". */
export function dayWithYear(iso: string): string {
  return written(iso, { day: "numeric", month: "long", year: "numeric" });
}

/** Such as "Sunday 29 November". */
export function dayWithWeekday(iso: string): string {
  return written(iso, { weekday: "long", day: "numeric", month: "long" });
}
