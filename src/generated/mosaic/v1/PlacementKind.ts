// Original file: proto/mosaic/v1/framework.proto

export const PlacementKind = {
  PLACEMENT_KIND_UNSPECIFIED: 'PLACEMENT_KIND_UNSPECIFIED',
  PLACEMENT_KIND_SPREAD: 'PLACEMENT_KIND_SPREAD',
  PLACEMENT_KIND_PACK: 'PLACEMENT_KIND_PACK',
  PLACEMENT_KIND_DISTINCT_HOSTS: 'PLACEMENT_KIND_DISTINCT_HOSTS',
} as const;

export type PlacementKind =
  | 'PLACEMENT_KIND_UNSPECIFIED'
  | 0
  | 'PLACEMENT_KIND_SPREAD'
  | 1
  | 'PLACEMENT_KIND_PACK'
  | 2
  | 'PLACEMENT_KIND_DISTINCT_HOSTS'
  | 3

export type PlacementKind__Output = typeof PlacementKind[keyof typeof PlacementKind]
