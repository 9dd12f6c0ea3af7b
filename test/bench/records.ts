/** Records of a fleet as a store has them, for benchmarks that begin in the middle of its life. */
import type { TaskSpec } from '../../scheduler/index.js';
import type { FrameworkRecord, HostRecord, TaskRecord } from '../../scheduler/state/records.js';

export function frameworkRecord(frameworkId: string, role: string): FrameworkRecord {
  const [workload = '', name = ''] = frameworkId.split('/');
  return { frameworkId, workload, name, roles: [role], executesSteps: false, registeredMs: 0, tornDown: false };
}

type HostFacts = Pick<
  HostRecord,
  'hostId' | 'name' | 'identity' | 'resources' | 'attributes' | 'faultDomain' | 'image'
>;

/** A host whose slices are offered, with as many commands behind it as it has tasks. */
export function sharedHost(facts: HostFacts, commandSeq: number): HostRecord {
  return {
    ...facts,
    shape: 'standard',
    mode: 'shared',
    modeSinceMs: 0,
    quarantineReason: '',
    leaseId: null,
    transitionId: null,
    clean: true,
    cordoned: false,
    cordonReason: '',
    commandSeq,
    coolDownUntilMs: 0,
  };
}

/** A task that has run since before the start; `launchSeq` is its command's place among those of its host. */
export function runningTask(
  owner: { readonly frameworkId: string; readonly role: string },
  hostId: string,
  spec: TaskSpec,
  launchSeq: number,
): TaskRecord {
  return {
    taskKey: `${owner.frameworkId}/${spec.taskId}`,
    taskId: spec.taskId,
    frameworkId: owner.frameworkId,
    role: owner.role,
    hostId,
    spec,
    state: 'running',
    statusSeq: 1,
    message: '',
    exitCode: null,
    launchSeq,
    killSeq: 0,
    killGraceMs: 0,
    updatedMs: 0,
  };
}
