// The keyboard stays where somebody writes while the page under it is drawn anew.
import { tick } from "svelte";

const controls = (field: Element | null | undefined): HTMLElement[] => [...(field?.querySelectorAll<HTMLElement>("input, textarea, select, button") ?? [])];

/** Makes a change; if the field that had the focus was drawn anew, the same place in it has the focus again. */
export async function keepingFocus(change: () => void): Promise<void> {
  const at = document.activeElement;
  const field = at?.closest<HTMLElement>("[data-field]");
  const place = controls(field).indexOf(at as HTMLElement);
  change();
  await tick();
  if (!field || at?.isConnected) return;
  const again = document.querySelector(`[data-field="${CSS.escape(field.dataset["field"] ?? "")}"]`);
  controls(again)[place]?.focus();
}
