/** What they watch. */
import fc from 'fast-check';
import type { WatchItem, WatchRequest } from '../../../../src/client/wire/watch.js';
import { anyName, count, dictionary, flag, kindOf, many, required, words } from './words.js';

const token = fc.record({ term: count, revision: count });
export const watchRequest: fc.Arbitrary<WatchRequest> = fc.record({
  after: fc.option(token),
  about: many(required),
  subject: anyName,
});
export const watchItem: fc.Arbitrary<WatchItem> = fc.oneof(
  fc.record({ ...kindOf('bookmark'), token }),
  fc.record({
    ...kindOf('decision'),
    token,
    atMs: count,
    decision: fc.record({
      about: anyName,
      subject: anyName,
      text: words,
      fields: dictionary(
        required.filter((name) => name !== '__proto__'),
        fc.oneof(
          words,
          flag,
          fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
        ),
      ),
    }),
  }),
);
