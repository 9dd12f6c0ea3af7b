export { Capacity, type ShapeCapacity } from './capacity.js';
export { DEFAULT_RECLAIM, ensureDefaults, newRole, STANDARD_SHAPE } from './defaults.js';
export { countsHosts, HOSTS, shapeDimension, shapeOfDimension, wholeHostCharge } from './dimensions.js';
export { entitlements, type Entitlements } from './entitlement.js';
export { FairTree, type FairTreeOptions, type UseSource } from './fair-tree.js';
export { Holdings, type HoldingCounts, type HoldingKind } from './holdings.js';
export { held, hostDemand, isLive, type HostDemand } from './host-demand.js';
export { isLiveTask, Ledger, type Account } from './ledger.js';
export {
  exceededCeilings,
  firstCeilingHit,
  keptFromOthers,
  limitText,
  usage,
  wouldExceedLimit,
  type LimitHit,
  type RoleUsage,
} from './limits.js';
export { reviewHostLimits, reviewLimit, reviewLimits, reviewOverLimitConditions } from './over-limit.js';
export { ownPart } from './own-part.js';
export { isWithin, lineage, parentOf, pathProblem, ROLE_DEPTH_MAX } from './paths.js';
export { averageHost, hostDimensions, QuotaTree, type RoleNode } from './quota-tree.js';
export { checkChange, type CheckedChange, type RoleEdit } from './quota-change.js';
export { changeRoles, deleteRole, makeChange, replyOf, rescindedText, setRole } from './role-commands.js';
export { borrowedShare, compareWeighted, dominantShareInto, partsPerBillion, type DominantShare } from './shares.js';
