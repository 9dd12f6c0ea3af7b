import type { Core } from '../core.js';
import { counted } from '../words.js';
import type { AgentReport } from '../protocol.js';
import type { HostRecord, TaskRecord } from '../state/records.js';
import { resendCommands, sendKill, sendTaskAck, takeCommandSeq } from './agent-commands.js';
import { isEnded } from './task-views.js';
import { applyStatus, endTask } from './tasks.js';
import { shown, some } from './text.js';

/** Strangers get the time a container usually needs to stop by itself. */
const STRANGER_KILL_GRACE_MS = 10_000;

/**
 * Brings our tasks of a host and those its agent knows together:
 *
 * | ours | the agent's | then |
 * |---|---|---|
 * | live | has it | its status is applied if it is news |
 * | live, launch not applied yet | absent | the launch is sent again (first report of a session only; else it is on its way) |
 * | live, launch applied | absent | lost |
 * | ended or none | ended | acknowledged, so that the agent forgets it |
 * | ended or none | live | killed, and shown as UNKNOWN_TASKS |
 *
 * @param first the report is the first of the agent's present session
 */
export function reconcileHostTasks(core: Core, hostId: string, report: AgentReport, first: boolean): void {
  const host = adoptCommandSeq(core, hostId, report.lastCommandSeq);
  if (host === undefined) return;
  const reported = new Map(report.tasks.map((task) => [task.taskId, task]));
  const pending: TaskRecord[] = [];
  for (const key of [...core.state.tasksByHost.get(hostId)]) {
    const task = core.state.tasks.get(key);
    if (task === undefined || isEnded(task.state)) continue;
    const seen = reported.get(key);
    if (seen !== undefined) {
      applyStatus(core, task, seen);
      const after = core.state.tasks.get(key);
      if (after !== undefined && !isEnded(after.state)) pending.push(after);
    } else if (task.launchSeq > report.lastCommandSeq) pending.push(task);
    else endTask(core, task, 'lost', `${host.name} came back without it`);
  }
  if (first) resendCommands(core, hostId, pending, report.lastCommandSeq);
  killStrangers(core, host, report, first);
}

/** An agent that has applied more than we remember served another memory of ours: go on above its number. */
function adoptCommandSeq(core: Core, hostId: string, lastCommandSeq: number): HostRecord | undefined {
  const host = core.state.hosts.get(hostId);
  if (host === undefined || lastCommandSeq <= host.commandSeq) return host;
  core.decide(
    'host',
    host.name,
    `${host.name} has applied command ${lastCommandSeq}, but only ${host.commandSeq} were given: numbers go on from there`,
  );
  const after: HostRecord = { ...host, commandSeq: lastCommandSeq };
  core.state.hosts.put(after);
  return after;
}

function killStrangers(core: Core, host: HostRecord, report: AgentReport, first: boolean): void {
  const strangers: string[] = [];
  // While commands are on their way the kill may be among them; the next report shows what is left.
  const settled = first || report.lastCommandSeq >= host.commandSeq;
  for (const seen of report.tasks) {
    const ours = core.state.tasks.get(seen.taskId);
    if (ours?.hostId === host.hostId && (!isEnded(ours.state) || isEnded(seen.state))) {
      if (isEnded(ours.state)) sendTaskAck(core, host.hostId, seen.taskId, seen.statusSeq);
      continue;
    }
    if (isEnded(seen.state)) {
      sendTaskAck(core, host.hostId, seen.taskId, seen.statusSeq);
      continue;
    }
    strangers.push(shown(seen.taskId));
    if (settled && seen.state !== 'killing')
      sendKill(core, host.hostId, seen.taskId, takeCommandSeq(core, host.hostId), STRANGER_KILL_GRACE_MS);
  }
  if (strangers.length === 0) {
    core.clearCondition('UNKNOWN_TASKS', host.name);
    return;
  }
  core.raise(
    'UNKNOWN_TASKS',
    host.name,
    `${host.name} runs, and kills now, ${counted(strangers.length, 'task')} that nobody here launched: ${some(strangers)}`,
    'they end by themselves; the condition clears when the agent reports them gone',
  );
}
