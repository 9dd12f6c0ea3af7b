/** A machine that will not come back: its record goes, so that it is neither listed nor waited for any longer. */
import { reservedText } from '../allocate/reservations.js';
import type { Core } from '../core.js';
import { counted } from '../words.js';
import type { OperatorReply } from '../operate/commands.js';
import type { ConditionKind, HostRecord } from '../state/records.js';
import { rematchObservations } from './observation.js';
import { noteForgotten } from './breaker.js';
import { noteReported } from './recovery.js';
import { leaveWindows } from './unavailable.js';

/** Conditions whose subject is a host's name. */
const HOST_CONDITIONS: readonly ConditionKind[] = [
  'OVERCOMMITTED',
  'HOST_LOST',
  'HOST_DIRTY',
  'DUPLICATE_IDENTITY',
  'IDENTITY_CHANGED',
  'UNKNOWN_TASKS',
  'DRIFT',
  'ADOPTION_CONFLICT',
  'TRANSITION_BLOCKED',
  'TRANSITION_GAVE_UP',
  'DRAIN_OVERDUE',
];

/**
 * Removes the record of a host that is unclaimed or quarantined and whose agent is away. Only where nothing depends on it:
 * no lease, no task, no reservation, no move. A machine that comes back all the same is new, and unclaimed as every new one.
 */
export function forgetHost(core: Core, principal: string, hostId: string, dryRun: boolean): OperatorReply {
  const host = core.state.hosts.get(hostId);
  if (host === undefined)
    return { ok: false, code: 'NOT_FOUND', message: `there is no host ${hostId}; mosaic host list shows them` };
  const obstacle = whatDependsOn(core, host);
  if (obstacle !== null) return { ok: false, code: 'FAILED_PRECONDITION', message: `${host.name} ${obstacle}` };
  const changes = [`${host.name} is forgotten; if its agent comes back it is a new host, unclaimed`];
  if (dryRun) return { ok: true, changes, ids: [hostId] };
  const peerId = `agent/${hostId}`;
  for (const kind of HOST_CONDITIONS) core.clearCondition(kind, host.name);
  core.clearCondition('PEER_QUARANTINED', peerId);
  core.filters.clearHost(hostId);
  core.timers.clear(`host-lost/${hostId}`);
  core.dirtyHosts.delete(hostId);
  core.openingPeers.delete(peerId);
  core.timers.clear(`drain/${hostId}`);
  core.state.drains.delete(hostId);
  leaveWindows(core, hostId, core.state.windowsByHost.get(hostId));
  core.state.sessions.delete(peerId);
  core.state.hostPresence.delete(hostId);
  core.state.hosts.delete(hostId);
  rematchObservations(core, hostId);
  // Nobody waits for its report any longer.
  noteReported(core, hostId);
  noteForgotten(core, hostId);
  core.decide('host', host.name, `${principal} says that ${host.name} will not come back; it is forgotten`, { hostId });
  return { ok: true, changes, ids: [hostId] };
}

/** What stands in the way, as the rest of a sentence that begins with the host's name; null when nothing does. */
function whatDependsOn(core: Core, host: HostRecord): string | null {
  if (host.transitionId !== null) return `is moving (${host.transitionId}); mosaic move cancel ${host.transitionId}`;
  if (host.leaseId !== null)
    return (
      `is held by ${core.state.leases.get(host.leaseId)?.frameworkId ?? host.leaseId}; ` +
      `if the machine is off for good: mosaic host confirm-off ${host.name}`
    );
  if (host.mode !== 'unclaimed' && host.mode !== 'quarantined')
    return `is ${host.mode}; only unclaimed and quarantined hosts are forgotten, so first: mosaic host quarantine ${host.name}`;
  const tasks = core.state.tasksByHost.count(host.hostId);
  if (tasks > 0)
    return `still has ${counted(tasks, 'task')} that ${tasks === 1 ? 'runs' : 'run'} or whose end their framework has not acknowledged`;
  const reserved = reservedText(core, host);
  if (reserved !== null) return reserved.slice(host.name.length + 1);
  if (core.state.hostPresence.get(host.hostId)?.connected === true)
    return 'has its agent connected and would come back at once; stop the agent first';
  return null;
}
