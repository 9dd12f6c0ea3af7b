// Original file: proto/mosaic/v1/framework.proto

import type { ErrorCode as _mosaic_v1_ErrorCode, ErrorCode__Output as _mosaic_v1_ErrorCode__Output } from '../../mosaic/v1/ErrorCode.js';

export interface FrameworkError {
  'code'?: (_mosaic_v1_ErrorCode);
  'message'?: (string);
}

export interface FrameworkError__Output {
  'code': (_mosaic_v1_ErrorCode__Output);
  'message': (string);
}
