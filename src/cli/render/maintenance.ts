import type { WindowView } from '../operator-access.js';
import { detailsText, type Detail } from './details.js';
import type { Rendering } from './rendering.js';
import type { Column } from './table.js';
import { counted, moment, span } from './words.js';

export const windowColumns: readonly Column<WindowView>[] = [
  { name: 'window', value: (row) => row.name, drop: 0, least: 12 },
  {
    name: 'state',
    value: (row) => row.phase,
    paint: (text, row, { style }) => (row.phase === 'announced' ? text : style.warn(text)),
    drop: 0,
  },
  { name: 'begins', value: (row, { nowMs, utc }) => moment(row.startsMs, nowMs, utc), drop: 0 },
  { name: 'lasts', value: lastsText, right: true, drop: 1 },
  { name: 'hosts', value: (row) => String(row.hosts.length), right: true, drop: 1 },
  { name: 'drained', value: drainedText, right: true, drop: 2 },
  { name: 'reason', value: (row) => row.reason, drop: 3, least: 12 },
  { name: 'by', value: (row) => row.by, drop: 9, wide: true },
];

function lastsText(row: WindowView): string {
  return row.endsMs === 0 ? 'open' : span(row.endsMs - row.startsMs);
}

/** Only a window that has begun to drain has something to show. */
function drainedText(row: WindowView): string {
  return row.drain && row.phase !== 'announced' ? `${row.hostsDrained}/${row.hosts.length}` : '';
}

export function windowText(window: WindowView, rendering: Rendering): string {
  const { style, nowMs, utc } = rendering;
  const left = window.startsMs - nowMs;
  const begins = `${moment(window.startsMs, nowMs, utc)}${left > 0 ? `, in ${span(left)}` : ''}`;
  const ends = window.endsMs === 0 ? 'when it is deleted' : moment(window.endsMs, nowMs, utc);
  const drains = window.drain
    ? `${span(window.drainBeforeMs)} before it begins${window.hard ? '; what is left then is killed' : ''}`
    : 'no: the hosts are only cordoned';
  const details: readonly Detail[] = [
    ['begins', begins],
    ['ends', ends],
    ['reason', window.reason],
    ['drains', drains],
    [
      'so far',
      window.phase === 'announced'
        ? ''
        : `${counted(window.hostsDrained, 'host')} drained, ${window.hostsDraining} draining`,
    ],
    ['after', window.keepCordoned ? 'the hosts stay cordoned' : 'the hosts come back'],
    ['by', window.by],
    ['hosts', window.hosts.join(' ')],
  ];
  return `${style.bold(window.name)}  ${window.phase}\n${detailsText(details, rendering, 2)}`;
}
