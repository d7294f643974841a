// "Imports run one way" (DESIGN.md), as rules by folder; `import type` counts. A folder's own files are always allowed
// to it, and tests may import anything.

const TEST = '(?:\\.test\\.ts$|^testkit/)';
const OURS = '^(?:protocol|extension|server|testkit|e2e|bench|tools)/';

/** What the source files of `from` may import of ours; everything else of ours is forbidden. */
const mayImport = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^${from}/`, pathNot: TEST },
  to: { path: OURS, pathNot: [`^${from}/`, ...allowed.map((path) => `^${path}`)] },
});

/** What the contexts of the extension tell each other; types, where machines and parts of the phone use them. */
const IPC_TYPES = 'extension/ipc/(?:snapshot|protocol|call-details|shown-reason)\\.ts$';

/** What views may use of the parts that touch devices and pictures. */
const VIEW_PARTS = [
  'extension/media/(?:.*(?:permission|capture|level|device).*)\\.ts$',
  'extension/streams/(?:.*take.*)\\.ts$',
];

const VIEWS_SEE = 'Views see messages and types, never the socket or the peer connection.';

/** The parts of the phone that know neither each other nor the phone. */
const PARTS = ['rtc', 'media', 'streams'];

const DOMAIN = ['account', 'calls', 'chat', 'devices', 'history', 'people', 'presence'];

/** What every part of the server may use: contracts of its own, and no adapter. */
const KERNEL = ['server/[^/]+\\.ts$', 'server/limits/'];

const domain = DOMAIN.map((feature) => `server/${feature}/`);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is dead, or waits to be wired.',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^e2e/other-extension/', TEST] },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:' } },

    {
      name: 'protocol-needs-little',
      comment: 'What runs in the phone and in the server: nothing of ours, schemas, and reading addresses.',
      severity: 'error',
      from: { path: '^protocol/', pathNot: TEST },
      to: { pathNot: ['^protocol/', '^node_modules/(?:zod|ipaddr\\.js)/'] },
    },

    mayImport('server-alone', 'server', ['protocol/'], 'Server and extension never import each other.'),
    ...DOMAIN.map((feature) =>
      mayImport(
        `domain-${feature}`,
        `server/${feature}`,
        ['protocol/', ...KERNEL, ...domain],
        'The domain knows its ports and no adapter.',
      ),
    ),
    mayImport(
      'limits',
      'server/limits',
      ['protocol/', 'server/[^/]+\\.ts$'],
      'How counting works, wherever it is kept.',
    ),
    mayImport(
      'store',
      'server/store',
      ['protocol/', ...KERNEL, ...domain],
      'An adapter: knows the domain alone.',
    ),
    mayImport(
      'live',
      'server/live',
      ['protocol/', ...KERNEL, ...domain],
      'An adapter: knows the domain alone.',
    ),
    mayImport(
      'transport',
      'server/transport',
      ['protocol/', ...KERNEL, ...domain],
      'What comes from outside: knows neither where anything is kept nor who watches.',
    ),
    {
      name: 'kernel',
      comment: 'Only what puts the server together knows adapters.',
      severity: 'error',
      from: {
        path: '^server/[^/]+\\.ts$',
        pathNot: [TEST, '^server/(?:main|app|app-deps|config|start-lines)\\.ts$'],
      },
      to: { path: '^server/(?:transport|store|live|operate)/' },
    },
    {
      name: 'entries-of-the-server',
      comment: 'Importing an entry would start it.',
      severity: 'error',
      from: {},
      to: { path: '^server/(?:operate/admin/)?main\\.ts$' },
    },
    {
      name: 'composition-root',
      comment: 'What puts the server together knows all of it; nothing of it knows what puts it together.',
      severity: 'error',
      from: { pathNot: ['^server/(?:main|app)\\.ts$', TEST] },
      to: { path: '^server/(?:app|app-deps)\\.ts$' },
    },

    mayImport(
      'machine-is-pure',
      'extension/phone/calls/machine',
      ['protocol/', IPC_TYPES],
      'No DOM, chrome or socket.',
    ),
    {
      name: 'calls-go-one-way',
      comment: 'Machine, effects, links: what comes back comes as events, and nothing knows who shows it.',
      severity: 'error',
      from: {
        path: '^extension/phone/calls/(?:links/|sources/|(?:call-effects|phone-runner)\\.ts$)',
        pathNot: TEST,
      },
      to: {
        path: '^extension/phone/(?:[^/]+\\.ts$|calls/(?:calls|follow-calls|call-sounds)\\.ts$|calls/view/)',
        pathNot: '/log-ring\\.ts$',
      },
    },
    {
      name: 'links-know-no-effects',
      comment: 'Effects use links, never the other way.',
      severity: 'error',
      from: { path: '^extension/phone/calls/links/', pathNot: TEST },
      to: { path: '^extension/phone/(?:calls/(?:call-effects|phone-runner)\\.ts$|connection/)' },
    },
    ...PARTS.map((part) =>
      mayImport(
        `${part}-is-alone`,
        `extension/${part}`,
        ['protocol/', IPC_TYPES],
        'Does not know its owner.',
      ),
    ),
    mayImport(
      'phone',
      'extension/phone',
      [
        'protocol/',
        'extension/ipc/',
        'extension/host/[^/]+\\.ts$',
        ...PARTS.map((part) => `extension/${part}/`),
      ],
      'All but the views.',
    ),
    mayImport(
      'host-is-lowest',
      'extension/host',
      ['protocol/', 'extension/ipc/'],
      'The browser’s own, and the worker.',
    ),
    {
      name: 'host-wrappers',
      comment: 'Thin wrappers around the browser: only the worker beside them knows messages.',
      severity: 'error',
      from: { path: '^extension/host/[^/]+\\.ts$', pathNot: TEST },
      to: { path: OURS, pathNot: '^extension/host/[^/]+\\.ts$' },
    },
    mayImport('ipc', 'extension/ipc', ['protocol/', 'extension/host/[^/]+\\.ts$'], 'Between contexts only.'),
    mayImport(
      'ui',
      'extension/ui',
      ['protocol/', 'extension/_locales/', 'extension/ipc/', 'extension/host/[^/]+\\.ts$', ...VIEW_PARTS],
      VIEWS_SEE,
    ),
    mayImport(
      'pages',
      'extension/pages',
      ['protocol/', 'extension/ui/', 'extension/ipc/', 'extension/host/[^/]+\\.ts$', ...VIEW_PARTS],
      VIEWS_SEE,
    ),
    {
      name: 'pages-are-apart',
      comment: 'What two pages share is in ui/.',
      severity: 'error',
      from: { path: '^extension/pages/([^/]+)/', pathNot: TEST },
      to: { path: '^extension/pages/', pathNot: '^extension/pages/$1/' },
    },
    {
      name: 'entries-of-the-extension',
      comment: 'Nothing imports an entry.',
      severity: 'error',
      from: {},
      to: { path: '^extension/(?:phone|host/worker|pages/[^/]+)/main\\.ts$' },
    },
    {
      name: 'browser-api-through-host',
      severity: 'error',
      from: { pathNot: ['^extension/host/', TEST] },
      to: { path: '^node_modules/webextension-polyfill/' },
    },
    {
      name: 'socket-through-connection',
      severity: 'error',
      from: { path: '^extension/', pathNot: ['^extension/phone/connection/', TEST] },
      to: { path: '^node_modules/socket\\.io-client/' },
    },

    {
      name: 'testkit-in-tests-only',
      severity: 'error',
      from: { path: '^(?:protocol|extension|server)/', pathNot: TEST },
      to: { path: TEST },
    },
    {
      name: 'product-without-dev-dependencies',
      comment: 'The server runs from its dependencies alone.',
      severity: 'error',
      from: { path: '^(?:protocol|server)/', pathNot: TEST },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.svelte', '.json'],
    },
  },
};
