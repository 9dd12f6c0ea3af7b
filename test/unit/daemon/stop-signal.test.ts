import { afterEach, describe, expect, it } from '@jest/globals';
import { stopSignal } from '../../../src/daemon/stop-signal.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

describe('the signal to stop', () => {
  const before = SIGNALS.map((signal) => process.listenerCount(signal));

  afterEach(() => {
    expect(SIGNALS.map((signal) => process.listenerCount(signal))).toEqual(before);
  });

  it.each(SIGNALS)('leaves a second signal of either kind to the system after %s', async (signal) => {
    const stopped = stopSignal();
    expect(SIGNALS.map((each) => process.listenerCount(each))).toEqual(before.map((count) => count + 1));
    process.emit(signal);
    await stopped;
    // Whoever listens keeps the signal from ending the process.
    expect(SIGNALS.map((each) => process.listenerCount(each))).toEqual(before);
  });
});
