// Original file: proto/mosaic/v1/operator.proto

export const ReclaimKind = {
  RECLAIM_KIND_UNSPECIFIED: 'RECLAIM_KIND_UNSPECIFIED',
  RECLAIM_KIND_SOFT: 'RECLAIM_KIND_SOFT',
  RECLAIM_KIND_HARD: 'RECLAIM_KIND_HARD',
} as const;

export type ReclaimKind =
  | 'RECLAIM_KIND_UNSPECIFIED'
  | 0
  | 'RECLAIM_KIND_SOFT'
  | 1
  | 'RECLAIM_KIND_HARD'
  | 2

export type ReclaimKind__Output = typeof ReclaimKind[keyof typeof ReclaimKind]
