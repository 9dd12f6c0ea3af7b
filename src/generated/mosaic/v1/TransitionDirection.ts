// Original file: proto/mosaic/v1/operator.proto

export const TransitionDirection = {
  TRANSITION_DIRECTION_UNSPECIFIED: 'TRANSITION_DIRECTION_UNSPECIFIED',
  TRANSITION_DIRECTION_FORWARD: 'TRANSITION_DIRECTION_FORWARD',
  TRANSITION_DIRECTION_ROLLBACK: 'TRANSITION_DIRECTION_ROLLBACK',
} as const;

export type TransitionDirection =
  | 'TRANSITION_DIRECTION_UNSPECIFIED'
  | 0
  | 'TRANSITION_DIRECTION_FORWARD'
  | 1
  | 'TRANSITION_DIRECTION_ROLLBACK'
  | 2

export type TransitionDirection__Output = typeof TransitionDirection[keyof typeof TransitionDirection]
