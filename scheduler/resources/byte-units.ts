/**
 * Amounts in bytes are kept in whole MiB: what hosts have is rounded down, what is asked of them up. A fleet has more than
 * 2^53 bytes of disk soon (4,500 hosts of 2 TB), and sums of odd numbers beyond that are not exact; sums of whole MiB are up
 * to 2^73.
 */
import type { MutableQuantities } from './quantities.js';
import type { Quantities, Resources } from './types.js';

export const BYTES_UNIT = 2 ** 20;

/** Whether the dimension counts bytes: `memoryBytes`, `diskBytes`, any other that an admin names so. */
export function isBytes(dimension: string): boolean {
  return dimension.endsWith('Bytes');
}

/** At most `amount`, in whole units where the dimension has them. */
export function floorToUnit(dimension: string, amount: number): number {
  return isBytes(dimension) ? amount - (amount % BYTES_UNIT) : amount;
}

/** What a host has, in whole MiB; the same object when it is so already. */
export function roundedDown(resources: Resources): Resources {
  return rounded(resources, floorToUnit);
}

/** What is asked of a host, in whole MiB; the same object when it is so already. */
export function roundedUp(resources: Resources): Resources {
  return rounded(resources, (dimension, amount) =>
    isBytes(dimension) ? Math.ceil(amount / BYTES_UNIT) * BYTES_UNIT : amount,
  );
}

function rounded(resources: Resources, round: (dimension: string, amount: number) => number): Resources {
  let changed: MutableQuantities | null = null;
  const quantities: Quantities = resources.quantities;
  for (const dimension in quantities) {
    const amount = quantities[dimension] ?? 0;
    const whole = round(dimension, amount);
    if (whole === amount) continue;
    changed ??= { ...quantities };
    changed[dimension] = whole;
  }
  return changed === null ? resources : { ...resources, quantities: changed };
}
