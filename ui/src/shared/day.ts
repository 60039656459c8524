// Days, written out. A day has no hour here, so no time zone can move it.

function written(iso: string, options: Intl.DateTimeFormatOptions): string {
  const [year, month, day] = iso.split("-").map(Number);
  if (!year || !month || !day) return iso;
  return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(Date.UTC(year, month - 1, day));
}

/** A day of the calendar, as `2026-11-29`; null while something is missing, and where the month has no such day. */
export function isoDay(year: number | null, month: number | null, day: number | null): string | null {
  if (year === null || month === null || day === null) return null;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day > last) return null;
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** Such as "15 October 2026". */
export function dayWithYear(iso: string): string {
  return written(iso, { day: "numeric", month: "long", year: "numeric" });
}

/** Such as "Sunday 29 November". */
export function dayWithWeekday(iso: string): string {
  return written(iso, { weekday: "long", day: "numeric", month: "long" });
}

/** Such as "Sunday 29 November 2026". */
export function dayInFull(iso: string): string {
  // Whether a comma stands between the two differs from one system to the next.
  return `${written(iso, { weekday: "long" })} ${dayWithYear(iso)}`;
}

/** Such as "Sun 29 November". */
export function dayShort(iso: string): string {
  return written(iso, { weekday: "short", day: "numeric", month: "long" });
}

/** Such as "29 Nov". */
export function dayMonth(iso: string): string {
  return written(iso, { day: "numeric", month: "short" });
}

/** A day so many days later. */
export function daysLater(iso: string, days: number): string {
  const [year = 1970, month = 1, day = 1] = iso.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

/** Today, as the wall calendar says. */
export function today(): string {
  const now = new Date();
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** A moment's time of day, such as "20:45", as the clock on the wall says. */
export function clockTime(moment: number): string {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(moment);
}
