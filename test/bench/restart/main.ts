/**
 * `npm run bench:restart`: what a restart costs the core and the store, without a network: reading the store, making the
 * state of it, and taking back every agent (hello, connected, full report); and the memory that is in use then.
 */
import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_OPTIONS, Master } from '../../../scheduler/index.js';
import { LevelStore } from '../../../src/store/index.js';
import { contentOf, hostRecord, sessionRecord, tasksOf } from './content.js';

const USAGE = 'usage: npm run bench:restart -- [--hosts N[,N...]] [--frameworks M] [--json]';
/** Records in one commit while the store is filled. */
const COMMIT_RECORDS = 20_000;
/** Agents come back over this long, so that timers run in between. */
const RECONNECT_MS = 5_000;

interface Line {
  readonly bench: 'restart';
  readonly hosts: number;
  readonly frameworks: number;
  /** In the store. */
  readonly records: number;
  /** CPU of the process: reading and decoding the store; making the state; the first step; all agents coming back. */
  readonly readCpuMs: number;
  readonly restoreCpuMs: number;
  readonly startCpuMs: number;
  readonly reconnectCpuMs: number;
  /** Heap in use after a collection, without what the benchmark itself holds: before and after the agents are back. */
  readonly startedMb: number;
  readonly connectedMb: number;
  /** Resident memory at its largest, garbage and the benchmark's own part included. */
  readonly rssMb: number;
}

const { hosts, frameworks, json } = parsed();
for (const count of hosts) {
  const line = await measure(count, frameworks);
  console.log(json ? JSON.stringify(line) : textOf(line));
}

function parsed(): { readonly hosts: readonly number[]; readonly frameworks: number; readonly json: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        hosts: { type: 'string', default: '10000' },
        frameworks: { type: 'string', default: '200' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    const sizes = values.hosts.split(',').map((text) => wholeNumber('--hosts', text, 50_000));
    return { hosts: sizes, frameworks: wholeNumber('--frameworks', values.frameworks, 1_000), json: values.json };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
}

function wholeNumber(flag: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1 || value > most)
    throw new Error(`${flag} is "${text}"; it must be a whole number from 1 to ${most}`);
  return value;
}

async function measure(hostCount: number, frameworkCount: number): Promise<Line> {
  const folder = mkdtempSync(join(tmpdir(), 'mosaic-bench-restart-'));
  try {
    await fill(join(folder, 'data'), hostCount, frameworkCount);
    const emptyBytes = heapBytes();
    const store = new LevelStore(join(folder, 'data'));
    const read = cpu();
    let opened: Awaited<ReturnType<LevelStore['open']>> | null = await store.open();
    const readCpuMs = read();
    const { term } = opened;
    const records = [...opened.entries].length;
    const restore = cpu();
    const master = Master.restore(DEFAULT_OPTIONS, opened.entries);
    const restoreCpuMs = restore();
    opened = null;
    const start = cpu();
    master.step(master.nowMs + 1, { kind: 'started', term });
    const startCpuMs = start();
    const startedMb = (heapBytes() - emptyBytes) / 2 ** 20;
    const reconnect = cpu();
    takeBack(master, hostCount, frameworkCount);
    const reconnectCpuMs = reconnect();
    const connectedMb = (heapBytes() - emptyBytes) / 2 ** 20;
    assert.deepEqual(master.audit().slice(0, 3), []);
    await store.close();
    const rssMb = process.resourceUsage().maxRSS / 1_024;
    const figures = { readCpuMs, restoreCpuMs, startCpuMs, reconnectCpuMs, startedMb, connectedMb, rssMb };
    const rounded = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Math.round(value)]));
    return {
      bench: 'restart',
      hosts: hostCount,
      frameworks: frameworkCount,
      records,
      ...(rounded as unknown as typeof figures),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(folder: string, hostCount: number, frameworkCount: number): Promise<void> {
  const store = new LevelStore(folder);
  const { term } = await store.open();
  const content = contentOf(hostCount, frameworkCount);
  for (let at = 0; at < content.length; at += COMMIT_RECORDS)
    await store.commit(term, content.slice(at, at + COMMIT_RECORDS));
  await store.close();
}

/** Every agent says hello, is wired, and reports what runs on it. */
function takeBack(master: Master, hostCount: number, frameworkCount: number): void {
  const beganMs = master.nowMs;
  for (let at = 0; at < hostCount; at += 1) {
    const nowMs = beganMs + Math.floor((at * RECONNECT_MS) / hostCount);
    while (master.nextWakeMs() <= nowMs) master.step(Math.max(master.nowMs, master.nextWakeMs()), { kind: 'tick' });
    const { hostId, name, identity, resources, attributes, faultDomain, image } = hostRecord(at);
    const peerId = `agent/${hostId}`;
    const { incarnation, secretHash, lastAppliedSeq } = sessionRecord(peerId);
    const outboxFirstSeq = lastAppliedSeq + 1;
    master.step(nowMs, {
      kind: 'session_open',
      connectionId: peerId,
      hello: {
        who: { kind: 'agent', name, identity },
        ...{ incarnation, secretHash, outboxFirstSeq, appliedTerm: 0, appliedSeq: 0, highestTerm: 0 },
      },
    });
    master.step(nowMs, { kind: 'peer_connected', peerId, resumed: false });
    const tasks = tasksOf(at, frameworkCount).map(({ taskKey, state, statusSeq }) => ({
      ...{ taskId: taskKey, hostId, state, statusSeq, message: '', exitCode: null },
    }));
    const facts = { resources, attributes, faultDomain, image, tasks };
    const report = { ...facts, agentVersion: '1', lastCommandSeq: tasks.length, profile: '', cleanliness: '' };
    master.step(nowMs, { kind: 'agent_message', peerId, seq: outboxFirstSeq, message: { kind: 'report', report } });
  }
  const found = master.query({ kind: 'overview' });
  assert(found.kind === 'overview');
  assert.equal(found.overview.hostsByMode.shared, hostCount);
  assert(!found.overview.recovering, 'the master still waits for hosts');
}

/** CPU of the process in ms since the call, read by calling what it returns. */
function cpu(): () => number {
  const began = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1_000;
  };
}

function heapBytes(): number {
  if (globalThis.gc === undefined) throw new Error('started without --expose-gc');
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

function textOf(line: Line): string {
  const perHost = (ms: number): string => `${ms} ms (${Math.round((1_000 * ms) / line.hosts)} µs a host)`;
  return [
    `${line.hosts} hosts, ${line.frameworks} frameworks, ${line.records} records`,
    `  CPU    read ${perHost(line.readCpuMs)}, restore ${perHost(line.restoreCpuMs)}, first step ${line.startCpuMs} ms,`,
    `         all agents back ${perHost(line.reconnectCpuMs)}`,
    `  heap   in use ${line.startedMb} MB after the start, ${line.connectedMb} MB when all are back; resident at most ${line.rssMb} MB`,
  ].join('\n');
}
