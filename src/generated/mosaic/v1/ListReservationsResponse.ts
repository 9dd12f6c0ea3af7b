// Original file: proto/mosaic/v1/operator.proto

import type { Reservation as _mosaic_v1_Reservation, Reservation__Output as _mosaic_v1_Reservation__Output } from '../../mosaic/v1/Reservation.js';
import type { Long } from '@grpc/proto-loader';

export interface ListReservationsResponse {
  'reservations'?: (_mosaic_v1_Reservation)[];
  'total'?: (number | string | Long);
  'nextPageToken'?: (string);
}

export interface ListReservationsResponse__Output {
  'reservations': (_mosaic_v1_Reservation__Output)[];
  'total': (number);
  'nextPageToken': (string);
}
