// A shell in memory: the same commands, no vault. For tests, and for the page where screens are looked at.
// It keeps the rules the UI leans on: tokens go void, a save answers a rising number, seals open in two steps. It checks nothing else.
import { news } from "../shared/news.svelte";
import type { AgreementState, Answer, Backups, BothWant, Carry, Chart, Commands, CopyDiffers, Course, Earlier, ExportFormat, FileProblems, Found, Given, HelpLines, Home, Layer, LayerName, Left, Lesson, Look, Missing, OpenRun, Pace, Person, ReadyState, Refusal, RunState, Seat, Settings, Shell, Startup, Turn, Value, Version, Wanted, Who } from "../lib/ipc";
import { today } from "../shared/day";
import * as sample from "./sample";

type Ok<T> = { status: "ok"; data: T };
type Err = { status: "error"; error: Refusal };
const ok = <T>(data: T): Promise<Ok<T>> => Promise.resolve({ status: "ok", data });
const no = (error: Refusal): Promise<Err> => Promise.resolve({ status: "error", error });
const copy = <T>(data: T): T => structuredClone(data);

const same = (one: BothWant, other: BothWant): boolean => JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());

type Owner = Seat | "both";
type Kept = { values: Map<string, Value>; save: number };
type Sealing = { sealed: Set<Seat>; said: Record<LayerName, Set<Seat>>; opened: Set<LayerName> };

export type FakeState = {
  startup?: Startup | null;
  people?: Person[];
  home?: Home;
  course?: Course;
  lesson?: Lesson;
  instruments?: Lesson[];
  pictures?: Record<string, string>;
  charts?: Chart[];
  earlier?: Earlier[];
  findable?: Found[];
  helpLines?: HelpLines | null;
  refuse?: Refusal | null;
  asks?: boolean;
  /** What opens each locked space. */
  keys?: Partial<Record<Seat, string>>;
};

export class Fake {
  people: Person[];
  home: Home;
  course: Course;
  lesson: Lesson;
  instruments: Lesson[];
  /** The hashes of the course's pictures, by name. */
  pictures: Record<string, string>;
  /** The lesson's file as somebody saved it since; none while nobody edits. */
  file: Lesson | null = null;
  /** What is to be mended in it. */
  problems: FileProblems[] = [];
  /** What reading it again waits for. */
  reading: Promise<void> = Promise.resolve();
  #before: Lesson | undefined;
  charts: Chart[];
  earlier: Earlier[];
  /** What a search looks through: whatever holds the words is found. */
  findable: Found[];
  /** What a search waits for. */
  searching: (query: string) => Promise<void> = async () => undefined;
  given: Given[] = [];
  light = false;
  helpLines: HelpLines | null;
  /** The copies that were asked for. */
  copies: { format: ExportFormat; sensitive: boolean }[] = [];
  /** The passphrases copies were locked with. */
  passphrases: string[] = [];
  /** What writing a copy waits for. */
  disk: Promise<void> = Promise.resolve();
  withoutShared = false;
  /** What is said to be missing at every door, until it was read. */
  missing: Missing[] = [];
  /** What there is to print. */
  documents: { name: string; markdown: string }[] = [];
  /** The backups of whoever asks. */
  backups: Backups = { copies: [], trouble: null };
  /** What each copy would do; none where it does not read back whole. */
  differs: Record<number, CopyDiffers> = {};
  broughtBack: number[] = [];
  /** What can be carried over, by whom. */
  carry: Partial<Record<Seat, Carry[]>> = {};
  carried: string[] = [];
  versions: Version[] = [];
  /** Older backups hold what is removed, until they are renewed. */
  left: Left = { in_backups: false, in_file: false };
  shares = true;
  /** Answered by every command that can be refused, until it is taken off. */
  refuse: Refusal | null;
  startup: Startup | null;
  /** Every command that was called, in order. */
  calls: string[] = [];
  readyToClose = 0;
  hidden = 0;
  readonly commands: Commands;
  readonly shell: Shell;
  keys: Partial<Record<Seat, string>>;
  look: Look = { theme: "system", text_size: 100 };
  /** Whether it is still to be asked, at the first private answer, if somebody else could read it. */
  asks = false;
  /** What each chose. */
  chosen: Partial<Record<Seat, Partial<Settings>>> = {};
  /** Unlocked for a sitting of both. */
  beside = new Set<Seat>();
  #turn: Turn | null = null;
  /** Counted across all of these: no token is ever given twice. */
  static #tokens = 0;
  #hears = new Set<() => void>();
  #locks = new Set<() => void>();
  #edits = new Set<() => void>();
  #kept = new Map<Owner, Kept>();
  #done = new Set<string>();
  #skipped = new Set<string>();
  #place: string;
  #seals = new Map<string, Sealing>();
  #wanted: Wanted[] = [];
  #removed = new Map<string, { owner: Owner; value: Value }>();
  #picked = new Map<string, Map<Seat, Pace>>();

  constructor(state: FakeState = {}) {
    this.people = copy(state.people ?? sample.people);
    this.home = copy(state.home ?? sample.home);
    this.course = copy(state.course ?? sample.course);
    this.lesson = copy(state.lesson ?? sample.lesson);
    this.instruments = copy(state.instruments ?? []);
    this.pictures = copy(state.pictures ?? {});
    this.charts = copy(state.charts ?? []);
    this.earlier = copy(state.earlier ?? []);
    this.findable = copy(state.findable ?? sample.findable);
    this.helpLines = copy(state.helpLines === undefined ? sample.helpLines : state.helpLines);
    this.refuse = state.refuse ?? null;
    this.startup = state.startup ?? null;
    this.keys = { ...state.keys };
    this.asks = state.asks ?? false;
    for (const person of this.people) person.locked = this.keys[person.seat] !== undefined;
    this.#place = this.lesson.steps[0]?.id ?? "";
    this.commands = this.#made();
    this.shell = {
      onCloseRequested: (hear) => {
        this.#hears.add(hear);
        return Promise.resolve(() => void this.#hears.delete(hear));
      },
      onLockRequested: (hear) => {
        this.#locks.add(hear);
        return Promise.resolve(() => void this.#locks.delete(hear));
      },
      onLessonsChanged: (hear) => {
        this.#edits.add(hear);
        return Promise.resolve(() => void this.#edits.delete(hear));
      },
      picture: (hash) => `pack://localhost/${hash}`,
    };
  }

  /** Somebody saved the lesson's file: with another text, or with a mistake. */
  saveLesson(file: Lesson, problems: FileProblems[] = []): void {
    if (problems.length === 0) this.file = copy(file);
    this.problems = problems;
    if (this.#edits.size === 0) news.lessons += 1;
    for (const hear of this.#edits) hear();
  }

  /** Nobody has been there for a while. */
  askToLock(): void {
    for (const hear of this.#locks) hear();
  }

  /** Holds what was typed against a lock. */
  #key<T>(seat: Seat, typed: string, answer: () => Promise<Ok<T> | Err>): Promise<Ok<T> | Err> {
    if (this.refuse) return no(this.refuse);
    return this.keys[seat] === typed ? answer() : no({ type: "wrong-key", wait: 4 });
  }

  /** As `#key`, on one's own turn. */
  #ownKey<T>(token: string, typed: string, answer: (seat: Seat) => Promise<Ok<T> | Err>): Promise<Ok<T> | Err> {
    return this.#with(token, () => {
      const seat = this.#owner();
      return seat === "both" ? no({ type: "not-here" }) : this.#key(seat, typed, () => answer(seat));
    });
  }

  /** What one chose, after this change of it; from their own door only. */
  #choose(token: string, change: Partial<Settings>): Promise<Ok<Settings> | Err> {
    return this.#with<Settings>(token, () => {
      const who = this.#turn?.who;
      if (who?.type !== "alone") return no({ type: "not-here" });
      const chosen = { ...this.chosen[who.seat], ...change };
      this.chosen[who.seat] = chosen;
      return ok({ idle_minutes: 5, spelling: false, folder: "/home/robin/.local/share/pairwise", version: "0.1.0", ...chosen });
    });
  }

  #lock(seat: Seat, passphrase: string | null): Promise<Ok<Person[]>> {
    if (passphrase === null) delete this.keys[seat];
    else this.keys[seat] = passphrase;
    for (const person of this.people) if (person.seat === seat) person.locked = passphrase !== null;
    return ok(copy(this.people));
  }

  /** The shell asks whether the window may close. */
  askToClose(): void {
    for (const hear of this.#hears) hear();
  }

  /** What was kept of a field, by whom. */
  kept(owner: Owner, field: string): Value | undefined {
    return this.#kept.get(owner)?.values.get(field);
  }

  #open(who: Who): Turn {
    Fake.#tokens += 1;
    const spelling = who.type !== "both" && (this.chosen[who.seat]?.spelling ?? false);
    this.#turn = { token: `turn-${Fake.#tokens}`, who, people: copy(this.people), spelling, ask_about_lock: this.asks && who.type === "alone" && this.keys[who.seat] === undefined, trouble: null, missing: copy(this.missing) };
    return copy(this.#turn);
  }

  /** A sitting for two is told of no ways. */
  #course(): Course {
    const alone = this.#turn?.who.type === "alone";
    return copy(alone ? this.course : { ...this.course, paths: [], path: null });
  }

  #owner(): Owner {
    const who = this.#turn?.who;
    return !who || who.type === "both" ? "both" : who.seat;
  }

  /** Refuses a void token, or whatever the test asked to be refused. */
  #with<T>(token: string, answer: () => Promise<Ok<T> | Err>): Promise<Ok<T> | Err> {
    if (this.refuse) return no(this.refuse);
    return this.#turn?.token === token ? answer() : no({ type: "turn-over" });
  }

  #answers(owner: Owner): Answer[] {
    const kept = this.#kept.get(owner);
    return [...(kept?.values ?? [])].map(([field, value]) => ({ field, value: copy(value), privacy: this.#privacy(field), save: kept?.save ?? 0 }));
  }

  #privacy(field: string): Answer["privacy"] {
    for (const step of this.lesson.steps) {
      for (const item of step.body) if (item.type === "block" && item.block.id === field) return item.block.privacy ?? "private";
    }
    return "private";
  }

  #fields(step: string): string[] {
    const body = this.lesson.steps.find((one) => one.id === step)?.body ?? [];
    return body.flatMap((item) => (item.type === "block" && item.block.privacy === "reveal" ? [item.block.id] : []));
  }

  #sealing(step: string): Sealing {
    const found = this.#seals.get(step) ?? { sealed: new Set<Seat>(), said: { surface: new Set<Seat>(), under: new Set<Seat>() }, opened: new Set<LayerName>() };
    this.#seals.set(step, found);
    return found;
  }

  #layer(step: string, name: LayerName): Layer {
    const sealing = this.#sealing(step);
    const seats: Seat[] = ["a", "b"];
    const opened = sealing.opened.has(name)
      ? seats.flatMap((seat) => this.#fields(step).map((field) => ({ seat, field, value: this.#ofLayer(this.kept(seat, field) ?? null, name) })))
      : null;
    return { name, said: seats.filter((seat) => sealing.said[name].has(seat)), opened };
  }

  #ofLayer(value: Value | null, name: LayerName): Value | null {
    if (value?.type !== "stages") return value;
    const under = new Set(this.#stages().filter((stage) => stage.under).map((stage) => stage.id));
    return { type: "stages", stages: Object.fromEntries(Object.entries(value.stages).filter(([id]) => under.has(id) === (name === "under"))) };
  }

  #stages(): { id: string; under: boolean }[] {
    return this.lesson.steps.flatMap((step) => step.body).flatMap((item) => (item.type === "block" && item.block.kind.type === "cycle" ? item.block.kind.stages : []));
  }

  #state(): RunState {
    const who = this.#turn?.who.type;
    const together = who !== "alone";
    const owner = this.#owner();
    const reveals = this.lesson.steps.filter((step) => together && this.#fields(step.id).length > 0).map((step) => ({
      step: step.id,
      sides: (["a", "b"] as Seat[]).map((seat) => ({ seat, sealed: this.#sealing(step.id).sealed.has(seat) })),
      layers: [this.#layer(step.id, "surface"), ...(this.#stages().some((stage) => stage.under) ? [this.#layer(step.id, "under")] : [])],
    }));
    return {
      together, reveals, place: this.#place, hidden: [], recalls: [], plans: [],
      steps: this.lesson.steps.filter((step) => !this.light || step.light).map((step) => ({ id: step.id, done: this.#done.has(step.id), skipped: this.#skipped.has(step.id) })),
      answers: this.#answers(owner), joint: who === "side" ? this.#answers("both") : [],
      today: today(), given: copy(this.given), agreements: this.#agreements(together), practices: [], charts: copy(this.charts), scores: [], ready: this.#ready(), light: this.light,
      earlier: copy(this.earlier), wanted: copy(this.#wanted),
      removed: [...this.#removed].filter(([field, one]) => one.owner === owner && !this.kept(owner, field)).map(([field]) => ({ field, left: copy(this.left) })),
      finished: this.lesson.steps.every((step) => this.#done.has(step.id) || this.#skipped.has(step.id)),
    };
  }

  #agreements(together: boolean): AgreementState[] {
    const blocks = this.lesson.steps.flatMap((step) => step.body).flatMap((item) => (item.type === "block" && item.block.kind.type === "agreement" ? [item.block.id] : []));
    return blocks.map((field) => {
      const value = this.kept(together ? "both" : "a", field);
      const accepted = value?.type === "agreement" ? ([...value.accepted] as Seat[]) : [];
      const blank = value?.type !== "agreement" || value.text === "";
      const ended = value?.type === "agreement" && value.ended !== null;
      const all = accepted.length === (together ? 2 : 1);
      const state = blank ? "blank" : ended ? "ended" : all ? "agreed" : accepted.length > 0 ? "waiting" : "proposed";
      return { field, state, accepted, since: all ? today() : null, review: all ? "2030-01-15" : null };
    });
  }

  #agree(field: string, change: (value: Extract<Value, { type: "agreement" }>, seat: Seat) => void): void {
    const who = this.#turn?.who;
    const value = this.kept(who?.type === "alone" ? who.seat : "both", field);
    if (value?.type === "agreement" && who && who.type !== "both") change(value, who.seat);
  }

  #ready(): ReadyState[] {
    const order: Pace[] = ["whole", "light", "apart"];
    return [...this.#picked].map(([block, picks]) => ({
      block, picked: [...picks.keys()], offered: picks.size < 2 ? null : ([...picks.values()].sort((one, other) => order.indexOf(other) - order.indexOf(one))[0] ?? null),
    }));
  }

  /** What was picked, and by whom: no reply ever tells. */
  picks(block: string): Pace[] {
    return [...(this.#picked.get(block)?.values() ?? [])];
  }

  #found(): Startup {
    return copy(this.startup ?? (this.people.length > 0 ? { type: "door", people: this.people } : { type: "welcome" }));
  }

  /** Alone, or once both have said so; then it is used up. */
  #both(what: BothWant): boolean {
    if (this.#turn?.who.type === "alone" || (this.#turn?.who.type === "side" && what.type !== "begin-again")) return true;
    const wanted = this.#wanted.find((one) => same(one.what, what));
    this.#wanted = this.#wanted.filter((one) => one !== wanted);
    return wanted?.said.length === 2;
  }

  #run(): OpenRun {
    return { run: "run-1", lesson: copy(this.lesson), instruments: copy(this.instruments), pictures: copy(this.pictures), problems: [], state: this.#state() };
  }

  #made(): Commands {
    const commands: Commands = {
      startup: async () => this.#found(),
      makeProfile: async () => {
        this.startup = null;
        return { type: "welcome" };
      },
      addPerson: (name, colour) => {
        if (this.refuse) return no(this.refuse);
        this.people.push({ seat: this.people.length === 0 ? "a" : "b", name, colour, locked: false });
        return ok(copy(this.people));
      },
      openDoor: (seat) => (this.refuse ? no(this.refuse) : ok(this.#open({ type: "alone", seat }))),
      openTogether: () => (this.refuse ? no(this.refuse) : !this.shares ? no({ type: "not-sharing" }) : ok(this.#open({ type: "both" }))),
      takeTurn: (token, seat) => this.#with(token, () => ok(this.#open({ type: "side", seat }))),
      endTurn: (token) => this.#with(token, () => ok(this.#open({ type: "both" }))),
      leave: (token) => this.#with(token, () => {
        this.#turn = null;
        return ok(copy(this.people));
      }),
      hideNow: async () => {
        this.hidden += 1;
        this.#turn = null;
        return undefined;
      },
      home: (token) => this.#with(token, () => ok(copy(this.home))),
      course: (token) => this.#with(token, () => ok(this.#course())),
      choosePath: (token, path) => this.#with<Course>(token, () => {
        if (this.#turn?.who.type !== "alone") return no({ type: "not-here" });
        this.course.path = path;
        return ok(this.#course());
      }),
      openRun: (token) => this.#with(token, () => ok(this.#run())),
      openThisRun: (token) => this.#with(token, () => ok(this.#run())),
      beginAgain: (token, lesson) => this.#with<OpenRun>(token, () => {
        if (!this.#both({ type: "begin-again", lesson })) return no({ type: "not-here" });
        this.#done.clear();
        this.#skipped.clear();
        this.#kept.clear();
        this.#place = this.lesson.steps[0]?.id ?? "";
        return ok(this.#run());
      }),
      // The file as it is now; one that cannot be used leaves the page on the text it had.
      readAgain: async (token, _run, before) => {
        await this.reading;
        return this.#with<OpenRun>(token, () => {
          if (before) this.lesson = this.#before ?? this.lesson;
          else if (this.file) [this.#before, this.lesson] = [this.lesson, copy(this.file)];
          return ok({ ...this.#run(), problems: copy(this.problems) });
        });
      },
      runState: (token) => this.#with(token, () => ok(this.#state())),
      saveAnswer: (token, _run, field, value) => this.#with(token, () => {
        const kept = this.#kept.get(this.#owner()) ?? { values: new Map<string, Value>(), save: 0 };
        const stands = kept.values.get(field);
        const reworded = value.type === "agreement" && stands?.type === "agreement" && stands.text === value.text;
        kept.values.set(field, copy(reworded ? stands : value));
        kept.save += 1;
        this.#kept.set(this.#owner(), kept);
        return ok({ save: kept.save, state_changed: value.type === "agreement" });
      }),
      history: (token) => this.#with(token, () => ok(copy(this.versions))),
      useVersion: (token, _run, field, save) => this.#with<RunState>(token, () => {
        const version = this.versions.find((one) => one.save === save);
        if (!version) return no({ type: "not-here" });
        this.#kept.get(this.#owner())?.values.set(field, copy(version.value));
        return ok(this.#state());
      }),
      forgetVersions: (token, run, field) => this.#with<Left>(token, () => {
        if (!this.#both({ type: "forget-versions", run, field })) return no({ type: "not-here" });
        this.versions = [];
        return ok(copy(this.left));
      }),
      removeAnswer: (token, run, field) => this.#with<RunState>(token, () => {
        const owner = this.#owner();
        const value = this.kept(owner, field);
        if (!value || !this.#both({ type: "remove-answer", run, field })) return no({ type: "not-here" });
        this.#kept.get(owner)?.values.delete(field);
        this.#removed.set(field, { owner, value });
        return ok(this.#state());
      }),
      putAnswerBack: (token, _run, field) => this.#with<RunState>(token, () => {
        const one = this.#removed.get(field);
        if (one?.owner !== this.#owner()) return no({ type: "not-here" });
        this.#removed.delete(field);
        this.#kept.get(one.owner)?.values.set(field, one.value);
        return ok(this.#state());
      }),
      renewBackups: (token) => this.#with(token, () => {
        this.left = { ...this.left, in_backups: false };
        return ok(null);
      }),
      carries: (token) => this.#with(token, () => {
        const seat = this.#owner();
        return ok(seat === "both" ? [] : copy(this.carry[seat] ?? []));
      }),
      carryOver: (token, _run, fields) => this.#with(token, () => {
        this.carried.push(...fields);
        const seat = this.#owner();
        if (seat !== "both") this.carry[seat] = (this.carry[seat] ?? []).filter((one) => !fields.includes(one.field));
        return ok(this.#state());
      }),
      sayYes: (token, what, name) => this.#with<Seat[]>(token, () => {
        const seat = this.#owner();
        if (seat === "both") return no({ type: "not-here" });
        const mine = this.people.find((person) => person.seat === seat)?.name;
        if (what.type === "remove-everything" && name?.trim() !== mine) return no({ type: "misfit" });
        const wanted = this.#wanted.find((one) => same(one.what, what)) ?? { what: copy(what), said: [] };
        if (!this.#wanted.includes(wanted)) this.#wanted.push(wanted);
        if (!wanted.said.includes(seat)) wanted.said.push(seat);
        return ok(copy(wanted.said));
      }),
      sayNo: (token, what) => this.#with(token, () => {
        this.#wanted = this.#wanted.filter((one) => !same(one.what, what));
        return ok(null);
      }),
      aboutLeaving: (token) => this.#with(token, () => {
        const who = this.#turn?.who;
        const other = who && who.type !== "both" ? (this.people.find((person) => person.seat !== who.seat)?.name ?? null) : null;
        return ok({ folder: "/home/robin/.local/share/pairwise", other, shares: this.shares });
      }),
      removeSpace: (token, name, passphrase) => this.#with<Startup>(token, () => {
        const seat = this.#owner();
        const me = this.people.find((person) => person.seat === seat);
        if (seat === "both" || !me || name.trim() !== me.name) return no({ type: "misfit" });
        if (me.locked && this.keys[seat] !== passphrase) return no({ type: "wrong-key", wait: 2 });
        this.people = this.people.filter((person) => person !== me).map((person) => ({ ...person, seat: "a" as const }));
        this.#turn = null;
        return ok(this.#found());
      }),
      stopSharing: (token) => this.#with<Startup>(token, () => {
        if (!this.#both({ type: "stop-sharing" })) return no({ type: "not-here" });
        this.shares = false;
        this.#turn = null;
        return ok(this.#found());
      }),
      removeEverything: (token) => this.#with<Startup>(token, () => {
        if (!this.#both({ type: "remove-everything" })) return no({ type: "not-here" });
        this.people = [];
        this.#turn = null;
        return ok(this.#found());
      }),
      shareAgain: () => {
        if (this.refuse) return no(this.refuse);
        this.shares = true;
        return ok(this.#open({ type: "both" }));
      },
      passStep: (token, _run, step, skip, to) => this.#with(token, () => {
        (skip ? this.#skipped : this.#done).add(step);
        if (to) this.#place = to;
        return ok(this.#state());
      }),
      goToStep: (token, _run, step) => this.#with(token, () => {
        this.#place = step;
        return ok(this.#state());
      }),
      setBookmark: (token) => this.#with(token, () => ok(this.#state())),
      seal: (token, _run, step, _lastSave, keep) => this.#with(token, () => {
        const seat = this.#owner();
        if (seat !== "both") this.#sealing(step).sealed.add(seat);
        if (seat !== "both" && keep) for (const field of this.#fields(step)) this.#kept.get(seat)?.values.delete(field);
        return ok(this.#state());
      }),
      unseal: (token, _run, step) => this.#with(token, () => {
        const seat = this.#owner();
        if (seat !== "both") this.#sealing(step).sealed.delete(seat);
        return ok(this.#state());
      }),
      setAside: (token, _run, step) => this.#with(token, () => {
        this.#seals.delete(step);
        return ok(this.#state());
      }),
      sayOpen: (token, _run, step, layer) => this.#with<RunState>(token, () => {
        const seat = this.#owner();
        const sealing = this.#sealing(step);
        if (sealing.sealed.size < 2) return no({ type: "not-both-sealed" });
        if (seat !== "both") sealing.said[layer].add(seat);
        if (sealing.said[layer].size === 2) sealing.opened.add(layer);
        return ok(this.#state());
      }),
      sendLine: (token, _run, field, line) => this.#with(token, () => {
        const seat = this.#owner();
        if (seat !== "both") this.given.push({ field, seat, line });
        return ok(this.#state());
      }),
      acceptAgreement: (token, _run, field) => this.#with(token, () => {
        this.#agree(field, (value, seat) => value.accepted.push(seat));
        return ok(this.#state());
      }),
      endAgreement: (token, _run, field) => this.#with(token, () => {
        this.#agree(field, (value) => (value.ended = today()));
        return ok(this.#state());
      }),
      pickReady: (token, _run, block, pace) => this.#with(token, () => {
        const seat = this.#owner();
        const picks = this.#picked.get(block) ?? new Map<Seat, Pace>();
        if (seat !== "both") this.#picked.set(block, picks.set(seat, pace));
        return ok(this.#state());
      }),
      choosePace: (token, _run, light) => this.#with(token, () => {
        this.light = light;
        return ok(this.#state());
      }),
      movePlan: (token) => this.#with(token, () => ok(this.#state())),
      find: (token, query) => this.#with(token, async () => {
        await this.searching(query);
        const said = (one: Found): string => one.snippet.map((piece) => piece.text).join("").toLowerCase();
        return ok({ found: copy(this.findable.filter((one) => said(one).includes(query.trim().toLowerCase()))), more: false, without_shared: this.withoutShared });
      }),
      exportWords: (token) => this.#with(token, () => ok({ name: "words", markdown: "", documents: copy(this.documents), json: "{}", scores: "", left_out: 0, without_shared: false })),
      saveExport: (token, format, sensitive, passphrase) => this.#with(token, async () => {
        this.copies.push({ format, sensitive });
        if (passphrase !== null) this.passphrases.push(passphrase);
        await this.disk;
        return ok({ path: `/home/robin/Documents/pairwise-2026-11-25.${format === "markdown" ? "md" : format}${passphrase === null ? "" : ".age"}`, without_shared: this.withoutShared });
      }),
      backups: (token) => this.#with(token, () => ok(copy(this.backups))),
      lookIntoCopy: (token, number) => this.#with<CopyDiffers>(token, () => {
        const differs = this.differs[number];
        return differs ? ok(copy(differs)) : no({ type: "storage", trouble: { what: "damaged", path: null } });
      }),
      bringBack: (token, number, passphrase) => this.#with<Turn>(token, () => {
        const who = this.#turn?.who;
        if (!who || !this.#both({ type: "bring-back", number })) return no({ type: "not-here" });
        const key = who.type === "alone" ? this.keys[who.seat] : undefined;
        if (key !== undefined && key !== passphrase) return no({ type: "wrong-key", wait: 2 });
        this.broughtBack.push(number);
        this.backups.copies.unshift({ number: 99, at: "2026-11-25T20:45:00+01:00", kind: "aside" });
        return ok(this.#open(who));
      }),
      lockSpace: (token, passphrase) => this.#with(token, () => {
        const seat = this.#owner();
        return seat === "both" ? no({ type: "not-here" }) : this.#lock(seat, passphrase);
      }),
      changePassphrase: (token, current, next) => this.#ownKey(token, current, async (seat) => {
        await this.#lock(seat, next);
        return ok(null);
      }),
      takeLockOff: (token, passphrase) => this.#ownKey(token, passphrase, (seat) => this.#lock(seat, null)),
      recoveryWords: (token, passphrase) => this.#ownKey(token, passphrase, () => ok("one two three four five six seven eight nine ten eleven twelve")),
      unlock: (seat, passphrase) => this.#key(seat, passphrase, () => ok(this.#open({ type: "alone", seat }))),
      unlockWithWords: (seat, words) => this.#key(seat, words, () => ok(this.#open({ type: "alone", seat }))),
      unlockBeside: (seat, passphrase) => this.#key(seat, passphrase, () => {
        this.beside.add(seat);
        return ok(this.people.filter((person) => person.locked && !this.beside.has(person.seat)).map((person) => person.seat));
      }),
      look: async () => copy(this.look),
      setLook: (look) => {
        if (this.refuse) return no(this.refuse);
        this.look = copy(look);
        return ok(null);
      },
      settings: (token) => this.#choose(token, {}),
      setIdle: (token, minutes) => this.#choose(token, { idle_minutes: minutes }),
      askedAboutLock: (token) => this.#with(token, () => {
        this.asks = false;
        return ok(null);
      }),
      setSpelling: (token, on) => this.#choose(token, { spelling: on }),
      suggestPassphrase: () => ok("copper lantern harbour twig"),
      missingIsSaid: (token) => this.#with(token, () => {
        this.missing = [];
        return ok(null);
      }),
      stillHere: (token) => this.#with(token, () => ok(null)),
      helpLines: () => (this.helpLines ? ok(copy(this.helpLines)) : no({ type: "not-here" })),
      heardClose: async () => undefined,
      readyToClose: async () => {
        this.readyToClose += 1;
        return ok(null);
      },
    };
    return this.#counted(commands);
  }

  /** Notes every call by its name. */
  #counted(commands: Commands): Commands {
    const counted = Object.entries(commands).map(([name, command]) => {
      const call = command as (...args: unknown[]) => unknown;
      return [name, (...args: unknown[]) => (this.calls.push(name), call(...args))] as const;
    });
    return Object.fromEntries(counted) as Commands;
  }
}
