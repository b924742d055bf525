// The import rules of the rooms; `npm run check` also plants a violation and expects it to be found.
const own = '^(functions|workflows|infra|packages|test)/';
/** A task folder is any folder of functions/ that is not one of the shared rooms. */
const sharedRooms = 'domain|store|platform|commands|web';
const task = `^functions/(?!(?:${sharedRooms})/)[^/]+/`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'Rules know no I/O and no other room.',
      from: { path: '^functions/domain/' },
      to: { path: own, pathNot: '^functions/domain/' },
    },
    {
      name: 'domain-without-node',
      severity: 'error',
      comment: 'Rules read no file, no clock, no network.',
      from: { path: '^functions/domain/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'domain-without-aws',
      severity: 'error',
      from: { path: '^functions/domain/' },
      to: { path: 'node_modules/(@aws-sdk|@middy|hono)/' },
    },
    {
      name: 'platform-imports-libraries-only',
      severity: 'error',
      comment: 'Platform code may use plain types of the domain, nothing else of ours.',
      from: { path: '^functions/platform/' },
      to: { path: own, pathNot: '^functions/(platform|domain)/' },
    },
    {
      name: 'store-imports-domain-and-platform',
      severity: 'error',
      from: { path: '^functions/store/' },
      to: { path: own, pathNot: '^functions/(store|domain|platform)/' },
    },
    {
      name: 'commands-import-domain-store-platform',
      severity: 'error',
      comment: 'What a person or a machine asks for: shared by the web and the head-less runner.',
      from: { path: '^functions/commands/' },
      to: { path: own, pathNot: '^functions/(commands|domain|store|platform)/' },
    },
    {
      name: 'contracts-import-domain-types',
      severity: 'error',
      from: { path: '^workflows/tasks\\.ts$' },
      to: { path: own, pathNot: '^(functions/domain|workflows)/' },
    },
    {
      name: 'task-imports-no-other-task',
      severity: 'error',
      from: { path: '^functions/([^/]+)/', pathNot: `^functions/(${sharedRooms})/` },
      to: { path: task, pathNot: '^functions/$1/' },
    },
    {
      name: 'task-imports-shared-rooms-and-its-contract',
      severity: 'error',
      from: { path: task },
      to: { path: '^(infra|packages|test)/|^functions/web/|^workflows/(?!tasks\\.ts)' },
    },
    {
      name: 'web-imports-no-task',
      severity: 'error',
      from: { path: '^functions/web/' },
      to: { path: [task, '^(infra|workflows|packages|test)/'] },
    },
    {
      name: 'constructs-know-contracts-only',
      severity: 'error',
      comment:
        'The stack binds functions by folder name and reads the task list and the names of indexes; it never runs their code.',
      from: { path: '^infra/(constructs/|config/|[^/]+\\.ts$)' },
      to: { path: '^functions/(?!domain/|store/keys\\.ts)|^infra/local/' },
    },
    {
      name: 'product-never-imports-tests',
      severity: 'error',
      from: { path: '^(functions|workflows|infra|packages/[^/]+/src)/' },
      to: { path: ['^test/', '^packages/[^/]+/test/'] },
    },
    {
      name: 'packages-import-nothing-of-ours',
      severity: 'error',
      comment: 'A package is usable without this system: it knows its own folder and libraries.',
      from: { path: '^packages/([^/]+)/' },
      to: { path: own, pathNot: '^packages/$1/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
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
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
