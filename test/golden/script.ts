// Scenario files: blocks of commands, `----`, and what happened. The head of a file says what the story is.
import { strict as assert } from 'node:assert';
import type {
  Constraint,
  DemandEntry,
  OperatorCommand,
  Query,
  Resources,
  StepUpdate,
  TaskSpec,
} from '../../scheduler/index.js';
import {
  AgentPeer,
  CoreHarness,
  FrameworkPeer,
  hostsWanted,
  resources,
  slicesWanted,
  START_MS,
  type StepPlay,
} from '../support/core-harness.js';
import { resourcesText } from '../../scheduler/words.js';
import { effectLines, saidLine } from './render.js';

/** Positional words and `key=value` options of one command line; `"…"` keeps blanks together. */
class Line {
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, string>;

  constructor(text: string) {
    const tokens = [...text.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map((match) => match[0].replaceAll('"', ''));
    this.words = tokens.filter((token) => !/^[a-zA-Z]+=/.test(token));
    this.options = new Map(
      tokens
        .filter((token) => /^[a-zA-Z]+=/.test(token))
        .map((token) => [token.slice(0, token.indexOf('=')), token.slice(token.indexOf('=') + 1)]),
    );
  }

  word(index: number): string {
    const word = this.words[index];
    assert(word !== undefined, `word ${index} is missing in: ${this.words.join(' ')}`);
    return word;
  }

  option(key: string, fallback: string): string {
    return this.options.get(key) ?? fallback;
  }

  number(key: string, fallback: number): number {
    return Number(this.option(key, String(fallback)));
  }
}

export class Scenario {
  readonly #harness: CoreHarness;
  #lines: string[] = [];
  #shownMs = START_MS;

  /** @param optionsText first line `options key=value …` of the file, or empty */
  constructor(optionsText: string) {
    const options = Object.fromEntries(
      [...new Line(optionsText).options].map(([key, value]) => [
        key,
        value === 'true' ? true : /^\d+$/.test(value) ? Number(value) : value,
      ]),
    );
    this.#harness = new CoreHarness(options);
    this.#harness.listener = {
      said: (name, message) => this.#write([saidLine(name, message)]),
      effect: (effect) => this.#write(effectLines(effect, (peerId) => this.#nameOf(peerId))),
    };
  }

  /** Runs one block; returns what happened, a line each. */
  run(commands: readonly string[]): readonly string[] {
    this.#lines = [];
    for (const command of commands) this.#execute(new Line(command));
    const violations = this.#harness.master.audit();
    this.#write(
      violations.map((violation) => `VIOLATION ${violation.invariant}: ${violation.subject} ${violation.message}`),
    );
    return this.#lines.length === 0 ? ['nothing'] : this.#lines;
  }

  #write(lines: readonly string[]): void {
    if (lines.length === 0) return;
    if (this.#harness.nowMs !== this.#shownMs) {
      this.#shownMs = this.#harness.nowMs;
      this.#lines.push(`[${(this.#shownMs - START_MS) / 1000} s]`);
    }
    this.#lines.push(...lines);
  }

  #agent(name: string): AgentPeer {
    const peer = this.#harness.peer(name);
    assert(peer instanceof AgentPeer, `${name} is no machine`);
    return peer;
  }

  #nameOf(peerId: string): string {
    return this.#harness.nameOf(peerId);
  }

  #execute(line: Line): void {
    const harness = this.#harness;
    switch (line.word(0)) {
      case 'agent':
        harness.agent(line.word(1), {
          resources: resources(line.number('cpus', 16), line.number('memory', 64)),
          faultDomain: { region: 'r1', zone: 'z1', rack: line.option('rack', 'k1') },
          attributes: attributes(line.option('attributes', '')),
        });
        return;
      case 'framework':
        harness.framework(line.word(1), line.option('roles', '/').split(','), line.option('steps', 'yes') === 'yes');
        return;
      case 'machine':
        harness.machine(line.word(1));
        return;
      case 'connect':
        harness.peer(line.word(1)).connect();
        return;
      case 'disconnect':
        harness.peer(line.word(1)).disconnect();
        return;
      case 'advance':
        harness.advance(duration(line.word(1)));
        return;
      case 'restart':
        harness.restart();
        return;
      case 'op':
        harness.command(line.word(1) === 'maintenance' ? maintenance(harness, line) : operatorCommand(line));
        return;
      case 'play': // play PEER STEP done|failed|refused|silent
        harness.peer(line.word(1)).steps.set(line.word(2) as never, line.word(3) as StepPlay);
        return;
      case 'answer':
        this.#answer(line);
        return;
      case 'show':
        this.#write(show(harness, line));
        return;
      default:
        this.#framework(line);
    }
  }

  /** `answer PEER STEP STATE`: the executor of a step played `silent` speaks up. `attempt=N` speaks for another attempt. */
  #answer(line: Line): void {
    const peer = this.#harness.peer(line.word(1));
    const request = peer.lastRequest(line.word(2) as never);
    const blocked = line.option('blocked', '');
    const [object = '', reason = ''] = blocked.split(':');
    const change: Partial<StepUpdate> = {
      state: line.word(3) as StepUpdate['state'],
      updateNo: line.number('update', 1),
      attempt: line.number('attempt', request.attempt),
      progressMilli: line.number('progress', 1000),
      message: line.option('message', ''),
      blockedBy:
        blocked === ''
          ? []
          : [{ object, reason, sinceMs: this.#harness.nowMs, message: line.option('message', 'in the way') }],
    };
    peer.answer(request, change);
    this.#harness.settle();
  }

  /** What frameworks and agents say by hand. */
  #framework(line: Line): void {
    const peer = this.#harness.peer(line.word(1));
    if (peer instanceof AgentPeer) {
      if (line.word(0) === 'status') peer.setTask(line.word(2), line.word(3) as never, line.option('message', ''));
      else if (line.word(0) === 'identity') peer.uuid = this.#agent(line.word(2)).uuid;
      else if (line.word(0) === 'report')
        peer.sendReport({ resources: resources(line.number('cpus', 16), line.number('memory', 64)) });
      else if (line.word(0) === 'forget') peer.forgetTasks();
      else assert.fail(`an agent cannot ${line.word(0)}`);
      this.#harness.settle();
      return;
    }
    assert(peer instanceof FrameworkPeer);
    switch (line.word(0)) {
      case 'wants':
        peer.wants(
          line.words.slice(2).map((text) => demandEntry(text, line)),
          line.option('role', peer.roles[0] ?? '/'),
        );
        return;
      case 'claims':
        peer.claims = line.word(2) === 'yes';
        return;
      case 'acknowledges':
        peer.acknowledges = line.word(2) === 'yes';
        return;
      case 'observes':
        peer.observes(line.words.slice(2).map((name) => this.#agent(name)));
        this.#harness.settle();
        return;
      case 'accept':
        peer.say({
          kind: 'accept',
          commandId: line.options.get('as') ?? peer.nextCommandId(),
          offerIds: line.words.slice(2),
          action: { kind: 'claim' },
        });
        return;
      case 'reserve':
      case 'unreserve':
        peer.say({
          kind: 'accept',
          commandId: line.options.get('as') ?? peer.nextCommandId(),
          offerIds: line.words.slice(2),
          action: { kind: line.word(0) as 'reserve' | 'unreserve' },
        });
        return;
      case 'launch': {
        const tasks = line
          .option('tasks', '')
          .split(',')
          .map((taskId) => task(taskId, line));
        peer.say({
          kind: 'accept',
          commandId: line.options.get('as') ?? peer.nextCommandId(),
          offerIds: line.words.slice(2),
          action: { kind: 'launch', tasks },
        });
        return;
      }
      case 'decline':
        peer.say({
          kind: 'decline',
          offerIds: line.words.slice(2),
          filterMs: duration(line.option('for', '5s')),
          reason: line.option('reason', 'not now'),
        });
        return;
      case 'kill':
        peer.say({ kind: 'kill_task', commandId: peer.nextCommandId(), taskId: line.word(2), graceMs: 1_000 });
        return;
      case 'ack':
        peer.say({ kind: 'task_ack', taskId: line.word(2), statusSeq: Number(line.word(3)) });
        return;
      case 'reconcile':
        peer.say({ kind: 'reconcile', taskIds: line.words.slice(2) });
        return;
      case 'return':
        peer.say({
          kind: 'return_host',
          commandId: peer.nextCommandId(),
          leaseId: line.word(2),
          reason: line.option('reason', 'not needed'),
        });
        return;
      case 'repeat': // The last message again, as after a broken connection.
        peer.repeatLast();
        this.#harness.settle();
        return;
      default:
        assert.fail(`unknown command: ${line.words.join(' ')}`);
    }
  }
}

/** `d1:3` asks for three hosts, `d2:4:cpus=1` is given as `d2:4` with the options `cpus` and `memory` for slices. */
function demandEntry(text: string, line: Line): DemandEntry {
  const [demandId = '', count = '0'] = text.split(':');
  const constraints: Constraint[] = [...attributesOf(line.option('where', ''))].map(([attribute, value]) => ({
    attribute,
    op: 'equals',
    values: [value],
  }));
  const change = {
    constraints,
    priority: line.number('priority', 0),
    allOrNothing: line.option('together', 'no') === 'yes',
    evidence: line.option('evidence', ''),
  };
  if (line.options.has('cpus')) {
    const each = { quantities: resources(line.number('cpus', 1), line.number('memory', 1)).quantities, ports: [] };
    return slicesWanted(demandId, Number(count), each, change);
  }
  return hostsWanted(demandId, Number(count), change);
}

function task(taskId: string, line: Line): TaskSpec {
  const each = resources(line.number('cpus', 1), line.number('memory', 1)).quantities;
  return {
    taskId,
    name: taskId,
    resources: { quantities: each, ports: [] },
    image: 'registry.example/app:1',
    command: [],
    env: {},
    killGraceMs: 1_000,
    labels: {},
  };
}

/** `op maintenance NAME HOST… in=2h for=1h before=30m`: the wall clock shows the same as the one clock. */
function maintenance(harness: CoreHarness, line: Line): OperatorCommand {
  const startsMs = harness.nowMs + duration(line.option('in', '1h'));
  const window = {
    name: line.word(2),
    hosts: line.words.slice(3),
    startsMs,
    endsMs: line.options.has('for') ? startsMs + duration(line.option('for', '')) : 0,
    reason: line.option('reason', ''),
    drain: line.option('drain', 'yes') === 'yes',
    hard: line.option('hard', 'no') === 'yes',
    ...(line.options.has('before') ? { drainBeforeMs: duration(line.option('before', '')) } : {}),
    keepCordoned: line.option('keep', 'no') === 'yes',
  };
  return { kind: 'maintenance_set', window, dryRun: line.option('dry', 'no') === 'yes' };
}

function operatorCommand(line: Line): OperatorCommand {
  const dryRun = line.option('dry', 'no') === 'yes';
  const host = line.words[2] ?? '';
  const reason = line.option('reason', '');
  switch (line.word(1)) {
    case 'adopt':
      return { kind: 'adopt', frameworkId: line.word(2), dryRun };
    case 'admit':
      return { kind: 'host_admit', host, dryRun };
    case 'cordon':
      return { kind: 'host_cordon', host, reason, dryRun };
    case 'uncordon':
      return { kind: 'host_uncordon', host, dryRun };
    case 'quarantine':
      return { kind: 'host_quarantine', host, reason, dryRun };
    case 'release':
      return { kind: 'host_release', host, dryRun };
    case 'confirm-off':
      return { kind: 'host_confirm_off', host, dryRun };
    case 'drain':
      return line.option('cancel', 'no') === 'yes'
        ? { kind: 'host_drain_cancel', host, dryRun }
        : {
            kind: 'host_drain',
            host,
            reason,
            hard: line.option('hard', 'no') === 'yes',
            ...(line.options.has('deadline') ? { deadlineMs: duration(line.option('deadline', '')) } : {}),
            ...(line.options.has('grace') ? { graceMs: duration(line.option('grace', '')) } : {}),
            dryRun,
          };
    case 'breaker-reset':
      return { kind: 'breaker_reset', dryRun };
    case 'maintenance-delete':
      return { kind: 'maintenance_delete', name: line.word(2), dryRun };
    case 'share':
      return { kind: 'host_share', host, shared: line.option('back', 'no') !== 'yes', dryRun };
    case 'quota': {
      const change = {
        ...(line.options.has('guarantee') ? { guarantee: { hosts: line.number('guarantee', 0) } } : {}),
        ...(line.options.has('limit') ? { limit: { hosts: line.number('limit', 0) } } : {}),
        ...(line.options.has('weight') ? { weight: line.number('weight', 1) } : {}),
        force: line.option('force', 'no') === 'yes',
      };
      return { kind: 'role_set', role: line.word(2), change, dryRun };
    }
    case 'move':
      return {
        kind: 'move',
        host,
        to: line.word(3),
        role: line.option('role', ''),
        hard: line.option('hard', 'no') === 'yes',
        reason,
        dryRun,
      };
    case 'cancel':
      return { kind: 'move_cancel', transition: line.word(2), dryRun };
    case 'retry':
      return { kind: 'move_retry', transition: line.word(2), dryRun };
    case 'plan':
      return { kind: 'plan_mode', mode: line.word(2) as 'auto', dryRun };
    case 'approve':
      return { kind: 'plan_approve', planId: line.word(2), version: Number(line.word(3)), dryRun };
    case 'reserve':
      return { kind: 'reserve', host, role: line.option('role', '/'), resources: amounts(line), reason, dryRun };
    case 'unreserve':
      return { kind: 'unreserve', reservation: line.word(2), resources: amounts(line), dryRun };
    case 'role':
      return { kind: 'role_set', role: line.word(2), change: {}, dryRun };
    case 'freeze':
      return { kind: 'freeze', scope: line.word(2), reason, dryRun };
    case 'unfreeze':
      return { kind: 'unfreeze', scope: line.word(2), dryRun };
    case 'teardown':
      return { kind: 'framework_teardown', frameworkId: line.word(2), dryRun };
    default:
      return assert.fail(`unknown operator command: ${line.words.join(' ')}`);
  }
}

/** `cpus` and `memory` of the line; nothing where it names neither. */
function amounts(line: Line): Resources {
  const all = resources(line.number('cpus', 0), line.number('memory', 0)).quantities;
  return { quantities: Object.fromEntries(Object.entries(all).filter(([, amount]) => amount > 0)), ports: [] };
}

function show(harness: CoreHarness, line: Line): readonly string[] {
  const page = { limit: 0, pageToken: '' };
  switch (line.word(1)) {
    case 'hosts': {
      const { hosts } = harness.query({ kind: 'hosts', owner: '', state: '', rack: '', name: '', page });
      return hosts.map((host) => {
        const parts = [
          host.name,
          host.mode,
          host.owner,
          host.phase,
          host.transition === null ? '' : `${host.transition.transitionId} at ${host.transition.step}`,
        ];
        const flags = [
          host.clean ? 'clean' : '',
          host.connected ? '' : 'away',
          host.lost ? 'lost' : '',
          host.cordoned ? 'cordoned' : '',
          host.drain?.phase === 'cordoned' ? '' : (host.drain?.phase ?? ''),
        ];
        return [...parts, ...flags, host.quarantineReason].filter((part) => part !== '').join(', ');
      });
    }
    case 'conditions':
      return harness
        .query({ kind: 'conditions' })
        .conditions.map((one) => `${one.kind} ${one.subject}: ${one.message} [${one.remedy}]`);
    case 'reservations':
      return harness
        .query({ kind: 'reservations', host: '', role: '', idle: false, page })
        .reservations.map(
          ({ reservationId, hostName, role, resources: has, idle, tasks, by }) =>
            `${reservationId} on ${hostName} for ${role}: ${resourcesText(has)}, ${resourcesText(idle)} idle, ${tasks} tasks, by ${by}`,
        );
    case 'why':
      return whyLines(harness, line.word(2));
    case 'owners':
      return harness
        .query({ kind: 'overview' })
        .overview.owners.map(
          (owner) =>
            `${owner.owner || 'nobody'} ${owner.role}: ${owner.hosts} hosts, wants ${owner.wanted}, entitled ${owner.entitled}: ${owner.why}`,
        );
    case 'needs':
      return harness
        .query({ kind: 'overview' })
        .overview.needsYou.map((need) => `${need.subject}: ${need.message} [${need.remedy}]`);
    case 'maintenance':
      return harness
        .query({ kind: 'maintenance' })
        .windows.map(
          (one) =>
            `${one.name} ${one.phase}: ${one.hosts.join(' ')}, ${one.hostsDraining} draining, ${one.hostsDrained} drained`,
        );
    case 'stored':
      return [
        `${harness.stored.size} records: ${[...new Set([...harness.stored.keys()].map((key) => key.slice(0, key.indexOf('/'))))].sort().join(' ')}`,
      ];
    default:
      return assert.fail(`unknown show: ${line.words.join(' ')}`);
  }
}

function whyLines(harness: CoreHarness, thing: string): readonly string[] {
  const result = harness.master.query({ kind: 'why', thing } satisfies Query);
  if (result.kind !== 'why') return [`${result.kind}: ${'message' in result ? result.message : ''}`];
  const { why } = result;
  return [
    `${why.headline} [${why.word}]`,
    ...why.reasons.map((reason) => `  ${reason.code}: ${reason.text}`),
    ...why.wouldChangeIt.map((change) => `  would change it: ${change}`),
  ];
}

function attributes(text: string): Record<string, string> {
  return Object.fromEntries(attributesOf(text));
}

/** `a:1,b:2` */
function attributesOf(text: string): readonly (readonly [string, string])[] {
  if (text === '') return [];
  return text.split(',').map((pair) => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)] as const);
}

/** `90s`, `5m`, `2h`, `250ms` */
function duration(text: string): number {
  const match = /^(\d+)(ms|s|m|h)$/.exec(text);
  assert(match !== null, `"${text}" is no duration`);
  return Number(match[1]) * { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[match[2] as 'ms' | 's' | 'm' | 'h'];
}
