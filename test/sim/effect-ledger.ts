import type {
  Effect,
  MasterMessage,
  Mutation,
  OperatorCommand,
  OperatorReply,
  Resources,
} from '../../scheduler/index.js';
import type { World } from '../../src/simulation/world.js';
import { decodeRecord } from '../../src/store/codec.js';

/** Checks I5: whatever goes out speaks of what is on the disk already. Reads the disk, never the live core. */
export class EffectLedger {
  readonly #world: World;
  readonly #report: (problem: string) => void;
  /** Reservations that ended: who asks a master ahead of its disk can end one in the very commit that makes it. */
  readonly #ended = new Set<string>();

  constructor(world: World, report: (problem: string) => void) {
    this.#world = world;
    this.#report = report;
  }

  /** What became durable, before anything that it lets out. */
  onCommitted(mutations: readonly Mutation[]): void {
    for (const { key, value } of mutations)
      if (value === null && key.startsWith('reservation/')) this.#ended.add(key.slice('reservation/'.length));
  }

  onEffect(effect: Effect): void {
    if (effect.kind === 'send') this.#onSend(effect.peerId, effect.message);
    else if (effect.kind === 'session_accepted' && this.#read(`session/${effect.peerId}`) === null)
      this.#report(`${effect.peerId} was welcomed before its session was durable`);
  }

  /** An operator's command that was answered must be there: a `kill -9` right now would not undo it. */
  onReply(command: OperatorCommand, reply: OperatorReply): void {
    if (!reply.ok || command.dryRun) return;
    const lost = this.#lostBy(command, reply.ids);
    if (lost) this.#report(`"${command.kind}" was answered, but the disk does not have it`);
  }

  #lostBy(command: OperatorCommand, ids: readonly string[]): boolean {
    switch (command.kind) {
      case 'move':
      case 'host_share':
        return this.#read(`transition/${ids[0] ?? ''}`) === null;
      case 'host_cordon':
        return this.#host(command.host)?.['cordoned'] !== true;
      case 'host_quarantine':
        return this.#host(command.host)?.['mode'] !== 'quarantined';
      case 'plan_mode':
        return this.#read('meta/meta')?.['planMode'] !== command.mode;
      case 'freeze':
        return this.#read(`freeze/${command.scope}`) === null;
      case 'reserve':
        return this.#read(`reservation/${ids[0] ?? ''}`) === null && !this.#ended.has(ids[0] ?? '');
      case 'unreserve':
        return isAll(command.resources) && this.#read(`reservation/${ids[0] ?? ''}`) !== null;
      case 'role_set':
        return this.#read(`role/${command.role}`) === null;
      default:
        return false;
    }
  }

  #onSend(peerId: string, message: MasterMessage): void {
    switch (message.kind) {
      case 'step_request': {
        const { transitionId, attempt, step } = message.request;
        const stored = this.#read(`transition/${transitionId}`);
        const known = typeof stored?.['attempt'] === 'number' ? stored['attempt'] : 0;
        if (known < attempt)
          this.#report(`attempt ${String(attempt)} of ${step} in ${transitionId} was asked before it was durable`);
        return;
      }
      case 'lease':
        if (message.change === 'granted' && this.#read(`lease/${message.lease.leaseId}`) === null)
          this.#report(`${peerId} was told of lease ${message.lease.leaseId} before it was durable`);
        if (message.change === 'ended' && this.#read(`lease/${message.lease.leaseId}`) !== null)
          this.#report(`${peerId} was told of the end of lease ${message.lease.leaseId} before it was durable`);
        return;
      case 'launch':
        if (this.#read(`task/${message.task.taskId}`) === null)
          this.#report(`${peerId} was asked to launch ${message.task.taskId} before the task was durable`);
        return;
      case 'result':
        if (this.#read(`command/${peerId}#${message.commandId}`) === null)
          this.#report(`${peerId} was told the outcome of its command ${message.commandId} before it was durable`);
        return;
      default:
        return;
    }
  }

  #host(name: string): Readonly<Record<string, unknown>> | null {
    for (const key of this.#world.disk.records.keys()) {
      if (!key.startsWith('host/')) continue;
      const host = this.#read(key);
      if (host?.['name'] === name) return host;
    }
    return null;
  }

  #read(key: string): Readonly<Record<string, unknown>> | null {
    const stored = this.#world.disk.records.get(key);
    return stored === undefined ? null : (decodeRecord(key, stored) as Readonly<Record<string, unknown>>);
  }
}

/** Without amounts the whole reservation ends. */
function isAll({ quantities, ports }: Resources): boolean {
  return ports.length === 0 && Object.keys(quantities).length === 0;
}
