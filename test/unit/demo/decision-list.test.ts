import { describe, expect, it } from '@jest/globals';
import { DecisionList } from '../../../src/demo/decision-list.js';
import type { Decision } from '../../../src/client/index.js';

function decision(about: string, text: string, fields: Decision['fields'] = {}): Decision {
  return { about, subject: 'node01', text, fields };
}

describe('the list of decisions', () => {
  it('shows moves as they begin and end, with their scenario time', () => {
    const list = new DecisionList(720);
    list.add(
      0,
      decision('move', 'node01 starts to move from a/b to c/d: c/d is owed more', { requestedBy: 'planner' }),
    );
    list.add(1, decision('move', 'node01: drain asked of a/b', { step: 'drain' }));
    list.add(2, decision('move', 'node01 moved from a/b to c/d in 1s', { outcome: 'completed', durationMs: 1_000 }));
    list.add(3, decision('move', 'node02 stays with a/b after 0s: refused', { outcome: 'cancelled', durationMs: 10 }));
    expect(list.rows).toEqual([
      { atMs: 3, kind: 'undone', text: 'node02 stays with a/b: refused' },
      { atMs: 2, kind: 'done', text: 'node01 a/b → c/d in 12 min' },
      { atMs: 0, kind: 'begun', text: 'node01 a/b → c/d: c/d is owed more' },
    ]);
  });

  it('leaves out what comes by the thousand, and what the screen shows elsewhere', () => {
    const list = new DecisionList(1);
    for (const about of ['offer', 'lease', 'task', 'plan', 'demand', 'host']) list.add(0, decision(about, 'x'));
    list.add(0, decision('condition', 'TRANSITION_BLOCKED is over'));
    expect(list.rows).toEqual([]);
    list.add(0, decision('condition', 'HOST_LOST: node01 is silent'));
    list.add(0, decision('quota', 'ana set role /a: weight 8'));
    expect(list.rows.map((row) => row.text)).toEqual(['ana set role /a: weight 8', 'HOST_LOST: node01 is silent']);
  });

  it('shows moves that begin while the fleet still connects, and nothing else of that time', () => {
    const list = new DecisionList(1);
    list.add(0, decision('session', 'agent node01 connected for the first time'), true);
    list.add(0, decision('condition', 'BELOW_GUARANTEE: /a has 0 of 4'), true);
    list.add(
      0,
      decision('move', 'node01 starts to move from a/b to c/d: c/d is owed more', { requestedBy: 'planner' }),
      true,
    );
    expect(list.rows).toEqual([{ atMs: 0, kind: 'begun', text: 'node01 a/b → c/d: c/d is owed more' }]);
  });

  it('keeps the newest', () => {
    const list = new DecisionList(1);
    for (let index = 0; index < 200; index++) list.note(index, `note ${index}`);
    expect(list.rows).toHaveLength(60);
    expect(list.rows[0]?.text).toBe('note 199');
  });
});
