import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { serve } from '../../../src/scenario/evaluate.js';
import { LoadMeter } from '../../../src/scenario/load-meter.js';
import { TrajectoryRecorder } from '../../../src/scenario/trajectory-recorder.js';
import type { DemandPoint, DemandSeries } from '../../../src/scenario/demand/series.js';

const seriesOf = (points: readonly DemandPoint[]): DemandSeries => ({ workload: 'w', intervalSeconds: 300, points });

describe('LoadMeter', () => {
  it('tells the load of the interval and the queue so far', () => {
    const meter = new LoadMeter(seriesOf([{ perishableCoreSeconds: 300, queueableCoreSeconds: 900 }]));
    expect(meter.load()).toEqual({ perishableCores: 1, queueableCores: 3, backlogCoreSeconds: 0 });
    meter.setCores(2);
    meter.advance(100_000);
    // 300 core-seconds arrived; one of the two cores was left for them.
    expect(meter.load().backlogCoreSeconds).toBe(200);
    expect(meter.utilization()).toBe(1);
  });

  it('wants nothing new after the last interval, and keeps its queue', () => {
    const meter = new LoadMeter(seriesOf([{ perishableCoreSeconds: 300, queueableCoreSeconds: 900 }]));
    meter.advance(600_000);
    expect(meter.load()).toEqual({ perishableCores: 0, queueableCores: 0, backlogCoreSeconds: 900 });
    expect(meter.utilization()).toBe(0);
  });

  it('ignores time that goes back, and refuses what is no time or no number of cores', () => {
    const meter = new LoadMeter(seriesOf([{ perishableCoreSeconds: 0, queueableCoreSeconds: 600 }]));
    meter.advance(150_000);
    meter.advance(10);
    expect([meter.nowMs, meter.load().backlogCoreSeconds]).toEqual([150_000, 300]);
    expect(() => meter.advance(0.5)).toThrow('toMs is 0.5; accepted is a whole number');
    expect(() => meter.setCores(-1)).toThrow('w is served by -1 cores');
  });

  it('has the queue of evaluate at the end of every interval, however often it is asked in between', () => {
    const point = fc.record({
      perishableCoreSeconds: fc.nat({ max: 9_000 }),
      queueableCoreSeconds: fc.nat({ max: 9_000 }),
    });
    const change = fc.record({ afterMs: fc.nat({ max: 250_000 }), cores: fc.nat({ max: 60 }) });
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 1, maxLength: 12 }),
        fc.array(change, { maxLength: 12 }),
        (points, changes) => {
          const meter = new LoadMeter(seriesOf(points));
          const endMs = points.length * 300_000;
          const steps = [];
          let atMs = 0;
          for (const { afterMs, cores } of changes) {
            atMs = Math.min(atMs + afterMs, endMs);
            meter.advance(atMs);
            meter.load();
            meter.setCores(cores);
            steps.push({ atMs, cores });
          }
          meter.advance(endMs);
          const { queuedCoreMs } = serve(seriesOf(points), { workload: 'w', steps });
          expect(BigInt(meter.load().backlogCoreSeconds)).toBe(queuedCoreMs / 1_000n);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('TrajectoryRecorder', () => {
  it('adds hosts up by workload, one step a moment', () => {
    const recorder = new TrajectoryRecorder(['a', 'b']);
    recorder.set(0, 'node01', 32, 'a');
    recorder.set(0, 'node02', 32, 'a');
    recorder.set(1_000, 'node01', 32, null);
    recorder.set(5_000, 'node01', 32, 'b');
    expect(recorder.trajectories()).toEqual([
      {
        workload: 'a',
        steps: [
          { atMs: 0, cores: 64 },
          { atMs: 1_000, cores: 32 },
        ],
      },
      { workload: 'b', steps: [{ atMs: 5_000, cores: 32 }] },
    ]);
    expect([recorder.cores('a'), recorder.hosts('a'), recorder.hosts('b')]).toEqual([32, 1, 1]);
  });

  it('takes a direct change of owner, and ignores what is already so', () => {
    const recorder = new TrajectoryRecorder(['a', 'b']);
    recorder.set(0, 'node01', 8, 'a');
    recorder.set(10, 'node01', 8, 'a');
    recorder.set(20, 'node01', 8, 'b');
    recorder.set(30, 'node02', 8, null);
    expect(recorder.trajectories().map((one) => one.steps.length)).toEqual([2, 1]);
    expect([recorder.cores('a'), recorder.cores('b')]).toEqual([0, 8]);
  });

  it('counts a late report at the latest time known', () => {
    const recorder = new TrajectoryRecorder(['a']);
    recorder.set(100, 'node01', 8, 'a');
    recorder.set(40, 'node02', 8, 'a');
    expect(recorder.trajectories()[0]?.steps).toEqual([{ atMs: 100, cores: 16 }]);
  });

  it('refuses an unknown workload and a time that is none', () => {
    const recorder = new TrajectoryRecorder(['a']);
    expect(() => recorder.set(0, 'node01', 8, 'z')).toThrow('node01 serves "z"; accepted are a, or nobody');
    expect(() => recorder.set(Number.NaN, 'node01', 8, 'a')).toThrow('atMs is NaN; accepted is a whole number');
  });
});
