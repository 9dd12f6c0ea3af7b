import type { ServiceDefinition } from '@grpc/proto-loader';
import { type SERVICES, packageDefinition } from './proto.js';

/** A method whose messages are bytes: converters of our own read and write them, and say what is wrong in our words. */
export interface RawMethod {
  readonly path: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
  readonly requestSerialize: (bytes: Buffer) => Buffer;
  readonly requestDeserialize: (bytes: Buffer) => Buffer;
  readonly responseSerialize: (bytes: Buffer) => Buffer;
  readonly responseDeserialize: (bytes: Buffer) => Buffer;
}

type ServiceName = (typeof SERVICES)[number];

const same = (bytes: Buffer): Buffer => bytes;

/** The methods of a service by name, with bytes in and out. */
export function rawMethods(service: ServiceName): Readonly<Record<string, RawMethod>> {
  const definition = packageDefinition()[service] as ServiceDefinition | undefined;
  if (definition === undefined) throw new Error(`${service} is not in proto/`);
  return Object.fromEntries(
    Object.entries(definition).map(([name, { path, requestStream, responseStream }]) => [
      name,
      {
        path,
        requestStream,
        responseStream,
        requestSerialize: same,
        requestDeserialize: same,
        responseSerialize: same,
        responseDeserialize: same,
      },
    ]),
  );
}

/** The path of a method: `/mosaic.v1.AgentService/Connect`. Throws when the contract has none of that name. */
export function methodPath(service: ServiceName, method: string): string {
  const found = rawMethods(service)[method];
  if (found === undefined) throw new Error(`${service} has no method ${method}`);
  return found.path;
}
