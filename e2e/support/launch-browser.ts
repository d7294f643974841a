import { chromium, type BrowserContext, type CDPSession } from '@playwright/test';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserProcesses } from './browser-processes.ts';
import { requireBrowser } from '../../tools/find-browser.ts';
import { DIST, EXTENSION_ORIGIN } from './extension.ts';
import type { NetworkHost } from './network-host.ts';

export interface BrowserOptions {
  /** Fake devices (default), several of each kind, a fake microphone only, none at all, or the machine's own. */
  devices?: 'both' | 'many' | 'microphone' | 'none' | 'real';
  /** The person's answer to the browser's permission prompts. `ask`: none yet. */
  permissions?: 'granted' | 'denied' | 'ask';
  /** The desktop that shows the windows and receives the notifications; without one, the browser is headless. */
  desktop?: { env: Record<string, string> };
  /** The machine to run on, in a network of the test's own; without one, this machine and its network. */
  host?: NetworkHost;
  /** Whether the person has turned developer mode on: without it, what is loaded from a folder cannot be reloaded. */
  developerMode?: boolean;
  /** The zoom of every page that has none of its own, the toolbar's popup too. */
  zoom?: number;
  /** Folders of further extensions to load. */
  extensions?: string[];
  /** Pictures a second of the fake cameras. Default: as few as still move, since coding them is most of the work. */
  fps?: number;
  args?: string[];
  /** Environment variables, e.g. for the language. */
  env?: Record<string, string>;
}

/** A Chromium of its own, with an empty profile and the built extension. */
export interface Browser {
  readonly context: BrowserContext;
  /** The debugging protocol's session of the whole browser. */
  readonly protocol: CDPSession;
  /**
   * Sends every process of this browser a signal: it is killed, or its machine sleeps and wakes. With a service's name,
   * as in `browserProcesses`, its process alone. Linux only.
   */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT', service?: string): Promise<void>;
  /** False once it was closed, killed or has crashed. */
  isOpen(): boolean;
  close(): Promise<void>;
}

const deviceArgs = (devices: NonNullable<BrowserOptions['devices']>, fps: string): string[] => {
  switch (devices) {
    case 'both':
      return [`--use-fake-device-for-media-stream=fps=${fps}`];
    case 'many':
      // The second gives pictures of a depth that is not sent, the third such as not every machine decodes.
      return [`--use-fake-device-for-media-stream=device-count=4,fps=${fps}`];
    case 'microphone':
      return ['--use-fake-device-for-media-stream=device-count=0'];
    case 'none':
      return ['--disable-audio-input'];
    case 'real':
      return [];
  }
};

/** What a browser does at its start that no test needs. Chromium obeys the last list: Playwright's own is in it. */
const DISABLED_FEATURES = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
  // The two pages behind the address bar, which take a third of the time of a start.
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
];

const QUIET_ARGS = [
  `--disable-features=${DISABLED_FEATURES.join(',')}`,
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser as one program to start: on another machine it takes a script, which becomes the browser's process. */
const programOf = async (host: NetworkHost | undefined, folder: string): Promise<string> => {
  if (!host) return requireBrowser();
  const [program, args] = host.namespace.command(requireBrowser(), []);
  const script = join(folder, 'browser.sh');
  await writeFile(script, `#!/bin/sh\nexec ${program} ${args.join(' ')} "$@"\n`, { mode: 0o755 });
  return script;
};

/** Settings that a person has chosen in this browser, where its profile keeps them. */
const writePreferences = async (
  profile: string,
  { developerMode, zoom = 1 }: BrowserOptions,
): Promise<void> => {
  await mkdir(join(profile, 'Default'));
  const preferences = {
    extensions: { ui: { developer_mode: developerMode === true } },
    // Chromium counts zoom in steps of 20 %.
    partition: { default_zoom_level: { x: Math.log(zoom) / Math.log(1.2) } },
  };
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
};

const answerQuestions = async (protocol: CDPSession, answer: 'granted' | 'denied'): Promise<void> => {
  for (const name of ['microphone', 'camera']) {
    await protocol.send('Browser.setPermission', {
      origin: EXTENSION_ORIGIN,
      permission: { name },
      setting: answer,
    });
  }
};

export const launchBrowser = async (options: BrowserOptions = {}): Promise<Browser> => {
  const {
    devices = 'both',
    permissions = 'granted',
    desktop,
    extensions = [],
    fps = 5,
    args = [],
    env,
    host,
  } = options;
  const profile = await mkdtemp(join(tmpdir(), 'quick-call-profile-'));
  if (options.developerMode || options.zoom !== undefined) await writePreferences(profile, options);
  const folders = [DIST, ...extensions].join(',');
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await programOf(host, profile),
    headless: false,
    viewport: null,
    // The launching process decides what Ctrl+C does.
    handleSIGINT: false,
    handleSIGTERM: false,
    ignoreDefaultArgs: ['--disable-extensions'],
    env: { ...process.env, LANGUAGE: 'en', LANG: 'en_US.UTF-8', ...desktop?.env, ...env },
    args: [
      ...(desktop ? [] : ['--headless=new']),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...QUIET_ARGS,
      ...deviceArgs(devices, String(fps)),
      `--disable-extensions-except=${folders}`,
      `--load-extension=${folders}`,
      ...args,
    ],
  });
  const browser = context.browser();
  if (!browser) throw new Error('This context has no browser.');
  const protocol = await browser.newBrowserCDPSession();
  if (permissions !== 'ask') await answerQuestions(protocol, permissions);
  return {
    context,
    protocol,
    async signal(signal, service) {
      for (const pid of await browserProcesses(profile, service)) {
        try {
          process.kill(pid, signal);
        } catch {
          // This process has ended together with its parent.
        }
      }
    },
    isOpen: () => browser.isConnected(),
    async close() {
      // May be called again: by a test that needs it closed, and when that test ends.
      await context.close();
      // Its processes may still write for a moment.
      await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
};
