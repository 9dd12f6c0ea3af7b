import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AdapterError } from '../../frameworks/contract/types.js';
import type { FrameworkAdapter, Observation, StepContext } from '../../frameworks/contract/types.js';
import type { StepName } from '../../frameworks/contract/protocol.js';
import { LEASE_MS, StubMaster } from './adapter-master.js';
import type { AdapterProcess, AdapterWorld, AdapterWorldFactory, TrueState } from './adapter-world.js';

type EffectStep = 'join' | 'drain' | 'cancel_drain' | 'leave';

interface StepCase {
  readonly step: EffectStep;
  /** Where the machine must be before the step, and what the step that undoes it is. */
  readonly before: TrueState;
  readonly after: TrueState;
  /** What the master asks for to turn back. */
  readonly rollback: EffectStep;
  readonly rolledBack: TrueState;
}

const CASES: readonly StepCase[] = [
  { step: 'join', before: 'absent', after: 'serving', rollback: 'leave', rolledBack: 'absent' },
  { step: 'drain', before: 'serving', after: 'empty', rollback: 'cancel_drain', rolledBack: 'serving' },
  { step: 'cancel_drain', before: 'empty', after: 'serving', rollback: 'drain', rolledBack: 'empty' },
  { step: 'leave', before: 'empty', after: 'absent', rollback: 'join', rolledBack: 'serving' },
];

/** Moments of a step, in thousandths of what it takes undisturbed, at which its process is killed or stopped. */
const MOMENTS_MILLI = [0, 10, 100, 300, 500, 700, 900, 990];

/**
 * What every adapter must do, through the runner that ships. Run it with a factory that builds a fresh world: a manager
 * (real, or a stub of one) with one or more adapter processes on it.
 */
export function adapterConformance(name: string, factory: AdapterWorldFactory): void {
  describe(`adapter conformance: ${name}`, () => {
    let world: AdapterWorld;
    let process: AdapterProcess;
    let master: StubMaster;

    beforeEach(async () => {
      world = await factory();
      process = world.process();
      master = await new StubMaster(world, process).start();
    });

    afterEach(async () => {
      await Promise.all([master.runner.close(), world.advance(LEASE_MS)]);
      await world.close();
    });

    /** Advances until the promise settles. */
    async function settled<T>(promise: Promise<T>): Promise<T> {
      let done = false;
      const settle = (): void => {
        done = true;
      };
      promise.then(settle, settle);
      await master.until(() => done, world.stepMsMax, 'a call to settle');
      return await promise;
    }

    async function observed(adapter: FrameworkAdapter = process.adapter): Promise<Observation> {
      return await settled(adapter.observe());
    }

    /** Brings `m1` to where a step begins. */
    async function bring(state: TrueState): Promise<void> {
      if (state === 'absent') return;
      world.place('m1');
      if (state !== 'empty') return;
      const done = await master.run('drain', world.machine('m1'), { transitionId: 'before' });
      expect(done.state).toBe('done');
    }

    /** A second process with its own runner, as the first one's successor. */
    async function successor(): Promise<StubMaster> {
      return await new StubMaster(world, world.process()).start();
    }

    describe('looking', () => {
      it('observes each machine with the identity of its hardware, its units and whether it serves', async () => {
        world.place('m1');
        world.place('m2');
        const { complete, machines } = await observed();
        expect(complete).toBe(true);
        expect(machines.map((machine) => machine.identity.uuid)).toEqual(
          ['m1', 'm2'].map((each) => world.machine(each).identity.uuid),
        );
        for (const machine of machines) {
          expect(machine).toMatchObject({ serving: true, drift: '', units: world.unitsOn(machine.name) });
          expect(machine.leaveEstimateMs).toBeGreaterThanOrEqual(0);
        }
        expect(world.unitsOn('m1')).toBeGreaterThan(0);
      });

      it('states the demand of the manager', async () => {
        const wanted = {
          demandId: 'd1',
          role: '/main',
          shape: 'standard',
          count: 3,
          minimum: 1,
          priority: 0,
          evidence: '7 waiting',
        };
        world.wants([wanted]);
        expect(await settled(process.adapter.demand())).toMatchObject([{ demandId: 'd1', count: 3 }]);
      });

      it('forecasts what a drain would take, names what is in the way, and touches nothing', async () => {
        world.place('m1');
        const free = await master.run('forecast', world.machine('m1'));
        const unit = world.block('m1');
        const blocked = await master.run('forecast', world.machine('m1'), { attempt: 2 });
        expect(free.state).toBe('done');
        expect(free.forecast).toMatchObject({ units: world.unitsOn('m1'), blockers: [] });
        expect(free.forecast!.durationLowMs).toBeLessThanOrEqual(free.forecast!.durationHighMs);
        expect(blocked.forecast!.blockers.map((blocker) => blocker.object)).toEqual([unit]);
        expect(world.orders()).toEqual([]);
        expect(world.stateOf('m1')).toBe('serving');
      });

      it('refuses to call a machine verified that does not serve', async () => {
        const absent = await master.run('verify', world.machine('m1'));
        await bring('empty');
        const empty = await master.run('verify', world.machine('m1'), { attempt: 2 });
        expect([absent.state, empty.state]).toEqual(['failed', 'failed']);
      });
    });

    describe('moving', () => {
      it.each(CASES)('$step takes a machine from $before to $after', async ({ step, before, after }) => {
        await bring(before);
        const outcome = await master.run(step, world.machine('m1'));
        expect(outcome).toMatchObject({ state: 'done', progressMilli: 1000 });
        expect(world.stateOf('m1')).toBe(after);
      });

      it('verifies a machine that has joined, and observes it as serving', async () => {
        await master.run('join', world.machine('m1'));
        expect((await master.run('verify', world.machine('m1'))).state).toBe('done');
        expect((await observed()).machines).toMatchObject([{ serving: true, drift: '' }]);
      });

      it('takes a drained machine out of service and keeps it listed, without calling that drift', async () => {
        await bring('empty');
        expect((await observed()).machines).toMatchObject([{ serving: false, units: 0, drift: '' }]);
      });

      it('reports progress that only rises while units leave', async () => {
        world.place('m1');
        const request = master.ask('drain', world.machine('m1'));
        await master.end(request);
        const progress = master.updates(request).map((update) => update.progressMilli);
        expect(progress).toEqual([...progress].sort((a, b) => a - b));
        expect(progress.at(-1)).toBe(1000);
      });

      it('gives a machine back in the middle of a drain', async () => {
        world.place('m1');
        world.block('m1');
        const drain = master.ask('drain', world.machine('m1'));
        await master.until(() => world.stateOf('m1') === 'emptying', world.stepMsMax, 'the drain to begin');
        master.cancel(drain);
        expect(await master.end(drain)).toMatchObject({
          state: 'failed',
          message: expect.stringMatching(/^CANCELLED/),
        });
        const back = await master.run('cancel_drain', world.machine('m1'));
        expect(back.state).toBe('done');
        expect(world.stateOf('m1')).toBe('serving');
      });

      it('does not remove a machine that serves', async () => {
        world.place('m1');
        const outcome = await master.run('leave', world.machine('m1'));
        expect(['failed', 'refused']).toContain(outcome.state);
        expect(world.stateOf('m1')).toBe('serving');
      });

      it('finds a machine again whose firmware tells another uuid since: serial and network card name it', async () => {
        world.place('m1');
        const machine = world.machine('m1');
        const renumbered = { ...machine, identity: { ...machine.identity, uuid: `1111-${machine.name}` } };
        expect((await master.run('drain', renumbered)).state).toBe('done');
        expect((await master.run('leave', renumbered)).state).toBe('done');
        expect(world.stateOf('m1')).toBe('absent');
      });

      it('reports a join that came to nothing, and joins at the next attempt', async () => {
        world.failNextJoin('m1');
        expect((await master.run('join', world.machine('m1'))).state).toBe('failed');
        expect((await master.run('join', world.machine('m1'), { attempt: 2 })).state).toBe('done');
        expect(world.stateOf('m1')).toBe('serving');
      });

      it('can leave after a join that came to nothing', async () => {
        world.failNextJoin('m1');
        await master.run('join', world.machine('m1'));
        expect((await master.run('leave', world.machine('m1'))).state).toBe('done');
        expect(world.stateOf('m1')).toBe('absent');
      });

      it('works on two machines at a time', async () => {
        world.place('m1');
        world.place('m2');
        const requests = ['m1', 'm2'].map((each) => master.ask('drain', world.machine(each)));
        for (const request of requests) expect((await master.end(request)).state).toBe('done');
        expect(['m1', 'm2'].map((each) => world.stateOf(each))).toEqual(['empty', 'empty']);
      });
    });

    describe('idempotence', () => {
      it.each(CASES)('$step after it was done gives no order', async ({ step, before, after }) => {
        await bring(before);
        await master.run(step, world.machine('m1'));
        const orders = world.orders().length;
        const again = await master.run(step, world.machine('m1'), { attempt: 2 });
        expect(again.state).toBe('done');
        expect(world.orders()).toHaveLength(orders);
        expect(world.stateOf('m1')).toBe(after);
      });

      it.each(CASES)('$step by two processes one after the other ends as if once', async ({ step, before, after }) => {
        await bring(before);
        const second = await successor();
        const first = master.ask(step, world.machine('m1'));
        const repeat = second.ask(step, world.machine('m1'));
        const outcomes = [await master.end(first), await second.end(repeat)];
        expect(outcomes.map((outcome) => outcome.state)).toContain('done');
        expect(world.stateOf('m1')).toBe(after);
        await second.runner.close();
      });
    });

    describe('what blocks', () => {
      it('is named while a drain waits for it, and the drain ends when it is gone', async () => {
        world.place('m1');
        const unit = world.block('m1');
        const request = master.ask('drain', world.machine('m1'));
        await world.advance(world.stepMsMax);
        const waiting = master.updates(request).at(-1)!;
        expect(waiting.state).toBe('blocked');
        expect(waiting.blockedBy.map((blocker) => blocker.object)).toEqual([unit]);
        expect(waiting.blockedBy[0]!.reason).not.toBe('');
        world.unblock('m1');
        expect((await master.end(request)).state).toBe('done');
      });

      it('ends the drain at its soft deadline, and the machine can be given back', async () => {
        world.place('m1');
        world.block('m1');
        const request = master.ask('drain', world.machine('m1'), { softDeadlineMs: world.stepMsMax });
        const outcome = await master.end(request, 2 * world.stepMsMax + LEASE_MS);
        expect(outcome).toMatchObject({ state: 'failed', message: expect.stringMatching(/^DEADLINE/) });
        expect((await master.run('cancel_drain', world.machine('m1'))).state).toBe('done');
        expect(world.stateOf('m1')).toBe('serving');
      });

      it('is killed before the deadline under a hard policy, where that is supported', async () => {
        const { supportsHardDrain } = process.adapter.capabilities;
        world.place('m1');
        world.block('m1');
        const deadline = { softDeadlineMs: world.stepMsMax, hard: true };
        const outcome = await master.end(master.ask('drain', world.machine('m1'), deadline), 3 * world.stepMsMax);
        expect(outcome.state).toBe(supportsHardDrain ? 'done' : 'failed');
      });
    });

    describe('drift', () => {
      it('is shown when somebody puts a drained machine back to work', async () => {
        await bring('empty');
        world.activateByHand('m1');
        const { machines } = await observed();
        expect(machines[0]).toMatchObject({ serving: true });
        expect(machines[0]!.drift).not.toBe('');
      });

      it('is still shown by a restarted adapter', async () => {
        await bring('empty');
        world.activateByHand('m1');
        const { machines } = await observed(world.process().adapter);
        expect(machines[0]!.drift).not.toBe('');
      });

      it('is not fought: a drain undone by hand ends, and is not ordered again', async () => {
        world.place('m1');
        world.block('m1');
        const request = master.ask('drain', world.machine('m1'));
        await master.until(() => world.stateOf('m1') === 'emptying', world.stepMsMax, 'the drain to begin');
        const orders = world.orders().length;
        world.activateByHand('m1');
        expect(['failed', 'refused']).toContain((await master.end(request)).state);
        expect(world.orders()).toHaveLength(orders);
        expect(world.stateOf('m1')).toBe('serving');
      });

      it('of a machine that vanished: it is missing from what is observed, or named as missing', async () => {
        world.place('m1');
        await observed();
        world.vanish('m1');
        const { complete, machines } = await observed();
        expect(complete).toBe(true);
        expect(machines.filter((machine) => machine.drift === '')).toEqual([]);
        expect(machines.filter((machine) => machine.serving)).toEqual([]);
      });

      it('ends a drain whose machine vanished', async () => {
        world.place('m1');
        world.block('m1');
        const request = master.ask('drain', world.machine('m1'));
        await master.until(() => world.stateOf('m1') === 'emptying', world.stepMsMax, 'the drain to begin');
        world.vanish('m1');
        expect((await master.end(request)).state).not.toBe('running');
      });
    });

    describe('a manager in trouble', () => {
      it('that is down makes looking fail as unavailable, and never look empty', async () => {
        world.place('m1');
        world.fault('down');
        await expect(settled(process.adapter.observe())).rejects.toMatchObject({ code: 'unavailable' });
        await expect(settled(process.adapter.demand())).rejects.toMatchObject({ code: 'unavailable' });
      });

      it.each(CASES)('that is down before $step blocks it until it is back', async ({ step, before, after }) => {
        await bring(before);
        const orders = world.orders().length;
        world.fault('down');
        const request = master.ask(step, world.machine('m1'));
        await world.advance(2 * LEASE_MS);
        const waiting = master.updates(request).at(-1)!;
        expect(waiting).toMatchObject({ state: 'blocked', blockedBy: [{ reason: 'MANAGER_DOWN' }] });
        expect(world.orders()).toHaveLength(orders);
        world.fault('none');
        expect((await master.end(request, world.stepMsMax + LEASE_MS)).state).toBe('done');
        expect(world.stateOf('m1')).toBe(after);
      });

      it.each(CASES)('that goes down in the middle of $step delays it', async ({ step, before, after }) => {
        await bring(before);
        const orders = world.orders().length;
        const request = master.ask(step, world.machine('m1'));
        await master.until(() => world.orders().length > orders, world.stepMsMax, 'the first order');
        world.fault('down');
        await world.advance(LEASE_MS);
        world.fault('none');
        expect((await master.end(request, world.stepMsMax + LEASE_MS)).state).toBe('done');
        expect(world.stateOf('m1')).toBe(after);
      });

      it.each(CASES)('that is slow only makes $step longer', async ({ step, before, after }) => {
        await bring(before);
        world.fault('slow');
        const outcome = await master.end(master.ask(step, world.machine('m1')), 60 * world.stepMsMax);
        expect(outcome.state).toBe('done');
        expect(world.stateOf('m1')).toBe(after);
      });

      it.each(CASES)('that says done too early does not end $step before it is', async ({ step, before, after }) => {
        await bring(before);
        world.fault('answers_early');
        const request = master.ask(step, world.machine('m1'));
        await master.end(request);
        expect(world.stateOf('m1')).toBe(after);
        expect(world.unitsOn('m1') === 0 || after === 'serving').toBe(true);
      });

      it('that lists a machine twice, or leaves one out, is never believed to be complete', async () => {
        world.place('m1');
        world.place('m2');
        await observed();
        for (const fault of ['repeats', 'omits', 'partial'] as const) {
          world.fault(fault);
          master.messages.length = 0;
          master.runner.onConnected({ resumed: true });
          await world.advance(world.stepMsMax);
          const sent = master.messages.filter((message) => message.kind === 'observation');
          expect(sent.length).toBeGreaterThan(0);
          expect({ fault, complete: sent.map((message) => message.complete) }).toEqual({
            fault,
            complete: sent.map(() => false),
          });
        }
      });

      it.each(CASES)(
        'that never answers ends $step with its lease, and the next attempt succeeds',
        async ({ step, before, after }) => {
          await bring(before);
          world.fault('hang');
          master.renewing = false;
          const request = master.ask(step, world.machine('m1'));
          const outcome = await master.end(request, 2 * LEASE_MS);
          expect(outcome).toMatchObject({ state: 'failed', message: expect.stringMatching(/^LEASE_ENDED/) });
          world.fault('none');
          master.renewing = true;
          const next = await master.run(step, world.machine('m1'), { attempt: 2 });
          expect(next.state).toBe('done');
          expect(world.stateOf('m1')).toBe(after);
        },
      );
    });

    describe('the fence', () => {
      it.each(CASES)('shut from the start lets $step give no order', async ({ step, before }) => {
        await bring(before);
        const orders = world.orders().length;
        const abort = new AbortController();
        const fenced = new AdapterError('fenced', 'shut');
        const context: StepContext = {
          machine: world.machine('m1'),
          signal: abort.signal,
          hard: true,
          deadlineMs: 1,
          reason: 'a test',
          fence: () => {
            throw fenced;
          },
          report: () => undefined,
          sleep: () => Promise.reject(fenced),
          nowMs: () => process.clock.nowMs(),
        };
        await expect(settled(call(process.adapter, step, context))).rejects.toMatchObject({ code: 'fenced' });
        expect(world.orders()).toHaveLength(orders);
        expect(world.stateOf('m1')).toBe(before);
      });

      it.each(CASES)('shuts $step when the lease is not renewed', async ({ step, before }) => {
        await bring(before);
        world.fault('down');
        const request = master.ask(step, world.machine('m1'));
        await world.advance(LEASE_MS / 2);
        master.renewing = false;
        expect(await master.end(request, 3 * LEASE_MS)).toMatchObject({
          message: expect.stringMatching(/^LEASE_ENDED/),
        });
        const orders = world.orders().length;
        world.fault('none');
        await world.advance(2 * LEASE_MS);
        expect(world.orders()).toHaveLength(orders);
        expect(world.stateOf('m1')).toBe(before);
      });
    });

    /** How long a step takes undisturbed, in a world of its own. */
    async function durationMs({ step, before }: StepCase): Promise<number> {
      await bring(before);
      const startMs = world.nowMs();
      await master.run(step, world.machine('m1'), { transitionId: 'measured' });
      return world.nowMs() - startMs;
    }

    /** The world as new, with `m1` where the step begins. */
    async function begin({ before }: StepCase): Promise<void> {
      await world.close();
      world = await factory();
      process = world.process();
      master = await new StubMaster(world, process).start();
      await bring(before);
    }

    describe('a process that dies in the middle of a step', () => {
      it.each(CASES)('$step is finished by the next one', async (each) => {
        const tookMs = await durationMs(each);
        for (const milli of MOMENTS_MILLI) {
          await begin(each);
          master.ask(each.step, world.machine('m1'));
          await world.advance(Math.round((tookMs * milli) / 1000));
          process.stop();
          const next = await successor();
          const outcome = await next.run(each.step, world.machine('m1'), { attempt: 2 });
          expect({ milli, state: outcome.state }).toEqual({ milli, state: 'done' });
          expect({ milli, state: world.stateOf('m1') }).toEqual({ milli, state: each.after });
          await next.runner.close();
        }
      });
    });

    describe('a process that is stopped past its lease and continued after a rollback', () => {
      it.each(CASES)('gives no order for $step any more', async (each) => {
        const tookMs = await durationMs(each);
        for (const milli of MOMENTS_MILLI) {
          await begin(each);
          const request = master.ask(each.step, world.machine('m1'));
          await world.advance(Math.round((tookMs * milli) / 1000));
          process.stop();
          await world.advance(LEASE_MS + 10_000);
          // The master has given the attempt up: it does not answer its updates any more.
          master.renewing = false;
          const next = await successor();
          const back = await next.run(each.rollback, world.machine('m1'), { attempt: 2 });
          expect({ milli, state: back.state }).toEqual({ milli, state: 'done' });
          const orders = world.orders().length;
          process.continue();
          await world.advance(3 * LEASE_MS);
          expect({ milli, orders: world.orders().slice(orders) }).toEqual({ milli, orders: [] });
          expect({ milli, state: world.stateOf('m1') }).toEqual({ milli, state: each.rolledBack });
          expect(['done', 'failed', 'refused']).toContain(master.outcome(request)?.state);
          await next.runner.close();
        }
      });

      it.each(CASES)('does not begin $step from a request that lay in its socket', async (each) => {
        await begin(each);
        const orders = world.orders().length;
        process.stop();
        const request = master.ask(each.step, world.machine('m1'));
        await world.advance(LEASE_MS + 10_000);
        // The master has given the attempt up: it does not answer its updates any more.
        master.renewing = false;
        process.continue();
        await world.advance(3 * LEASE_MS);
        expect(world.orders()).toHaveLength(orders);
        expect(master.outcome(request)?.state).toBe('failed');
      });
    });
  });
}

function call(adapter: FrameworkAdapter, step: StepName, context: StepContext): Promise<unknown> {
  switch (step) {
    case 'join':
      return adapter.join(context);
    case 'drain':
      return adapter.drain(context);
    case 'cancel_drain':
      return adapter.cancelDrain(context);
    case 'leave':
      return adapter.leave(context);
    default:
      throw new Error(`${step} has no effect`);
  }
}
