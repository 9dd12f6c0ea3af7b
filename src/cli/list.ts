import type { Shown } from './render/rendering.js';
import type { Column } from './render/table.js';

/** A plain list in every format. */
export async function listShown<Row>(
  name: string,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  nameOf: (row: Row) => string,
  empty: string,
  more: { readonly data?: Readonly<Record<string, unknown>>; readonly notes?: readonly string[] } = {},
): Promise<Shown> {
  const { tableText } = await import('./render/table.js');
  return {
    data: { [name]: rows, ...more.data },
    items: rows,
    names: rows.map(nameOf),
    text: (rendering) => tableText(rows, columns, rendering, empty),
    notes: more.notes ?? [],
  };
}
