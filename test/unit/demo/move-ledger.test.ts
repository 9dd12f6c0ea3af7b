import { describe, expect, it } from '@jest/globals';
import { MoveLedger, type EndedMove } from '../../../src/demo/move-ledger.js';
import { buildFleet, loadScenario } from '../../../src/scenario/index.js';

const FLEET = buildFleet(loadScenario('', 'test', { hosts: 6 }));
const OWN = FLEET[0]!.ownerFramework!;
const OTHER = ['ovirt/prod', 'kubernetes/east', 'hadoop/night'].find((one) => one !== OWN)!;

let id = 0;
function move(to: string, startedMs: number, endedMs: number, outcome = 'completed'): EndedMove {
  id += 1;
  return { transitionId: `t-1-${id}`, hostName: FLEET[0]!.name, to, outcome, startedMs, endedMs };
}

describe('the ledger of moves', () => {
  it('counts a host that reaches another framework, once, however often it is told', () => {
    const ledger = new MoveLedger(FLEET);
    const there = move(OTHER, 100, 150);
    ledger.add(there);
    ledger.add(there);
    ledger.add(move(OWN, 200, 300));
    expect(ledger.durationsMs).toEqual([50, 100]);
    expect(ledger.count).toBe(2);
  });

  it('does not count a way back, nor one that did not end with an owner', () => {
    const ledger = new MoveLedger(FLEET);
    ledger.add(move(OTHER, 100, 150, 'rolled_back'));
    ledger.add(move('', 100, 150));
    ledger.add(move(OWN, 200, 250));
    expect(ledger.count).toBe(0);
  });

  it('puts moves in their order, in whatever order they are told', () => {
    const ledger = new MoveLedger(FLEET);
    ledger.add(move(OWN, 300, 330));
    ledger.add(move(OTHER, 100, 110));
    expect(ledger.durationsMs).toEqual([10, 30]);
  });
});
