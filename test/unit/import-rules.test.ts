import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PlantedTree, projectRoot } from '../support/planted-tree.js';

interface Violation {
  readonly from: string;
  /** The other files of a cycle, which is reported once. */
  readonly cycle?: readonly { readonly name: string }[];
  readonly rule: { readonly name: string; readonly severity: string };
}

const CRUISER = 'dependency-cruiser/bin/dependency-cruise.mjs';

interface CruiseOutput {
  readonly summary: { readonly violations: readonly Violation[] };
}

interface CruiserConfig {
  readonly forbidden: readonly { readonly name: string; readonly severity: string }[];
}

/** rule -> file that breaks it -> the line that does. */
const PLANTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no-circular': {
    'src/config/round.ts': "import { b } from './about.js'; export const a = (): number => b();",
    'src/config/about.ts': "import { a } from './round.js'; export const b = (): number => a();",
    'src/config/type-round.ts': "import type { B } from './type-about.js'; export interface A { b: B }",
    'src/config/type-about.ts': "import type { A } from './type-round.js'; export interface B { a: A }",
  },
  'core-is-pure': {
    'scheduler/reads-files.ts': "import { readFileSync } from 'node:fs'; export const read = readFileSync;",
    'scheduler/reads-files-unprefixed.ts': "import { readFileSync } from 'fs'; export const read = readFileSync;",
    'scheduler/uses-package.ts': "import pino from 'pino'; export const log = pino;",
    'scheduler/uses-shell.ts': "export { schema } from '../src/config/schema.js';",
  },
  'core-through-its-index': {
    'src/daemon/uses-core-file.ts': "export { table } from '../../scheduler/state/table.js';",
  },
  'adapters-see-only-contract': {
    'frameworks/ovirt/uses-neighbour.ts': "export { hadoop } from '../hadoop/adapter.js';",
    'frameworks/ovirt/uses-runner.ts': "export { runner } from '../runner/runner.js';",
    'frameworks/ovirt/uses-registry.ts': "export { registry } from '../registry.js';",
    'frameworks/fake/uses-shell.ts': "export { client } from '../../src/client/index.js';",
    'frameworks/common/uses-adapter.ts': "export { hadoop } from '../hadoop/adapter.js';",
  },
  'runner-sees-contract-and-client': {
    'frameworks/runner/uses-adapter.ts': "export { hadoop } from '../hadoop/adapter.js';",
    'frameworks/runner/uses-session.ts': "export { session } from '../../src/session/session.js';",
  },
  'contract-is-the-root': {
    'frameworks/contract/uses-common.ts': "export { backoff } from '../common/backoff.js';",
  },
  'adapters-do-not-see-core': {
    'frameworks/ovirt/uses-core.ts': "export { core } from '../../scheduler/index.js';",
    'frameworks/runner/uses-core-type.ts': "export type { Core } from '../../scheduler/index.js';",
  },
  'contract-takes-only-types': {
    'frameworks/contract/uses-core.ts': "export { core } from '../../scheduler/index.js';",
  },
  'concrete-adapters-only-in-registry': {
    'src/daemon/uses-adapter.ts': "export { hadoop } from '../../frameworks/hadoop/adapter.js';",
  },
  'generated-only-at-the-edge': {
    'src/agent/uses-generated.ts': "export type { ProtoGrpcType } from '../generated/agent.js';",
    'frameworks/runner/uses-generated.ts': "export type { ProtoGrpcType } from '../../src/generated/agent.js';",
    'src/session/uses-generated.ts': "export type { ProtoGrpcType } from '../generated/agent.js';",
  },
  'only-compose-sees-every-part': {
    'src/daemon/uses-api.ts': "export { api } from '../api/server.js';",
    'src/cli/commands/master.ts': "export { http } from '../../http/server.js';",
    'src/client/uses-api.ts': "export { api } from '../api/server.js';",
  },
  'api-and-http-apart': {
    'src/http/uses-api.ts': "export { api } from '../api/server.js';",
    'src/api/uses-http.ts': "export { http } from '../http/server.js';",
  },
  'inner-shell-sees-no-edge': {
    'src/store/uses-api.ts': "export { api } from '../api/server.js';",
    'src/session/uses-http.ts': "export type { Http } from '../http/server.js';",
    'src/daemon/loop.ts': "export { compose } from './compose.js';",
    'src/workflow/uses-api.ts': "export { api } from '../api/server.js';",
  },
  'screens-talk-over-the-wire': {
    'src/cli/commands/host.ts': "export { core } from '../../../scheduler/index.js';",
    'src/cli/commands/quota.ts': "export { session } from '../../session/session.js';",
    'src/cli/commands/masterful.ts': "export { compose } from '../../daemon/compose.js';",
    'src/cli/render/uses-agent.ts': "export type { Agent } from '../../agent/agent.js';",
  },
  'nobody-imports-screens': {
    'src/daemon/uses-cli.ts': "export { main } from '../cli/main.js';",
  },
  'sim-has-no-sockets': {
    'test/sim/uses-net.ts': "import { connect } from 'node:net'; export const open = connect;",
    'test/sim/uses-grpc.ts': "import { Server } from '@grpc/grpc-js'; export const server = Server;",
    'test/sim/uses-api.ts': "export { api } from '../../src/api/server.js';",
  },
  'no-test-code-in-product': {
    'src/store/uses-test.ts': "export { helper } from '../../test/support/helper.js';",
  },
  'no-dev-dependencies-in-product': {
    'src/agent/uses-dev-package.ts': "import * as fc from 'fast-check'; export const property = fc;",
  },
  'no-unresolvable': {
    'src/agent/uses-nothing.ts': "export { gone } from './gone.js';",
  },
};

/** What the rules allow, and the targets of what they do not. None of these may be reported. */
const ALLOWED: Readonly<Record<string, string>> = {
  'scheduler/index.ts': "import assert from 'node:assert'; export const core = assert; export interface Core { a: 1 }",
  'scheduler/state/table.ts': 'export const table = 1;',
  'frameworks/contract/adapter.ts': "import type { Core } from '../../scheduler/index.js'; export type Port = Core;",
  'frameworks/common/backoff.ts':
    "import type { Port } from '../contract/adapter.js'; export const backoff = (p: Port) => p;",
  'frameworks/hadoop/adapter.ts':
    "import { Agent } from 'undici'; export { backoff } from '../common/backoff.js'; export const hadoop = Agent;",
  'frameworks/runner/runner.ts': "export { client as runner } from '../../src/client/index.js';",
  'frameworks/registry.ts': "export { hadoop as registry } from './hadoop/adapter.js';",
  'src/generated/agent.ts': 'export interface ProtoGrpcType { a: 1 }',
  'src/client/index.ts': "export type { ProtoGrpcType } from '../generated/agent.js'; export const client = 1;",
  'src/config/schema.ts': "import { z } from 'zod'; export const schema = z;",
  'src/session/session.ts': "export { core as session } from '../../scheduler/index.js';",
  'src/agent/agent.ts': "export { client as Agent } from '../client/index.js';",
  'src/api/server.ts': "export type { ProtoGrpcType } from '../generated/agent.js'; export const api = 1;",
  'src/http/server.ts': "import fastify from 'fastify'; export const http = fastify; export interface Http { a: 1 }",
  'src/daemon/compose.ts':
    "import { api } from '../api/server.js'; import { http } from '../http/server.js'; export const compose = [api, http];",
  'src/cli/main.ts': "export { client as main } from '../client/index.js';",
  'src/cli/commands/demo.ts': "export { compose } from '../../daemon/compose.js';",
  'src/cli/commands/agent.ts': "export { Agent } from '../../agent/agent.js';",
  'test/support/helper.ts': "import * as fc from 'fast-check'; export const helper = fc;",
  'test/sim/world.ts': "export { session } from '../../src/session/session.js';",
};

describe('the import rules', () => {
  let tree: PlantedTree;
  let violations: readonly Violation[];

  beforeAll(async () => {
    const files = Object.assign({}, ALLOWED, ...Object.values(PLANTED)) as Record<string, string>;
    tree = new PlantedTree(['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'], files);
    const ran = await tree.run(CRUISER, [
      ...['--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
      ...['scheduler', 'frameworks', 'src', 'test'],
    ]);
    if (!ran.stdout.startsWith('{')) throw new Error(`dependency-cruiser printed no JSON: ${ran.stdout}${ran.stderr}`);
    violations = (JSON.parse(ran.stdout) as CruiseOutput).summary.violations;
  });

  afterAll(() => {
    tree[Symbol.dispose]();
  });

  it('has a planted violation for each rule, and each rule is an error', () => {
    const require = createRequire(import.meta.url);
    const { forbidden } = require(join(projectRoot, '.dependency-cruiser.cjs')) as CruiserConfig;
    expect(forbidden.map((rule) => rule.name).sort()).toEqual(Object.keys(PLANTED).sort());
    expect(forbidden.filter((rule) => rule.severity !== 'error')).toEqual([]);
  });

  const plantings = Object.entries(PLANTED).flatMap(([rule, files]) =>
    Object.keys(files).map((file) => ({ rule, file })),
  );

  it.each(plantings)('$rule reports $file', ({ rule, file }) => {
    const about = violations.filter(({ from, cycle }) => from === file || cycle?.some(({ name }) => name === file));
    expect(about.map((violation) => violation.rule.name)).toContain(rule);
  });

  it('lets through what is allowed', () => {
    const allowed = new Set(Object.keys(ALLOWED));
    expect(violations.filter((violation) => allowed.has(violation.from))).toEqual([]);
  });

  it('fails the check when something is reported', async () => {
    const ran = await tree.run(CRUISER, ['--config', '.dependency-cruiser.cjs', 'scheduler']);
    expect(ran.code).not.toBe(0);
    expect(ran.stdout).toContain('core-is-pure: scheduler/reads-files.ts');
  });
});
