import type { Quantities, RoleView } from '../operator-access.js';
import { detailsText, section } from './details.js';
import type { Rendering } from './rendering.js';
import { tableText, type Column } from './table.js';
import { amountText, counted, dimensionName, quantitiesText, span } from './words.js';

export const roleColumns: readonly Column<RoleView>[] = [
  { name: 'role', value: (role) => role.path, drop: 0, least: 16 },
  { name: 'guarantee', value: (role) => quantitiesText(role.guarantee), drop: 1, least: 10 },
  { name: 'limit', value: (role) => quantitiesText(role.limit), drop: 1, least: 10 },
  { name: 'weight', value: (role) => String(role.weight), right: true, drop: 4 },
  { name: 'used', value: (role) => hostsOf(role.used), right: true, drop: 0 },
  { name: 'demanded', value: (role) => hostsOf(role.demanded), right: true, drop: 2 },
  { name: 'entitled', value: (role) => hostsOf(role.entitled), right: true, drop: 2 },
  { name: 'share', value: (role) => `${(role.shareMicro / 10_000).toFixed(1)}%`, right: true, drop: 5 },
  { name: 'priority', value: (role) => String(role.priority), right: true, drop: 9, wide: true },
  { name: 'lending', value: (role) => quantitiesText(role.lendingLimit), drop: 9, wide: true },
  { name: 'borrowing', value: (role) => quantitiesText(role.borrowingLimit), drop: 9, wide: true },
  { name: 'reclaim', value: reclaimText, drop: 9, wide: true },
  { name: 'frameworks', value: (role) => role.frameworks.join(' '), drop: 6, least: 10 },
];

/** Hosts where the role counts hosts, otherwise everything it counts. */
function hostsOf(quantities: Quantities): string {
  const hosts = quantities['hosts'];
  return hosts === undefined ? quantitiesText(quantities) : String(hosts);
}

function reclaimText({ reclaim }: RoleView): string {
  const parts: string[] = [reclaim.kind];
  if (reclaim.graceMs > 0) parts.push(`after ${span(reclaim.graceMs)}`);
  if (reclaim.deadlineMs > 0) parts.push(`drain within ${span(reclaim.deadlineMs)}`);
  parts.push(reclaim.movesPerRound === 0 ? 'no moves' : `${counted(reclaim.movesPerRound, 'move')} a round`);
  if (reclaim.minHoldMs >= 0) parts.push(`minimum hold ${span(reclaim.minHoldMs)}`);
  return parts.join(', ');
}

interface DimensionRow {
  readonly dimension: string;
  readonly role: RoleView;
}

const dimensionColumns: readonly Column<DimensionRow>[] = [
  { name: 'dimension', value: (row) => dimensionName(row.dimension), drop: 0 },
  column('guarantee', (role) => role.guarantee, 0),
  column('effective', (role) => role.effectiveGuarantee, 3),
  column('limit', (role) => role.limit, 0),
  column('used', (role) => role.used, 0),
  column('offered', (role) => role.offered, 4),
  column('moving in', (role) => role.movingIn, 4),
  column('reserved', (role) => role.reserved, 4),
  column('demanded', (role) => role.demanded, 1),
  column('entitled', (role) => role.entitled, 1),
  column('lending', (role) => role.lendingLimit, 5),
  column('borrowing', (role) => role.borrowingLimit, 5),
];

function column(name: string, of: (role: RoleView) => Quantities, drop: number): Column<DimensionRow> {
  return {
    name,
    value: ({ dimension, role }) => {
      const value = of(role)[dimension];
      return value === undefined ? '-' : amountText(dimension, value);
    },
    right: true,
    drop,
  };
}

/** One role with its quota, dimension by dimension. */
export function roleText(role: RoleView, rendering: Rendering): string {
  const { style } = rendering;
  const named = [
    role.guarantee,
    role.limit,
    role.lendingLimit,
    role.borrowingLimit,
    role.used,
    role.reserved,
    role.demanded,
    role.entitled,
  ];
  const dimensions = [...new Set(named.flatMap((quantities) => Object.keys(quantities)))].sort(hostsFirst);
  const table = tableText(
    dimensions.map((dimension) => ({ dimension, role })),
    dimensionColumns,
    { ...rendering, columns: [] },
    'holds nothing, is owed nothing, asks for nothing',
  );
  const details = detailsText(
    [
      ['weight', String(role.weight)],
      ['priority', String(role.priority)],
      ['share', `${(role.shareMicro / 10_000).toFixed(2)}% of the surplus, weighted`],
      ['reclaim', reclaimText(role)],
      ['frameworks', role.frameworks.join(' ')],
    ],
    rendering,
    2,
  );
  const more = style.dim(`change: mosaic quota set ${role.path} --guarantee hosts=10 --dry-run`);
  return `${style.bold(role.path)}\n${details}${section('quota', table, rendering)}\n${more}\n`;
}

function hostsFirst(a: string, b: string): number {
  const rank = (name: string): number => (name === 'hosts' ? 0 : name.startsWith('hosts/') ? 1 : 2);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}
