// Asking the shell for what is typed: once the fingers rest, and only the newest answer counts. The words looked for are in memory while
// the page is open, and nowhere else.
import { ipc, type Finds } from "../lib/ipc";
import { m } from "../messages/en";
import { announce } from "../shared/announce.svelte";
import { refused } from "../shared/refused.svelte";

/** How long the fingers rest before the shell is asked. */
const REST_MS = 180;
/** And before it is said aloud: not at every letter. */
const SAY_MS = 600;

export class Finder {
  query = $state("");
  finds = $state.raw<Finds | null>(null);
  #asked = 0;
  #asking: ReturnType<typeof setTimeout> | undefined;
  #saying: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly token: string) {}

  type(query: string): void {
    this.stop();
    this.query = query;
    if (query.trim() === "") this.finds = null;
    else this.#asking = setTimeout(() => void this.ask(), REST_MS);
  }

  async ask(): Promise<void> {
    this.stop();
    const asked = this.#asked;
    try {
      const answer = await ipc.find(this.token, this.query);
      if (asked !== this.#asked) return;
      if (answer.status === "error") return refused(answer.error);
      this.finds = answer.data;
      this.#saying = setTimeout(() => announce(m.find.said(answer.data.found.length, answer.data.more)), SAY_MS);
    } catch {
      if (asked === this.#asked) refused({ type: "storage", trouble: { what: "failed", path: null } });
    }
  }

  /** Whatever is under way is not wanted any more. */
  stop(): void {
    this.#asked += 1;
    clearTimeout(this.#asking);
    clearTimeout(this.#saying);
  }
}
