import { AdapterError } from './contract/index.js';
import type { AdapterFactory, AdapterPorts, FrameworkAdapter } from './contract/index.js';
import { createFakeAdapter } from './fake/config.js';

/** Every kind of manager Mosaic ships an adapter for. The only place that knows the concrete ones. */
const FACTORIES = {
  fake: createFakeAdapter,
} as const satisfies Record<string, AdapterFactory>;

export type AdapterKind = keyof typeof FACTORIES;

export const ADAPTER_KINDS: readonly AdapterKind[] = Object.freeze(Object.keys(FACTORIES) as AdapterKind[]);

/** Builds the adapter of `kind` from its part of the configuration; throws `AdapterError('invalid')` when either is wrong. */
export function createAdapter(kind: string, config: unknown, ports: AdapterPorts): FrameworkAdapter {
  const known = ADAPTER_KINDS.find((candidate) => candidate === kind);
  if (known === undefined)
    throw new AdapterError('invalid', `adapter kind is ${kind}; it must be one of: ${ADAPTER_KINDS.join(', ')}`);
  return FACTORIES[known](config, ports);
}
