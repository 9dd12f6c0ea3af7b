/** Machines that no manager uses: admitted by a person or by configuration, free once their agent has verified them clean. */
import type { Core } from '../core.js';
import type { OperatorReply } from '../operate/commands.js';
import { checkMove, startMove, type MoveRequest } from '../reassign/start-move.js';
import type { HostRecord } from '../state/records.js';
import { claimantsOf } from './drift.js';
import { some } from './text.js';

/** Admits every unclaimed host that nobody uses, where the configuration says so and all managers were observed. */
export function admitAllIfAsked(core: Core): void {
  if (!core.options.autoAdmit || !isEveryManagerObserved(core)) return;
  for (const hostId of [...core.state.hostsByMode.get('unclaimed')]) admitUnused(core, hostId);
}

/** The same for one host. */
export function admitIfAsked(core: Core, hostId: string): void {
  if (core.options.autoAdmit && core.state.hosts.get(hostId)?.mode === 'unclaimed' && isEveryManagerObserved(core))
    admitUnused(core, hostId);
}

/** An operator says that an unclaimed machine may be used: it is free as soon as its agent has verified it clean. */
export function admitHost(core: Core, principal: string, hostId: string, dryRun: boolean): OperatorReply {
  const host = core.state.hosts.get(hostId);
  if (host === undefined) return { ok: false, code: 'NOT_FOUND', message: `there is no host ${hostId}` };
  const refuse = (message: string): OperatorReply => ({ ok: false, code: 'FAILED_PRECONDITION', message });
  if (host.mode !== 'unclaimed') return refuse(`${host.name} is ${host.mode}; only unclaimed hosts are admitted`);
  const claimants = claimantsOf(core, hostId);
  const [first] = claimants;
  if (first !== undefined)
    return refuse(
      `${host.name} is used by ${some(claimants)}; lease it to that framework: mosaic adopt --framework ${first}`,
    );
  const unseen = unseenText(core, host);
  if (unseen !== null) return refuse(unseen);
  const request = requestFor(host, `operator:${principal}`, `${principal} admits ${host.name}`);
  const refusal = obstacle(core, host) ?? checkMove(core, request);
  if (refusal !== null) return refusal;
  const changes = [`${host.name} is verified clean by its agent and is free then; nothing on it is touched`];
  const silent = [...core.state.frameworks.values()]
    .filter(
      (framework) => !framework.tornDown && core.state.frameworkPresence.get(framework.frameworkId)?.observed !== true,
    )
    .map((framework) => framework.frameworkId);
  if (silent.length > 0) changes.push(`be sure that ${some(silent)} does not use it: its hosts are not known yet`);
  if (dryRun) return { ok: true, changes, ids: [] };
  const move = startMove(core, request);
  return move.ok ? { ok: true, changes, ids: [move.transitionId] } : move;
}

/** Which expected managers have not told their hosts yet, as a refusal; null when all have. */
export function unseenText(core: Core, host: HostRecord): string | null {
  const unseen = core.options.expectedFrameworks.filter(
    (id) => core.state.frameworkPresence.get(id)?.observed !== true,
  );
  if (unseen.length === 0) return null;
  return `${some(unseen)} has not told its hosts since this master started; ${host.name} may be one of them, so try again later`;
}

/** No unclaimed host is judged unused before all managers that may use it have told what they have. */
function isEveryManagerObserved(core: Core): boolean {
  const expected = core.options.expectedFrameworks;
  if (expected.length > 0) return expected.every((id) => core.state.frameworkPresence.get(id)?.observed === true);
  let registered = 0;
  for (const framework of core.state.frameworks.values()) {
    if (framework.tornDown) continue;
    registered += 1;
    if (core.state.frameworkPresence.get(framework.frameworkId)?.observed !== true) return false;
  }
  return registered > 0;
}

function admitUnused(core: Core, hostId: string): void {
  const host = core.state.hosts.get(hostId);
  if (host?.mode !== 'unclaimed' || host.transitionId !== null || claimantsOf(core, hostId).length > 0) return;
  if (obstacle(core, host) !== null) return;
  // A refusal (a freeze, an agent just gone) is no news: the next report or observation tries again.
  startMove(core, requestFor(host, 'planner', 'no manager uses it'));
}

function obstacle(core: Core, host: HostRecord): Extract<OperatorReply, { readonly ok: false }> | null {
  if (host.cordoned)
    return {
      ok: false,
      code: 'FAILED_PRECONDITION',
      message: `${host.name} is cordoned (${host.cordonReason}); mosaic host uncordon ${host.name} first`,
    };
  if (core.state.hostPresence.get(host.hostId)?.reported !== true)
    return {
      ok: false,
      code: 'UNAVAILABLE',
      message: `the agent of ${host.name} has not reported since this master started; only it can verify the host`,
    };
  return null;
}

function requestFor(host: HostRecord, requestedBy: string, reason: string): MoveRequest {
  return {
    hostId: host.hostId,
    to: null,
    toMode: 'free',
    demandId: '',
    planId: null,
    reason,
    requestedBy,
    hard: false,
    reclaim: false,
  };
}
