// One lesson open under one turn: what is shown, where, and how one moves. Both the page for one and the sitting for
// two are drawn from it.
//
// Flow: `open` asks for the run, `at` says which screen; every move saves first, asks the shell, and takes the state
// it answers. A gate's answer lives here, in memory, and dies with the page. When a turn changes, a new page is made
// for the new token: nothing is carried over but the lesson's own text and the place.

import { ipc } from "../lib/ipc";
import type { Block, BothWant, FileProblems, FoundField, Id, Lesson, OpenRun, Person, Refusal, RunState, Seat, Step, Turn } from "../lib/ipc";
import { keepingFocus } from "../shared/focus";
import { news } from "../shared/news.svelte";
import { refused } from "../shared/refused.svelte";
import { typeset } from "./typeset";
import { drafts, type Outcome } from "./drafts.svelte";
import type { Pictures } from "./prose/pictures";
import { allBlocks, asksTheSame } from "./edited";
import { before, isFresh, next, shownSteps, type GateAnswers } from "./path";

export type At =
  | { type: "opening" }
  | { type: "step"; id: Id }
  /** Reached by a gate's jump: looked at, never recorded. */
  | { type: "aside"; id: Id; from: Id }
  | { type: "finished" };

/** What one turn hands to the next: never a word of anyone's. */
export type Carried = { run: string; lesson: Lesson; asWritten: Lesson; instruments: Lesson[]; pictures: Pictures; problems: FileProblems[]; read: number; at: At };

export class LessonPage {
  lesson = $state.raw<Lesson | null>(null);
  /** The same with its words as the file has them: what is given to the other is compared with those. */
  asWritten = $state.raw<Lesson | null>(null);
  /** The questionnaires that `instrument` blocks use. */
  instruments = $state.raw<Lesson[]>([]);
  /** What the lesson may show. */
  pictures = $state.raw<Pictures>({});
  /** What is to be mended in the lesson's files. The text is then the one from before. */
  problems = $state.raw<FileProblems[]>([]);
  /** Rises for a block that asks for something else since the lesson was edited: its field is drawn anew. */
  edits = $state.raw<Partial<Record<Id, number>>>({});
  state = $state.raw<RunState | null>(null);
  at = $state.raw<At>({ type: "opening" });
  gates = $state.raw<GateAnswers>({});
  /** A refusal that the page has words for; cleared by the next thing that goes through. */
  refusal = $state.raw<Refusal | null>(null);
  lost = $state(false);
  busy = $state(false);
  /** Rises when the shell has newer words than the fields were drawn with: they are drawn anew. */
  round = $state(0);
  /** In a sitting for two: a person says that they want what needs both. */
  onsay: ((seat: Seat, what: BothWant) => Promise<void>) | undefined;
  run = "";
  #asked = 0;
  #wanted: Id | undefined;
  #moving: Promise<unknown> | undefined;
  #closed = false;
  /** Up to which news of the lesson files this page has read. */
  #read = news.lessons;
  #renewing = false;
  #deaf: () => void;

  constructor(
    readonly turn: Turn,
    readonly lessonId: Id,
  ) {
    this.#deaf = drafts.onchanged((token, run) => {
      if (token === this.token && run === this.run) void this.refresh();
    });
  }

  get token(): string {
    return this.turn.token;
  }

  get people(): Person[] {
    return this.turn.people;
  }

  /** Who writes; null while both look. */
  get seat(): Seat | null {
    return this.turn.who.type === "both" ? null : this.turn.who.seat;
  }

  get me(): Person | undefined {
    return this.people.find((person) => person.seat === this.seat);
  }

  get other(): Person | undefined {
    return this.seat === null ? undefined : this.people.find((person) => person.seat !== this.seat);
  }

  get steps(): Step[] {
    return this.lesson && this.state ? shownSteps(this.lesson, this.state) : [];
  }

  get step(): Step | undefined {
    const at = this.at;
    if (at.type === "step") return this.steps.find((step) => step.id === at.id);
    if (at.type === "aside") return this.lesson?.steps.find((step) => step.id === at.id);
    return undefined;
  }

  get hasOpening(): boolean {
    return this.lesson !== null && (this.lesson.intro.length > 0 || this.lesson.meta.heavy !== null);
  }

  /** Opens the lesson, or goes on with what a turn before handed over, or goes to the field of something that was found. */
  async open(carried?: Carried, found?: FoundField): Promise<void> {
    drafts.tidy(this.token);
    if (carried) {
      this.run = carried.run;
      const state = await this.ask(() => ipc.runState(this.token, carried.run));
      if (!state) return this.#missing();
      this.lesson = carried.lesson;
      this.asWritten = carried.asWritten;
      this.instruments = carried.instruments;
      this.pictures = carried.pictures;
      this.problems = carried.problems;
      this.#read = carried.read;
      this.#take(state);
      this.#show(carried.at.type === "aside" ? { type: "step", id: carried.at.from } : carried.at);
    } else if (found) {
      this.#begin(await this.ask(() => ipc.openThisRun(this.token, found.run)), found.step);
    } else {
      this.#begin(await this.ask(() => ipc.openRun(this.token, this.lessonId)));
    }
    await this.renew();
  }

  /**
   * Takes up the lesson's text after its file was edited, once every word typed under the old one is kept. A word that
   * cannot be kept yet holds the old text; whoever draws this page asks again when that has changed.
   */
  async renew(): Promise<void> {
    if (this.#renewing || !this.lesson) return;
    this.#renewing = true;
    while (!this.#closed && this.#read !== news.lessons) {
      const read = news.lessons;
      if (!(await this.#renew())) break;
      this.#read = read;
    }
    this.#renewing = false;
  }

  async #renew(): Promise<boolean> {
    for (;;) {
      if (!(await drafts.flush(this.token))) return false;
      const letGo = drafts.hold();
      try {
        const opened = await this.#readAgain(false);
        if (!opened || this.#closed) return true;
        if (this.#holds(opened.lesson)) {
          await keepingFocus(() => this.#edited(opened));
          return true;
        }
        // A word was begun meanwhile in a field that is no longer there: it is kept under the text it was typed under.
        await this.#readAgain(true);
      } finally {
        letGo();
      }
    }
  }

  /** Nobody waits for this, and a refusal says nothing that the next thing done would not say. */
  async #readAgain(before: boolean): Promise<OpenRun | undefined> {
    const answer = await ipc.readAgain(this.token, this.run, before).catch(() => undefined);
    return answer?.status === "ok" ? answer.data : undefined;
  }

  /** Whether every field with words that are not kept yet is in a text as it is on this page. */
  #holds(lesson: Lesson): boolean {
    const [here, there] = [allBlocks(this.asWritten), allBlocks(lesson)];
    return drafts.unkept(this.token, this.run).every((field) => asksTheSame(here.get(field), there.get(field)));
  }

  #edited(opened: OpenRun): void {
    const [before, now] = [allBlocks(this.asWritten), allBlocks(opened.lesson)];
    const edits = { ...this.edits };
    for (const [id, block] of now) {
      if (asksTheSame(before.get(id), block)) continue;
      edits[id] = (edits[id] ?? 0) + 1;
      drafts.letGo(this.token, this.run, id);
    }
    this.edits = edits;
    this.#text(opened);
    this.#take(opened.state);
    const at = this.at;
    if (at.type !== "step" && at.type !== "aside") return;
    if (!this.step) this.#show({ type: "step", id: opened.state.place });
  }

  async beginAgain(): Promise<void> {
    if (!(await drafts.flush(this.token))) return;
    this.#begin(await this.ask(() => ipc.beginAgain(this.token, this.lessonId)));
  }

  carry(): Carried | undefined {
    if (!this.lesson || !this.asWritten) return undefined;
    return { run: this.run, lesson: this.lesson, asWritten: this.asWritten, instruments: this.instruments, pictures: this.pictures, problems: this.problems, read: this.#read, at: this.at };
  }

  /** Lets go of everything. */
  close(): void {
    this.#closed = true;
    this.#deaf();
    this.state = null;
    this.gates = {};
  }

  /** Asks the shell, hands refusals on, and answers the data or undefined. */
  async ask<T>(command: () => Promise<Outcome<T>>): Promise<T | undefined> {
    try {
      const answer = await command();
      if (this.#closed) return answer.status === "ok" ? answer.data : undefined;
      if (answer.status === "ok") {
        this.refusal = null;
        return answer.data;
      }
      this.refuse(answer.error);
    } catch {
      this.refuse({ type: "not-here" });
    }
    return undefined;
  }

  refuse(refusal: Refusal): void {
    if (refusal.type === "storage" || refusal.type === "turn-over") refused(refusal);
    else this.refusal = refusal;
  }

  async refresh(): Promise<void> {
    const asked = ++this.#asked;
    const state = await this.ask(() => ipc.runState(this.token, this.run));
    if (state && asked === this.#asked) this.#take(state);
  }

  /** Does something that answers the run's state, after everything typed was kept. */
  async act(command: () => Promise<Outcome<RunState>>): Promise<RunState | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    const moving = this.#carryOut(command);
    this.#moving = moving;
    try {
      return await moving;
    } finally {
      this.busy = false;
      this.#moving = undefined;
    }
  }

  async #carryOut(command: () => Promise<Outcome<RunState>>): Promise<RunState | undefined> {
    await drafts.flush(this.token);
    const state = await this.ask(command);
    if (state) this.#take(state);
    return state;
  }

  /** Tells the shell something that nobody waits for, and about which a refusal says nothing new. */
  async tell(command: () => Promise<Outcome<RunState>>): Promise<void> {
    try {
      const answer = await command();
      if (answer.status === "ok") this.#take(answer.data);
      else if (answer.error.type === "storage" || answer.error.type === "turn-over") refused(answer.error);
    } catch {
      // Nothing was kept or changed.
    }
  }

  /** In a sitting for two a gate leads nowhere: an answer that would leave the path counts as *apart*, and no more is said. */
  answerGate(block: Block, option: Id): void {
    this.gates = { ...this.gates, [block.id]: option };
    if (!this.state?.together || this.seat === null || block.kind.type !== "gate") return;
    const leaves = block.kind.options.some((one) => one.id === option && one.go !== null);
    void this.tell(() => ipc.pickReady(this.token, this.run, block.id, leaves ? "apart" : "whole"));
  }

  async forward(skip = false): Promise<void> {
    const at = this.at;
    const first = this.steps[0];
    if (at.type === "opening") return first && this.goTo(first.id);
    if (at.type === "aside") return this.#show({ type: "step", id: at.from });
    if (at.type !== "step" || !this.state) return;
    const move = next(this.steps, this.state, at.id, skip ? {} : this.gates);
    if (move?.type === "look") return this.#show({ type: "aside", id: move.at, from: move.from });
    if (!move) return;
    const state = await this.act(() => ipc.passStep(this.token, this.run, move.step, skip, move.to));
    if (!state) return;
    // What was answered may have changed what comes next; the shell's own order wins.
    const order = this.steps.map((step) => step.id);
    const following = order[order.indexOf(at.id) + 1];
    this.#show(following === undefined ? { type: "finished" } : { type: "step", id: following });
    if (following !== undefined && following !== move.to) await this.goTo(following);
  }

  async back(): Promise<void> {
    const at = this.at;
    if (at.type === "aside") return this.#show({ type: "step", id: at.from });
    if (at.type === "finished") {
      const last = this.steps.at(-1);
      return last && this.goTo(last.id);
    }
    if (at.type !== "step") return;
    const previous = before(this.steps, at.id);
    if (previous) await this.goTo(previous);
    else if (this.hasOpening) this.#show({ type: "opening" });
  }

  /** While another move is under way this one waits for it; of several that wait, the last one wins. */
  async goTo(step: Id): Promise<void> {
    this.#wanted = step;
    while (this.#moving) {
      await this.#moving;
      if (this.#wanted !== step) return;
    }
    const state = await this.act(() => ipc.goToStep(this.token, this.run, step));
    if (state) this.#show({ type: "step", id: step });
  }

  /** On a turn in a sitting for two: shows another step to the writer alone. The shared place stays. */
  look(step: Id): void {
    this.#show({ type: "step", id: step });
  }

  showOpening(): void {
    this.#show({ type: "opening" });
  }

  #show(at: At): void {
    if (at.type !== "aside" && !(at.type === "step" && this.at.type === "step" && at.id === this.at.id)) this.gates = {};
    this.at = at;
  }

  #missing(): void {
    this.lost = true;
  }

  #take(state: RunState): void {
    if (this.#closed) return;
    this.#asked += 1;
    this.state = state;
    // Words that the shell holds because they could not be written: they stand here as not saved, and are tried again.
    for (const { field, value, save } of state.answers) {
      if (save === 0 && !drafts.latest(this.token, this.run, field)) drafts.edit(this.token, this.run, field, value);
    }
  }

  #text(opened: OpenRun): void {
    this.lesson = typeset(opened.lesson);
    this.asWritten = opened.lesson;
    this.instruments = opened.instruments.map(typeset);
    this.pictures = opened.pictures;
    this.problems = opened.problems;
  }

  /** At the step where it was left, or at this one: looking something up moves nobody’s place. */
  #begin(opened: OpenRun | undefined, at?: Id): void {
    if (!opened) return this.#missing();
    if (this.#closed) return;
    this.run = opened.run;
    this.#text(opened);
    this.#take(opened.state);
    if (at !== undefined && opened.state.steps.some((step) => step.id === at)) return this.#show({ type: "step", id: at });
    const fresh = isFresh(opened.state) && this.hasOpening;
    if (opened.state.finished) this.#show({ type: "finished" });
    else this.#show(fresh ? { type: "opening" } : { type: "step", id: opened.state.place });
  }
}

