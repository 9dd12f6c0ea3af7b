// Original file: proto/mosaic/v1/framework.proto

import type { HostLease as _mosaic_v1_HostLease, HostLease__Output as _mosaic_v1_HostLease__Output } from '../../mosaic/v1/HostLease.js';
import type { LeaseChangeKind as _mosaic_v1_LeaseChangeKind, LeaseChangeKind__Output as _mosaic_v1_LeaseChangeKind__Output } from '../../mosaic/v1/LeaseChangeKind.js';

export interface LeaseChange {
  'lease'?: (_mosaic_v1_HostLease | null);
  'change'?: (_mosaic_v1_LeaseChangeKind);
  'reason'?: (string);
}

export interface LeaseChange__Output {
  'lease': (_mosaic_v1_HostLease__Output | null);
  'change': (_mosaic_v1_LeaseChangeKind__Output);
  'reason': (string);
}
