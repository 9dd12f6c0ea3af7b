// Original file: proto/mosaic/v1/framework.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { FrameworkServiceConnectRequest as _mosaic_v1_FrameworkServiceConnectRequest, FrameworkServiceConnectRequest__Output as _mosaic_v1_FrameworkServiceConnectRequest__Output } from '../../mosaic/v1/FrameworkServiceConnectRequest.js';
import type { FrameworkServiceConnectResponse as _mosaic_v1_FrameworkServiceConnectResponse, FrameworkServiceConnectResponse__Output as _mosaic_v1_FrameworkServiceConnectResponse__Output } from '../../mosaic/v1/FrameworkServiceConnectResponse.js';

export interface FrameworkServiceClient extends grpc.Client {
  Connect(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_mosaic_v1_FrameworkServiceConnectRequest, _mosaic_v1_FrameworkServiceConnectResponse__Output>;
  Connect(options?: grpc.CallOptions): grpc.ClientDuplexStream<_mosaic_v1_FrameworkServiceConnectRequest, _mosaic_v1_FrameworkServiceConnectResponse__Output>;
  connect(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_mosaic_v1_FrameworkServiceConnectRequest, _mosaic_v1_FrameworkServiceConnectResponse__Output>;
  connect(options?: grpc.CallOptions): grpc.ClientDuplexStream<_mosaic_v1_FrameworkServiceConnectRequest, _mosaic_v1_FrameworkServiceConnectResponse__Output>;
  
}

export interface FrameworkServiceHandlers extends grpc.UntypedServiceImplementation {
  Connect: grpc.handleBidiStreamingCall<_mosaic_v1_FrameworkServiceConnectRequest__Output, _mosaic_v1_FrameworkServiceConnectResponse>;
  
}

export interface FrameworkServiceDefinition extends grpc.ServiceDefinition {
  Connect: MethodDefinition<_mosaic_v1_FrameworkServiceConnectRequest, _mosaic_v1_FrameworkServiceConnectResponse, _mosaic_v1_FrameworkServiceConnectRequest__Output, _mosaic_v1_FrameworkServiceConnectResponse__Output>
}
