// What each folder may import of ours; `npm run check` also plants a violation of every rule and expects it to be found.
const own = '^(functions|workflows|infra|packages|tools|test)/';

/** Folders by what their files may import besides their own; the order is that of the layers, from the bottom up. */
const allowed = {
  domain: { from: '^functions/domain/', to: ['^functions/domain/'] },
  platform: { from: '^functions/platform/', to: ['^functions/(platform|domain)/'] },
  store: { from: '^functions/store/', to: ['^functions/(store|platform|domain)/'] },
  application: { from: '^functions/application/', to: ['^functions/(application|store|platform|domain)/'] },
  tasks: {
    from: '^functions/tasks/([^/]+)/',
    to: ['^functions/tasks/$1/', '^functions/(application|store|platform|domain)/', '^workflows/tasks\\.ts$'],
  },
  jobs: {
    from: '^functions/jobs/([^/]+)/',
    to: ['^functions/jobs/$1/', '^functions/(application|store|platform|domain)/'],
  },
  web: { from: '^functions/web/', to: ['^functions/(web|application|store|platform|domain)/'] },
  workflows: { from: '^workflows/', to: ['^workflows/', '^functions/domain/'] },
  packages: { from: '^packages/([^/]+)/', to: ['^packages/$1/'] },
  // The stack binds functions by folder and reads the task list and the names of indexes; it never runs their code.
  'infra-aws': {
    from: '^infra/aws/',
    to: ['^infra/aws/', '^workflows/', '^functions/domain/', '^functions/store/keys\\.ts$'],
  },
  'infra-local': { from: '^infra/local/', to: ['^infra/local/', '^packages/', '^workflows/', '^functions/'] },
  tools: { from: '^tools/', to: ['^(tools|infra|packages|workflows|functions)/', '^test/support/'] },
};

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(allowed).map(([name, { from, to }]) => ({
      name: `${name}-imports-allowed-folders-only`,
      severity: 'error',
      from: { path: from },
      to: { path: own, pathNot: to },
    })),
    {
      name: 'no-file-outside-the-known-folders',
      severity: 'error',
      from: { path: own, pathNot: ['^test/', ...Object.values(allowed).map(({ from }) => from)] },
      to: {},
    },
    {
      name: 'domain-without-node',
      severity: 'error',
      comment: 'Rules read no file, no clock, no network; the audit chain computes hashes.',
      from: { path: '^functions/domain/', pathNot: '^functions/domain/onboarding/audit-chain\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'domain-without-aws',
      severity: 'error',
      from: { path: '^functions/domain/' },
      to: { path: 'node_modules/(@aws-sdk|@middy|hono)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-folder-cycles',
      severity: 'error',
      scope: 'folder',
      comment: 'Tests mirror the folders, and the tools lend from their fixtures.',
      from: { pathNot: '^test' },
      to: { circular: true, viaOnly: { pathNot: '^test' } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'functions-use-production-dependencies',
      severity: 'error',
      from: { path: '^(functions|workflows)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    metrics: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
