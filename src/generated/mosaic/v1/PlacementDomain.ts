// Original file: proto/mosaic/v1/framework.proto

export const PlacementDomain = {
  PLACEMENT_DOMAIN_UNSPECIFIED: 'PLACEMENT_DOMAIN_UNSPECIFIED',
  PLACEMENT_DOMAIN_RACK: 'PLACEMENT_DOMAIN_RACK',
  PLACEMENT_DOMAIN_ZONE: 'PLACEMENT_DOMAIN_ZONE',
  PLACEMENT_DOMAIN_REGION: 'PLACEMENT_DOMAIN_REGION',
} as const;

export type PlacementDomain =
  | 'PLACEMENT_DOMAIN_UNSPECIFIED'
  | 0
  | 'PLACEMENT_DOMAIN_RACK'
  | 1
  | 'PLACEMENT_DOMAIN_ZONE'
  | 2
  | 'PLACEMENT_DOMAIN_REGION'
  | 3

export type PlacementDomain__Output = typeof PlacementDomain[keyof typeof PlacementDomain]
