// Original file: proto/mosaic/v1/operator.proto

import type { Resources as _mosaic_v1_Resources, Resources__Output as _mosaic_v1_Resources__Output } from '../../mosaic/v1/Resources.js';
import type { Long } from '@grpc/proto-loader';

export interface OpenOffer {
  'offerId'?: (string);
  'hostName'?: (string);
  'frameworkId'?: (string);
  'role'?: (string);
  'demandId'?: (string);
  'wholeHost'?: (boolean);
  'transitionId'?: (string);
  'groupId'?: (string);
  'resources'?: (_mosaic_v1_Resources | null);
  'madeMs'?: (number | string | Long);
  'expiresMs'?: (number | string | Long);
  'reservationId'?: (string);
}

export interface OpenOffer__Output {
  'offerId': (string);
  'hostName': (string);
  'frameworkId': (string);
  'role': (string);
  'demandId': (string);
  'wholeHost': (boolean);
  'transitionId': (string);
  'groupId': (string);
  'resources': (_mosaic_v1_Resources__Output | null);
  'madeMs': (number);
  'expiresMs': (number);
  'reservationId': (string);
}
