import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadSync, type MessageTypeDefinition, type PackageDefinition } from '@grpc/proto-loader';
import type { Input, MessageName, Output } from './codec.js';
import { WireError } from './wire-error.js';

/** Exact integers or refusal, words for enums, every field present, and the name of what a oneof holds. */
const LOADER_OPTIONS = { longs: Number, enums: String, defaults: true, oneofs: true } as const;

const MESSAGE_FORMAT = 'Protocol Buffer 3 DescriptorProto';

const FILES = ['agent', 'framework', 'operator'].map((file) => `mosaic/v1/${file}.proto`);

/** Services of the contract, by their full names. */
export const SERVICES = ['mosaic.v1.AgentService', 'mosaic.v1.FrameworkService', 'mosaic.v1.OperatorService'] as const;

/** The folder `proto/` of the installed package: sources and compiled files lie at different depths below its root. */
export function protoFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'proto');
    if (existsSync(join(candidate, 'mosaic', 'v1', 'common.proto'))) return candidate;
    if (folder === dirname(folder))
      throw new Error(`no proto/mosaic/v1/common.proto above ${import.meta.dirname}; the package is not complete`);
  }
}

let loaded: PackageDefinition | null = null;

/** The contract as loaded from its proto files, once. */
export function packageDefinition(): PackageDefinition {
  loaded ??= loadSync(FILES, { ...LOADER_OPTIONS, includeDirs: [protoFolder()] });
  return loaded;
}

/** Bytes of one kind of message, both ways. */
export interface Bytes<N extends MessageName> {
  readonly write: (message: Input<N>) => Buffer;
  /** Throws `WireError` for what is not protobuf. */
  readonly read: (bytes: Buffer) => Output<N>;
}

/** Loads the contract at its first use, not at import. */
export function bytesOf<N extends MessageName>(name: N): Bytes<N> {
  let found: MessageTypeDefinition<Input<N>, Output<N>> | null = null;
  const definition = (): MessageTypeDefinition<Input<N>, Output<N>> => {
    const any = packageDefinition()[`mosaic.v1.${name}`];
    if (any?.format !== MESSAGE_FORMAT) throw new Error(`mosaic.v1.${name} is not a message of proto/`);
    found = any as unknown as MessageTypeDefinition<Input<N>, Output<N>>;
    return found;
  };
  return {
    write: (message) => (found ?? definition()).serialize(message),
    read: (bytes) => {
      try {
        return (found ?? definition()).deserialize(bytes);
      } catch (error) {
        throw new WireError(
          `is not a mosaic.v1.${name}: ${error instanceof Error ? error.message : String(error)}`,
          'the message',
        );
      }
    },
  };
}

/** The same for a message that is named by data (`${call}Request`); the tables of calls have proved that it is there. */
export function messageBytes(name: string): {
  readonly write: (message: object) => Buffer;
  readonly read: (bytes: Buffer) => object;
} {
  return bytesOf(name as MessageName);
}
