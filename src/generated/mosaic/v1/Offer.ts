// Original file: proto/mosaic/v1/framework.proto

import type { HostIdentity as _mosaic_v1_HostIdentity, HostIdentity__Output as _mosaic_v1_HostIdentity__Output } from '../../mosaic/v1/HostIdentity.js';
import type { FaultDomain as _mosaic_v1_FaultDomain, FaultDomain__Output as _mosaic_v1_FaultDomain__Output } from '../../mosaic/v1/FaultDomain.js';
import type { Resources as _mosaic_v1_Resources, Resources__Output as _mosaic_v1_Resources__Output } from '../../mosaic/v1/Resources.js';
import type { Unavailability as _mosaic_v1_Unavailability, Unavailability__Output as _mosaic_v1_Unavailability__Output } from '../../mosaic/v1/Unavailability.js';
import type { Long } from '@grpc/proto-loader';

export interface Offer {
  'offerId'?: (string);
  'role'?: (string);
  'demandId'?: (string);
  'hostId'?: (string);
  'hostName'?: (string);
  'identity'?: (_mosaic_v1_HostIdentity | null);
  'shape'?: (string);
  'faultDomain'?: (_mosaic_v1_FaultDomain | null);
  'attributes'?: ({[key: string]: string});
  'resources'?: (_mosaic_v1_Resources | null);
  'wholeHost'?: (boolean);
  'transitionId'?: (string);
  'groupId'?: (string);
  'validForMs'?: (number | string | Long);
  'unavailability'?: (_mosaic_v1_Unavailability | null);
  'reservationId'?: (string);
}

export interface Offer__Output {
  'offerId': (string);
  'role': (string);
  'demandId': (string);
  'hostId': (string);
  'hostName': (string);
  'identity': (_mosaic_v1_HostIdentity__Output | null);
  'shape': (string);
  'faultDomain': (_mosaic_v1_FaultDomain__Output | null);
  'attributes': ({[key: string]: string});
  'resources': (_mosaic_v1_Resources__Output | null);
  'wholeHost': (boolean);
  'transitionId': (string);
  'groupId': (string);
  'validForMs': (number);
  'unavailability': (_mosaic_v1_Unavailability__Output | null);
  'reservationId': (string);
}
