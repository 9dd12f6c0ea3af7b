// Original file: proto/mosaic/v1/operator.proto

export const StepEnd = {
  STEP_END_UNSPECIFIED: 'STEP_END_UNSPECIFIED',
  STEP_END_RUNNING: 'STEP_END_RUNNING',
  STEP_END_BLOCKED: 'STEP_END_BLOCKED',
  STEP_END_DONE: 'STEP_END_DONE',
  STEP_END_FAILED: 'STEP_END_FAILED',
  STEP_END_REFUSED: 'STEP_END_REFUSED',
  STEP_END_EXPIRED: 'STEP_END_EXPIRED',
} as const;

export type StepEnd =
  | 'STEP_END_UNSPECIFIED'
  | 0
  | 'STEP_END_RUNNING'
  | 1
  | 'STEP_END_BLOCKED'
  | 2
  | 'STEP_END_DONE'
  | 3
  | 'STEP_END_FAILED'
  | 4
  | 'STEP_END_REFUSED'
  | 5
  | 'STEP_END_EXPIRED'
  | 6

export type StepEnd__Output = typeof StepEnd[keyof typeof StepEnd]
