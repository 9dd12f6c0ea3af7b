import { unavailabilityIn, windowOf } from '../../calendar.js';
import type { Core } from '../../core.js';
import { holdReasons } from '../../reassign/index.js';
import { isRecovering } from '../../reconcile/index.js';
import type { HostRecord, LeaseRecord, WaitWord } from '../../state/records.js';
import { drainView } from '../maintenance.js';
import { remedies } from '../remedies.js';
import type { WhyView } from '../views.js';
import { counted, duration } from '../../words.js';
import { holdRemedies, holdText, waitReason } from './hold.js';
import { whyMove } from './move.js';
import { conditionReasons, whyView, type Reason } from './reason.js';
import { reservedOnHost } from './reserved.js';

const PAST_MOVES_SHOWN_MAX = 3;

interface State {
  readonly headline: string;
  readonly word: WaitWord;
  readonly reasons: readonly Reason[];
  readonly remedies: readonly string[];
}

/** Why a host is where it is and why it does not move. */
export function whyHost(core: Core, host: HostRecord): WhyView {
  const state = stateOf(core, host);
  const conditions = conditionReasons(core, [host.name, host.hostId], ['HOST_LOST', 'TRANSITION_BLOCKED']);
  const cordon: readonly Reason[] =
    host.cordoned && !core.state.drains.has(host.hostId)
      ? [
          {
            code: 'HOLDS',
            text: `cordoned${host.cordonReason === '' ? '' : `: ${host.cordonReason}`}; nothing new is granted here`,
            sinceMs: 0,
          },
        ]
      : [];
  const reserved = reservedOnHost(core, host);
  return whyView(
    host.name,
    'host',
    state.headline,
    state.word,
    [
      ...outOfUse(core, host),
      ...state.reasons,
      ...reserved.reasons,
      ...cordon,
      ...conditions.reasons,
      ...pastMoves(core, host),
    ],
    // What is reserved has to end before the host can move.
    [
      ...reserved.remedies,
      ...state.remedies,
      ...(host.cordoned ? [remedies.hostUncordon(host.name)] : []),
      ...conditions.remedies,
    ],
  );
}

/** What takes the host out of use, now or later. */
function outOfUse(core: Core, host: HostRecord): readonly Reason[] {
  const reasons: Reason[] = [];
  const drain = core.state.drains.get(host.hostId);
  const view = drainView(core, host);
  if (drain !== undefined && view !== null) {
    const left = view.left === '' ? '' : `; still on it: ${view.left}`;
    const dueMs = drain.deadlineMs - core.nowMs;
    const due =
      view.phase !== 'draining' ? '' : dueMs > 0 ? `, due in ${duration(dueMs)}` : `, due ${duration(-dueMs)} ago`;
    const text = `${view.phase === 'cordoned' ? 'out of use' : view.phase}${view.hard ? ' (hard)' : ''}${due}: ${view.reason}${left}`;
    reasons.push({ code: 'HOLDS', text, sinceMs: view.sinceMs });
    if (view.waitsFor !== '') {
      const [code = ''] = view.waitsFor.split(':', 1);
      reasons.push({ code: waitReason(code) ?? 'HOLDS', text: view.waitsFor.slice(code.length + 2), sinceMs: 0 });
    }
  }
  const window = windowOf(core, host.hostId);
  if (window !== undefined && drain?.window !== window.name) {
    const { startsInMs, lastsMs } = unavailabilityIn(core, window);
    const lasts = lastsMs === 0 ? '' : ` for ${duration(lastsMs)}`;
    const text = `maintenance ${window.name} takes it out of use in ${duration(startsInMs)}${lasts}${window.reason === '' ? '' : `: ${window.reason}`}`;
    reasons.push({ code: 'HOLDS', text, sinceMs: 0 });
  }
  return reasons;
}

function stateOf(core: Core, host: HostRecord): State {
  const transition = host.transitionId === null ? undefined : core.state.transitions.get(host.transitionId);
  if (transition !== undefined) {
    const { headline, word, reasons, wouldChangeIt } = whyMove(core, transition);
    return { headline, word, reasons, remedies: wouldChangeIt };
  }
  if (core.state.hostPresence.get(host.hostId)?.lost === true) return lostState(core, host);
  if (core.massFailure.heldBack.has(host.hostId)) return heldBackState(core, host);
  const lease = host.leaseId === null ? undefined : core.state.leases.get(host.leaseId);
  switch (host.mode) {
    case 'quarantined':
      return {
        headline: `${host.name} is quarantined for ${modeAge(core, host)}: ${host.quarantineReason}`,
        word: 'waits for you',
        reasons: [
          {
            code: 'HOLDS',
            text: host.quarantineReason === '' ? 'set aside by an operator' : host.quarantineReason,
            sinceMs: host.modeSinceMs,
          },
        ],
        remedies: [remedies.hostRelease(host.name)],
      };
    case 'unclaimed':
      return unclaimedState(core, host);
    case 'leased':
      return lease === undefined ? freeState(core, host) : leasedState(core, host, lease);
    case 'shared':
      return {
        headline: `${host.name} is shared: cut into slices for tasks, ${counted(core.state.tasksByHost.count(host.hostId), 'task')} on it`,
        word: 'working',
        reasons: [{ code: 'HOLDS', text: 'given to the shared pool', sinceMs: host.modeSinceMs }],
        remedies: [remedies.moveTo(host.name, 'free')],
      };
    default:
      return freeState(core, host);
  }
}

function lostState(core: Core, host: HostRecord): State {
  const presence = core.state.hostPresence.get(host.hostId);
  const gone = duration(core.nowMs - (presence?.lastSeenMs ?? core.nowMs));
  return {
    headline: `${host.name} is lost: no contact for ${gone}${host.leaseId === null ? '' : '; its lease stays until the machine is known to be off'}`,
    word: isUsed(core, host) ? 'waits for you' : 'blocked',
    reasons: [{ code: 'HOST_LOST', text: `no contact for ${gone}`, sinceMs: presence?.lastSeenMs ?? 0 }],
    remedies: [...(isUsed(core, host) ? [remedies.hostConfirmOff(host.name)] : []), 'wait until its agent is back'],
  };
}

/** It would count as lost by now, had it vanished alone. */
function heldBackState(core: Core, host: HostRecord): State {
  const presence = core.state.hostPresence.get(host.hostId);
  const gone = duration(core.nowMs - (presence?.lastSeenMs ?? core.nowMs));
  const condition = core.state.conditions.get('MASS_FAILURE|fleet');
  return {
    headline: `${host.name} is away for ${gone}, but does not count as lost: too many hosts vanished with it`,
    word: 'waits for you',
    reasons: [{ code: 'MASS_FAILURE', text: condition?.message ?? '', sinceMs: condition?.sinceMs ?? 0 }],
    remedies: [
      remedies.hostsIn('away'),
      remedies.breakerReset,
      remedies.hostConfirmOff(host.name),
      'wait until its agent is back',
    ],
  };
}

/** Whether something of ours is on the host that only a confirmed power-off sets free. */
function isUsed(core: Core, host: HostRecord): boolean {
  const { tasksByHost, reservationsByHost } = core.state;
  return (
    host.leaseId !== null ||
    host.transitionId !== null ||
    tasksByHost.count(host.hostId) > 0 ||
    reservationsByHost.count(host.hostId) > 0
  );
}

function unclaimedState(core: Core, host: HostRecord): State {
  const user = [...core.state.frameworkPresence.values()].find((presence) => presence.hosts.has(host.hostId));
  if (user === undefined)
    return {
      headline: `${host.name} is unclaimed for ${modeAge(core, host)}: no manager reports it as its own`,
      word: 'waits for you',
      reasons: [
        {
          code: 'HOLDS',
          text: 'a new machine is offered to nobody before it is admitted or adopted',
          sinceMs: host.modeSinceMs,
        },
      ],
      remedies: [remedies.hostAdmit(host.name)],
    };
  return {
    headline: `${host.name} is unclaimed, but ${user.frameworkId} uses it already`,
    word: 'waits for you',
    reasons: [
      {
        code: 'HOLDS',
        text: `${user.frameworkId} reports it as ${user.hosts.get(host.hostId)?.managerState ?? 'its own'}`,
        sinceMs: host.modeSinceMs,
      },
    ],
    remedies: [remedies.adopt(user.frameworkId)],
  };
}

function leasedState(core: Core, host: HostRecord, lease: LeaseRecord): State {
  const held: Reason = {
    code: 'HOLDS',
    text: `${lease.frameworkId} holds it in role ${lease.role} by lease ${lease.leaseId} (${lease.origin}, ${lease.phase})`,
    sinceMs: lease.sinceMs,
  };
  const holds = holdReasons(core, host.hostId);
  const serving =
    lease.servingSinceMs === 0 ? 'not serving yet' : `serving for ${duration(core.nowMs - lease.servingSinceMs)}`;
  return {
    headline: `${host.name} is held by ${lease.frameworkId} (role ${lease.role}), ${serving}`,
    word: 'working',
    reasons: [held, ...holds.filter((code) => code !== 'NONE').map((code) => holdText(core, host, lease, code))],
    remedies: [...holds.flatMap((code) => holdRemedies(core, host, lease, code)), remedies.moveTo(host.name, 'free')],
  };
}

function freeState(core: Core, host: HostRecord): State {
  const presence = core.state.hostPresence.get(host.hostId);
  const free = (
    word: WaitWord,
    code: Reason['code'],
    text: string,
    sinceMs: number,
    change: readonly string[],
  ): State => ({
    headline: `${host.name} is free for ${modeAge(core, host)}: ${text}`,
    word,
    reasons: [{ code, text, sinceMs }],
    remedies: change,
  });
  if (!host.clean)
    return free('waits for you', 'NOT_CLEAN', 'it is not verified clean', host.modeSinceMs, [
      remedies.hostRelease(host.name),
    ]);
  if (presence?.connected !== true)
    return free('blocked', 'DISCONNECTED', 'its agent is away', presence?.lastSeenMs ?? 0, [
      'wait until its agent is back',
    ]);
  if (!presence.reported) {
    const code = isRecovering(core) ? 'RECOVERING' : 'DISCONNECTED';
    return free('waits for time', code, 'its agent has not reported since the master started', core.startedMs, [
      'wait until its agent reports',
    ]);
  }
  const offer = [...core.state.offersByHost.get(host.hostId)].flatMap((id) => core.state.offers.get(id) ?? [])[0];
  if (offer !== undefined)
    return free(
      'working',
      'OFFERED',
      `it is offered to ${offer.frameworkId} for demand ${offer.demandId}`,
      offer.madeMs,
      [`wait ${duration(offer.expiresMs - core.nowMs)} until the offer is answered or expires`],
    );
  if (host.cordoned)
    return free('waits for you', 'HOLDS', 'it is cordoned', host.modeSinceMs, [remedies.hostUncordon(host.name)]);
  const asking = [...core.state.demands.values()].some((demand) => demand.entries.some((entry) => entry.count > 0));
  return free(
    'waits for time',
    asking ? 'NO_MATCH' : 'NONE',
    asking ? 'no standing demand needs it, may have it, or matches it' : 'nobody asks for hosts',
    host.modeSinceMs,
    [remedies.demandList, 'wait until a framework asks for it'],
  );
}

function modeAge(core: Core, host: HostRecord): string {
  return duration(core.nowMs - host.modeSinceMs);
}

function pastMoves(core: Core, host: HostRecord): readonly Reason[] {
  return [...core.state.transitions.values()]
    .filter((transition) => transition.hostId === host.hostId && transition.outcome !== 'running')
    .sort((a, b) => b.endedMs - a.endedMs)
    .slice(0, PAST_MOVES_SHOWN_MAX)
    .map((transition) => {
      const { headline } = whyMove(core, transition);
      return { code: 'HISTORY', text: headline, sinceMs: transition.endedMs };
    });
}
