// Original file: proto/mosaic/v1/framework.proto

export const LeasePhase = {
  LEASE_PHASE_UNSPECIFIED: 'LEASE_PHASE_UNSPECIFIED',
  LEASE_PHASE_JOINING: 'LEASE_PHASE_JOINING',
  LEASE_PHASE_SERVING: 'LEASE_PHASE_SERVING',
  LEASE_PHASE_LEAVING: 'LEASE_PHASE_LEAVING',
} as const;

export type LeasePhase =
  | 'LEASE_PHASE_UNSPECIFIED'
  | 0
  | 'LEASE_PHASE_JOINING'
  | 1
  | 'LEASE_PHASE_SERVING'
  | 2
  | 'LEASE_PHASE_LEAVING'
  | 3

export type LeasePhase__Output = typeof LeasePhase[keyof typeof LeasePhase]
