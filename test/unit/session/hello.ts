import type { PeerFrame } from '../../../src/session/frames.js';

/** The first frame of a framework that has never been here. */
export const HELLO: PeerFrame = {
  kind: 'hello',
  secret: 's',
  pagedResync: true,
  hello: {
    who: { kind: 'framework', workload: 'ovirt', name: 'prod', roles: ['/prod'], executesSteps: true },
    incarnation: 'i',
    secretHash: '',
    outboxFirstSeq: 1,
    appliedTerm: 0,
    appliedSeq: 0,
    highestTerm: 0,
  },
};
