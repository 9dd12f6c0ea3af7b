/**
 * One run of the demo: starts the processes, gives the master its roles, lets scenario time begin once the fleet is
 * adopted, follows what happens, and brings everything to a checked end. Phases: `starting` → `running` → `stopping`. What
 * it shows is `model()`; who shows it, and where, is not its business.
 */
import type { Decision, OperatorCommand } from '../client/index.js';
import type { CancelTimer, Clock, Random } from '../ports/index.js';
import {
  frameworkName,
  INTERVAL_SECONDS,
  type DemandSeries,
  type Evaluation,
  type FleetHost,
  type Report,
  type ScaledScenario,
} from '../scenario/index.js';
import { Children } from './children.js';
import { closingCheck, NOT_CHECKED, type ClosingCheck } from './closing-check.js';
import { DecisionList } from './decision-list.js';
import { scheduleFaults } from './faults.js';
import type { DemoHousehold } from './household.js';
import { MasterLink, roleCommands } from './master-link.js';
import { MoveLedger } from './move-ledger.js';
import { pictureOf } from './picture.js';
import { hoursRun, Scoreboard } from './scoreboard.js';
import type { ClockOrigin } from './shared-clock.js';
import type { DemoModel } from './view/model.js';
import { counted, timeOfDay } from './view/words.js';

const SETUP_RETRY_MS = 200;
/** A fleet that is not adopted by then starts all the same, and the view says what is missing. */
const ADOPTION_BOUND_MS = 15_000;
const STEP_MS = 50;
const NOTICE_MS = 4_000;

export interface DemoOptions {
  readonly scaled: ScaledScenario;
  readonly fleet: readonly FleetHost[];
  /** Asked for once the processes are starting: it takes a while. */
  readonly series: () => readonly DemandSeries[];
  readonly household: DemoHousehold;
  readonly clock: Clock;
  readonly origin: ClockOrigin;
  readonly random: Random;
  readonly grpcPort: number;
  readonly httpPort: number;
  /** How commands are typed: `mosaic` or `npx mosaic`. */
  readonly program: string;
  readonly version: string;
}

/** How a demo ended. */
export type DemoEnd =
  | {
      readonly kind: 'done';
      readonly report: Report;
      /** A run that was cut short is not checked. */
      readonly check: ClosingCheck;
      readonly hoursRun: number;
    }
  /** Stopped before scenario time began: there is nothing to report. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly exitCode: number; readonly message: string };

export class Demo {
  readonly #options: DemoOptions;
  readonly #children: Children;
  #scoreboard: Scoreboard | null = null;
  readonly #ledger: MoveLedger;
  readonly #decisions: DecisionList;
  readonly #killed: string[] = [];
  #master: MasterLink | null = null;
  #phase: DemoModel['phase'] = 'starting';
  #phaseText: string;
  #addresses = { grpc: '', http: '' };
  #beganMs: number | null = null;
  #endedMs: number | null = null;
  #notice = { text: '', untilMs: 0 };
  #help = false;
  #stopAsked = false;
  #failure: Extract<DemoEnd, { kind: 'failed' }> | null = null;
  #greedy: Promise<Evaluation> | null = null;
  #cancelFaults: CancelTimer = () => undefined;

  constructor(options: DemoOptions) {
    this.#options = options;
    const { scenario } = options.scaled;
    this.#phaseText = `starting a master, ${counted(scenario.hosts, 'agent')} and ${counted(scenario.workloads.length, 'framework')}`;
    this.#ledger = new MoveLedger(options.fleet);
    this.#decisions = new DecisionList(options.scaled.speed);
    this.#children = new Children({
      scenario,
      household: options.household,
      clock: options.clock,
      origin: options.origin,
      grpcPort: options.grpcPort,
      httpPort: options.httpPort,
      events: {
        onListening: (grpc, http) => this.#onListening(grpc, http),
        onServing: (workload, host, serving, atMs) => this.#scoreboard?.serving(workload, host, serving, atMs),
        onRestart: (child, why) => this.#decisions.note(this.nowMs, `${child} is started again: ${why}`),
        onFatal: (exitCode, message) => {
          this.#failure ??= { kind: 'failed', exitCode, message };
        },
      },
    });
  }

  /** Scenario time since it began. */
  get nowMs(): number {
    if (this.#beganMs === null) return 0;
    const realMs = (this.#endedMs ?? this.#options.clock.nowMs()) - this.#beganMs;
    return Math.round(realMs * this.#options.scaled.speed);
  }

  get phase(): DemoModel['phase'] {
    return this.#phase;
  }

  /** Runs to the end of the scenario, to `stop`, or to a failure. Everything it started has ended when it resolves. */
  async run(): Promise<DemoEnd> {
    try {
      this.#children.start();
      const { scaled, fleet, series } = this.#options;
      // Nothing that a child says can arrive before the next turn of the event loop.
      this.#scoreboard = new Scoreboard({ scenario: scaled.scenario, series: series(), fleet });
      await this.#until(() => this.#addresses.grpc !== '', Number.POSITIVE_INFINITY);
      await this.#setUp();
      await this.#until(() => this.#adopted, ADOPTION_BOUND_MS);
      this.#begin();
      await this.#until(() => this.nowMs >= this.#lengthMs, Number.POSITIVE_INFINITY);
      return await this.#finish();
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      return this.#failure ?? (await this.#finish());
    } finally {
      this.#master?.close();
      await this.#children.stop();
    }
  }

  /** Ends the run early; the report covers what was run. */
  stop(): void {
    this.#stopAsked = true;
  }

  /** Ends every process at once, for the last moment of this one. */
  killAll(): void {
    this.#children.killAll();
  }

  /** Process ids by child, for whoever wants to kill them. */
  pidOf(child: string): number | null {
    return this.#children.pidOf(child);
  }

  // -------------------------------------------------------------------------------------------------------------------
  // Keys

  killHost(): void {
    const alive = this.#options.fleet.filter((host) => !this.#killed.includes(host.name));
    const host = alive[Math.floor(this.#options.random.next() * alive.length)];
    if (host === undefined) return;
    this.#setPower(host.name, false);
    const owner = this.#master?.watch.hosts.find((one) => one.name === host.name)?.owner ?? '';
    this.#say(`killed ${host.name}${owner === '' ? '' : ` of ${owner}`}: its agent is silent, its work is lost`);
  }

  reviveHost(): void {
    const name = this.#killed.at(-1);
    if (name === undefined) {
      this.#say('no host is killed; k kills one');
      return;
    }
    this.#setPower(name, true);
    this.#say(`${name} has power again`);
  }

  toggleFreeze(): void {
    const freezes = this.#master?.watch.overview?.freezes ?? [];
    const commands: readonly OperatorCommand[] =
      freezes.length === 0
        ? [{ kind: 'freeze', dryRun: false, scope: '*', reason: 'frozen with f in the demo' }]
        : freezes.map(({ scope }) => ({ kind: 'unfreeze', dryRun: false, scope }));
    for (const command of commands) void this.#master?.command(command);
    this.#say(freezes.length === 0 ? 'frozen: no new steps until thawed' : 'thawed: steps go on');
  }

  toggleHelp(): void {
    this.#help = !this.#help;
  }

  closeHelp(): boolean {
    const was = this.#help;
    this.#help = false;
    return was;
  }

  // -------------------------------------------------------------------------------------------------------------------

  model(): DemoModel {
    const { scaled, fleet, version, clock } = this.#options;
    const { scenario, speed } = scaled;
    const { nowMs } = this;
    this.#scoreboard?.advance(nowMs);
    const picture = pictureOf({
      scenario,
      fleet,
      speed,
      scoreboard: this.#scoreboard,
      overview: this.#master?.watch.overview ?? null,
      hosts: this.#master?.watch.hosts ?? [],
      killed: new Set(this.#killed),
    });
    return {
      version,
      scenario: scenario.name,
      hosts: scenario.hosts,
      seed: scenario.seed,
      speed,
      phase: this.#phase,
      phaseText: this.#phaseText,
      nowMs,
      runMs: this.#lengthMs,
      startHour: scenario.startHour,
      grpcAddress: this.#addresses.grpc,
      httpAddress: this.#addresses.http,
      commands: this.#commands(),
      ...picture,
      movesDone: this.#ledger.count,
      decisions: this.#decisions.rows,
      restarts: this.#children.restarts,
      killed: this.#killed,
      notice: this.#noticeText(clock.nowMs()),
      help: this.#help,
    };
  }

  get #lengthMs(): number {
    return this.#options.scaled.scenario.hours * 3_600_000;
  }

  #noticeText(atMs: number): string {
    if (atMs < this.#notice.untilMs) return this.#notice.text;
    const silent = this.#phase === 'running' && this.#master?.watch.answering === false;
    return silent ? 'the master does not answer; what is shown is the last that it said' : '';
  }

  #commands(): readonly string[] {
    const { program, scaled } = this.#options;
    const last = scaled.scenario.workloads.at(-1);
    if (last === undefined) return [program];
    const weight = (scaled.scenario.roles.find((role) => role.path === last.role)?.weight ?? 1) * 4;
    return [program, `${program} why ${frameworkName(last)}`, `${program} quota set ${last.role} --weight ${weight}`];
  }

  #onListening(grpc: string, http: string): void {
    if (this.#addresses.grpc !== '') return;
    this.#addresses = { grpc, http: http === '' ? '' : `http://${http}` };
    this.#options.household.writeProfile(grpc, this.#addresses.http);
  }

  #onDecision(decision: Decision): void {
    this.#decisions.add(this.nowMs, decision, this.#phase === 'starting');
  }

  /** Shapes and roles, then everybody may connect: a framework whose role does not exist would be refused. */
  async #setUp(): Promise<void> {
    const { clock, scaled } = this.#options;
    this.#master = await MasterLink.open(this.#addresses.grpc, {
      clock,
      onDecision: (decision) => this.#onDecision(decision),
      onEnded: (transition) => this.#ledger.add(transition),
    });
    this.#phaseText = 'giving the master its roles';
    for (const command of await roleCommands(scaled.scenario)) {
      for (;;) {
        const reply = await this.#master.command(command);
        if (reply !== null && !reply.ok) throw new Error(`the scenario's roles are refused: ${reply.message}`);
        if (reply !== null) break;
        await this.#pause(SETUP_RETRY_MS);
      }
    }
    this.#phaseText = 'agents and frameworks connect, the master adopts their hosts';
    this.#children.connect();
    this.#master.watch.start();
  }

  /** Every host that somebody used at the start is leased, every other one free. */
  get #adopted(): boolean {
    const overview = this.#master?.watch.overview;
    if (overview === undefined || overview === null) return false;
    const used = this.#options.fleet.filter((host) => host.ownerFramework !== null).length;
    return overview.hostsByMode.leased >= used && overview.hostsTotal >= this.#options.fleet.length;
  }

  #begin(): void {
    const { clock, scaled } = this.#options;
    this.#beganMs = clock.nowMs();
    this.#phase = 'running';
    this.#phaseText = '';
    this.#children.begin(this.#beganMs);
    this.#cancelFaults = scheduleFaults(clock, scaled.faults, {
      children: this.#children,
      setPower: (host, on) => this.#setPower(host, on),
    });
    this.#greedy = this.#children.greedy(scaled.scenario.hours, () => undefined);
  }

  #setPower(host: string, on: boolean): void {
    const index = this.#killed.indexOf(host);
    if (on && index >= 0) this.#killed.splice(index, 1);
    if (!on && index < 0) this.#killed.push(host);
    this.#children.setPower(host, on);
    this.#decisions.note(this.nowMs, on ? `${host} has power again` : `${host} lost its power`);
  }

  #say(text: string): void {
    this.#notice = { text, untilMs: this.#options.clock.nowMs() + NOTICE_MS };
  }

  // -------------------------------------------------------------------------------------------------------------------
  // The end

  async #finish(): Promise<DemoEnd> {
    const { scaled, clock } = this.#options;
    const { scenario } = scaled;
    const early = this.nowMs < this.#lengthMs;
    const scoreboard = this.#scoreboard;
    if (this.#beganMs === null || scoreboard === null) return { kind: 'stopped' };
    this.#cancelFaults();
    this.#endedMs = clock.nowMs();
    this.#phase = 'stopping';
    const hours = hoursRun(this.nowMs, scenario, INTERVAL_SECONDS);
    await this.#master?.watch.readEnded().catch(() => undefined);
    const moveMs = this.#ledger.durationsMs.map((ms) => ms * scaled.speed);
    const dynamic = scoreboard.dynamic(hours, moveMs);
    const check = early || this.#master === null ? NOT_CHECKED : await this.#closingCheck(this.#master);
    this.#phaseText = 'stopping the processes';
    this.#master?.watch.close();
    await this.#children.stopFleet();
    const greedy = await this.#greedyEvaluation(hours, early);
    const report = scoreboard.report(hours, scaled.floored, { dynamic, greedy });
    return { kind: 'done', report, hoursRun: hours, check };
  }

  #closingCheck(master: MasterLink): Promise<ClosingCheck> {
    return closingCheck({
      master: master.client,
      clock: this.#options.clock,
      frameworks: this.#options.scaled.scenario.workloads.map(frameworkName),
      census: () => this.#children.census(),
      onPhase: (text) => {
        this.#phaseText = text;
      },
    });
  }

  /** Of the whole run it is ready or nearly so; of a part it is computed now. */
  async #greedyEvaluation(hours: number, early: boolean): Promise<Evaluation> {
    const { scenario } = this.#options.scaled;
    const show = (atMs: number): void => {
      this.#phaseText = `computing the greedy rule for comparison: ${timeOfDay(atMs, 0)} of ${hours.toFixed(1)} h`;
    };
    if (!early && this.#greedy !== null) {
      this.#phaseText = 'computing the greedy rule for comparison';
      return await this.#guarded(this.#greedy);
    }
    await this.#children.endGreedy(scenario.hours);
    return await this.#guarded(this.#children.greedy(hours, show));
  }

  /** A failure of a child ends the wait. */
  async #guarded<Value>(value: Promise<Value>): Promise<Value> {
    let settled = false;
    const failed = new Promise<never>((_, reject) => {
      const look = (): void => {
        if (this.#failure !== null) reject(new Interrupted());
        else if (!settled) this.#options.clock.setTimer(STEP_MS, look);
      };
      look();
    });
    try {
      return await Promise.race([value, failed]);
    } finally {
      settled = true;
    }
  }

  /** Waits until it holds or time is up. Throws `Interrupted` when the run is stopped or has failed. */
  async #until(holds: () => boolean, boundMs: number): Promise<void> {
    const untilMs = this.#options.clock.nowMs() + boundMs;
    while (!holds() && this.#options.clock.nowMs() < untilMs) await this.#pause(STEP_MS);
  }

  async #pause(ms: number): Promise<void> {
    if (this.#stopAsked || this.#failure !== null) throw new Interrupted();
    await new Promise<void>((resolve) => this.#options.clock.setTimer(ms, resolve));
  }
}

/** The run was stopped, or cannot go on. */
class Interrupted extends Error {}
