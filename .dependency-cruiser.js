// "Imports run one way" (DESIGN.md), as rules. A folder's own files are always allowed to it.

const TEST = '(?:\\.test\\.ts$|/testing/)';
const PAGES = 'popup|call-window|welcome|settings|self-test';

/** What the source files of `from` may import of ours; everything else of ours is forbidden. */
const mayImport = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^${from}/`, pathNot: TEST },
  to: {
    path: '^(?:protocol|extension|server|e2e|bench|tools)/',
    pathNot: [`^${from}/`, ...allowed.map((path) => `^${path}`)],
  },
});

const MESSAGE_TYPES = 'extension/messaging/(?:snapshot|protocol|call-details|shown-reason)\\.ts$';

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
    mayImport('protocol-imports-nothing', 'protocol', [], 'The contract imports nothing of ours.'),
    {
      name: 'protocol-needs-little',
      comment: 'What runs in the phone and in the server: schemas, and reading addresses.',
      severity: 'error',
      from: { path: '^protocol/', pathNot: TEST },
      to: { pathNot: ['^protocol/', '^node_modules/(?:zod|ipaddr\\.js)/'] },
    },
    mayImport('server-alone', 'server', ['protocol/'], 'Server and extension never import each other.'),
    {
      name: 'server-entry',
      comment: 'Importing the entry would start a server.',
      severity: 'error',
      from: {},
      to: { path: '^server/(?:admin/)?main\\.ts$' },
    },
    mayImport('call-is-pure', 'extension/call', ['protocol/', MESSAGE_TYPES], 'No DOM, chrome or socket.'),
    mayImport('rtc-is-alone', 'extension/rtc', ['protocol/', MESSAGE_TYPES], 'Does not know its owner.'),
    mayImport('media-is-alone', 'extension/media', ['protocol/', MESSAGE_TYPES], 'Does not know its owner.'),
    mayImport(
      'streams-are-alone',
      'extension/streams',
      ['protocol/', MESSAGE_TYPES],
      'At the level of media.',
    ),
    mayImport(
      'signaling-is-alone',
      'extension/signaling',
      ['protocol/', MESSAGE_TYPES],
      'Speaks the contract.',
    ),
    mayImport('platform-is-lowest', 'extension/platform', [], 'Thin wrappers around the browser.'),
    mayImport(
      'messaging',
      'extension/messaging',
      ['protocol/', 'extension/platform/'],
      'Between contexts only.',
    ),
    mayImport(
      'background',
      'extension/background',
      ['protocol/', 'extension/messaging/', 'extension/platform/'],
      'Hands, not memory: it knows snapshots only.',
    ),
    mayImport(
      'ui',
      'extension/ui',
      [
        'protocol/',
        'extension/_locales/',
        'extension/messaging/',
        'extension/platform/',
        'extension/media/(?:.*(?:permission|capture|level|device).*)\\.ts$',
        'extension/streams/(?:.*take.*)\\.ts$',
      ],
      'Views see messages and types, never the socket or the peer connection.',
    ),
    mayImport(
      'conversation',
      'extension/conversation',
      ['protocol/', 'extension/ui/', 'extension/messaging/', 'extension/platform/'],
      'Views that are loaded when they are first wanted.',
    ),
    ...PAGES.split('|').map((page) =>
      mayImport(
        `page-${page}`,
        `extension/${page}`,
        [
          'protocol/',
          'extension/ui/',
          'extension/conversation/',
          'extension/messaging/',
          'extension/platform/',
          'extension/media/(?:.*(?:permission|capture|level|device).*)\\.ts$',
          'extension/streams/(?:.*take.*)\\.ts$',
        ],
        'Views see messages and types, never the socket or the peer connection.',
      ),
    ),
    mayImport(
      'offscreen',
      'extension/offscreen',
      [
        'protocol/',
        ...['call', 'rtc', 'media', 'streams', 'signaling', 'messaging', 'platform'].map(
          (it) => `extension/${it}/`,
        ),
      ],
      'The composition root: all but the views.',
    ),
    {
      name: 'entries-are-ends',
      comment: 'Nothing imports an entry folder.',
      severity: 'error',
      from: { path: '^extension/([^/]+)/' },
      to: { path: `^extension/(?:${PAGES}|background|offscreen)/`, pathNot: '^extension/$1/' },
    },
    {
      name: 'browser-api-through-platform',
      severity: 'error',
      from: { pathNot: ['^extension/platform/', TEST] },
      to: { path: '^node_modules/webextension-polyfill/' },
    },
    {
      name: 'socket-through-signaling',
      severity: 'error',
      from: { path: '^extension/', pathNot: ['^extension/signaling/', TEST] },
      to: { path: '^node_modules/socket\\.io-client/' },
    },
    {
      name: 'test-helpers-in-tests-only',
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
