import { z } from 'zod';
import type { AdapterFactory } from '../contract/factory.js';
import { AdapterError } from '../contract/types.js';
import { FakeAdapter } from './adapter.js';
import { FakeManager } from './manager.js';
import { QUICK_PROFILE, validateProfile } from './profile.js';
import type { FakeProfile } from './profile.js';

const whole = z.int().min(0);
const range = z.strictObject({ min: whole, max: whole });
const chance = whole.max(1000);

const profile = z
  .strictObject({
    workload: z.string().min(1),
    unitName: z.string().min(1),
    blockReason: z.string().min(1),
    answerMs: range,
    forecastMs: range,
    joinMs: range,
    verifyMs: range,
    drainUnitMs: range,
    drainParallel: whole,
    blockedMs: range,
    leaveMs: range,
    pollMs: whole.min(1),
    unitsAtFullLoad: range,
    blockedChanceMilli: chance,
    refuseChanceMilli: chance,
    joinFailChanceMilli: chance,
    drainFailChanceMilli: chance,
    leaveFailChanceMilli: chance,
  })
  .partial();

const schema = z.strictObject({
  /** What differs from a manager that does everything at once and never fails. */
  profile: profile.default({}),
  /** Load of all machines, in thousandths. */
  loadMilli: chance.default(500),
  /** Machines that serve from the start. */
  machines: z
    .array(z.strictObject({ name: z.string().min(1), uuid: z.string().min(1), serial: z.string().default('') }))
    .max(10_000)
    .default([]),
  /** Hosts wanted in all; nothing when left out. */
  wants: z
    .strictObject({ role: z.string().startsWith('/'), shape: z.string().default('standard'), count: whole })
    .nullable()
    .default(null),
});

/** A fake adapter with a fake manager of its own, for trying out a master without any manager. */
export const createFakeAdapter: AdapterFactory = (config, { clock, random }) => {
  const parsed = schema.safeParse(config);
  if (!parsed.success) throw invalid(parsed.error.issues.map((issue) => sentence(issue)));
  const { profile: given, loadMilli, machines, wants } = parsed.data;
  const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const whole: FakeProfile = { ...QUICK_PROFILE, ...stated };
  const problems = validateProfile(whole);
  if (problems.length > 0) throw invalid(problems.map((problem) => `profile.${problem}`));
  const manager = new FakeManager({ profile: whole, clock, random, loadMilli });
  for (const { name, uuid, serial } of machines) {
    if (manager.stateOf(name) !== 'missing') throw invalid([`machines: the name ${name} is given twice`]);
    manager.place({ hostId: '', name, identity: { uuid, serial, macs: [] } });
  }
  const demand = { demandId: 'hosts', minimum: 0, priority: 0, evidence: 'as configured' };
  const demandSource = () => (wants === null ? [] : [{ ...demand, ...wants }]);
  return new FakeAdapter({ manager, clock, random, demandSource });
};

function sentence(issue: z.core.$ZodIssue): string {
  const path = issue.path.length === 0 ? 'the configuration' : issue.path.join('.');
  return `${path}: ${issue.message}`;
}

function invalid(problems: readonly string[]): AdapterError {
  return new AdapterError('invalid', `fake adapter: ${problems.join('; ')}`);
}
