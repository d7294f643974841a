import * as z from 'zod';

const REGISTRY = 'https://registry.npmjs.org/';

/**
 * Licences that require only attribution, and MPL-2.0, which requires that changes to its own files are
 * published.
 */
const LICENSES = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'MPL-2.0',
]);

/**
 * Packages that state their licence in another way, or only in their files; a person has checked them. Only
 * tools and tests.
 */
const KNOWN_LICENSES: Readonly<Record<string, string>> = {
  '@nornagon/put': 'MIT/X11, an old name of MIT',
  jsbi: 'Apache-2.0 by its LICENSE',
  'json-schema': 'AFL-2.1 or BSD-3-Clause',
  'map-stream': 'MIT by its LICENCE',
  memorystream: 'MIT by its LICENSE',
  'pause-stream': 'MIT or Apache-2.0',
  tweetnacl: 'Unlicense',
  'xmlhttprequest-ssl': 'MIT by its LICENSE',
};

const lockedSchema = z.looseObject({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  license: z.unknown().optional(),
  dev: z.boolean().default(false),
  link: z.boolean().default(false),
  hasInstallScript: z.boolean().default(false),
});
const lockFileSchema = z.looseObject({
  lockfileVersion: z.literal(3),
  packages: z.record(z.string(), lockedSchema),
});
const packageFileSchema = z.looseObject({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  allowScripts: z.record(z.string(), z.boolean()).default({}),
});

type Locked = z.infer<typeof lockedSchema>;

const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

const problemsOf = (name: string, locked: Locked, scripts: ReadonlySet<string>): string[] => {
  const { license, dev, resolved, integrity } = locked;
  const problems: string[] = [];
  // An address that is left out is the registry's own.
  if (resolved !== undefined && !resolved.startsWith(REGISTRY)) problems.push(`comes from ${resolved}`);
  if (locked.link || !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '')) problems.push('has no SHA-512');
  if (locked.hasInstallScript && !scripts.has(name)) problems.push('runs a script when it is installed');
  const isKnown = dev && name in KNOWN_LICENSES;
  if (!isKnown && (typeof license !== 'string' || !LICENSES.has(license))) {
    problems.push(`has the licence ${JSON.stringify(license ?? null)}`);
  }
  return problems.map((problem) => `${name} ${problem}`);
};

/**
 * Problems with this project's packages that the lock file shows: their source, checksums, install scripts
 * and licences, and whether each is pinned to one version. Works without a network; only `npm audit` knows
 * about known vulnerabilities.
 */
export const checkLockFile = (lockFile: unknown, packageFile: unknown): string[] => {
  const { packages } = lockFileSchema.parse(lockFile);
  const { dependencies, devDependencies, allowScripts } = packageFileSchema.parse(packageFile);
  const scripts = new Set(Object.keys(allowScripts));
  const asked = { ...dependencies, ...devDependencies };
  const loose = Object.entries(asked).flatMap(([name, version]) => {
    if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
      return [`${name} is asked for as ${version}, not as one version`];
    const locked = packages[`node_modules/${name}`]?.version;
    return locked === version
      ? []
      : [`${name} is asked for as ${version} and locked as ${locked ?? 'nothing'}`];
  });
  const locked = Object.entries(packages).filter(([path]) => path !== '');
  const unused = Object.keys(KNOWN_LICENSES).filter(
    (name) => !locked.some(([path]) => nameOf(path) === name),
  );
  return [
    ...loose,
    ...locked.flatMap(([path, each]) => problemsOf(nameOf(path), each, scripts)),
    ...unused.map((name) => `${name} is not there any more: its licence need not be excused`),
  ];
};
