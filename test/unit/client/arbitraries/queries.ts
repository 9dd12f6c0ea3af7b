/** What operators ask. */
import fc from 'fast-check';
import type { Query } from '../../../../scheduler/index.js';
import { type Table, anyName, flag, kindOf, required } from './words.js';

const page = fc.record({ limit: fc.integer({ min: 1, max: 1_000 }), pageToken: anyName });

export const QUERIES: Table<Query> = {
  overview: fc.record(kindOf('overview')),
  hosts: fc.record({ ...kindOf('hosts'), owner: anyName, state: anyName, rack: anyName, name: anyName, page }),
  host: fc.record({ ...kindOf('host'), host: required }),
  frameworks: fc.record({ ...kindOf('frameworks'), workload: anyName }),
  roles: fc.record(kindOf('roles')),
  offers: fc.record({ ...kindOf('offers'), page }),
  demands: fc.record(kindOf('demands')),
  tasks: fc.record({ ...kindOf('tasks'), frameworkId: anyName, page }),
  reservations: fc.record({ ...kindOf('reservations'), host: anyName, role: anyName, idle: flag, page }),
  transitions: fc.record({ ...kindOf('transitions'), ended: flag, page }),
  transition: fc.record({ ...kindOf('transition'), transition: required }),
  plan: fc.record(kindOf('plan')),
  conditions: fc.record(kindOf('conditions')),
  freezes: fc.record(kindOf('freezes')),
  maintenance: fc.record(kindOf('maintenance')),
  why: fc.record({ ...kindOf('why'), thing: required }),
  audit: fc.record(kindOf('audit')),
};
