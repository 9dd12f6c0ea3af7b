import type { Cell } from './workloads.js';

type Sizes = readonly (readonly [hosts: number, frameworks: number, roles: number])[];

/** Which sizes each workload runs in; `small` is the part that takes seconds. */
export const GRIDS: Readonly<Record<string, { readonly full: Sizes; readonly small: Sizes }>> = {
  W1: { full: oneRole([1_000, 5_000, 10_000, 50_000], [50, 200, 1_000]), small: oneRole([1_000], [50, 200]) },
  W1saturated: {
    full: [...oneRole([1_000, 5_000, 10_000], [50]), ...oneRole([1_000], [200])],
    small: oneRole([1_000], [50]),
  },
  W2: { full: oneRole([1_000, 5_000, 10_000], [50, 200, 1_000]), small: oneRole([1_000], [200]) },
  W3: { full: [[200, 200, 100], [2_000, 2_000, 1_000], [10_000, 200, 200]], small: [[200, 200, 100]] }, // prettier-ignore
  W3quota: { full: [[200, 200, 100], [2_000, 2_000, 1_000], [10_000, 200, 200]], small: [[200, 200, 100]] }, // prettier-ignore
  W4: { full: [[30, 30, 30], [300, 300, 300], [3_000, 3_000, 3_000]], small: [[30, 30, 30], [300, 300, 300]] }, // prettier-ignore
  W5: { full: oneRole([10_000], [200]), small: oneRole([1_000], [200]) },
  Dirty: { full: oneRole([10_000], [200]), small: oneRole([1_000], [50]) },
  MultiFramework: { full: [[80, 554, 55]], small: [[80, 554, 55]] },
};

export function cellsOf(
  workload: string,
  grid: 'full' | 'small',
  only: { readonly hosts: number | null; readonly frameworks: number | null },
): readonly Cell[] {
  return (GRIDS[workload]?.[grid] ?? [])
    .map(([hosts, frameworks, roles]) => ({ workload, hosts, frameworks, roles }))
    .filter(({ hosts }) => only.hosts === null || hosts === only.hosts)
    .filter(({ frameworks }) => only.frameworks === null || frameworks === only.frameworks);
}

function oneRole(hosts: readonly number[], frameworks: readonly number[]): Sizes {
  return hosts.flatMap((count) => frameworks.map((each) => [count, each, 1] as const));
}
