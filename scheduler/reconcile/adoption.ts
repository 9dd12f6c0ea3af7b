/** First contact with fleets that already carry production: machines a manager uses are leased to it as they are. */
import type { Core } from '../core.js';
import { counted } from '../words.js';
import type { OperatorReply } from '../operate/commands.js';
import { reviewLimits } from '../quota/index.js';
import { leaseMessage } from '../reassign/leases.js';
import type { FrameworkRecord, HostRecord, LeaseRecord } from '../state/records.js';
import { claimantsOf } from './drift.js';
import { shown } from './text.js';

/** Adopts an unclaimed host at once where the configuration says so and exactly one framework has it. */
export function adoptIfAsked(core: Core, hostId: string): void {
  if (!core.options.autoAdopt) return;
  const host = core.state.hosts.get(hostId);
  if (host?.mode !== 'unclaimed') return;
  const [frameworkId] = claimantsOf(core, hostId);
  const framework = frameworkId === undefined ? undefined : core.state.frameworks.get(frameworkId);
  if (framework !== undefined && obstacle(core, framework, host) === null) adoptHost(core, framework, host);
}

/**
 * Leases every machine that the framework's manager uses and whose agent is unclaimed; touches none of them. Says also what
 * cannot be adopted: machines without agent, and those that two managers have.
 */
export function adopt(core: Core, principal: string, frameworkId: string, dryRun: boolean): OperatorReply {
  const framework = core.state.frameworks.get(frameworkId);
  const presence = core.state.frameworkPresence.get(frameworkId);
  if (framework === undefined || presence === undefined)
    return { ok: false, code: 'NOT_FOUND', message: `there is no framework "${shown(frameworkId)}"` };
  if (!presence.observed)
    return {
      ok: false,
      code: 'FAILED_PRECONDITION',
      message: `${frameworkId} has not told all its hosts since this master started; try again when it has`,
    };
  if (framework.tornDown) return { ok: false, code: 'FAILED_PRECONDITION', message: `${frameworkId} was torn down` };
  const changes: string[] = [];
  const remarks: string[] = [];
  const ids: string[] = [];
  for (const hostId of presence.hosts.keys()) {
    const host = core.state.hosts.get(hostId);
    if (host === undefined || isHeldBy(core, host, frameworkId)) continue;
    const problem = obstacle(core, framework, host);
    if (problem !== null) remarks.push(`${host.name} is not adopted: ${problem}`);
    else {
      changes.push(`${host.name} is leased to ${frameworkId} as it is (role ${roleOf(framework)})`);
      if (!dryRun) ids.push(adoptHost(core, framework, host).leaseId);
    }
  }
  for (const key of core.state.strangersByFramework.get(frameworkId))
    remarks.push(`${shown(core.state.observations.get(key)?.observed.name ?? key)} is not adopted: it has no agent`);
  if (changes.length === 0 && remarks.length === 0)
    remarks.push(
      presence.hosts.size === 0
        ? `${frameworkId} uses no machine`
        : `all machines that ${frameworkId} uses are leased to it already`,
    );
  if (ids.length > 0)
    core.decide('lease', frameworkId, `${principal} adopts ${counted(ids.length, 'host')} for ${frameworkId}`);
  return { ok: true, changes, remarks, ids };
}

/** Why the host cannot be adopted for the framework, or null. */
function obstacle(core: Core, framework: FrameworkRecord, host: HostRecord): string | null {
  const claimants = claimantsOf(core, host.hostId);
  const others = claimants.filter((frameworkId) => frameworkId !== framework.frameworkId);
  if (others.length > 0) return `${others.join(' and ')} has it, too`;
  if (!claimants.includes(framework.frameworkId)) return `${framework.frameworkId} does not have it any more`;
  if (framework.tornDown) return `${framework.frameworkId} was torn down`;
  if (!framework.executesSteps) return `${framework.frameworkId} executes no steps, so it never gets whole hosts`;
  if (host.mode === 'quarantined') return `it is quarantined (${host.quarantineReason})`;
  if (host.mode !== 'unclaimed') return `it is ${host.mode} already`;
  if (host.transitionId !== null) return `it is moving (${host.transitionId})`;
  if (host.cordoned) return `it is cordoned (${host.cordonReason})`;
  if (core.state.hostPresence.get(host.hostId)?.reported !== true) return 'its agent has not reported yet';
  return null;
}

function adoptHost(core: Core, framework: FrameworkRecord, host: HostRecord): LeaseRecord {
  const { frameworkId } = framework;
  const role = roleOf(framework);
  const lease: LeaseRecord = {
    leaseId: core.nextId('l'),
    hostId: host.hostId,
    frameworkId,
    role,
    origin: 'adopted',
    phase: 'serving',
    sinceMs: core.nowMs,
    servingSinceMs: core.nowMs,
  };
  core.state.leases.put(lease);
  core.state.hosts.put({ ...host, mode: 'leased', modeSinceMs: core.nowMs, leaseId: lease.leaseId, clean: false });
  // An adoption is no grant: it states what is. What it puts over a limit is shown.
  reviewLimits(core, role);
  core.markDirty(host.hostId);
  core.sendFramework(frameworkId, {
    kind: 'lease',
    lease: leaseMessage(host, lease),
    change: 'granted',
    reason: 'the manager used it already',
  });
  core.decide('lease', host.name, `${host.name} is leased to ${frameworkId} as it is: its manager uses it already`, {
    leaseId: lease.leaseId,
  });
  return lease;
}

/** Adopted hosts are charged to the framework's first role; an operator may move them. */
function roleOf(framework: FrameworkRecord): string {
  return framework.roles[0] ?? '/';
}

function isHeldBy(core: Core, host: HostRecord, frameworkId: string): boolean {
  return host.leaseId !== null && core.state.leases.get(host.leaseId)?.frameworkId === frameworkId;
}
