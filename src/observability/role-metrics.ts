import { Gauge, type Registry } from 'prom-client';
import type { QueryResult } from '../../scheduler/index.js';

type Roles = Extract<QueryResult, { readonly kind: 'roles' }>['roles'];
type Role = Roles[number];
type Demands = Extract<QueryResult, { readonly kind: 'demands' }>['demands'];

/** Roles with series of their own, those that use most hosts and cpus first; the rest is summed under `other`. */
export const ROLES_SHOWN_MAX = 200;
/** Dimensions with series of their own, in alphabetical order. */
const DIMENSIONS_SHOWN_MAX = 32;
/** Unmet demands whose age is followed; of more the newest are not. */
const UNMET_FOLLOWED_MAX = 100_000;
const OTHER = 'other';

/** The sets of a role that are shown by dimension, each under its own name. */
const SETS = {
  guarantee: 'Guaranteed to the role',
  effectiveGuarantee: 'Guaranteed to the role after shrinking to what there is',
  limit: 'Limit of the role',
  used: 'Charged to the role: leases, tasks, open offers, moving in',
  offered: 'Of what is charged to the role, open offers',
  movingIn: 'Of what is charged to the role, moving in',
  demanded: 'Asked for in the role',
  entitled: 'What the role is entitled to now',
} as const satisfies Partial<Record<keyof Role, string>>;

type SetName = keyof typeof SETS;

/** What every role has, is owed and waits for. */
export class RoleMetrics {
  readonly #sets = new Map<SetName, Gauge>();
  readonly #share: Gauge;
  readonly #unmet: Gauge;
  readonly #unmetAge: Gauge;
  /** When each unmet demand was first seen so, on the core's clock. */
  readonly #unmetSinceMs = new Map<string, number>();

  constructor(registry: Registry) {
    const gauge = (name: string, help: string, labelNames: string[]): Gauge =>
      new Gauge({ name, help, labelNames, registers: [registry] });
    for (const [set, help] of Object.entries(SETS) as [SetName, string][])
      this.#sets.set(set, gauge(`mosaic_role_${snakeCase(set)}`, help, ['role', 'dimension']));
    this.#share = gauge('mosaic_role_share', 'Weighted dominant share of what the role borrows', ['role']);
    this.#unmet = gauge('mosaic_role_demand_unmet', 'Hosts and slices asked for in the role and not there', ['role']);
    this.#unmetAge = gauge(
      'mosaic_role_demand_unmet_seconds',
      'How long the oldest unmet demand of the role has been seen unmet, to within the time between two readings',
      ['role'],
    );
  }

  show(roles: Roles, demands: Demands, nowMs: number): void {
    const shown = new Set(busiest(roles).map(({ path }) => path));
    const nameOf = (path: string): string => (shown.has(path) ? path : OTHER);
    for (const gauge of [...this.#sets.values(), this.#share]) gauge.reset();
    for (const role of roles) {
      for (const [set, gauge] of this.#sets) showSet(gauge, nameOf(role.path), role[set]);
      // Shares of several roles add up to nothing that means anything.
      if (shown.has(role.path)) this.#share.set({ role: role.path }, role.shareMicro / 1e6);
    }
    this.#showDemands(demands, nameOf, nowMs);
  }

  #showDemands(demands: Demands, nameOf: (path: string) => string, nowMs: number): void {
    this.#unmet.reset();
    this.#unmetAge.reset();
    const unmet = new Set<string>();
    const oldestMs = new Map<string, number>();
    for (const { frameworkId, role, demandId, status } of demands) {
      if (status.pending === 0) continue;
      const key = `${frameworkId}|${role}|${demandId}`;
      unmet.add(key);
      if (this.#unmetSinceMs.size < UNMET_FOLLOWED_MAX && !this.#unmetSinceMs.has(key))
        this.#unmetSinceMs.set(key, nowMs);
      const name = nameOf(role);
      this.#unmet.inc({ role: name }, status.pending);
      oldestMs.set(name, Math.max(oldestMs.get(name) ?? 0, nowMs - (this.#unmetSinceMs.get(key) ?? nowMs)));
    }
    for (const [role, ageMs] of oldestMs) this.#unmetAge.set({ role }, ageMs / 1_000);
    for (const key of [...this.#unmetSinceMs.keys()]) if (!unmet.has(key)) this.#unmetSinceMs.delete(key);
  }
}

function busiest(roles: Roles): Roles {
  if (roles.length <= ROLES_SHOWN_MAX) return roles;
  const weight = ({ used }: Role): number => (used['hosts'] ?? 0) * 1e6 + (used['cpusMilli'] ?? 0) / 1_000;
  return [...roles].sort((a, b) => weight(b) - weight(a) || (a.path < b.path ? -1 : 1)).slice(0, ROLES_SHOWN_MAX);
}

function showSet(gauge: Gauge, role: string, amounts: Readonly<Record<string, number>>): void {
  Object.keys(amounts)
    .sort()
    .slice(0, DIMENSIONS_SHOWN_MAX)
    .forEach((key) => {
      const [dimension, value] = inBaseUnits(key, amounts[key] ?? 0);
      gauge.inc({ role, dimension }, value);
    });
}

/** Whole cpus and bytes, as Prometheus wants it: `cpusMilli` is shown as `cpus`, `memoryBytes` as `memory_bytes`. */
function inBaseUnits(key: string, value: number): readonly [string, number] {
  if (key === 'cpusMilli') return ['cpus', value / 1_000];
  return [key.endsWith('Bytes') ? snakeCase(key) : key, value];
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
