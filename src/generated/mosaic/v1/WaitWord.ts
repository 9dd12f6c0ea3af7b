// Original file: proto/mosaic/v1/operator.proto

export const WaitWord = {
  WAIT_WORD_UNSPECIFIED: 'WAIT_WORD_UNSPECIFIED',
  WAIT_WORD_WORKING: 'WAIT_WORD_WORKING',
  WAIT_WORD_WAITS_FOR_TIME: 'WAIT_WORD_WAITS_FOR_TIME',
  WAIT_WORD_WAITS_FOR_YOU: 'WAIT_WORD_WAITS_FOR_YOU',
  WAIT_WORD_BLOCKED: 'WAIT_WORD_BLOCKED',
  WAIT_WORD_GAVE_UP: 'WAIT_WORD_GAVE_UP',
} as const;

export type WaitWord =
  | 'WAIT_WORD_UNSPECIFIED'
  | 0
  | 'WAIT_WORD_WORKING'
  | 1
  | 'WAIT_WORD_WAITS_FOR_TIME'
  | 2
  | 'WAIT_WORD_WAITS_FOR_YOU'
  | 3
  | 'WAIT_WORD_BLOCKED'
  | 4
  | 'WAIT_WORD_GAVE_UP'
  | 5

export type WaitWord__Output = typeof WaitWord[keyof typeof WaitWord]
