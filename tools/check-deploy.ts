// Checks what can be checked of deploy/ without a container engine or a cluster. Missing programs come from
//   Debian's packages, unpacked into a cache. If they are not available, the output lists the checks that did
//   not run. npm run check:deploy everything npm run check:deploy -- proxies one part: pins, rules, proxies,
//   unit, image
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkDockerfile } from './deploy/check-dockerfile.ts';
import { checkCaddy, checkNginx } from './deploy/check-proxies.ts';
import { debianProgram } from './deploy/debian-program.ts';
import { findUnpinned } from './deploy/find-unpinned.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const run = (program: string, args: string[]): void => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`);
};

const checkRules = (promtool: string): void => {
  run(promtool, ['check', 'rules', join(ROOT, 'deploy/watch/alerts.yml')]);
  run(promtool, ['check', 'config', join(ROOT, 'deploy/watch/prometheus.yml')]);
};

/** As installed, except for the paths of the program and its folder. */
const checkUnit = (analyze: string): void => {
  const folder = mkdtempSync(join(tmpdir(), 'quick-call-unit-'));
  const unit = readFileSync(join(ROOT, 'deploy/systemd/quick-call.service'), 'utf8')
    .replace('/usr/bin/node', process.execPath)
    .replaceAll('/opt/quick-call', ROOT.replace(/\/$/, ''));
  const file = join(folder, 'quick-call.service');
  writeFileSync(file, unit);
  try {
    run(analyze, ['verify', '--man=no', file]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** A digest that could not be looked up is reported as missing. */
const checkPins = (): void => {
  const { actions, images } = findUnpinned(ROOT);
  for (const image of images) console.warn(`not pinned by digest: ${image}`);
  if (actions.length > 0) throw new Error(`not pinned to a commit and its version: ${actions.join(', ')}`);
};

interface Check {
  part: string;
  what: string;
  /** The program that it needs, and the Debian package that contains it. */
  program: [name: string, debianPackage: string] | null;
  run: (program: string) => Promise<void> | void;
}

const CHECKS: readonly Check[] = [
  { part: 'pins', what: 'actions are pinned to commits', program: null, run: checkPins },
  { part: 'rules', what: 'Prometheus takes the rules', program: ['promtool', 'prometheus'], run: checkRules },
  { part: 'proxies', what: 'a call gets through nginx', program: ['nginx', 'nginx'], run: checkNginx },
  { part: 'proxies', what: 'a call gets through Caddy', program: ['caddy', 'caddy'], run: checkCaddy },
  { part: 'unit', what: 'systemd takes the unit', program: ['systemd-analyze', 'systemd'], run: checkUnit },
  { part: 'image', what: 'the Dockerfile’s steps make a server', program: null, run: checkDockerfile },
];

const wanted = process.argv.slice(2);
for (const { part, what, program, run: check } of CHECKS) {
  if (wanted.length > 0 && !wanted.includes(part)) continue;
  const path = program === null ? '' : debianProgram(...program);
  if (path === null) {
    console.log(`not run  ${what}: there is no ${program?.[0] ?? ''}`);
    continue;
  }
  try {
    await check(path);
    console.log(`ok       ${what}`);
  } catch (error) {
    console.log(`FAILED   ${what}\n${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
