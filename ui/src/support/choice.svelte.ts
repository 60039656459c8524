// Help lines, and the country they are wanted for. Both are held only while the page or block that asked is on screen.
import { ipc, type Country, type HelpLines } from "../lib/ipc";

export class CountryChoice {
  help = $state.raw<HelpLines | null>(null);
  failed = $state(false);
  code = $state("");
  readonly country: Country | null = $derived(this.help?.countries.find((one) => one.code === this.code) ?? null);

  /** Asks for the lines. A refusal is said where they would stand: a page about help opens no dialog. */
  async ask(): Promise<void> {
    try {
      const answer = await ipc.helpLines();
      if (answer.status === "ok") this.help = answer.data;
      else this.failed = true;
    } catch {
      this.failed = true;
    }
  }
}
