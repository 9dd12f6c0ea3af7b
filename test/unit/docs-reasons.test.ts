/** docs/reasons.md explains every code that the master can give as a reason or condition, under an anchor of its own. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { HOLD_WORDS } from '../../scheduler/explain/why/hold.js';
import { wordFor } from '../../scheduler/explain/why/reason.js';
import type { ConditionKind, WaitReason } from '../../scheduler/index.js';

const PAGE = readFileSync(new URL('../../docs/reasons.md', import.meta.url), 'utf8');

/** The compiler refuses a kind that is missing here. */
const CONDITIONS: Readonly<Record<ConditionKind, true>> = {
  OVERCOMMITTED: true,
  OVER_LIMIT: true,
  BELOW_GUARANTEE: true,
  GUARANTEE_UNMET: true,
  HOST_LOST: true,
  HOST_DIRTY: true,
  DUPLICATE_IDENTITY: true,
  IDENTITY_CHANGED: true,
  UNKNOWN_TASKS: true,
  DRIFT: true,
  ADOPTION_CONFLICT: true,
  NO_AGENT: true,
  TRANSITION_BLOCKED: true,
  TRANSITION_GAVE_UP: true,
  FROZEN: true,
  PEER_QUARANTINED: true,
  CAPACITY_SHORT: true,
  RECOVERING: true,
  FRAMEWORK_DISCONNECTED: true,
  MASS_FAILURE: true,
  DRAIN_OVERDUE: true,
};
const REASONS = Object.keys(HOLD_WORDS) as WaitReason[];
const KINDS = Object.keys(CONDITIONS) as ConditionKind[];

/** Headings below `## title`, with the text of each. */
function sections(title: string): ReadonlyMap<string, string> {
  const chapter = PAGE.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
  return new Map(
    chapter
      .split('\n### ')
      .slice(1)
      .map((text) => [text.slice(0, text.indexOf('\n')), text.slice(text.indexOf('\n')).trim()]),
  );
}

const anchorOf = (code: string, kind: string): string => `${kind}-${code.toLowerCase().replaceAll('_', '-')}`;

describe('docs/reasons.md', () => {
  it('has exactly the reasons for waiting', () => {
    expect([...sections('Reasons for waiting').keys()].sort()).toEqual([...REASONS].sort());
  });

  it('has exactly the conditions', () => {
    expect([...sections('Conditions').keys()].sort()).toEqual([...KINDS].sort());
  });

  it.each(REASONS)('says of %s which of the five words it is, what it means and what would change it', (code) => {
    const text = sections('Reasons for waiting').get(code) ?? '';
    expect(text).toContain(`<a id="${anchorOf(code, 'reason')}"></a>`);
    expect(text).toContain(`_${wordFor(code)}_`);
    expect(text).toMatch(code === 'NONE' ? /\w/ : /What would change it: \S/);
  });

  it.each(KINDS)('says of the condition %s what it means and what clears it', (kind) => {
    const text = sections('Conditions').get(kind) ?? '';
    expect(text).toContain(`<a id="${anchorOf(kind, 'condition')}"></a>`);
    expect(text).toMatch(/What clears it: \S/);
  });
});
