import { CHECKS, type Cause, type Check, type CheckName, type LineState } from './check.ts';

const line = (name: CheckName, state: LineState): string => {
  switch (state.kind) {
    case 'wrong':
      return `${name}: wrong, ${state.code}`;
    case 'unneeded':
      return `${name}: ${state.code}`;
    case 'good':
    case 'asks':
    case 'waiting':
    case 'running':
      return `${name}: ${state.kind}`;
  }
};

/** Runs the checks one after the other and keeps their results. */
export class SelfTest {
  #lines = $state.raw<Readonly<Record<CheckName, LineState>>>(allWaiting());
  #running = $state(false);
  readonly #checks: Readonly<Record<CheckName, Check>>;

  readonly #unforeseen: Cause;

  readonly lines = $derived(CHECKS.map((name) => ({ name, state: this.#lines[name] })));
  readonly #states = $derived(this.lines.map(({ state }) => state.kind));
  /** Null while the verdict is unknown. */
  readonly wouldRing = $derived(
    this.#states.includes('wrong')
      ? false
      : this.#states.every((kind) => kind === 'good' || kind === 'unneeded') || null,
  );

  /** @param unforeseen the result of a check that throws. */
  constructor(checks: Readonly<Record<CheckName, Check>>, unforeseen: Cause) {
    this.#checks = checks;
    this.#unforeseen = unforeseen;
  }

  get running(): boolean {
    return this.#running;
  }

  /** Runs all checks again. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    this.#lines = allWaiting();
    for (const name of CHECKS) await this.#try(name);
    this.#running = false;
  }

  /** Repeats one check, after the person has fixed something. */
  async again(name: CheckName): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    await this.#try(name);
    this.#running = false;
  }

  /** The person's answer to the question of a line. */
  answer(name: CheckName, yes: boolean): void {
    const state = this.#lines[name];
    if (state.kind !== 'asks') return;
    this.#set(name, yes ? { kind: 'good' } : { kind: 'wrong', ...state.ifNo });
  }

  /** The result of each check in codes: no names, addresses or secrets. */
  report(): string {
    return this.lines.map(({ name, state }) => line(name, state)).join('\n');
  }

  async #try(name: CheckName): Promise<void> {
    this.#set(name, { kind: 'running' });
    const wrong = { kind: 'wrong', ...this.#unforeseen } as const;
    this.#set(name, await this.#checks[name]().catch(() => wrong));
  }

  #set(name: CheckName, state: LineState): void {
    this.#lines = { ...this.#lines, [name]: state };
  }
}

function allWaiting(): Record<CheckName, LineState> {
  const waiting = CHECKS.map((name) => [name, { kind: 'waiting' }] as const);
  // Every name of CHECKS has an entry, which the type of `fromEntries` does not show.
  return Object.fromEntries(waiting) as Record<CheckName, LineState>;
}
