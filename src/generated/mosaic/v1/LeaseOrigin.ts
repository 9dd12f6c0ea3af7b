// Original file: proto/mosaic/v1/framework.proto

export const LeaseOrigin = {
  LEASE_ORIGIN_UNSPECIFIED: 'LEASE_ORIGIN_UNSPECIFIED',
  LEASE_ORIGIN_ADOPTED: 'LEASE_ORIGIN_ADOPTED',
  LEASE_ORIGIN_CLAIMED: 'LEASE_ORIGIN_CLAIMED',
} as const;

export type LeaseOrigin =
  | 'LEASE_ORIGIN_UNSPECIFIED'
  | 0
  | 'LEASE_ORIGIN_ADOPTED'
  | 1
  | 'LEASE_ORIGIN_CLAIMED'
  | 2

export type LeaseOrigin__Output = typeof LeaseOrigin[keyof typeof LeaseOrigin]
