// Light or dark, as it was chosen for this computer. The size of everything is the window's own affair.
import { ipc, type Look, type Theme } from "../lib/ipc";

/** Puts a theme on the page. */
export function wear(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Asks the shell how the screen looks, and puts it on; as at first when there is no answer. */
export async function takeLook(): Promise<Look> {
  const look = await ipc.look().catch((): Look => ({ theme: "system", text_size: 100 }));
  wear(look.theme);
  return look;
}
