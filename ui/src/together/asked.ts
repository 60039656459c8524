// Asking the shell for something both decide: its answer, or null once it was said why not.
import type { Refusal } from "../lib/ipc";
import { refused } from "../shared/refused.svelte";

type Answer<T> = { status: "ok"; data: T } | { status: "error"; error: Refusal };

/** After an error of the files the sitting is over: `onlost` goes on from there. */
export async function asked<T>(command: () => Promise<Answer<T>>, onlost: () => void): Promise<{ data: T } | null> {
  try {
    const answer = await command();
    if (answer.status === "ok") return answer;
    refused(answer.error);
    if (answer.error.type === "storage") onlost();
  } catch {
    refused({ type: "storage", trouble: { what: "failed", path: null } });
  }
  return null;
}
