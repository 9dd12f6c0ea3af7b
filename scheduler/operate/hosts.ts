import { assertNever } from '../assert-never.js';
import type { Core } from '../core.js';
import { findHost } from '../explain/lookup.js';
import { cancelDrain, drainHost, uncordon } from '../maintain/index.js';
import {
  admitHost,
  confirmOff,
  cordonHost,
  forgetHost,
  quarantineHost,
  releaseHost,
  shareHost,
} from '../reconcile/index.js';
import { notFound, reasonProblem } from './arguments.js';
import type { OperatorCommand, OperatorReply } from './commands.js';

type HostCommand = Extract<OperatorCommand, { readonly kind: `host_${string}` }>;

/** What an operator does to one host, by whichever of its names. */
export function hostCommand(core: Core, principal: string, command: HostCommand): OperatorReply {
  const found = findHost(core, command.host);
  if (!found.ok) return notFound(found.message);
  const { hostId } = found.value;
  const { dryRun } = command;
  switch (command.kind) {
    case 'host_admit':
      return admitHost(core, principal, hostId, dryRun);
    case 'host_cordon':
      return reasonProblem(command.reason) ?? cordonHost(core, principal, hostId, command.reason, dryRun);
    case 'host_uncordon':
      return uncordon(core, principal, hostId, dryRun);
    case 'host_drain':
      return reasonProblem(command.reason) ?? drainHost(core, principal, hostId, command);
    case 'host_drain_cancel':
      return cancelDrain(core, principal, hostId, dryRun);
    case 'host_quarantine':
      return reasonProblem(command.reason) ?? quarantineHost(core, principal, hostId, command.reason, dryRun);
    case 'host_release':
      return releaseHost(core, principal, hostId, dryRun, command.wipe === true);
    case 'host_confirm_off':
      return confirmOff(core, principal, hostId, dryRun);
    case 'host_forget':
      return forgetHost(core, principal, hostId, dryRun);
    case 'host_share':
      return shareHost(core, principal, hostId, command.shared, dryRun);
    default:
      return assertNever(command);
  }
}
