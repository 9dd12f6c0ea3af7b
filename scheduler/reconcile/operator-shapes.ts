import { rescindHostOffers } from '../allocate/rescind.js';
import type { Core } from '../core.js';
import { counted } from '../words.js';
import { nothingChanges, type OperatorReply } from '../operate/commands.js';
import type { Constraint, ErrorCode } from '../protocol.js';
import { reviewHostLimits, STANDARD_SHAPE } from '../quota/index.js';
import { equal, quantityProblems, type Quantities } from '../resources/index.js';
import type { HostRecord, ShapeRecord } from '../state/records.js';
import { constraintProblem } from '../state/constraints.js';
import { classifyAmong } from './shapes.js';
import { some } from './text.js';

/** Every entitlement is computed per shape; a fleet has a handful. */
const SHAPES_MAX = 64;

/** Defines or changes a class of hosts; every host is classified anew at once. */
export function setShape(
  core: Core,
  principal: string,
  name: string,
  rank: number,
  constraints: readonly Constraint[],
  minimum: Quantities,
  dryRun: boolean,
): OperatorReply {
  const problem =
    constraints.map((one, at) => constraintProblem(one, `constraints[${at}]`)).find((text) => text !== null) ??
    quantityProblems(minimum, 'minimum')[0] ??
    shapeOfShape(constraints);
  if (problem !== undefined) return refuse('INVALID_ARGUMENT', problem);
  if (name === STANDARD_SHAPE && (constraints.length > 0 || Object.keys(minimum).length > 0))
    return refuse(
      'INVALID_ARGUMENT',
      `shape ${STANDARD_SHAPE} takes every host that no other shape does; it has no constraints and no minimum`,
    );
  const before = core.state.shapes.get(name);
  if (before === undefined && core.state.shapes.size >= SHAPES_MAX)
    return refuse('RESOURCE_EXHAUSTED', `there are ${SHAPES_MAX} shapes already`);
  const plain = before === undefined ? rolesWithPlainHosts(core) : [];
  if (plain.length > 0)
    return refuse(
      'FAILED_PRECONDITION',
      `${some(plain)} ${plain.length === 1 ? 'has' : 'have'} a guarantee of plain hosts, which means nothing once there is a second shape; ` +
        `say which first: mosaic quota set ${plain[0] ?? ''} --guarantee hosts/${STANDARD_SHAPE}=N`,
    );
  const shape: ShapeRecord = { shape: name, rank, constraints: [...constraints], minimum: { ...minimum } };
  if (before !== undefined && isSame(before, shape)) return nothingChanges(`shape ${name} is so already`, [name]);
  const moved = reclassified(core, shape);
  const changes = [`shape ${name} has rank ${rank}${before === undefined ? '' : ` (it had ${before.rank})`}`];
  if (moved.length > 0)
    changes.push(
      `the shape of ${counted(moved.length, 'host')} changes: ${some(moved.map((host) => `${host.name} to ${host.shape}`))}`,
    );
  if (dryRun) return { ok: true, changes, ids: [name] };
  core.state.shapes.put(shape);
  for (const host of moved) {
    rescindHostOffers(core, host.hostId, `${host.name} has another shape now`);
    core.state.hosts.put(host);
    core.markDirty(host.hostId);
  }
  reviewHostLimits(core, moved);
  core.timers.setEarliest('plan', core.nowMs);
  core.decide('quota', name, `${principal} set shape ${name}; ${counted(moved.length, 'host')} changed shape`);
  return { ok: true, changes, ids: [name] };
}

function isSame(before: ShapeRecord, after: ShapeRecord): boolean {
  return (
    before.rank === after.rank &&
    JSON.stringify(before.constraints) === JSON.stringify(after.constraints) &&
    equal(before.minimum, after.minimum)
  );
}

/** Hosts as they would be with the new shape in force. */
function reclassified(core: Core, shape: ShapeRecord): readonly HostRecord[] {
  const shapes = [...core.state.shapes.values()].filter((one) => one.shape !== shape.shape);
  shapes.push(shape);
  const moved: HostRecord[] = [];
  for (const host of core.state.hosts.values()) {
    const now = classifyAmong(shapes, host);
    if (now !== host.shape) moved.push({ ...host, shape: now });
  }
  return moved;
}

/** Shapes are decided by what a machine is; asking for one would go in a circle. */
function shapeOfShape(constraints: readonly Constraint[]): string | undefined {
  const at = constraints.findIndex((one) => one.attribute === 'shape');
  return at < 0 ? undefined : `constraints[${at}].attribute is shape; a shape cannot ask for a shape`;
}

function rolesWithPlainHosts(core: Core): readonly string[] {
  return [...core.state.roles.values()].filter((role) => (role.guarantee['hosts'] ?? 0) > 0).map((role) => role.path);
}

function refuse(code: ErrorCode, message: string): OperatorReply {
  return { ok: false, code, message };
}
