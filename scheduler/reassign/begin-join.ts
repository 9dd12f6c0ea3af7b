import { strict as assert } from 'node:assert';

import type { Core } from '../core.js';
import type { LeaseRecord, TransitionRecord } from '../state/records.js';
import { withOutcome } from './end.js';
import { follow } from './follow.js';
import { leaseMessage } from './leases.js';
import { newTransition } from './new-transition.js';

/**
 * A claim was accepted: makes the lease, and lets the host's transition go on at `prepare`; a claim of free capacity
 * starts a transition of its own there. The first attempt is asked on the next tick, which is due at once.
 *
 * @param transitionId the transition whose directed offer was accepted, or null for an ordinary offer
 */
export function beginJoin(
  core: Core,
  hostId: string,
  frameworkId: string,
  role: string,
  demandId: string,
  transitionId: string | null,
): { readonly leaseId: string; readonly transitionId: string } {
  const host = core.state.hosts.get(hostId);
  assert(host !== undefined && host.mode === 'free' && host.leaseId === null, `host ${hostId} is claimed but not free`);
  assert(host.transitionId === transitionId, `host ${host.name} is claimed past its transition`);
  const lease: LeaseRecord = {
    leaseId: core.nextId('l'),
    hostId,
    frameworkId,
    role,
    origin: 'claimed',
    phase: 'joining',
    sinceMs: core.nowMs,
    servingSinceMs: 0,
  };
  const before =
    transitionId === null
      ? newTransition(core, {
          hostId,
          from: null,
          to: { frameworkId, role },
          toMode: 'leased',
          planId: null,
          demandId,
          reason: `${frameworkId} claimed a free host for its demand ${demandId}`,
          requestedBy: `framework:${frameworkId}`,
          hard: false,
          reclaim: false,
          drainDeadlineMs: core.options.drainDeadlineMs,
          leaseId: null,
        })
      : core.state.transitions.get(transitionId);
  assert(before?.outcome === 'running', `transition ${String(transitionId)} is not running`);
  core.state.leases.put(lease);
  core.state.hosts.put({
    ...host,
    mode: 'leased',
    modeSinceMs: core.nowMs,
    leaseId: lease.leaseId,
    transitionId: before.transitionId,
    clean: false,
  });
  core.sendFramework(frameworkId, {
    kind: 'lease',
    lease: leaseMessage(host, lease),
    change: 'granted',
    reason: before.reason,
  });
  core.decide('lease', frameworkId, `${frameworkId} holds ${host.name} and prepares it`, { leaseId: lease.leaseId });
  const claimed: TransitionRecord = { ...before, leaseId: lease.leaseId };
  if (transitionId === null) follow(core, claimed, 'start->prepare', claimed.reason);
  else
    follow(core, withOutcome(core, claimed, 'done', 'the directed offer was accepted'), 'offer:accepted->prepare', '');
  core.timers.set(`transition/${before.transitionId}`, core.nowMs);
  return { leaseId: lease.leaseId, transitionId: before.transitionId };
}
