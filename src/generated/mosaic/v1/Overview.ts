// Original file: proto/mosaic/v1/operator.proto

import type { Owner as _mosaic_v1_Owner, Owner__Output as _mosaic_v1_Owner__Output } from '../../mosaic/v1/Owner.js';
import type { Transition as _mosaic_v1_Transition, Transition__Output as _mosaic_v1_Transition__Output } from '../../mosaic/v1/Transition.js';
import type { Need as _mosaic_v1_Need, Need__Output as _mosaic_v1_Need__Output } from '../../mosaic/v1/Need.js';
import type { FrozenScope as _mosaic_v1_FrozenScope, FrozenScope__Output as _mosaic_v1_FrozenScope__Output } from '../../mosaic/v1/FrozenScope.js';
import type { StandingDemand as _mosaic_v1_StandingDemand, StandingDemand__Output as _mosaic_v1_StandingDemand__Output } from '../../mosaic/v1/StandingDemand.js';
import type { Long } from '@grpc/proto-loader';

export interface Overview {
  'term'?: (number | string | Long);
  'nowMs'?: (number | string | Long);
  'recovering'?: (boolean);
  'planMode'?: (string);
  'hostsTotal'?: (number | string | Long);
  'hostsConnected'?: (number | string | Long);
  'hostsByMode'?: ({[key: string]: number | string | Long});
  'hostsLost'?: (number | string | Long);
  'owners'?: (_mosaic_v1_Owner)[];
  'moving'?: (_mosaic_v1_Transition)[];
  'movesCompleted'?: (number | string | Long);
  'needsYou'?: (_mosaic_v1_Need)[];
  'freezes'?: (_mosaic_v1_FrozenScope)[];
  'offersOpen'?: (number | string | Long);
  'tasksRunning'?: (number | string | Long);
  'unmet'?: (_mosaic_v1_StandingDemand)[];
}

export interface Overview__Output {
  'term': (number);
  'nowMs': (number);
  'recovering': (boolean);
  'planMode': (string);
  'hostsTotal': (number);
  'hostsConnected': (number);
  'hostsByMode': ({[key: string]: number});
  'hostsLost': (number);
  'owners': (_mosaic_v1_Owner__Output)[];
  'moving': (_mosaic_v1_Transition__Output)[];
  'movesCompleted': (number);
  'needsYou': (_mosaic_v1_Need__Output)[];
  'freezes': (_mosaic_v1_FrozenScope__Output)[];
  'offersOpen': (number);
  'tasksRunning': (number);
  'unmet': (_mosaic_v1_StandingDemand__Output)[];
}
