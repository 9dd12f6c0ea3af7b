import type { FrameworkEvent } from '../../scheduler/index.js';
import { FrameworkPeer } from './core-harness.js';

/** Launches what it is offered, a task for each offer, as long as `launches`. */
export class Launcher extends FrameworkPeer {
  launched = 0;
  notices: Extract<FrameworkEvent, { kind: 'task_reclaim' }>[] = [];
  cancelled: string[] = [];
  launches = true;

  override handle(message: FrameworkEvent): void {
    super.handle(message);
    if (message.kind === 'task_reclaim') this.notices.push(message);
    if (message.kind === 'task_reclaim_cancelled') this.cancelled.push(...message.taskIds);
    if (message.kind !== 'offers' || !this.launches) return;
    for (const { offerId, resources: offered } of message.offers.filter(({ wholeHost }) => !wholeHost)) {
      this.launched += 1;
      const taskId = `t${this.launched}`;
      const task = { taskId, name: taskId, image: 'i', command: [], env: {}, killGraceMs: 1_000, labels: {} };
      this.send({
        kind: 'accept',
        commandId: this.nextCommandId(),
        offerIds: [offerId],
        action: { kind: 'launch', tasks: [{ ...task, resources: offered }] },
      });
    }
  }

  get noticed(): readonly string[] {
    return this.notices.flatMap(({ taskIds }) => taskIds);
  }
}
