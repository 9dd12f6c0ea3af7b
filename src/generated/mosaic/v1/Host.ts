// Original file: proto/mosaic/v1/operator.proto

import type { HostMode as _mosaic_v1_HostMode, HostMode__Output as _mosaic_v1_HostMode__Output } from '../../mosaic/v1/HostMode.js';
import type { FaultDomain as _mosaic_v1_FaultDomain, FaultDomain__Output as _mosaic_v1_FaultDomain__Output } from '../../mosaic/v1/FaultDomain.js';
import type { HostIdentity as _mosaic_v1_HostIdentity, HostIdentity__Output as _mosaic_v1_HostIdentity__Output } from '../../mosaic/v1/HostIdentity.js';
import type { Resources as _mosaic_v1_Resources, Resources__Output as _mosaic_v1_Resources__Output } from '../../mosaic/v1/Resources.js';
import type { Transition as _mosaic_v1_Transition, Transition__Output as _mosaic_v1_Transition__Output } from '../../mosaic/v1/Transition.js';
import type { Condition as _mosaic_v1_Condition, Condition__Output as _mosaic_v1_Condition__Output } from '../../mosaic/v1/Condition.js';
import type { HostDrain as _mosaic_v1_HostDrain, HostDrain__Output as _mosaic_v1_HostDrain__Output } from '../../mosaic/v1/HostDrain.js';
import type { Reservation as _mosaic_v1_Reservation, Reservation__Output as _mosaic_v1_Reservation__Output } from '../../mosaic/v1/Reservation.js';
import type { Long } from '@grpc/proto-loader';

export interface Host {
  'hostId'?: (string);
  'name'?: (string);
  'mode'?: (_mosaic_v1_HostMode);
  'modeSinceMs'?: (number | string | Long);
  'owner'?: (string);
  'role'?: (string);
  'leaseId'?: (string);
  'leaseOrigin'?: (string);
  'phase'?: (string);
  'servingSinceMs'?: (number | string | Long);
  'shape'?: (string);
  'faultDomain'?: (_mosaic_v1_FaultDomain | null);
  'identity'?: (_mosaic_v1_HostIdentity | null);
  'image'?: (string);
  'attributes'?: ({[key: string]: string});
  'total'?: (_mosaic_v1_Resources | null);
  'free'?: (_mosaic_v1_Resources | null);
  'offers'?: (number | string | Long);
  'tasks'?: (number | string | Long);
  'connected'?: (boolean);
  'reported'?: (boolean);
  'lost'?: (boolean);
  'lastSeenMs'?: (number | string | Long);
  'clean'?: (boolean);
  'cordoned'?: (boolean);
  'cordonReason'?: (string);
  'quarantineReason'?: (string);
  'transition'?: (_mosaic_v1_Transition | null);
  'conditions'?: (_mosaic_v1_Condition)[];
  'drain'?: (_mosaic_v1_HostDrain | null);
  'maintenance'?: (string);
  'reservations'?: (_mosaic_v1_Reservation)[];
}

export interface Host__Output {
  'hostId': (string);
  'name': (string);
  'mode': (_mosaic_v1_HostMode__Output);
  'modeSinceMs': (number);
  'owner': (string);
  'role': (string);
  'leaseId': (string);
  'leaseOrigin': (string);
  'phase': (string);
  'servingSinceMs': (number);
  'shape': (string);
  'faultDomain': (_mosaic_v1_FaultDomain__Output | null);
  'identity': (_mosaic_v1_HostIdentity__Output | null);
  'image': (string);
  'attributes': ({[key: string]: string});
  'total': (_mosaic_v1_Resources__Output | null);
  'free': (_mosaic_v1_Resources__Output | null);
  'offers': (number);
  'tasks': (number);
  'connected': (boolean);
  'reported': (boolean);
  'lost': (boolean);
  'lastSeenMs': (number);
  'clean': (boolean);
  'cordoned': (boolean);
  'cordonReason': (string);
  'quarantineReason': (string);
  'transition': (_mosaic_v1_Transition__Output | null);
  'conditions': (_mosaic_v1_Condition__Output)[];
  'drain': (_mosaic_v1_HostDrain__Output | null);
  'maintenance': (string);
  'reservations': (_mosaic_v1_Reservation__Output)[];
}
