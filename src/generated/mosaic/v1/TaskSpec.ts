// Original file: proto/mosaic/v1/common.proto

import type { Resources as _mosaic_v1_Resources, Resources__Output as _mosaic_v1_Resources__Output } from '../../mosaic/v1/Resources.js';
import type { Long } from '@grpc/proto-loader';

export interface TaskSpec {
  'taskId'?: (string);
  'name'?: (string);
  'resources'?: (_mosaic_v1_Resources | null);
  'image'?: (string);
  'command'?: (string)[];
  'env'?: ({[key: string]: string});
  'killGraceMs'?: (number | string | Long);
  'labels'?: ({[key: string]: string});
}

export interface TaskSpec__Output {
  'taskId': (string);
  'name': (string);
  'resources': (_mosaic_v1_Resources__Output | null);
  'image': (string);
  'command': (string)[];
  'env': ({[key: string]: string});
  'killGraceMs': (number);
  'labels': ({[key: string]: string});
}
