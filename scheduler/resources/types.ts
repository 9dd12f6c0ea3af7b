/**
 * Quantities by dimension. Integers only: `cpusMilli` in thousandths of a CPU, `memoryBytes` and `diskBytes` in bytes,
 * `gpus` in whole devices, any other key is an admin-named scalar. In the quota ledger two more kinds of keys appear:
 * `hosts` and `hosts/<shape>`, each counting whole hosts. An absent key means zero. Never negative on the wire.
 */
export type Quantities = Readonly<Record<string, number>>;

/** Inclusive range of TCP/UDP ports, `1 <= first <= last <= 65535`. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** What a host has, an offer holds or a task uses: quantities plus port ranges (sorted, disjoint, not adjacent). */
export interface Resources {
  readonly quantities: Quantities;
  readonly ports: readonly PortRange[];
}
