import type { HostView } from '../client/index.js';
import type { CensusMachine } from './messages.js';

export interface ClosingFacts {
  readonly hosts: readonly HostView[];
  /** Machines of each manager, by framework. */
  readonly managers: ReadonlyMap<string, readonly CensusMachine[]>;
  /** Names of the frameworks that should have answered. */
  readonly frameworks: readonly string[];
  /** What the master's own audit found. */
  readonly violations: readonly string[];
}

/** Manager states of a machine that is on its way in or out; its move is still under way or has just ended. */
const PASSING = new Set(['joining', 'join_failed', 'leaving']);

/**
 * Whether everybody agrees at the end: each leased host is in its holder's manager and in no other, each machine of a
 * manager is leased to it. Sentences on what is wrong; empty when nothing is.
 */
export function closingProblems(facts: ClosingFacts): readonly string[] {
  const problems = facts.violations.map((violation) => `the master's audit: ${violation}`);
  const holders = new Map<string, string[]>();
  for (const framework of facts.frameworks) {
    const machines = facts.managers.get(framework);
    if (machines === undefined) problems.push(`the manager of ${framework} did not answer`);
    for (const { name, state } of machines ?? []) {
      if (PASSING.has(state)) continue;
      const known = holders.get(name);
      if (known === undefined) holders.set(name, [framework]);
      else known.push(framework);
    }
  }
  for (const host of facts.hosts) {
    if (host.transition !== null) continue;
    const inManagers = holders.get(host.name) ?? [];
    holders.delete(host.name);
    if (inManagers.length > 1) problems.push(`${host.name} is in the managers of ${inManagers.join(' and ')} at once`);
    else if (host.mode === 'quarantined') continue;
    else if (host.owner === '' && inManagers.length === 1)
      problems.push(`${host.name} is in the manager of ${inManagers.join('')}, and nobody has it leased`);
    else if (host.owner !== '' && inManagers.length === 0)
      problems.push(`${host.name} is leased to ${host.owner}, and no manager has it`);
    else if (inManagers.length === 1 && inManagers[0] !== host.owner)
      problems.push(`${host.name} is leased to ${host.owner}, and in the manager of ${inManagers.join('')}`);
  }
  for (const [name, owners] of holders)
    if (!facts.hosts.some((host) => host.name === name))
      problems.push(`${name} is in the manager of ${owners.join(' and ')}, and the master does not know it`);
  return problems;
}
