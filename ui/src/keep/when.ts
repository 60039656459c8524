// When a copy was made, in plain words.
import { m } from "../messages/en";
import { dayWithWeekday, dayWithYear, today } from "../shared/day";

/** Such as "today, 12:30" or "Tuesday 24 November, 12:30", from a moment as the shell writes it; with the year where it is another one. */
export function whenWritten(at: string | null): string {
  if (!at) return m.earlier.undated;
  const [day, time] = [at.slice(0, 10), at.slice(11, 16)];
  if (day === today()) return m.earlier.today(time);
  const sameYear = day.slice(0, 4) === today().slice(0, 4);
  return m.earlier.at(sameYear ? dayWithWeekday(day) : dayWithYear(day), time);
}
