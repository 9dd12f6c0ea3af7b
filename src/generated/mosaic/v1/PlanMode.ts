// Original file: proto/mosaic/v1/operator.proto

export const PlanMode = {
  PLAN_MODE_UNSPECIFIED: 'PLAN_MODE_UNSPECIFIED',
  PLAN_MODE_OBSERVE: 'PLAN_MODE_OBSERVE',
  PLAN_MODE_APPROVE: 'PLAN_MODE_APPROVE',
  PLAN_MODE_AUTO: 'PLAN_MODE_AUTO',
} as const;

export type PlanMode =
  | 'PLAN_MODE_UNSPECIFIED'
  | 0
  | 'PLAN_MODE_OBSERVE'
  | 1
  | 'PLAN_MODE_APPROVE'
  | 2
  | 'PLAN_MODE_AUTO'
  | 3

export type PlanMode__Output = typeof PlanMode[keyof typeof PlanMode]
