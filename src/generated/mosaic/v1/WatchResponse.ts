// Original file: proto/mosaic/v1/operator.proto

import type { WatchToken as _mosaic_v1_WatchToken, WatchToken__Output as _mosaic_v1_WatchToken__Output } from '../../mosaic/v1/WatchToken.js';
import type { Decision as _mosaic_v1_Decision, Decision__Output as _mosaic_v1_Decision__Output } from '../../mosaic/v1/Decision.js';
import type { Bookmark as _mosaic_v1_Bookmark, Bookmark__Output as _mosaic_v1_Bookmark__Output } from '../../mosaic/v1/Bookmark.js';

export interface WatchResponse {
  'token'?: (_mosaic_v1_WatchToken | null);
  'decision'?: (_mosaic_v1_Decision | null);
  'bookmark'?: (_mosaic_v1_Bookmark | null);
  'item'?: "decision"|"bookmark";
}

export interface WatchResponse__Output {
  'token': (_mosaic_v1_WatchToken__Output | null);
  'decision'?: (_mosaic_v1_Decision__Output | null);
  'bookmark'?: (_mosaic_v1_Bookmark__Output | null);
  'item'?: "decision"|"bookmark";
}
