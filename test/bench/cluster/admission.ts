import { OperatorClient, type OperatorCommand } from '../../../src/client/index.js';
import { hostName, roleOf } from './fleet.js';

/** Calls at once; the master takes 256. */
const CALLS_MAX = 128;
/** The fleet is asked how it stands this often; an answer looks at every host. */
const LOOK_EVERY_MS = 500;
const CALL_TIMEOUT_MS = 60_000;

/** Makes the roles and admits every host, as an operator would. Resolves when all hosts are free. */
export async function admitFleet(address: string, hosts: number, frameworks: number): Promise<void> {
  await withOperator(address, async (operator) => {
    const roles = new Set(['/bench', ...Array.from({ length: frameworks }, (_, at) => roleOf(at))]);
    for (const role of roles) await mustDo(operator, { kind: 'role_set', dryRun: false, role, change: {} });
    await forEachHost(hosts, (host) => mustDo(operator, { kind: 'host_admit', dryRun: false, host }));
    await allInMode(operator, 'free', hosts);
  });
}

/**
 * Shares every host, each as soon as it has its turn. Resolves when all are shared.
 *
 * @param turn settles when one more host may be shared
 */
export async function shareFleet(address: string, hosts: number, turn: () => Promise<void>): Promise<void> {
  await withOperator(address, async (operator) => {
    await forEachHost(hosts, async (host) => {
      await turn();
      await mustDo(operator, { kind: 'host_share', dryRun: false, host, shared: true });
    });
    await allInMode(operator, 'shared', hosts);
  });
}

async function withOperator(address: string, work: (operator: OperatorClient) => Promise<void>): Promise<void> {
  const operator = new OperatorClient({ address, user: 'bench', timeoutMs: CALL_TIMEOUT_MS });
  try {
    await work(operator);
  } finally {
    operator.close();
  }
}

async function forEachHost(hosts: number, call: (host: string) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < hosts) {
      next += 1;
      await call(hostName(next - 1));
    }
  };
  await Promise.all(Array.from({ length: CALLS_MAX }, worker));
}

async function allInMode(operator: OperatorClient, mode: 'free' | 'shared', hosts: number): Promise<void> {
  for (;;) {
    const { overview } = await operator.get({ kind: 'overview' });
    if ((overview.hostsByMode[mode] ?? 0) === hosts) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function mustDo(operator: OperatorClient, command: OperatorCommand): Promise<void> {
  const reply = await operator.command(command);
  if (!reply.ok) throw new Error(`the master refused ${command.kind}: ${reply.code} ${reply.message}`);
}
