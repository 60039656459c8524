// A sitting for two at one lesson: whose turn it is, and how one turn becomes the next. It outlives the pages of the
// single turns and holds no word of anyone's: only the place, the run and the lesson's own text.
//
// Every change of turn goes one way: cover, save what is pending, void the old token, show the new turn's own page.

import { SvelteSet } from "svelte/reactivity";
import { ipc } from "../lib/ipc";
import type { BothWant, Id, LayerName, Refusal, Seat, Turn } from "../lib/ipc";
import { m } from "../messages/en";
import { announce, hush } from "../shared/announce.svelte";
import { refused } from "../shared/refused.svelte";
import { drafts } from "../lesson/drafts.svelte";
import type { Carried, LessonPage } from "../lesson/page.svelte";

export class Sitting {
  /** A turn is being passed: the page shows nothing. */
  passing = $state(false);
  /** The last words could not be saved, so the turn was not passed. */
  stuck = $state(false);
  /** Something was opened just now: a breath first. */
  breath = $state(false);
  /** Both sides appear at once, and only the first time slowly. */
  fresh = $state(false);
  /** What was sealed is not what would be shown. */
  alarm = $state(false);
  refusal = $state.raw<Refusal | null>(null);
  /** Steps whose opened words were covered again. */
  covered = new SvelteSet<Id>();
  #carried: Carried | undefined;
  // Where the turns of this round began, and how far each went: the second one's end is where both go on.
  #began: Id | undefined;
  #reached = new Map<Seat, Id>();

  constructor(private readonly onturn: (turn: Turn) => void) {}

  async mount(page: LessonPage): Promise<void> {
    await page.open(this.#carried);
  }

  /** Someone takes the keyboard. */
  async take(page: LessonPage, seat: Seat): Promise<void> {
    const start = page.at.type === "step" ? page.at.id : undefined;
    const turn = await this.#change(page, () => ipc.takeTurn(page.token, seat));
    if (!turn) return;
    if (start !== this.#began) this.#reached.clear();
    this.#began = start;
    this.onturn(turn);
  }

  /** Whoever writes passes the keyboard; both look again: where the turns began, or, after both, where the last one ended. */
  async pass(page: LessonPage, anyway = false): Promise<void> {
    const seat = page.seat;
    const end = page.at.type === "step" ? page.at.id : undefined;
    const turn = await this.#change(page, () => ipc.endTurn(page.token), anyway);
    if (!turn) return;
    if (seat && end) this.#reached.set(seat, end);
    const both = this.#reached.size === 2;
    if (this.#carried && this.#began && !both) this.#carried = { ...this.#carried, at: { type: "step", id: this.#began } };
    if (both && end !== this.#began && end) {
      await this.#during(() => ipc.goToStep(turn.token, page.run, end));
      this.#began = undefined;
      this.#reached.clear();
    }
    this.onturn(turn);
  }

  /** A person takes their seal back, and has the keyboard to go on writing. */
  async takeBack(page: LessonPage, seat: Seat, step: Id): Promise<void> {
    const run = page.run;
    const turn = await this.#change(page, () => ipc.takeTurn(page.token, seat));
    if (!turn) return;
    await this.#during(() => ipc.unseal(turn.token, run, step));
    this.#began = step;
    this.#reached.clear();
    this.onturn(turn);
  }

  /** A person says that a layer may be opened. Once both have, it is. */
  async open(page: LessonPage, seat: Seat, step: Id, layer: LayerName): Promise<void> {
    const run = page.run;
    const turn = await this.#change(page, () => ipc.takeTurn(page.token, seat));
    if (!turn) return;
    const state = await this.#during(() => ipc.sayOpen(turn.token, run, step, layer));
    const opened = state?.reveals.find((one) => one.step === step)?.layers.find((one) => one.name === layer)?.opened ?? null;
    this.breath = opened !== null;
    const back = await this.#during(() => ipc.endTurn(turn.token));
    this.onturn(back ?? turn);
  }

  /** A person says that they want something that needs both. Once both have, it is done. */
  async say(page: LessonPage, seat: Seat, what: BothWant): Promise<void> {
    const turn = await this.#change(page, () => ipc.takeTurn(page.token, seat));
    if (!turn) return;
    const said = await this.#during(() => ipc.sayYes(turn.token, what, null));
    const back = await this.#during(() => ipc.endTurn(turn.token));
    if (back && said?.length === 2) await this.#done(back.token, what);
    this.onturn(back ?? turn);
  }

  async #done(token: string, what: BothWant): Promise<void> {
    if (what.type === "begin-again") {
      // The next page opens the new run; nothing of the one before is carried there.
      if (await this.#during(() => ipc.beginAgain(token, what.lesson))) this.#carried = undefined;
    } else if (what.type === "remove-answer") await this.#during(() => ipc.removeAnswer(token, what.run, what.field));
    else if (what.type === "forget-versions") {
      if (await this.#during(() => ipc.forgetVersions(token, what.run, what.field))) announce(m.removal.forget.done);
    }
  }

  /** The breath has passed: both appear. */
  breathed(): void {
    this.breath = false;
    this.fresh = true;
  }

  cover(step: Id): void {
    this.fresh = false;
    if (!this.covered.delete(step)) this.covered.add(step);
  }

  /** Covers, saves, and voids the token. Answers the new turn, or nothing when the old one goes on. */
  async #change(
    page: LessonPage,
    end: () => Promise<{ status: "ok"; data: Turn } | { status: "error"; error: Refusal }>,
    anyway = false,
  ): Promise<Turn | undefined> {
    if (this.passing) return undefined;
    this.#carried = page.carry();
    this.fresh = false;
    this.refusal = null;
    this.alarm = false;
    this.stuck = false;
    this.passing = true;
    // What a screen reader was told on this turn is not read on the next.
    hush();
    try {
      const answer = await drafts.finish(page.token, end, anyway);
      hush();
      if (answer?.status === "ok") return answer.data;
      if (answer === undefined) this.stuck = true;
      else page.refuse(answer.error);
    } catch {
      page.refuse({ type: "not-here" });
    } finally {
      this.passing = false;
    }
    return undefined;
  }

  async #during<T>(command: () => Promise<{ status: "ok"; data: T } | { status: "error"; error: Refusal }>): Promise<T | undefined> {
    this.passing = true;
    try {
      const answer = await command();
      if (answer.status === "ok") return answer.data;
      if (answer.error.type === "mismatch") this.alarm = true;
      else if (answer.error.type === "storage" || answer.error.type === "turn-over") refused(answer.error);
      else this.refusal = answer.error;
    } catch {
      this.refusal = { type: "not-here" };
    } finally {
      this.passing = false;
    }
    return undefined;
  }
}
