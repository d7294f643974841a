import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { requireBrowser } from '../../tools/find-browser.ts';

/** An empty page of a real browser with one of our modules in it. */
export interface Lab {
  page: Page;
  close: () => Promise<void>;
}

/** A module and all that it imports, as one classic script that defines a global of that name. */
const bundle = async (entry: string, globalName: string): Promise<string> => {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      lib: { entry, formats: ['iife'], name: globalName },
    },
  });
  const outputs = [result].flat().flatMap((built) => ('output' in built ? built.output : []));
  const chunk = outputs.find((part) => part.type === 'chunk');
  if (!chunk) throw new Error(`nothing was built from ${entry}`);
  return chunk.code;
};

/**
 * Opens a secure page in a Chromium with fake devices. `modules` maps the name
 * of a global to the module that it stands for.
 */
export const openLab = async (modules: Record<string, URL>, flags: string[] = []): Promise<Lab> => {
  const executablePath = requireBrowser();
  const scripts = await Promise.all(
    Object.entries(modules).map(([name, url]) => bundle(decodeURIComponent(url.pathname), name)),
  );
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
      '--use-fake-device-for-media-stream',
      ...flags,
    ],
  });
  const page = await browser.newPage();
  await page.route('https://lab.test/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Lab</title>' }),
  );
  await page.goto('https://lab.test/');
  for (const content of scripts) await page.addScriptTag({ content });
  return { page, close: () => browser.close() };
};
