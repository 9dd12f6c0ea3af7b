/** What a store holds of a busy fleet: every host shared, two tasks on each, and outcomes of what frameworks asked for. */
import type { Mutation } from '../../../scheduler/index.js';
import { COMMANDS_KEPT_MAX } from '../../../scheduler/commands-seen.js';
import { newRole } from '../../../scheduler/quota/index.js';
import type { CommandRecord, HostRecord, SessionRecord, TaskRecord } from '../../../scheduler/state/records.js';
import { frameworkRecord, runningTask, sharedHost } from '../records.js';

const GIB = 2 ** 30;
const HOST_QUANTITIES = { cpusMilli: 32_000, memoryBytes: 256 * GIB, diskBytes: 2_000 * GIB };
const TASK_QUANTITIES = { cpusMilli: 16_000, memoryBytes: 128 * GIB, diskBytes: 1_000 * GIB };
export const TASKS_PER_HOST = 2;
const ROLES = 20;

export function contentOf(hosts: number, frameworks: number): readonly Mutation[] {
  const content: Mutation[] = [];
  const put = (table: string, id: string, value: object): void => void content.push({ key: `${table}/${id}`, value });
  for (const path of ['/', ...Array.from({ length: ROLES }, (_, at) => roleOf(at))]) put('role', path, newRole(path));
  put('shape', 'standard', { shape: 'standard', rank: 0, rules: [], constraints: [] });
  for (let at = 0; at < frameworks; at += 1) {
    const framework = frameworkRecord(`bench/f${at}`, roleOf(at));
    put('framework', framework.frameworkId, framework);
    const session = sessionRecord(`framework/${framework.frameworkId}`);
    put('session', session.peerId, session);
    for (let no = 0; no < COMMANDS_KEPT_MAX; no += 1) {
      const outcome = commandRecord(framework.frameworkId, no);
      put('command', outcome.key, outcome);
    }
  }
  for (let at = 0; at < hosts; at += 1) {
    const host = hostRecord(at);
    put('host', host.hostId, host);
    const session = sessionRecord(`agent/${host.hostId}`);
    put('session', session.peerId, session);
    for (const task of tasksOf(at, frameworks)) put('task', task.taskKey, task);
  }
  return content;
}

function roleOf(framework: number): string {
  return `/r${framework % ROLES}`;
}

export function sessionRecord(peerId: string): SessionRecord {
  // As long as those of real sessions are.
  return {
    peerId,
    incarnation: peerId.padEnd(32, '0').slice(-32),
    secretHash: peerId.padEnd(64, '0').slice(-64),
    lastAppliedSeq: 100,
  };
}

function commandRecord(frameworkId: string, no: number): CommandRecord {
  const outcome = JSON.stringify({ ok: true, ids: [`task-${no}`] });
  return {
    key: `framework/${frameworkId}#command-${no}`,
    bodyHash: '1234abcd-5678ef01-345',
    outcome,
    atMs: no,
    offerId: `o-1-${frameworkId}-${no}`,
  };
}

export function hostRecord(at: number): HostRecord {
  const number = String(at).padStart(12, '0');
  const facts = {
    hostId: `h-1-${at}`,
    name: `node${at}`,
    identity: { uuid: `6f9619ff-8b86-4011-b42d-${number}`, serial: `sn-${number}`, macs: [macOf(at)] },
    resources: { quantities: HOST_QUANTITIES, ports: [] },
    attributes: { arch: 'x86_64' },
    faultDomain: { region: 'region1', zone: 'zone1', rack: `rack${at % 40}` },
    image: 'image-1',
  };
  return sharedHost(facts, TASKS_PER_HOST);
}

function macOf(at: number): string {
  return `02:00:${at
    .toString(16)
    .padStart(8, '0')
    .replace(/(..)(?=.)/g, '$1:')}`;
}

export function tasksOf(host: number, frameworks: number): readonly TaskRecord[] {
  return Array.from({ length: TASKS_PER_HOST }, (_, slot): TaskRecord => {
    const at = (host * TASKS_PER_HOST + slot) % frameworks;
    const taskId = `task-${host}-${slot}`;
    const spec = {
      taskId,
      name: taskId,
      resources: { quantities: TASK_QUANTITIES, ports: [] },
      image: 'registry.example/batch/worker:1',
      command: ['/usr/bin/work', '--unit', taskId],
      env: {},
      killGraceMs: 10_000,
      labels: { job: `job-${at}` },
    };
    return runningTask({ frameworkId: `bench/f${at}`, role: roleOf(at) }, `h-1-${host}`, spec, slot + 1);
  });
}
