import { z } from 'zod';
import { PROFILE_KINDS } from './profiles.js';
import { FAULT_KINDS, TRACE_NAMES } from './scenario.js';
import { duration, hostsOrPercent, nameText, numberBetween, oneOf, wholeNumber } from './schema-fields.js';

/**
 * The scenario file. `{}` is the default demo: 60 hosts, 24 hours, VMs, pods and Hadoop on the real traces.
 * `scenarios/default.yaml` writes every default out.
 */

const YEAR_SECONDS = 365 * 86_400;

const rangeSchema = z
  .strictObject({ minSeconds: numberBetween(0, 86_400), maxSeconds: numberBetween(0, 86_400) })
  .refine((range) => range.minSeconds <= range.maxSeconds, {
    error: 'accepted is a range whose minSeconds is not above its maxSeconds',
  });
const chance = numberBetween(0, 1);

const profileSchema = z.preprocess(
  (value) => (typeof value === 'string' ? { kind: value } : value),
  z.strictObject({
    kind: oneOf(PROFILE_KINDS),
    forecast: rangeSchema.optional(),
    drainUnit: rangeSchema.optional(),
    drainParallelism: wholeNumber(0, 1_000).optional(),
    leave: rangeSchema.optional(),
    wipe: rangeSchema.optional(),
    prepare: rangeSchema.optional(),
    join: rangeSchema.optional(),
    verify: rangeSchema.optional(),
    unitName: nameText().optional(),
    unitsAtFullLoad: z.strictObject({ min: wholeNumber(1, 1_000), max: wholeNumber(1, 1_000) }).optional(),
    blockedUnitChance: chance.optional(),
    blockedUnit: rangeSchema.optional(),
    failureChance: z
      .strictObject({
        prepare: chance.optional(),
        join: chance.optional(),
        drain: chance.optional(),
        leave: chance.optional(),
        wipe: chance.optional(),
      })
      .optional(),
  }),
);

const syntheticSchema = z.discriminatedUnion(
  'shape',
  [
    z.strictObject({ shape: z.literal('constant') }),
    z.strictObject({
      shape: z.literal('sine'),
      amplitude: numberBetween(0, 1).default(0.5),
      peakHour: numberBetween(0, 24).default(14),
    }),
    z.strictObject({
      shape: z.literal('steps'),
      levels: z
        .array(numberBetween(0, 1_000))
        .min(1, { error: 'accepted is a list of at least one level' })
        .max(1_000, { error: 'accepted are at most 1000 levels' }),
      stepHours: numberBetween(0.1, 744).default(6),
    }),
    z.strictObject({
      shape: z.literal('bursts'),
      burstsPerDay: numberBetween(0, 288).default(6),
      burstMinutes: numberBetween(5, 1_440).default(30),
      height: numberBetween(0, 1_000).default(5),
    }),
  ],
  { error: 'accepted is a map with a "shape" of constant, sine, steps, bursts' },
);

const demandSchema = z.strictObject({
  trace: oneOf(TRACE_NAMES).optional(),
  synthetic: syntheticSchema.optional(),
  kind: oneOf(['perishable', 'queueable']).optional(),
  share: numberBetween(0.0001, 2),
  day: wholeNumber(0, 9).optional(),
  shiftHours: numberBetween(-24, 24).default(0),
});

const wantedSchema = z.strictObject({
  headroomPercent: numberBetween(0, 400).default(5),
  backlogDrainSeconds: numberBetween(1, YEAR_SECONDS).default(3_600),
  scaleDownDelaySeconds: numberBetween(0, 86_400).default(900),
  hostsMin: wholeNumber(0, 100_000).default(1),
});

const workloadSchema = z.strictObject({
  name: nameText(),
  framework: nameText().default('main'),
  role: z.string({ error: 'accepted is the path of a role' }).optional(),
  demand: demandSchema,
  initialHosts: hostsOrPercent().optional(),
  profile: profileSchema.optional(),
  wanted: wantedSchema.prefault({}),
});

const amountsSchema = z
  .record(
    z.string().regex(/^hosts(\/[a-z][a-z0-9-]{0,39})?$/, { error: 'accepted are "hosts" and "hosts/<shape>"' }),
    hostsOrPercent(),
  )
  .default({});

const roleSchema = z.strictObject({
  path: z.string({ error: 'accepted is a path such as /research/hadoop' }).regex(/^(\/[a-z][a-z0-9-]{0,39}){1,8}$/, {
    error: 'accepted is a path such as /research/hadoop: 1 to 8 names of a-z, 0-9 and "-"',
  }),
  guarantee: amountsSchema,
  limit: amountsSchema,
  weight: wholeNumber(1, 1_000_000).default(1),
  priority: wholeNumber(-1_000, 1_000).default(0),
});

const shapeSchema = z.strictObject({
  name: nameText(),
  count: wholeNumber(0, 100_000).optional(),
  share: numberBetween(0, 1_000).optional(),
  cpus: wholeNumber(1, 4_096).default(32),
  memoryGiB: wholeNumber(1, 65_536).default(256),
  diskGiB: wholeNumber(1, 1_048_576).default(1_024),
  gpus: wholeNumber(0, 64).default(0),
  racks: wholeNumber(1, 10_000).default(6),
});

const policySchema = z.strictObject({
  planPeriodSeconds: numberBetween(1, 86_400).default(120),
  minHoldSeconds: numberBetween(0, YEAR_SECONDS).default(7_200),
  coolDownSeconds: numberBetween(0, 86_400).default(900),
  maxMovesInFlight: wholeNumber(0, 10_000).default(4),
  maxMovesInFlightPerWorkload: wholeNumber(0, 10_000).default(3),
  maxMovesPerHour: wholeNumber(0, 100_000).default(6),
  hysteresisHosts: wholeNumber(0, 1_000).default(1),
});

const faultSchema = z.strictObject({
  at: duration(),
  kind: oneOf(FAULT_KINDS),
  target: z.string({ error: 'accepted is the name of a host or workload' }).optional(),
  for: duration().default(0),
});

const DEFAULT_ROLES = [
  { path: '/production/vms', guarantee: { hosts: '25%' }, weight: 3, priority: 20 },
  { path: '/production/pods', guarantee: { hosts: '20%' }, weight: 3, priority: 20 },
  { path: '/research/hadoop', guarantee: { hosts: '10%' }, limit: { hosts: '60%' }, weight: 2, priority: 10 },
];

const DEFAULT_WORKLOADS = [
  { name: 'ovirt', framework: 'prod', role: '/production/vms', demand: { trace: 'planetlab' as const, share: 0.38 } },
  { name: 'kubernetes', framework: 'east', role: '/production/pods', demand: { trace: 'openb' as const, share: 0.3 } },
  { name: 'hadoop', framework: 'night', role: '/research/hadoop', demand: { trace: 'fb2010' as const, share: 0.3 } },
];

export const scenarioSchema = z.strictObject({
  name: nameText().default('default'),
  seed: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(7),
  hosts: wholeNumber(1, 100_000).optional(),
  hours: numberBetween(0.1, 744).default(24),
  speed: numberBetween(1, 100_000).default(720),
  startHour: numberBetween(0, 24).default(0),
  fleet: z
    .strictObject({
      zones: wholeNumber(1, 1_000).default(2),
      shapes: z
        .array(shapeSchema)
        .min(1, { error: 'accepted is a list of at least one shape' })
        .max(50, { error: 'accepted are at most 50 shapes' })
        .prefault([{ name: 'standard' }]),
    })
    .prefault({}),
  roles: z.array(roleSchema).max(1_000, { error: 'accepted are at most 1000 roles' }).prefault(DEFAULT_ROLES),
  workloads: z
    .array(workloadSchema)
    .min(1, { error: 'accepted is a list of at least one workload' })
    .max(50, { error: 'accepted are at most 50 workloads' })
    .prefault(DEFAULT_WORKLOADS),
  policies: z.strictObject({ dynamic: policySchema.prefault({}), greedy: policySchema.prefault({}) }).prefault({}),
  timings: z
    .strictObject({
      heartbeatSeconds: numberBetween(0.1, 3_600).default(5),
      offerLeaseSeconds: numberBetween(0.1, 3_600).default(30),
    })
    .prefault({}),
  faults: z.array(faultSchema).max(10_000, { error: 'accepted are at most 10000 faults' }).default([]),
});

/** A scenario as the schema reads it, before percentages and names are resolved. */
export type ScenarioFile = z.output<typeof scenarioSchema>;
