import type { AgentCommand, AgentMessage, AgentReport } from '../../../scheduler/index.js';
import { empty, list, message, oneof, optional, wrapped } from './codec.js';
import * as limits from './limits.js';
import { attributes, faultDomain, resources } from './resources.js';
import { count, durationMs, name, text } from './scalars.js';
import {
  anyName,
  agentTaskId,
  stepCancel,
  stepRenew,
  stepRequest,
  stepUpdate,
  agentTaskAck,
  agentTaskSpec,
  agentTaskStatus,
  words,
} from './steps.js';

type Command<K extends AgentCommand['kind']> = Omit<Extract<AgentCommand, { kind: K }>, 'kind'>;

const report = message<'AgentReport', AgentReport>({
  resources,
  attributes,
  faultDomain,
  image: name({ max: limits.ATTRIBUTE_CHARS_MAX }),
  agentVersion: anyName,
  lastCommandSeq: count,
  tasks: list(agentTaskStatus, { max: limits.TASKS_PER_REPORT_MAX }),
  profile: anyName,
  cleanliness: text(),
});

/** What an agent says. A kind that is not known is refused. */
export const agentMessage = oneof<'AgentMessage', AgentMessage>('message', {
  report: wrapped('report', report),
  task_status: wrapped('status', agentTaskStatus),
  step_update: wrapped('update', stepUpdate),
});

/**
 * What the master says to an agent. What a newer master says beyond it is answered by a full report, which is always
 * harmless and shows the master what this agent can say.
 */
export const agentCommand = oneof<'AgentCommand', AgentCommand>(
  'command',
  {
    launch: message<'LaunchTask', Command<'launch'>>({ commandSeq: count, frameworkId: anyName, task: agentTaskSpec }),
    kill: message<'StopTask', Command<'kill'>>({
      commandSeq: count,
      taskId: agentTaskId,
      graceMs: durationMs,
      reason: optional(words),
    }),
    task_ack: agentTaskAck,
    step_request: wrapped('request', stepRequest),
    step_renew: wrapped('renew', stepRenew),
    step_cancel: stepCancel,
    report_request: empty<'ReportRequest'>(),
  },
  () => ({ kind: 'report_request' }),
);
