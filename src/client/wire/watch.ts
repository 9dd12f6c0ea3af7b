import type { Decision } from '../../../scheduler/index.js';
import { type Codec, type Input, type Output, empty, list, message, nullable, oneof } from './codec.js';
import { WATCH_ABOUT_MAX } from './limits.js';
import { count, plain } from './scalars.js';
import { anyName, required } from './steps.js';
import { WireError, shown } from './wire-error.js';

/** A position in the history of one master. */
export interface WatchToken {
  readonly term: number;
  /** Number of the event within the term; 0 = before the first. */
  readonly revision: number;
}

/** What to watch; empty filters = everything. */
export interface WatchRequest {
  /** Go on after this position; null = from now on. */
  readonly after: WatchToken | null;
  readonly about: readonly string[];
  readonly subject: string;
}

/** What a watcher sees: decisions, and from time to time only its position. */
export type WatchItem =
  | { readonly kind: 'decision'; readonly token: WatchToken; readonly atMs: number; readonly decision: Decision }
  | { readonly kind: 'bookmark'; readonly token: WatchToken };

const token = message<'WatchToken', WatchToken>({ term: count, revision: count });

export const watchRequest = message<'WatchRequest', WatchRequest>({
  after: nullable(token),
  about: list(required, { max: WATCH_ABOUT_MAX }),
  subject: anyName,
});

type FieldValue = string | number | boolean;

const fieldValue: Codec<FieldValue, Input<'FieldValue'>, Output<'FieldValue'>> = {
  encode: (value) => {
    if (typeof value === 'string') return { text: value };
    if (typeof value === 'boolean') return { flag: value };
    if (!Number.isFinite(value)) throw new WireError(`is ${shown(value)}; it must be a finite number`);
    return { number: value };
  },
  decode: (wire) => wire.text ?? wire.number ?? wire.flag ?? '',
  check: () => undefined,
};

const fields: Codec<
  Decision['fields'],
  Record<string, Input<'FieldValue'>>,
  Readonly<Record<string, Output<'FieldValue'>>>
> = {
  encode: (value) => Object.fromEntries(Object.entries(value).map(([name, field]) => [name, fieldValue.encode(field)])),
  decode: (wire) => Object.fromEntries(Object.entries(wire).map(([name, field]) => [name, fieldValue.decode(field)])),
  check: () => undefined,
};

type Item = ({ readonly kind: 'decision'; readonly atMs: number } & Decision) | { readonly kind: 'bookmark' };

const response = message<'WatchResponse', { readonly token: WatchToken; readonly item: Item }>({
  token,
  item: oneof<'WatchResponse', Item>(
    'item',
    {
      decision: message<'Decision', { readonly atMs: number } & Decision>({
        atMs: count,
        about: plain,
        subject: plain,
        text: plain,
        fields,
      }),
      bookmark: empty<'Bookmark'>(),
    },
    // Only a newer master knows what it was: the position counts all the same.
    () => ({ kind: 'bookmark' }),
  ),
});

export const watchResponse: Codec<WatchItem, Input<'WatchResponse'>, Output<'WatchResponse'>> = {
  encode: (value) => {
    if (value.kind === 'bookmark') return response.encode({ token: value.token, item: { kind: 'bookmark' } });
    return response.encode({
      token: value.token,
      item: { kind: 'decision', atMs: value.atMs, ...value.decision },
    });
  },
  decode: (wire) => {
    const { token: at, item } = response.decode(wire);
    if (item.kind === 'bookmark') return { kind: 'bookmark', token: at };
    const { kind: _kind, atMs, ...decision } = item;
    return { kind: 'decision', token: at, atMs, decision };
  },
  check: () => undefined,
};
