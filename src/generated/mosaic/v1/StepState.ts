// Original file: proto/mosaic/v1/common.proto

export const StepState = {
  STEP_STATE_UNSPECIFIED: 'STEP_STATE_UNSPECIFIED',
  STEP_STATE_RUNNING: 'STEP_STATE_RUNNING',
  STEP_STATE_BLOCKED: 'STEP_STATE_BLOCKED',
  STEP_STATE_DONE: 'STEP_STATE_DONE',
  STEP_STATE_FAILED: 'STEP_STATE_FAILED',
  STEP_STATE_REFUSED: 'STEP_STATE_REFUSED',
} as const;

export type StepState =
  | 'STEP_STATE_UNSPECIFIED'
  | 0
  | 'STEP_STATE_RUNNING'
  | 1
  | 'STEP_STATE_BLOCKED'
  | 2
  | 'STEP_STATE_DONE'
  | 3
  | 'STEP_STATE_FAILED'
  | 4
  | 'STEP_STATE_REFUSED'
  | 5

export type StepState__Output = typeof StepState[keyof typeof StepState]
