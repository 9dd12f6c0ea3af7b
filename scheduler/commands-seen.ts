/**
 * Outcomes of commands, kept so that a repeated command is answered as before instead of being done twice: the last 500
 * per session, each for `outcomeKeptMs`. Durable with the change they belong to. Why by count, and why it is safe to forget
 * one: docs/decisions/0011-outcomes-by-count.md.
 */
import type { Core } from './core.js';
import type { CommandOutcome, PeerId } from './protocol.js';
import type { CommandRecord } from './state/records.js';

/** What a session may have repeated after the worst of reconnects; older commands are not known any more. */
export const COMMANDS_KEPT_MAX = 500;

/**
 * What was answered to the command before; null when it is new. A `commandId` that was used for something else is
 * answered ALREADY_EXISTS.
 * @param body whatever makes two commands the same, as text
 */
export function knownOutcome(core: Core, peerId: PeerId, commandId: string, body: string): CommandOutcome | null {
  const known = core.state.commands.get(keyOf(peerId, commandId));
  if (known === undefined) return null;
  if (known.bodyHash === digest(body)) return outcomeIn(known);
  const message = `command id "${commandId}" was used before for another command; choose a new one`;
  return { ok: false, code: 'ALREADY_EXISTS', message };
}

/**
 * What was answered to the same accept of the same offers under another command id, or null. It is looked for among all
 * that is kept of the session, so only where the offer is gone: while it is there, nothing was done with it.
 */
export function outcomeOfOffer(core: Core, peerId: PeerId, offerId: string, body: string): CommandOutcome | null {
  if (core.state.offers.has(offerId)) return null;
  const bodyHash = digest(body);
  for (const key of core.state.commandsByPeer.get(peerId)) {
    const known = core.state.commands.get(key);
    if (known?.offerId === offerId && known.bodyHash === bodyHash) return outcomeIn(known);
  }
  // Stores of earlier versions have a record of its own for that.
  const old = core.state.commands.get(keyOf(peerId, `offer:${offerId}`));
  if (old?.bodyHash !== bodyHash) return null;
  const outcome = outcomeIn(old);
  return outcome.ok ? outcome : null;
}

/**
 * Keeps the first outcome of the command; later calls for it change nothing.
 * @param offerId the first offer of an accept that was done
 */
export function recordOutcome(
  core: Core,
  peerId: PeerId,
  commandId: string,
  body: string,
  outcome: CommandOutcome,
  offerId?: string,
): void {
  const key = keyOf(peerId, commandId);
  if (core.state.commands.has(key)) return;
  const ofOffer = offerId === undefined ? {} : { offerId };
  const kept = { key, bodyHash: digest(body), outcome: JSON.stringify(outcome), atMs: core.nowMs, ...ofOffer };
  core.state.commands.put(kept);
  const ofPeer = core.state.commandsByPeer.get(peerId);
  if (ofPeer.size <= COMMANDS_KEPT_MAX) return;
  const [oldest] = ofPeer;
  if (oldest !== undefined) core.state.commands.delete(oldest);
}

/** Forgets outcomes older than `outcomeKeptMs`. */
export function sweepCommands(core: Core): void {
  const before = core.nowMs - core.options.outcomeKeptMs;
  const old = [...core.state.commands.values()].filter((command) => command.atMs < before);
  for (const command of old) core.state.commands.delete(command.key);
}

function outcomeIn({ outcome }: CommandRecord): CommandOutcome {
  return typeof outcome === 'string' ? (JSON.parse(outcome) as CommandOutcome) : outcome;
}

function keyOf(peerId: PeerId, commandId: string): string {
  return `${peerId}#${commandId}`;
}

/** Two FNV-1a hashes and the length: enough to tell a reused id from a repeat, and short in the store. */
function digest(body: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let at = 0; at < body.length; at += 1) {
    const code = body.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ (code + at), 0x85ebca6b);
  }
  return `${(a >>> 0).toString(16)}-${(b >>> 0).toString(16)}-${body.length}`;
}
