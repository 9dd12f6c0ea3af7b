import { describe, expect, it } from '@jest/globals';
import {
  hasLapsed,
  leaseWithUpdate,
  openLease,
  renewedLease,
  updatePeriodMs,
} from '../../../../frameworks/runner/step-lease.js';

describe('a step lease', () => {
  const opened = openLease(1_000, 60_000);

  it('runs from the moment the request came, to the millisecond', () => {
    expect([hasLapsed(opened, 60_999), hasLapsed(opened, 61_000)]).toEqual([false, true]);
    expect(opened.confirmed).toBe(false);
  });

  it('is renewed from when the update was sent, not from when the answer came', () => {
    const sent = leaseWithUpdate(opened, 1, 21_000);
    expect(renewedLease(sent, 1, 60_000)).toMatchObject({ untilMs: 81_000, confirmed: true });
  });

  it('is not renewed by an answer to an update it does not know', () => {
    expect(renewedLease(opened, 1, 60_000)).toBe(opened);
    const answered = renewedLease(leaseWithUpdate(opened, 1, 2_000), 1, 60_000);
    expect(renewedLease(answered, 1, 600_000)).toBe(answered);
  });

  it('never becomes shorter', () => {
    const sent = leaseWithUpdate(opened, 1, 2_000);
    expect(renewedLease(sent, 1, 10).untilMs).toBe(61_000);
  });

  it('takes answers that skip some, and forgets what lies before', () => {
    const sent = [1, 2, 3].reduce((lease, no) => leaseWithUpdate(lease, no, no * 10_000), opened);
    const renewed = renewedLease(sent, 2, 60_000);
    expect(renewed.untilMs).toBe(80_000);
    expect(renewed.sent).toEqual([{ updateNo: 3, atMs: 30_000 }]);
  });

  it('remembers a bounded number of updates', () => {
    let lease = opened;
    for (let updateNo = 1; updateNo <= 1_000; updateNo += 1) lease = leaseWithUpdate(lease, updateNo, 1_000 + updateNo);
    expect(lease.sent).toHaveLength(256);
    expect(renewedLease(lease, 1, 60_000)).toBe(lease);
    expect(renewedLease(lease, 1_000, 60_000).untilMs).toBe(62_000);
  });

  it('asks for three updates within its length, and never for a pause of nothing', () => {
    expect([60_000, 100, 1].map(updatePeriodMs)).toEqual([20_000, 33, 1]);
  });
});
