import type { OperatorCommand } from '../../scheduler/index.js';
import type { World } from '../../src/simulation/world.js';
import { Admin, type OnReply } from './admin.js';
import type { MoveChange, MoveWatch, StoredTransition } from './move-watch.js';
import { anyFreeHost, drawCommand, drawReservation, give, reservationIds, SCOPES } from './operator-commands.js';
import type { SimOptions } from './options.js';

/** After a move has come to a step the operator meddles within this. */
const SOON_MS = 4_000;
const FREEZE_MAX_MS = 600_000;
const LOOKS_PER_ACTION = 20;
const RESERVE_CHANCE = 0.05;
/** A step that waits, or lasts for a moment only, is met less often than one that is being carried out. */
const RARE_FACTOR = 4;
const SHORT_STEPS = ['offer', 'verify', 'forecast'];

/** An operator who changes quotas, moves and cordons hosts, freezes and changes their mind, at random. */
export class RandomOperator extends Admin {
  /** Hosts whose power an operator confirmed off: their leases may end without leaving. */
  readonly confirmedOff = new Set<string>();

  constructor(options: SimOptions, world: World, onReply: OnReply) {
    super(options, world, onReply, 'simulated', 'operator');
  }

  start(watch: MoveWatch): void {
    const { prng } = this.clock;
    this.clock.repeat(this.options.operatorActionsPerHour, () => {
      this.send(prng.chance(0.05) ? this.#confirmOff() : drawCommand(prng, this.world));
    });
    // Free hosts lie idle for moments only: whoever wants to give one away has to look often.
    this.clock.repeat(this.options.operatorActionsPerHour * LOOKS_PER_ACTION, () => {
      const host = anyFreeHost(prng, this.world);
      if (host !== null) this.send(give(prng, prng.chance(0.1), host));
      // So are shared ones, and what is reserved keeps them so: it has to end as often as it is made.
      if (prng.chance(RESERVE_CHANCE)) this.send(drawReservation(prng, this.world));
    });
    watch.listen((change) => {
      this.#onMove(change);
    });
  }

  protected override repair(): void {
    for (const scope of [...SCOPES, ...(this.options.gangs ? ['gang'] : [])])
      this.send({ kind: 'unfreeze', dryRun: false, scope });
    this.send({ kind: 'plan_mode', dryRun: false, mode: 'auto' });
    for (const name of this.world.frameworkNames)
      this.send({ kind: 'peer_release', dryRun: false, peer: this.world.workload(name).frameworkId });
    const resources = { quantities: {}, ports: [] };
    for (const reservation of reservationIds(this.world))
      this.send({ kind: 'unreserve', dryRun: false, reservation, resources });
    for (const host of this.world.hostNames) {
      this.send({ kind: 'host_uncordon', dryRun: false, host });
      this.send({ kind: 'host_release', dryRun: false, host });
    }
  }

  /** A move has come to a step: stop it, hurry it, take its host out of use, or freeze everything just now. */
  #onMove({ host, transition, entered }: MoveChange): void {
    const clock = this.clock;
    const { meddleMilli } = this.options;
    const waits = transition.stepPhase === 'pending';
    if (!entered && !waits) return;
    const rare = waits || SHORT_STEPS.includes(transition.step);
    if (!clock.chanceMilli(rare ? meddleMilli * RARE_FACTOR : meddleMilli)) return;
    const withinMs = clock.prng.chance(0.5) ? 300 : SOON_MS;
    clock.later(
      withinMs,
      () => {
        this.#meddle(host, transition, waits);
      },
      0,
    );
  }

  #meddle(host: string, transition: StoredTransition, waits: boolean): void {
    const draw = this.clock.prng.int(0, 99);
    // What happens to a move that waits between drain and leave shows only if somebody holds it there, then cancels it.
    if (transition.step === 'leave' && waits) this.send({ kind: 'move_cancel', dryRun: false, transition: host });
    else if (transition.step === 'drain' && draw < 40) this.#freeze(transition);
    else if (waits && draw < 40) this.send({ kind: 'move_retry', dryRun: false, transition: host });
    else if (draw < 75) this.send({ kind: 'move_cancel', dryRun: false, transition: host });
    else if (draw < 85) this.send({ kind: 'host_quarantine', dryRun: false, host, reason: 'not on my watch' });
    else this.#freeze(transition);
  }

  #freeze({ from }: StoredTransition): void {
    const scope = from?.frameworkId.split('/')[0] ?? '*';
    this.send({ kind: 'freeze', dryRun: false, scope, reason: 'wait a moment' });
    this.clock.later(FREEZE_MAX_MS, () => {
      this.send({ kind: 'unfreeze', dryRun: false, scope });
    });
  }

  #confirmOff(): OperatorCommand {
    const host = this.clock.prng.pick(this.world.hostNames);
    // An honest operator: only a machine whose power really is off is confirmed.
    const off = !this.world.agentUp(host);
    if (off) this.confirmedOff.add(host);
    return { kind: 'host_confirm_off', dryRun: !off, host };
  }
}
