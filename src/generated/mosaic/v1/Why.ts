// Original file: proto/mosaic/v1/operator.proto

import type { WaitWord as _mosaic_v1_WaitWord, WaitWord__Output as _mosaic_v1_WaitWord__Output } from '../../mosaic/v1/WaitWord.js';
import type { WhyReason as _mosaic_v1_WhyReason, WhyReason__Output as _mosaic_v1_WhyReason__Output } from '../../mosaic/v1/WhyReason.js';

export interface Why {
  'subject'?: (string);
  'about'?: (string);
  'headline'?: (string);
  'word'?: (_mosaic_v1_WaitWord);
  'reasons'?: (_mosaic_v1_WhyReason)[];
  'wouldChangeIt'?: (string)[];
}

export interface Why__Output {
  'subject': (string);
  'about': (string);
  'headline': (string);
  'word': (_mosaic_v1_WaitWord__Output);
  'reasons': (_mosaic_v1_WhyReason__Output)[];
  'wouldChangeIt': (string)[];
}
