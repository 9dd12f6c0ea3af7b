import type {
  Blocker,
  HostLease,
  LeaveForecast,
  ObservedHost,
  StepPolicy,
  StepRenew,
  StepRequest,
  StepUpdate,
  TaskSpec,
  TaskStatus,
} from '../../../scheduler/index.js';
import { list, message, nullable, verified } from './codec.js';
import * as limits from './limits.js';
import { identity, labels, someResources } from './resources.js';
import { content, count, dictionary, durationMs, enumeration, flag, integer, name, text } from './scalars.js';
import { WireError } from './wire-error.js';

const INT32_MAX = 2_147_483_647;
const INT32_MIN = -2_147_483_648;

export const required = name({ required: true });
export const anyName = name();
/** Messages and reasons for people. */
export const words = text();

export const stepName = enumeration('STEP_NAME', [
  'forecast',
  'drain',
  'cancel_drain',
  'leave',
  'wipe',
  'verify_clean',
  'prepare',
  'join',
  'verify',
]);
export const attempt = integer(1, INT32_MAX);

const stepState = enumeration('STEP_STATE', ['running', 'blocked', 'done', 'failed', 'refused']);

export const blocker = message<'Blocker', Blocker>({
  object: text(),
  reason: anyName,
  sinceMs: count,
  message: words,
});

export const blockers = list(blocker, { max: limits.BLOCKERS_MAX });

export const forecast = verified(
  message<'LeaveForecast', LeaveForecast>({
    durationLowMs: durationMs,
    durationHighMs: durationMs,
    units: count,
    wouldKill: list(text(), { max: limits.WOULD_KILL_MAX }),
    blockers,
  }),
  ({ durationLowMs, durationHighMs }) => {
    if (durationHighMs < durationLowMs)
      throw new WireError(
        `is ${durationHighMs}; it may not be below duration_low_ms (${durationLowMs})`,
        'duration_high_ms',
      );
  },
);

const policy = message<'StepPolicy', StepPolicy>(
  { softDeadlineMs: durationMs, hard: flag },
  { softDeadlineMs: 0, hard: false },
);

export const stepRequest = message<'StepRequest', StepRequest>({
  transitionId: required,
  step: stepName,
  attempt,
  validForMs: durationMs,
  hostId: required,
  hostName: anyName,
  identity,
  workload: anyName,
  policy,
  reason: words,
});

export const stepRenew = message<'StepRenew', StepRenew>({
  transitionId: required,
  step: stepName,
  attempt,
  updateNo: count,
  validForMs: durationMs,
});

export const stepCancel = message<'StepCancel', Pick<StepRenew, 'transitionId' | 'step' | 'attempt'>>({
  transitionId: required,
  step: stepName,
  attempt,
});

export const stepUpdate = message<'StepUpdate', StepUpdate>({
  transitionId: required,
  step: stepName,
  attempt,
  updateNo: count,
  state: stepState,
  progressMilli: integer(0, 1_000),
  message: words,
  blockedBy: blockers,
  forecast: nullable(forecast),
});

/** What to run, its id at most `idMax` characters long. */
function taskSpecWith(idMax: number): ReturnType<typeof message<'TaskSpec', TaskSpec>> {
  return message<'TaskSpec', TaskSpec>({
    taskId: name({ required: true, max: idMax }),
    name: anyName,
    resources: someResources,
    image: name({ max: limits.VALUE_CHARS_MAX }),
    command: list(content(limits.ARGUMENT_CHARS_MAX), { max: limits.ARGUMENTS_MAX }),
    env: dictionary(anyName, content(limits.ARGUMENT_CHARS_MAX), limits.ARGUMENTS_MAX),
    killGraceMs: durationMs,
    labels,
  });
}

function taskStatusWith(idMax: number): ReturnType<typeof message<'TaskStatus', TaskStatus>> {
  return message<'TaskStatus', TaskStatus>({
    taskId: name({ required: true, max: idMax }),
    hostId: anyName,
    state: enumeration('TASK_STATE', ['staging', 'running', 'killing', 'finished', 'failed', 'killed', 'lost']),
    statusSeq: count,
    message: words,
    exitCode: nullable(integer(INT32_MIN, INT32_MAX)),
  });
}

type TaskAcknowledgement = Pick<TaskStatus, 'taskId' | 'statusSeq'>;

function taskAckWith(idMax: number): ReturnType<typeof message<'TaskAck', TaskAcknowledgement>> {
  return message<'TaskAck', TaskAcknowledgement>({
    taskId: name({ required: true, max: idMax }),
    statusSeq: count,
  });
}

/** Tasks as their framework names them. */
export const taskSpec = taskSpecWith(limits.OWN_ID_CHARS_MAX);
export const taskStatus = taskStatusWith(limits.NAME_CHARS_MAX);
export const taskAck = taskAckWith(limits.NAME_CHARS_MAX);

/** Tasks as agents know them: the framework's id stands before the framework's name for the task. */
export const agentTaskId = name({ required: true, max: limits.AGENT_TASK_ID_CHARS_MAX });
export const agentTaskSpec = taskSpecWith(limits.AGENT_TASK_ID_CHARS_MAX);
export const agentTaskStatus = taskStatusWith(limits.AGENT_TASK_ID_CHARS_MAX);
export const agentTaskAck = taskAckWith(limits.AGENT_TASK_ID_CHARS_MAX);

export const observedHost = message<'ObservedHost', ObservedHost>({
  identity,
  name: anyName,
  managerState: anyName,
  serving: flag,
  units: count,
  leaveEstimateMs: durationMs,
  drift: words,
});

export const hostLease = message<'HostLease', HostLease>({
  leaseId: required,
  hostId: required,
  hostName: anyName,
  identity,
  role: anyName,
  origin: enumeration('LEASE_ORIGIN', ['adopted', 'claimed']),
  phase: enumeration('LEASE_PHASE', ['joining', 'serving', 'leaving']),
});
