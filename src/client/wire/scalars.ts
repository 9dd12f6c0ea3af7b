import type { Codec } from './codec.js';
import { located } from './codec.js';
import { DURATION_MS_MAX, NAME_CHARS_MAX, TEXT_CHARS_MAX } from './limits.js';
import { WireError, shown } from './wire-error.js';

const CONTROL = /\p{Cc}/u;
/** Control characters other than line feed and tab. */
const CONTROL_IN_TEXT = /[^\P{Cc}\n\t]/u;
const CONTROLS_IN_TEXT = new RegExp(CONTROL_IN_TEXT.source, 'gu');

function scalar<D>(check: (value: D) => void, encode: (value: D) => D = (value) => value): Codec<D, D, D> {
  return {
    encode,
    decode: (wire) => {
      check(wire);
      return wire;
    },
    check,
  };
}

export interface NameRules {
  /** May not be empty. @default false */
  readonly required?: boolean;
  /** @default NAME_CHARS_MAX */
  readonly max?: number;
  /** Fewest characters. @default 0 */
  readonly min?: number;
  /** Never repeated in an error. @default false */
  readonly secret?: boolean;
  /** Must match; `accepts` says it in words or as the pattern itself. */
  readonly pattern?: RegExp;
  readonly accepts?: string;
}

/** A name, an id or any other word for machines: refused when too long, or with control characters in it. */
export function name(rules: NameRules = {}): Codec<string, string, string> {
  const max = rules.max ?? NAME_CHARS_MAX;
  return scalar((value) => {
    if (value === '') {
      if (rules.required === true) throw new WireError('is empty; it is required');
      return;
    }
    if (value.length > max) throw new WireError(`has ${value.length} characters; at most ${max} are accepted`);
    if (value.length < (rules.min ?? 0))
      throw new WireError(`has ${value.length} characters; at least ${rules.min ?? 0} are required`);
    if (CONTROL.test(value))
      throw new WireError(
        `${rules.secret === true ? 'is not acceptable' : `is ${shown(value)}`}; control characters are not accepted`,
      );
    if (rules.pattern !== undefined && !rules.pattern.test(value))
      throw new WireError(`is ${shown(value)}; accepted is ${rules.accepts ?? rules.pattern.source}`);
  });
}

/**
 * Text for people. What is received too long or with control characters is refused; what is sent is cut and cleaned
 * instead, because the words of a manager's error must not keep its step from being reported.
 */
export function text(max = TEXT_CHARS_MAX): Codec<string, string, string> {
  return {
    encode: (value) => presentable(value, max),
    decode: (wire) => {
      if (wire.length > max) throw new WireError(`has ${wire.length} characters; at most ${max} are accepted`);
      if (CONTROL_IN_TEXT.test(wire))
        throw new WireError(`is ${shown(wire)}; control characters other than line feed and tab are not accepted`);
      return wire;
    },
    check: () => undefined,
  };
}

/** What a program is given (an argument, a variable): anything but NUL, never cut. */
export function content(max: number): Codec<string, string, string> {
  return scalar((value) => {
    if (value.length > max) throw new WireError(`has ${value.length} characters; at most ${max} are accepted`);
    if (value.includes('\0')) throw new WireError('holds a NUL character, which no program can be given');
  });
}

/** The text cut to `max` characters and without control characters or halves of characters. */
export function presentable(value: string, max: number): string {
  const cut = value.length > max ? `${value.slice(0, max - 1)}…` : value;
  return cut.replace(CONTROLS_IN_TEXT, ' ').replace(/\p{Cs}/gu, '�');
}

/** Text of the master, shown as it comes. */
export const plain: Codec<string, string, string> = scalar(() => undefined);

export const flag: Codec<boolean, boolean, boolean> = scalar(() => undefined);

/** False in the domain is an absent member. */
export const presentFlag: Codec<boolean | undefined, boolean | undefined, boolean> = {
  encode: (value) => value,
  decode: (wire) => (wire ? true : undefined),
  check: () => undefined,
};

/** Empty on the wire, null in the domain. */
export function nameOrNull(rules: NameRules = {}): Codec<string | null, string, string> {
  const codec = name(rules);
  return {
    encode: (value) => value ?? '',
    decode: (wire) => (wire === '' ? null : codec.decode(wire)),
    check: (value) => {
      if (value !== null) codec.check(value);
    },
  };
}

/** A whole number within bounds that are exact in every language. */
export function integer(min = 0, max = Number.MAX_SAFE_INTEGER): Codec<number, number, number> {
  return scalar(
    (value) => {
      if (!Number.isSafeInteger(value) || value < min || value > max)
        throw new WireError(`is ${shown(value)}; it must be a whole number from ${min} to ${max}`);
    },
    (value) => {
      // The wire would turn NaN into 0 and cut fractions off without a word.
      if (!Number.isSafeInteger(value)) throw new WireError(`is ${shown(value)}; it must be a whole number`);
      return Object.is(value, -0) ? 0 : value;
    },
  );
}

/** Any exact whole number, negative ones too. */
export const signed = integer(Number.MIN_SAFE_INTEGER);
/** A count, sequence or time. */
export const count = integer();
/** A duration that somebody waits for. */
export const durationMs = integer(0, DURATION_MS_MAX);

type Upper<S extends string> = S extends `${infer A} ${infer B}` ? `${Uppercase<A>}_${Upper<B>}` : Uppercase<S>;

/**
 * A closed set of words: `waits for you` in the domain is `<PREFIX>_WAITS_FOR_YOU` on the wire. A value that is not set or
 * not known is `fallback` where that is given (it only informs), else refused (it says what to do).
 */
export function enumeration<const P extends string, const D extends string>(
  prefix: P,
  values: readonly D[],
  fallback?: NoInfer<D>,
): Codec<D, `${P}_${Upper<D>}`, string | number> {
  const wireName = (value: string): string => `${prefix}_${value.toUpperCase().replaceAll(' ', '_')}`;
  const toDomain = new Map<unknown, D>(values.map((value) => [wireName(value), value]));
  const toWire = new Map<string, string>(values.map((value) => [value, wireName(value)]));
  const acceptedOnWire = `accepted are ${[...toDomain.keys()].join(', ')}`;
  return {
    encode: (value) => {
      const wire = toWire.get(value);
      if (wire === undefined) throw new WireError(`is ${shown(value)}; accepted are ${values.join(', ')}`);
      return wire as `${P}_${Upper<D>}`;
    },
    decode: (wire) => {
      const value = toDomain.get(wire) ?? fallback;
      if (value !== undefined) return value;
      if (wire === `${prefix}_UNSPECIFIED`) throw new WireError(`is not set; ${acceptedOnWire}`);
      throw new WireError(`has the unknown value ${shown(wire)}; ${acceptedOnWire}`);
    },
    check: (value) => {
      if (!toWire.has(value)) throw new WireError(`is ${shown(value)}; accepted are ${values.join(', ')}`);
    },
  };
}

/** A map with checked keys and values; the path of an error ends in the key. */
export function dictionary<V>(
  key: Codec<string, string, string>,
  value: Codec<V, V, V>,
  entriesMax: number,
): Codec<Readonly<Record<string, V>>, Record<string, V>, Readonly<Record<string, V>>> {
  const visit = (record: Readonly<Record<string, V>>, one: (entry: V) => V | undefined): void => {
    const names = Object.keys(record);
    if (names.length > entriesMax)
      throw new WireError(`has ${names.length} entries; at most ${entriesMax} are accepted`);
    for (const each of names) {
      try {
        one(record[each] as V);
      } catch (error) {
        throw located(error, each);
      }
    }
  };
  const checkKeys = (record: Readonly<Record<string, V>>): void => {
    for (const each of Object.keys(record)) {
      try {
        if (each === '') throw new WireError('is empty; it is required');
        key.check(each);
      } catch (error) {
        throw located(error, 'key');
      }
    }
  };
  return {
    encode: (record) => {
      visit(record, value.encode);
      return { ...record };
    },
    decode: (wire) => {
      checkKeys(wire);
      visit(wire, value.decode);
      return { ...wire };
    },
    check: (record) => {
      checkKeys(record);
      visit(record, (entry) => {
        value.check(entry);
        return undefined;
      });
    },
  };
}
