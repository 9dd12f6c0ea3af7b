import type { Core } from '../../core.js';
import { isFrozen } from '../../reassign/index.js';
import type { FrameworkRecord, WaitWord } from '../../state/records.js';
import { naturalCompare } from '../natural-order.js';
import { remedies } from '../remedies.js';
import type { WhyView } from '../views.js';
import { counted } from '../../words.js';
import { whyView, type Reason } from './reason.js';
import { whyFramework } from './framework.js';

/** The worst word wins: what a person must look at first. */
const URGENCY: readonly WaitWord[] = ['working', 'waits for time', 'blocked', 'gave up', 'waits for you'];

/** Why a workload has what it has: one line for each of its frameworks. */
export function whyWorkload(core: Core, workload: string, frameworks: readonly FrameworkRecord[]): WhyView {
  const reasons: Reason[] = [];
  const changes: string[] = [];
  let word: WaitWord = 'working';
  const freeze = isFrozen(core, workload);
  if (freeze !== null) {
    reasons.push({
      code: 'FROZEN',
      text: `no new steps: frozen by ${freeze.by}${freeze.reason === '' ? '' : `: ${freeze.reason}`}`,
      sinceMs: freeze.sinceMs,
    });
    changes.push(remedies.unfreeze(freeze.scope));
    word = 'waits for you';
  }
  let hosts = 0;
  for (const framework of [...frameworks].sort((a, b) => naturalCompare(a.frameworkId, b.frameworkId))) {
    const one = whyFramework(core, framework);
    const first = one.reasons[0];
    hosts += core.state.leasesByFramework.count(framework.frameworkId);
    reasons.push({
      code: first?.code ?? 'NONE',
      text: one.headline + (first === undefined ? '' : `: ${first.text}`),
      sinceMs: first?.sinceMs ?? 0,
    });
    changes.push(remedies.why(framework.frameworkId));
    if (URGENCY.indexOf(one.word) > URGENCY.indexOf(word)) word = one.word;
  }
  const headline = `${workload} holds ${counted(hosts, 'host')} in ${counted(frameworks.length, 'framework')}`;
  return whyView(workload, 'workload', headline, word, reasons, changes);
}
