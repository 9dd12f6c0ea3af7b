/**
 * What Apache Mesos' own HierarchicalDRFAllocator (C++, -O2, commit c1b42f79d) took for the same phases on a machine of
 * two cores: medians in milliseconds. Another machine than yours: compare orders of magnitude.
 */
const FIGURES: Readonly<Record<string, number>> = {
  ...table('W1', ['addFrameworks', 'addAgents', 'decline', 'allocate'], {
    '1000x50': [1.8, 74.4, 71.2, 49.8],
    '1000x200': [4.1, 87.7, 64.3, 48.8],
    '1000x1000': [16.2, 100, 73.3, 67.2],
    '5000x50': [2.8, 465, 405, 316],
    '5000x200': [3.3, 539, 360, 322],
    '5000x1000': [20, 622, 391, 403],
    '10000x50': [1.2, 1073, 747, 599],
    '10000x200': [4.4, 1036, 752, 659],
    '10000x1000': [20.5, 1225, 823, 800],
    '50000x200': [3.9, 5868, 4327, 3349],
  }),
  ...table('W1saturated', ['allocate'], {
    '1000x50': [573],
    '5000x50': [2820],
    '1000x200': [2666],
    '10000x50': [8030],
  }),
  ...table('W2', ['addAgents', 'decline', 'allocate'], {
    '1000x50': [81.1, 53.4, 42],
    '1000x200': [81.4, 51.6, 40.3],
    '1000x1000': [105, 53.9, 40.4],
    '5000x50': [498, 307, 249],
    '5000x200': [511, 322, 254],
    '5000x1000': [591, 333, 274],
    '10000x50': [1035, 681, 531],
    '10000x200': [1040, 611, 502],
    '10000x1000': [1166, 650, 538],
  }),
  ...table('W3', ['addAgents', 'addFrameworks', 'firstPass', 'idlePass'], {
    '200x200': [3.5, 41, 6.2, 1.6],
    '2000x2000': [32, 3102, 205, 129],
    '10000x200': [199, 6292, 356, 126],
  }),
  ...table('W3quota', ['addAgents', 'addFrameworks', 'firstPass', 'idlePass'], {
    '200x200': [3.5, 46, 9, 1.2],
    '2000x2000': [33, 2999, 133, 61],
    '10000x200': [177, 6653, 424, 88],
  }),
  ...table('W4', ['addAgents', 'addFrameworks', 'firstPass', 'idlePass'], {
    '30x30': [0.9, 2.7, 2, 0.8],
    '300x300': [4.8, 131, 80, 61],
    '3000x3000': [94, 16_259, 21_860, 20_605],
  }),
  ...table('W5', ['addFrameworks', 'addAgents', 'updateAgents'], { '10000x200': [3.9, 829, 651] }),
};

/** The median of Mesos for the phase, or null where it was not measured. */
export function mesosMs(line: {
  readonly workload: string;
  readonly hosts: number;
  readonly frameworks: number;
  readonly phase: string;
}): number | null {
  return FIGURES[`${line.workload}/${line.hosts}x${line.frameworks}/${line.phase}`] ?? null;
}

function table(
  workload: string,
  phases: readonly string[],
  rows: Readonly<Record<string, readonly number[]>>,
): Record<string, number> {
  const figures: Record<string, number> = {};
  for (const [size, medians] of Object.entries(rows))
    for (const [at, phase] of phases.entries()) figures[`${workload}/${size}/${phase}`] = medians[at] ?? 0;
  return figures;
}
