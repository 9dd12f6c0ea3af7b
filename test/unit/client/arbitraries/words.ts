/** Words, numbers and lists within the limits of the contract. */
import fc from 'fast-check';

export type Table<U extends { kind: string }> = { readonly [K in U['kind']]: fc.Arbitrary<Extract<U, { kind: K }>> };

export function oneOfTable<U extends { kind: string }>(table: Table<U>): fc.Arbitrary<U> {
  const arbitraries: fc.Arbitrary<U>[] = Object.values(table);
  return fc.oneof(...arbitraries);
}

export const DAY_MS = 86_400_000;
export const printable = (value: string): boolean => !/[\p{Cc}\p{Cs}]/u.test(value);
export const anyName = fc.oneof(
  fc.constantFrom('', 'node17', 'ovirt/prod', 'Ω', '名前', 'a'.repeat(253), 'quote\'"\\', '0', 'null'),
  fc.string({ maxLength: 20, unit: 'grapheme' }).filter(printable),
);
export const required = anyName.filter((value) => value !== '');
export const words = fc.oneof(anyName, fc.constantFrom('two\nlines\tand a tab', 'x'.repeat(4_096)));
export const key = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,20}$/);
export const dimension = fc.stringMatching(/^[a-z][A-Za-z0-9_.-]{0,9}(\/[a-z0-9][A-Za-z0-9_.-]{0,9})?$/);
/** A framework's own names for its demands and tasks. */
export const ownId = fc.oneof(
  fc.constant('a'.repeat(200)),
  fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter(printable),
);
export const count = fc.oneof(fc.nat(100), fc.maxSafeNat(), fc.constant(Number.MAX_SAFE_INTEGER));
export const signed = fc.oneof(fc.integer(), fc.maxSafeInteger());
export const durationMs = fc.nat(DAY_MS);
export const int32 = fc.integer();
export const attempt = fc.integer({ min: 1 });
export const flag = fc.boolean();
export const many = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(arbitrary, { maxLength: 3 });
export const distinct = <T>(
  arbitrary: fc.Arbitrary<T>,
  selector: (value: T) => string,
  minLength = 0,
): fc.Arbitrary<T[]> => fc.uniqueArray(arbitrary, { selector, minLength, maxLength: 3 });
export const ids = distinct(required, (id) => id, 1);
/** The record is rebuilt, because fast-check's dictionaries have no prototype and decoded ones have. */
export const dictionary = <V>(keys: fc.Arbitrary<string>, values: fc.Arbitrary<V>): fc.Arbitrary<Record<string, V>> =>
  fc.dictionary(keys, values, { maxKeys: 3 }).map((record) => ({ ...record }));
export const kindOf = <K extends string>(kind: K): { readonly kind: fc.Arbitrary<K> } => ({ kind: fc.constant(kind) });
