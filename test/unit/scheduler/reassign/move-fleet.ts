/** One host of each of two holders, and what a move between them says: what tests of moves start from. */
import { usage } from '../../../../scheduler/quota/index.js';
import { startMove } from '../../../../scheduler/reassign/index.js';
import { Bench, KUBE, OVIRT } from './bench.js';

export function fleet(): Bench {
  const bench = new Bench();
  bench.role('/vm');
  bench.role('/pod');
  bench.framework(OVIRT, ['/vm']);
  bench.framework(KUBE, ['/pod']);
  bench.host('h1', { heldBy: OVIRT, role: '/vm' });
  bench.host('h2');
  return bench;
}

export function toKube(bench: Bench, host = 'h1', dryRun = false): ReturnType<typeof startMove> {
  return startMove(
    bench.core,
    {
      hostId: host,
      to: { frameworkId: KUBE, role: '/pod' },
      toMode: 'leased',
      demandId: 'd1',
      planId: null,
      reason: 'pods wait',
      requestedBy: 'operator:ann',
      hard: false,
      reclaim: false,
    },
    dryRun,
  );
}

/** `wipe#4 kubernetes` of each request to the peer. */
export function asked(bench: Bench, peerId: string): readonly string[] {
  return bench
    .sent(peerId)
    .flatMap((message) =>
      message.kind === 'step_request' ? [`${message.request.step} ${message.request.workload}`] : [],
    );
}

export function leaseChanges(bench: Bench, frameworkId: string): readonly string[] {
  return bench
    .sent(`framework/${frameworkId}`)
    .flatMap((message) => (message.kind === 'lease' ? [`${message.change} ${message.lease.phase}`] : []));
}

export function hosts(bench: Bench, role: string): readonly (number | undefined)[] {
  const { used, movingIn } = usage(bench.core, role);
  return [used['hosts'] ?? 0, movingIn['hosts'] ?? 0];
}
