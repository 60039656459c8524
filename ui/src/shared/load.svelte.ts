// Asking the shell for a page's data: nothing shown for the first moment, then the data, or why not.
import { refused } from "./refused.svelte";
import type { Refusal } from "../lib/ipc";

type Answer<T> = { status: "ok"; data: T } | { status: "error"; error: Refusal };

export class Load<T> {
  data = $state<T | null>(null);
  failed = $state(false);

  /** Asks, and hands on a refusal. */
  async ask(command: () => Promise<Answer<T>>): Promise<void> {
    this.failed = false;
    try {
      const answer = await command();
      if (answer.status === "ok") {
        this.data = answer.data;
        return;
      }
      refused(answer.error);
    } catch {
      refused({ type: "storage", trouble: { what: "failed", path: null } });
    }
    this.failed = true;
  }
}
