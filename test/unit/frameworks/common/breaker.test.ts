import { describe, expect, it } from '@jest/globals';
import { Breaker } from '../../../../frameworks/common/breaker.js';

function opened(): Breaker {
  const breaker = new Breaker({ failuresMax: 3, openMs: 100 });
  for (const atMs of [1, 2, 3]) breaker.failed(atMs);
  return breaker;
}

describe('Breaker', () => {
  it('opens at the named number of failures in a row', () => {
    const breaker = new Breaker({ failuresMax: 3, openMs: 100 });
    breaker.failed(1);
    breaker.failed(2);
    expect(breaker.allows(2)).toBe(true);
    breaker.succeeded();
    breaker.failed(3);
    breaker.failed(4);
    expect(breaker.state(4)).toBe('closed');
    breaker.failed(5);
    expect(breaker.state(5)).toBe('open');
    expect(breaker.allows(5)).toBe(false);
  });

  it('lets one call try after its time, and closes when that succeeds', () => {
    const breaker = opened();
    expect(breaker.allows(102)).toBe(false);
    expect([breaker.state(103), breaker.allows(103), breaker.allows(103)]).toEqual(['half_open', true, false]);
    breaker.succeeded();
    expect([breaker.state(104), breaker.allows(104), breaker.allows(104)]).toEqual(['closed', true, true]);
  });

  it('opens again at once when the try fails', () => {
    const breaker = opened();
    expect(breaker.allows(103)).toBe(true);
    breaker.failed(110);
    expect([breaker.state(209), breaker.state(210)]).toEqual(['open', 'half_open']);
  });
});
