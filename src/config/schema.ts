import { z } from 'zod';
import { DEFAULT_OPTIONS, type SchedulerOptions } from '../../scheduler/index.js';
import { DEFAULT_SESSION_OPTIONS } from '../session/session-server.js';
import { durationMs, listenAddress, oneOf, pathText, wholeNumber, yesOrNo } from './fields.js';

/** One hour of moves can never be more than hosts: the largest fleet Mosaic is measured with, ten times over. */
const COUNT_MAX = 1_000_000;

const defaults = DEFAULT_OPTIONS;

function ms(minMs: number, byDefault: number, description: string): z.ZodDefault<z.ZodType<number>> {
  return durationMs(minMs).default(byDefault).describe(description);
}

function count(min: number, byDefault: number, description: string): z.ZodDefault<z.ZodNumber> {
  return wholeNumber(min, COUNT_MAX).default(byDefault).describe(description);
}

const listen = z
  .strictObject({
    grpc: listenAddress()
      .default('127.0.0.1:7600')
      .describe('Frameworks, agents and operators connect here. Port 0 = any free port'),
    http: listenAddress()
      .default('127.0.0.1:7680')
      .describe('Health, metrics, events and read-only JSON. Port 0 = any free port'),
  })
  .prefault({})
  .describe('Where the master listens. Loopback unless set: who reaches these addresses can operate the fleet');

const session = z
  .strictObject({
    heartbeatMs: ms(
      100,
      DEFAULT_SESSION_OPTIONS.heartbeatMs,
      'Each side of a session says something at least this often',
    ),
    // One alone would cut healthy peers: an idle one that has just spoken skips its next.
    heartbeatsMissedMax: wholeNumber(2, 100)
      .default(DEFAULT_SESSION_OPTIONS.heartbeatsMissedMax)
      .describe('Silence of this many heartbeats ends a connection (the session goes on with the next one)'),
    heartbeatsPerSecondMax: count(
      1,
      DEFAULT_SESSION_OPTIONS.heartbeatsPerSecondMax,
      'Heartbeats of all peers together; with more peers each is asked for one less often, up to 2.5 × heartbeatMs',
    ),
    outboxMax: count(
      1,
      DEFAULT_SESSION_OPTIONS.outboxMax,
      'Unacknowledged messages per peer; one more and it gets its full state again',
    ),
    connectionsMax: count(1, DEFAULT_SESSION_OPTIONS.connectionsMax, 'Connections at once; one more is refused'),
  })
  .prefault({})
  .describe('Sessions of frameworks and agents');

const scheduler = z
  .strictObject({
    offerLeaseMs: ms(1, defaults.offerLeaseMs, 'How long an offer stays open'),
    declineFilterMs: ms(
      0,
      defaults.declineFilterMs,
      'After a decline that names no time, the host is not offered again this long',
    ),
    offersOpenMax: wholeNumber(1, 1_000_000)
      .default(defaults.offersOpenMax)
      .describe('Offers that one framework may have open; it gets more when it has answered'),
    openOfferBackoffMaxMs: ms(
      0,
      defaults.openOfferBackoffMaxMs,
      'A framework that declines open offers again and again gets a declined host back after this long at the latest; 0: no back-off',
    ),
    openOfferShareMaxMilli: wholeNumber(1, 1_000)
      .default(defaults.openOfferShareMaxMilli)
      .describe('Part of the fleet that one framework may have under open offer in a role, in thousandths'),
    allocateBatchMs: ms(1, defaults.allocateBatchMs, 'The allocator runs this long after the first change'),
    demandTtlMs: ms(1, defaults.demandTtlMs, 'Demand of a framework away for longer asks for nothing more'),
    hostLostAfterMs: ms(1, defaults.hostLostAfterMs, 'A host whose agent was silent this long counts as lost'),
    massFailureHostsMilli: wholeNumber(1, 1_000)
      .default(defaults.massFailureHostsMilli)
      .describe('When this share of the hosts vanishes at once, in thousandths, none of them counts as lost'),
    massFailureMinHosts: count(1, defaults.massFailureMinHosts, '... but fewer hosts than this are no mass failure'),
    massFailureWindowMs: ms(
      1,
      defaults.massFailureWindowMs,
      'Hosts that vanish within this of each other do so at once',
    ),
    outcomeKeptMs: ms(1, defaults.outcomeKeptMs, 'How long outcomes of accepts are kept for repeats'),
    stepLeaseMs: ms(1, defaults.stepLeaseMs, 'Lease of one attempt of a host step, renewed by its updates'),
    stepLeaseGraceMs: ms(
      1,
      defaults.stepLeaseGraceMs,
      'Waited beyond the end of a step lease before anything else is tried',
    ),
    stepRetryMs: ms(1, defaults.stepRetryMs, 'First pause after a failed attempt, doubled each time'),
    stepAttemptsMax: count(1, defaults.stepAttemptsMax, 'Attempts of one step before a move turns back or gives up'),
    stepDeadlineMs: ms(
      1,
      defaults.stepDeadlineMs,
      'One attempt of a step (leave, wipe, prepare, ...) may last this long; then it is stopped and tried again or undone',
    ),
    drainDeadlineMs: ms(1, defaults.drainDeadlineMs, 'Soft deadline of a drain: then the host is given back'),
    drainBeforeMs: ms(
      0,
      defaults.drainBeforeMs,
      'Hosts of a maintenance window are drained this long before it begins',
    ),
    planPeriodMs: ms(1, defaults.planPeriodMs, 'Time between two planning rounds'),
    hysteresisRounds: count(
      1,
      defaults.hysteresisRounds,
      'A shortage must last this many rounds before a host is moved',
    ),
    hysteresisHosts: count(
      0,
      defaults.hysteresisHosts,
      'A role must lack more hosts than this before one that its holder needs is taken, unless it is below its guarantee',
    ),
    minHoldMs: ms(0, defaults.minHoldMs, 'A host stays with its holder at least this long after it serves'),
    coolDownMs: ms(0, defaults.coolDownMs, 'A host whose move was aborted is left alone this long'),
    movesInFlightMax: count(1, defaults.movesInFlightMax, 'Moves in flight, in all'),
    movesInFlightPerWorkloadMax: count(
      1,
      defaults.movesInFlightPerWorkloadMax,
      'Moves in flight per workload, in or out',
    ),
    movesInFlightPerRackMax: count(1, defaults.movesInFlightPerRackMax, 'Moves in flight per rack'),
    movesPerHourMax: count(1, defaults.movesPerHourMax, 'Moves started per hour, in all'),
    movesHourMs: ms(1, defaults.movesHourMs, 'Length of that hour; a scenario faster than life shortens it'),
    reclaimInFlightMax: count(0, defaults.reclaimInFlightMax, 'Extra moves in flight for roles below their guarantee'),
    taskReclaimPeriodMs: ms(1, defaults.taskReclaimPeriodMs, 'Time between two looks at slices owed by a guarantee'),
    taskReclaimNoticeMs: ms(
      0,
      defaults.taskReclaimNoticeMs,
      'A framework is told this long before one of its tasks is killed for a guarantee',
    ),
    taskReclaimsPerRoundMax: count(0, defaults.taskReclaimsPerRoundMax, 'Tasks told to go in one round; 0: none'),
    planner: oneOf(['fair', 'greedy', 'off'])
      .default(defaults.planner)
      .describe('Which planner decides: fair, greedy (a simple rule, to compare with), off'),
    planMode: oneOf(['observe', 'approve', 'auto'])
      .default(defaults.planMode)
      .describe('What happens with plans: observe (shown only), approve (each waits for a person), auto'),
    recoveryHostsMilli: wholeNumber(0, 1_000)
      .default(defaults.recoveryHostsMilli)
      .describe('After a start nothing is planned until this share of the hosts has reported, in thousandths'),
    recoveryBoundMs: ms(1, defaults.recoveryBoundMs, '... or until this long has passed'),
    autoAdopt: yesOrNo()
      .default(defaults.autoAdopt)
      .describe('Adopt what managers already use as soon as they connect, without `mosaic adopt`'),
    autoAdmit: yesOrNo()
      .default(defaults.autoAdmit)
      .describe('Admit hosts that no manager uses, without `mosaic host admit`'),
    expectedFrameworks: z
      .array(frameworkId(), { error: 'accepted is a list of framework ids, such as [ovirt/prod, kubernetes/east]' })
      .max(1_000, { error: 'accepted are at most 1000 framework ids' })
      .default([...defaults.expectedFrameworks])
      .describe('Frameworks that must have been seen completely before an unclaimed host is judged unused'),
    shareExcludedResources: z
      .array(z.string({ error: 'accepted is the name of a resource, such as gpus' }), {
        error: 'accepted is a list of resource names, such as [gpus]',
      })
      .default([...defaults.shareExcludedResources])
      .describe('Scarce resources that no fair share counts, such as gpus; guarantees and limits still count them'),
  } satisfies Record<keyof SchedulerOptions, z.ZodType>)
  .prefault({})
  .describe('How offers, moves and plans behave. Times are ms, or written as 30s, 10m, 1h30m');

const log = z
  .strictObject({
    level: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
      .default('info')
      .describe('Least level that is written'),
    format: oneOf(['json', 'pretty']).default('json').describe('json (one object a line) or pretty (for people)'),
  })
  .prefault({})
  .describe('The log of the daemons, on standard error');

const client = z
  .strictObject({
    server: z
      .union([z.literal(''), listenAddress()], {
        error: 'accepted is HOST:PORT, such as 127.0.0.1:7600, or an empty text for what the profile says',
      })
      .default('')
      .describe('The master that commands talk to; empty = what the profile says'),
    profile: z
      .union([z.literal(''), pathText()], {
        error: 'accepted is the path of a file, or an empty text for the usual place',
      })
      .default('')
      .describe(
        'File in which `mosaic demo` and `mosaic master` leave their address; empty = ~/.config/mosaic/profile.json',
      ),
  })
  .prefault({})
  .describe('What the commands use to find a master');

function frameworkId(): z.ZodString {
  const error = 'accepted is WORKLOAD/NAME in lower case, such as ovirt/prod';
  return z
    .string({ error })
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\/[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, { error });
}

/** Everything that can be configured: types, defaults, descriptions and errors come from here. */
export const configSchema = z.strictObject({
  listen,
  data: pathText().default('./mosaic-data').describe('Folder of the store. In a file it is relative to that file'),
  store: oneOf(['level', 'memory']).default('level').describe('level (on disk) or memory (gone when the master stops)'),
  session,
  scheduler,
  log,
  client,
});

export type MosaicConfig = DeepReadonly<z.output<typeof configSchema>>;

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;
