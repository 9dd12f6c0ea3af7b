// Original file: proto/mosaic/v1/agent.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AgentServiceConnectRequest as _mosaic_v1_AgentServiceConnectRequest, AgentServiceConnectRequest__Output as _mosaic_v1_AgentServiceConnectRequest__Output } from '../../mosaic/v1/AgentServiceConnectRequest.js';
import type { AgentServiceConnectResponse as _mosaic_v1_AgentServiceConnectResponse, AgentServiceConnectResponse__Output as _mosaic_v1_AgentServiceConnectResponse__Output } from '../../mosaic/v1/AgentServiceConnectResponse.js';

export interface AgentServiceClient extends grpc.Client {
  Connect(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_mosaic_v1_AgentServiceConnectRequest, _mosaic_v1_AgentServiceConnectResponse__Output>;
  Connect(options?: grpc.CallOptions): grpc.ClientDuplexStream<_mosaic_v1_AgentServiceConnectRequest, _mosaic_v1_AgentServiceConnectResponse__Output>;
  connect(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_mosaic_v1_AgentServiceConnectRequest, _mosaic_v1_AgentServiceConnectResponse__Output>;
  connect(options?: grpc.CallOptions): grpc.ClientDuplexStream<_mosaic_v1_AgentServiceConnectRequest, _mosaic_v1_AgentServiceConnectResponse__Output>;
  
}

export interface AgentServiceHandlers extends grpc.UntypedServiceImplementation {
  Connect: grpc.handleBidiStreamingCall<_mosaic_v1_AgentServiceConnectRequest__Output, _mosaic_v1_AgentServiceConnectResponse>;
  
}

export interface AgentServiceDefinition extends grpc.ServiceDefinition {
  Connect: MethodDefinition<_mosaic_v1_AgentServiceConnectRequest, _mosaic_v1_AgentServiceConnectResponse, _mosaic_v1_AgentServiceConnectRequest__Output, _mosaic_v1_AgentServiceConnectResponse__Output>
}
