// The import rules of the house. They keep the core replayable, the adapters exchangeable, and let the same loop,
// sessions, agent and runner run in production, in the demo and in the simulator.
// test/unit/import-rules.test.ts plants a violation of each rule and expects it to be reported.

/** Commands that start daemons in their own process; every other command talks to one over the wire. */
const DAEMON_COMMANDS = '^src/cli/commands/(master|agent|demo|simulate|worker)(/|\\.ts$)';

/** Anything that opens a socket or a file-backed store. */
const SOCKETS = '^(node:)?(net|tls|http|https|http2|dgram|cluster)$';
const SOCKET_PACKAGES =
  '(^|/)node_modules/(@grpc/grpc-js|@grpc/reflection|grpc-health-check|fastify|ioredis|bullmq|undici|classic-level)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle, even of types alone, means that two files are one.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { pathNot: '^src/generated/' } },
    },
    {
      name: 'core-is-pure',
      comment: 'scheduler/ imports only itself and node:assert.',
      severity: 'error',
      from: { path: '^scheduler/' },
      to: { pathNot: ['^scheduler/', '^(node:)?assert$'] },
    },
    {
      name: 'core-through-its-index',
      comment: 'scheduler/index.ts is what the shell may know of the core; the rest can move freely.',
      severity: 'error',
      from: { path: '^(src|frameworks)/' },
      to: { path: '^scheduler/', pathNot: '^scheduler/index\\.ts$' },
    },
    {
      name: 'adapters-see-only-contract',
      comment: 'An adapter imports frameworks/contract, frameworks/common, itself and its client library.',
      severity: 'error',
      from: { path: '^frameworks/([^/]+)/', pathNot: '^frameworks/runner/' },
      to: { path: '^(src|frameworks)/', pathNot: '^frameworks/(contract|common|$1)/' },
    },
    {
      name: 'runner-sees-contract-and-client',
      comment: 'The runner joins the adapter contract to the published client, and knows no concrete adapter.',
      severity: 'error',
      from: { path: '^frameworks/runner/' },
      to: { path: '^(src|frameworks)/', pathNot: '^(frameworks/(contract|common|runner)|src/client)/' },
    },
    {
      name: 'contract-is-the-root',
      comment: 'frameworks/contract is what the others build on: it imports nothing of them.',
      severity: 'error',
      from: { path: '^frameworks/contract/' },
      to: { path: '^(src|frameworks)/', pathNot: '^frameworks/contract/' },
    },
    {
      name: 'adapters-do-not-see-core',
      comment: 'Adapters, the runner and their helpers work without the scheduler.',
      severity: 'error',
      from: { path: '^frameworks/[^/]+/', pathNot: '^frameworks/contract/' },
      to: { path: '^scheduler/' },
    },
    {
      name: 'contract-takes-only-types',
      comment: 'frameworks/contract may name types of the core, never its code.',
      severity: 'error',
      from: { path: '^frameworks/contract/' },
      to: { path: '^scheduler/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'concrete-adapters-only-in-registry',
      comment: 'The shell picks an adapter by name from frameworks/registry.ts.',
      severity: 'error',
      from: { path: '^(src|scheduler)/' },
      to: { path: '^frameworks/', pathNot: '^frameworks/(registry\\.ts$|(contract|common|runner|fake)/)' },
    },
    {
      name: 'generated-only-at-the-edge',
      comment: 'Generated protobuf types are seen by the converters of src/api and by src/client only.',
      severity: 'error',
      from: { path: '^(src|scheduler|frameworks)/', pathNot: '^src/(api|client|generated)/' },
      to: { path: '^src/generated/' },
    },
    {
      name: 'only-compose-sees-every-part',
      comment: 'The gRPC and HTTP servers are put in place by src/daemon/compose.ts and known to nobody else.',
      severity: 'error',
      from: { path: '^(src|frameworks)/', pathNot: ['^src/daemon/compose\\.ts$', '^src/(api|http)/'] },
      to: { path: '^src/(api|http)/' },
    },
    {
      name: 'api-and-http-apart',
      comment: 'Neither server is built on the other.',
      severity: 'error',
      from: { path: '^src/(api|http)/' },
      to: { path: '^src/(api|http)/', pathNot: '^src/$1/' },
    },
    {
      name: 'inner-shell-sees-no-edge',
      comment: 'Loop, sessions, store, high availability and workflow run without a server around them.',
      severity: 'error',
      from: { path: '^src/(store|session|ha|workflow)/|^src/daemon/(loop|effects|timers)\\.ts$' },
      to: { path: '^src/(api|http|cli|web|daemon/compose\\.ts$)' },
    },
    {
      name: 'screens-talk-over-the-wire',
      comment: 'CLI and web reach a daemon over gRPC or HTTP; commands that start one are the exception.',
      severity: 'error',
      from: { path: '^src/(cli|web)/', pathNot: DAEMON_COMMANDS },
      to: { path: '^(scheduler|frameworks|src/(daemon|store|session|api|http|ha|workflow|agent|generated))/' },
    },
    {
      name: 'nobody-imports-screens',
      comment: 'The CLI is an entry point: nothing depends on it.',
      severity: 'error',
      from: { path: '^(src|scheduler|frameworks)/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'sim-has-no-sockets',
      comment: 'The simulator runs loop, sessions, agent and runner with ports of its own: nothing with a socket.',
      severity: 'error',
      from: { path: '^test/sim/' },
      to: { path: ['^src/(api|http|cli|web|generated)/', SOCKETS, SOCKET_PACKAGES] },
    },
    {
      name: 'no-test-code-in-product',
      comment: 'What ships does not lean on test/.',
      severity: 'error',
      from: { path: '^(src|scheduler|frameworks)/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-dev-dependencies-in-product',
      comment: 'What ships imports only packages that are installed with it.',
      severity: 'error',
      from: { path: '^(src|scheduler|frameworks)/', pathNot: '^src/(web|bootstrap)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: { path: '^(src|scheduler|frameworks|test)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
