/**
 * Binary heaps in plain arrays: the item that goes before all others stands first. `before` must be a strict order in
 * which no two items of the heap are equal; then what is taken does not depend on how the heap came about.
 */
export type Before<T> = (a: T, b: T) => boolean;

/** Makes a heap of items in any order. */
export function heapify<T>(items: T[], before: Before<T>): void {
  for (let at = (items.length >> 1) - 1; at >= 0; at -= 1) siftDown(items, at, before);
}

export function pushItem<T>(items: T[], item: T, before: Before<T>): void {
  items.push(item);
  siftUp(items, items.length - 1, item, 0, before);
}

/** Takes the first item out. */
export function takeFirst<T>(items: T[], before: Before<T>): T | undefined {
  const first = items[0];
  const last = items.pop();
  if (last === undefined || items.length === 0) return first;
  items[0] = last;
  siftDown(items, 0, before);
  return first;
}

/**
 * Finds the place of an item that goes later than it did. It goes down to the bottom along the first of each two children,
 * then up: most belong near the bottom, and so are compared once a level instead of twice.
 */
export function siftDown<T>(items: T[], from: number, before: Before<T>): void {
  const moved = items[from];
  if (moved === undefined) return;
  let at = from;
  for (;;) {
    const left = items[2 * at + 1];
    if (left === undefined) break;
    const right = items[2 * at + 2];
    if (right !== undefined && before(right, left)) {
      items[at] = right;
      at = 2 * at + 2;
    } else {
      items[at] = left;
      at = 2 * at + 1;
    }
  }
  siftUp(items, at, moved, from, before);
}

/** Puts `item` in at `from` or, where it goes before those above, further up; never above `top`. */
function siftUp<T>(items: T[], from: number, item: T, top: number, before: Before<T>): void {
  let at = from;
  while (at > top) {
    const parent = (at - 1) >> 1;
    const above = items[parent];
    if (above === undefined || !before(item, above)) break;
    items[at] = above;
    at = parent;
  }
  items[at] = item;
}
