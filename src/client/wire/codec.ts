import type { MessageTypeDefinition } from '@grpc/proto-loader';
import type { ProtoGrpcType as AgentTypes } from '../../generated/agent.js';
import type { ProtoGrpcType as FrameworkTypes } from '../../generated/framework.js';
import type { ProtoGrpcType as OperatorTypes } from '../../generated/operator.js';
import { WireError, camelCase, snakeCase } from './wire-error.js';

/** Every message of the contract by name. */
export type Messages = AgentTypes['mosaic']['v1'] & FrameworkTypes['mosaic']['v1'] & OperatorTypes['mosaic']['v1'];
export type MessageName = {
  [N in keyof Messages]: Messages[N] extends MessageTypeDefinition<infer _I, infer _O> ? N : never;
}[keyof Messages];
/** A message as the generated types want it for sending. */
export type Input<N extends MessageName> = Messages[N] extends MessageTypeDefinition<infer I, infer _O> ? I : never;
/** A message as it comes from the wire, defaults filled in. */
export type Output<N extends MessageName> = Messages[N] extends MessageTypeDefinition<infer _I, infer O> ? O : never;

/**
 * Both directions between a domain value and its wire form, written once. `decode` refuses what breaks the contract,
 * `check` refuses the same in a domain value before it is sent, and `encode` only refuses what the wire would falsify
 * (numbers that are not whole and exact). All three throw `WireError`.
 */
export interface Codec<D, I, O> {
  readonly encode: (value: D) => I;
  readonly decode: (wire: O) => D;
  readonly check: (value: D) => void;
}

/** A codec that reads from and writes to the message around it: a oneof. */
export interface Inline<D, I, O> extends Codec<D, I, O> {
  readonly inline: true;
}

type FieldOf<V, K, I, O> = Inline<V, Partial<I>, O> | (K extends keyof I & keyof O ? Codec<V, I[K], O[K]> : never);
/** One codec for each member of the domain type, checked against the generated types under the same name. */
export type Fields<D, I, O> = { readonly [K in keyof D]-?: FieldOf<D[K], K, I, O> };

type Loose = Record<string, unknown>;
type LooseCodec = Codec<unknown, unknown, unknown> & { readonly inline?: true };

/**
 * A message whose members have the same names in the domain and (in camel case) on the wire. Absent from the message
 * around it, it is `absent` where that is given and refused otherwise.
 */
export function message<N extends MessageName, D extends object>(
  fields: Fields<D, Input<N>, Output<N>>,
  absent?: D,
): Codec<D, Input<N>, Output<N> | null | undefined> {
  // The mapped type has proved that each codec fits its member; the loops below need only run them.
  const entries = Object.entries(fields as Record<string, LooseCodec>).map(
    ([name, codec]) => ({ name, path: snakeCase(name), codec }) as const,
  );
  return {
    encode: (value) => {
      const wire: Loose = {};
      for (const { name, path, codec } of entries) {
        const member = (value as Loose)[name];
        if (member === undefined) continue;
        try {
          if (codec.inline === true) Object.assign(wire, codec.encode(member));
          else wire[name] = codec.encode(member);
        } catch (error) {
          throw located(error, codec.inline === true ? '' : path);
        }
      }
      return wire as Input<N>;
    },
    decode: (wire) => {
      if (wire === null || wire === undefined) {
        if (absent === undefined) throw new WireError('is missing; it is required');
        return absent;
      }
      const value: Loose = {};
      for (const { name, path, codec } of entries) {
        try {
          const member = codec.decode(codec.inline === true ? wire : (wire as Loose)[name]);
          if (member !== undefined) value[name] = member;
        } catch (error) {
          throw located(error, codec.inline === true ? '' : path);
        }
      }
      return value as D;
    },
    check: (value) => {
      for (const { name, path, codec } of entries) {
        const member = (value as Loose)[name];
        if (member === undefined) continue;
        try {
          codec.check(member);
        } catch (error) {
          throw located(error, codec.inline === true ? '' : path);
        }
      }
    },
  };
}

/** A message that says all by its kind. */
export function empty<N extends MessageName>(): Codec<object, Input<N>, Output<N> | null | undefined> {
  return message<N, object>({}, {});
}

type CamelCase<S extends string> = S extends `${infer A}_${infer B}` ? `${A}${Capitalize<CamelCase<B>>}` : S;
type Bare<D extends { kind: string }, K extends string> = Omit<Extract<D, { kind: K }>, 'kind'>;
type ArmOf<D extends { kind: string }, K extends string, I, O> =
  CamelCase<K> extends keyof I & keyof O
    ? Codec<Bare<D, K>, NonNullable<I[CamelCase<K>]>, NonNullable<O[CamelCase<K>]>>
    : never;

/**
 * A closed union of the domain, told apart by `kind`, as a oneof of the message around it, whose fields have the kinds as
 * names. `group` is the oneof's own name. What is not set or not known is `unknown()` where that is given, else refused.
 */
export function oneof<N extends MessageName, D extends { readonly kind: string }>(
  group: keyof Output<N> & string,
  arms: { readonly [K in D['kind']]: ArmOf<D, K, Input<N>, Output<N>> },
  unknown?: () => D,
): Inline<D, Partial<Input<N>>, Output<N>> {
  const kinds = Object.keys(arms);
  const codecs = arms as unknown as Record<string, Codec<unknown, unknown, unknown>>;
  const byKind = new Map(kinds.map((kind) => [kind, { kind, field: camelCase(kind), codec: codecs[kind] }]));
  const byField = new Map([...byKind.values()].map((arm) => [arm.field, arm]));
  const accepted = kinds.join(', ');
  return {
    inline: true,
    encode: (value) => {
      const arm = byKind.get(value.kind);
      if (arm?.codec === undefined) throw new WireError(`has the unknown kind ${value.kind}; accepted are ${accepted}`);
      try {
        return { [arm.field]: arm.codec.encode(value) } as Partial<Input<N>>;
      } catch (error) {
        throw located(error, value.kind);
      }
    },
    decode: (wire) => {
      const field = (wire as Loose)[group];
      const arm = typeof field === 'string' ? byField.get(field) : undefined;
      if (arm?.codec === undefined) {
        if (unknown !== undefined) return unknown();
        throw new WireError(`is not set, or of a kind not known here; set one of ${accepted}`, snakeCase(group));
      }
      try {
        return { kind: arm.kind, ...(arm.codec.decode((wire as Loose)[arm.field]) as object) } as D;
      } catch (error) {
        throw located(error, arm.kind);
      }
    },
    check: (value) => {
      const arm = byKind.get(value.kind);
      if (arm?.codec === undefined) throw new WireError(`has the unknown kind ${value.kind}; accepted are ${accepted}`);
      try {
        arm.codec.check(value);
      } catch (error) {
        throw located(error, value.kind);
      }
    },
  };
}

/** A domain object with the one member `name`, whose value is the whole message on the wire. */
export function wrapped<K extends string, D, I, O>(name: K, codec: Codec<D, I, O>): Codec<Record<K, D>, I, O> {
  return {
    encode: (value) => codec.encode(value[name]),
    decode: (wire) => ({ [name]: codec.decode(wire) }) as Record<K, D>,
    check: (value) => {
      codec.check(value[name]);
    },
  };
}

/** The same wire form for another domain form. */
export function mapped<D, E, I, O>(
  codec: Codec<E, I, O>,
  toInner: (value: D) => E,
  fromInner: (inner: E) => D,
): Codec<D, I, O> {
  return {
    encode: (value) => codec.encode(toInner(value)),
    decode: (wire) => fromInner(codec.decode(wire)),
    check: (value) => {
      codec.check(toInner(value));
    },
  };
}

/** The same codec with a further rule over the whole value. */
export function verified<D, I, O>(codec: Codec<D, I, O>, rule: (value: D) => void): Codec<D, I, O> {
  return {
    encode: codec.encode,
    decode: (wire) => {
      const value = codec.decode(wire);
      rule(value);
      return value;
    },
    check: (value) => {
      codec.check(value);
      rule(value);
    },
  };
}

/** Null in the domain, absent on the wire. */
export function nullable<D, I, O>(codec: Codec<D, I, O>): Codec<D | null, I | undefined, O | null | undefined> {
  return {
    encode: (value) => (value === null ? undefined : codec.encode(value)),
    decode: (wire) => (wire === null || wire === undefined ? null : codec.decode(wire)),
    check: (value) => {
      if (value !== null) codec.check(value);
    },
  };
}

/** An optional member of the domain, absent on the wire. */
export function optional<D, I, O>(codec: Codec<D, I, O>): Codec<D | undefined, I | undefined, O | null | undefined> {
  return {
    encode: (value) => (value === undefined ? undefined : codec.encode(value)),
    decode: (wire) => (wire === null || wire === undefined ? undefined : codec.decode(wire)),
    check: (value) => {
      if (value !== undefined) codec.check(value);
    },
  };
}

export interface ListRules<D> {
  /** Most elements. */
  readonly max: number;
  /** What to say when it is empty (`it must name at least one offer`); absent: may be empty. */
  readonly atLeastOne?: string;
  /** Elements must differ in this. */
  readonly uniqueBy?: (element: D) => string;
}

/** A repeated field. */
export function list<D, I, O>(codec: Codec<D, I, O>, rules: ListRules<D>): Codec<readonly D[], I[], readonly O[]> {
  const checkCount = (count: number): void => {
    if (count === 0 && rules.atLeastOne !== undefined) throw new WireError(`is empty; ${rules.atLeastOne}`);
    if (count > rules.max) throw new WireError(`has ${count} entries; at most ${rules.max} are accepted`);
  };
  const checkUnique = (values: readonly D[]): void => {
    if (rules.uniqueBy === undefined) return;
    const seen = new Set<string>();
    for (const [at, value] of values.entries()) {
      const key = rules.uniqueBy(value);
      if (seen.has(key)) throw new WireError(`repeats ${JSON.stringify(key)}; each may be there once`, `[${at}]`);
      seen.add(key);
    }
  };
  return {
    encode: (values) => each(values, codec.encode),
    decode: (wires) => {
      checkCount(wires.length);
      const values = each(wires, codec.decode);
      checkUnique(values);
      return values;
    },
    check: (values) => {
      checkCount(values.length);
      each(values, codec.check);
      checkUnique(values);
    },
  };
}

function each<A, B>(values: readonly A[], convert: (value: A) => B): B[] {
  let at = 0;
  try {
    const converted: B[] = [];
    for (; at < values.length; at++) converted.push(convert(values[at] as A));
    return converted;
  } catch (error) {
    throw located(error, `[${at}]`);
  }
}

/** The error with the place it passed through; anything but a `WireError` is a mistake of ours and stays as it is. */
export function located(error: unknown, segment: string): unknown {
  return error instanceof WireError && segment !== '' ? error.within(segment) : error;
}
