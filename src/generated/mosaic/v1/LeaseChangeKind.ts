// Original file: proto/mosaic/v1/framework.proto

export const LeaseChangeKind = {
  LEASE_CHANGE_KIND_UNSPECIFIED: 'LEASE_CHANGE_KIND_UNSPECIFIED',
  LEASE_CHANGE_KIND_GRANTED: 'LEASE_CHANGE_KIND_GRANTED',
  LEASE_CHANGE_KIND_CHANGED: 'LEASE_CHANGE_KIND_CHANGED',
  LEASE_CHANGE_KIND_ENDED: 'LEASE_CHANGE_KIND_ENDED',
} as const;

export type LeaseChangeKind =
  | 'LEASE_CHANGE_KIND_UNSPECIFIED'
  | 0
  | 'LEASE_CHANGE_KIND_GRANTED'
  | 1
  | 'LEASE_CHANGE_KIND_CHANGED'
  | 2
  | 'LEASE_CHANGE_KIND_ENDED'
  | 3

export type LeaseChangeKind__Output = typeof LeaseChangeKind[keyof typeof LeaseChangeKind]
