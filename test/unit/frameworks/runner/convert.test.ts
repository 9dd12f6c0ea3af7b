// Whatever an adapter answers, the master takes what the runner makes of it: a message that is refused ends the session that
// says it, and the next one begins with the same message.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type {
  BlockedBy,
  Forecast,
  Observation,
  ObservedMachine,
  WantedHosts,
} from '../../../../frameworks/contract/types.js';
import {
  demandProblem,
  toBlockers,
  toDemandEntry,
  toLeaveForecast,
  toObservation,
} from '../../../../frameworks/runner/convert.js';
import type { FrameworkMessage } from '../../../../scheduler/index.js';
import { frameworkFrames } from '../../../../src/client/wire/frames.js';
import { MESSAGE_BYTES_MAX } from '../../../../src/client/wire/limits.js';

const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, Number.MAX_VALUE, -0),
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', '\0', 'a\nb', '\ud800', 'x'.repeat(5_000), '\u0085'),
);
const blocker: fc.Arbitrary<BlockedBy> = fc.record({ object: text, reason: text, sinceMs: number, message: text });
const blockers = fc.array(blocker, { maxLength: 30 });
const MANY_MACS = Array.from({ length: 300 }, (_, n) => `02:00:00:00:00:${n}`);
const machine: fc.Arbitrary<ObservedMachine> = fc.record({
  identity: fc.record({
    uuid: text,
    serial: text,
    macs: fc.oneof(fc.array(text, { maxLength: 4 }), fc.constant(MANY_MACS)),
  }),
  name: text,
  managerState: text,
  serving: fc.boolean(),
  units: number,
  leaveEstimateMs: number,
  drift: text,
});
const observation: fc.Arbitrary<Observation> = fc.record({
  complete: fc.boolean(),
  machines: fc.array(machine, { maxLength: 5 }),
});
const wanted: fc.Arbitrary<WantedHosts> = fc.record({
  demandId: text,
  role: fc.constant('/prod'),
  shape: text,
  count: number,
  minimum: number,
  priority: number,
  evidence: text,
});
const forecast: fc.Arbitrary<Forecast> = fc.record({
  durationLowMs: number,
  durationHighMs: number,
  units: number,
  wouldKill: fc.array(text, { maxLength: 30 }),
  blockers,
});

/** As the master reads it; throws when it refuses it. */
function received(message: FrameworkMessage): FrameworkMessage {
  const bytes = frameworkFrames.writePeer({ kind: 'peer_message', seq: 1, ack: 0, message });
  expect(bytes.length).toBeLessThanOrEqual(MESSAGE_BYTES_MAX);
  const frame = frameworkFrames.readPeer(bytes);
  if (frame.kind !== 'peer_message') throw new Error(frame.kind);
  return frame.message as FrameworkMessage;
}

describe('the master takes', () => {
  it('any observation', () => {
    fc.assert(
      fc.property(observation, (seen) => {
        const { complete, hosts } = toObservation(seen);
        expect(received({ kind: 'observation', complete, hosts })).toMatchObject({ complete });
      }),
    );
  });

  it('any demand that has names', () => {
    fc.assert(
      fc.property(wanted, (want) => {
        if (demandProblem(want) !== null) return;
        received({ kind: 'demand', role: '/prod', asOfSeq: 0, entries: [toDemandEntry(want)] });
      }),
    );
  });

  it('any progress and any forecast', () => {
    fc.assert(
      fc.property(blockers, forecast, (blockedBy, leaving) => {
        received({
          kind: 'step_update',
          update: {
            transitionId: 't-1-1',
            step: 'forecast',
            attempt: 1,
            updateNo: 1,
            state: 'running',
            progressMilli: 0,
            message: '',
            blockedBy: toBlockers(blockedBy),
            forecast: toLeaveForecast(leaving),
          },
        });
      }),
    );
  });

  it('as much of a huge fleet as fits into a message, and knows that it is not all', () => {
    const machines = Array.from({ length: 10_000 }, (_, n): ObservedMachine => {
      const macs = Array.from({ length: 16 }, (_, port) => `${String(n).padStart(12, '0')}:${port}`);
      const identity = { uuid: `6f9619ff-8b86-4011-b42d-${String(n).padStart(12, '0')}`, serial: `SN${n}`, macs };
      const name = `node${n}.${'rack.'.repeat(30)}example`;
      return { identity, name, managerState: 'up', serving: true, units: 9, leaveEstimateMs: 1, drift: '' };
    });
    const { complete, hosts, problems } = toObservation({ complete: true, machines });
    received({ kind: 'observation', complete, hosts });
    expect(complete).toBe(false);
    expect(hosts.length).toBeGreaterThan(5_000);
    expect(problems).toEqual([
      `${10_000 - hosts.length} machines are left out; accepted are at most 10000 in 3500000 bytes`,
    ]);
  });
});

it('names what is wrong with a demand that cannot be stated', () => {
  const want: WantedHosts = {
    demandId: 'vms',
    role: '/prod',
    shape: 'standard',
    count: 1,
    minimum: 0,
    priority: 0,
    evidence: '',
  };
  expect(demandProblem(want)).toBeNull();
  expect(demandProblem({ ...want, demandId: '' })).toMatch(/^its demandId is ""; accepted are 1 to 200 characters/);
  expect(demandProblem({ ...want, shape: 'a\nb' })).toMatch(/^its shape is "a\\nb"; accepted/);
});
