/**
 * The walls of the house. ARCHITECTURE.md draws the rooms; here a door in the wrong place fails the build,
 * and its `comment` says what to do instead.
 */
const VSCODE = '(^|/)(@types/)?vscode(/|$)';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Move what both sides need into a third file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'vscode-only-in-host',
      comment: 'Only src/host and src/extension.ts see VS Code. Pass what is needed in through an interface.',
      severity: 'error',
      from: { path: '^(src|webviews)/', pathNot: '^src/(host/|extension\\.ts$)' },
      to: { path: VSCODE },
    },
    {
      name: 'core-knows-only-core',
      comment: 'core is shared by every program, so it knows none of them.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^(src|webviews|test|scripts)/', pathNot: '^src/core/' },
    },
    {
      name: 'domain-and-base-are-leaves',
      comment: 'domain and base stand below everything else in core.',
      severity: 'error',
      from: { path: '^src/core/(domain|base)/' },
      to: { path: '^src/', pathNot: '^src/core/(domain|base)/' },
    },
    {
      name: 'domain-and-protocol-are-environment-free',
      comment: 'These run in browsers too: no Node built-ins.',
      severity: 'error',
      from: { path: '^src/(core/domain|protocol)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'store-implementations-are-strangers',
      comment: 'What two stores share belongs to core/stores.',
      severity: 'error',
      from: { path: '^src/server/(sqlite|file)/' },
      to: { path: '^src/server/(sqlite|file)/', pathNot: '^src/server/$1/' },
    },
    {
      name: 'stores-know-no-http',
      comment: 'A store answers the TrackingStore interface and knows nothing of who asks.',
      severity: 'error',
      from: { path: '^src/server/(sqlite|file)/' },
      to: { path: '^src/(server/(routes|auth|main)|core/(wire|client))' },
    },
    {
      name: 'server-is-a-program-of-its-own',
      comment: 'The tracking server imports core and itself, never the extension.',
      severity: 'error',
      from: { path: '^src/server/' },
      to: { path: '^(src|webviews)/', pathNot: '^src/(server|core)/' },
    },
    {
      name: 'host-talks-rest',
      comment: 'The extension reaches every store through core/client; it never imports the server.',
      severity: 'error',
      from: { path: '^src/(host/|extension\\.ts$)' },
      to: { path: '^(src/server|webviews)/' },
    },
    {
      name: 'protocol-knows-domain-only',
      comment: 'Messages are made of domain types.',
      severity: 'error',
      from: { path: '^src/protocol/' },
      to: { path: '^(src|webviews)/', pathNot: '^src/(protocol|core/domain)/' },
    },
    {
      name: 'manifest-is-a-leaf',
      comment: 'Ids are data.',
      severity: 'error',
      from: { path: '^src/manifest/' },
      to: { path: '^(src|webviews)/', pathNot: '^src/manifest/' },
    },
    {
      name: 'webviews-know-protocol-and-domain',
      comment: 'Data reaches a webview as typed messages.',
      severity: 'error',
      from: { path: '^webviews/' },
      to: { path: '^src/', pathNot: '^src/(protocol|core/domain|core/compare)/' },
    },
    {
      name: 'webviews-are-browser-code',
      comment: 'There is no Node in a webview.',
      severity: 'error',
      from: { path: '^webviews/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'webview-apps-are-strangers',
      comment: 'What two apps share belongs to webviews/shared.',
      severity: 'error',
      from: { path: '^webviews/([^/]+)/' },
      to: { path: '^webviews/', pathNot: '^webviews/($1|shared)/' },
    },
    {
      name: 'production-never-imports-tests',
      comment: 'Move the helper into src, or keep it in the test.',
      severity: 'error',
      from: { path: '^(src|webviews)/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'no-orphans',
      comment: 'Nothing reaches this file: delete it or use it.',
      severity: 'error',
      from: { orphan: true, pathNot: '\\.d\\.ts$' },
      to: {},
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
