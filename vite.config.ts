import { crx } from '@crxjs/vite-plugin';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import manifest from './manifest.json' with { type: 'json' };

const fromRoot = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Chrome reads catalogues from `_locales` at the extension's root; crxjs copies them only from the repository's root. */
const copyLocales = (): Plugin => ({
  name: 'quick-call:locales',
  apply: 'build',
  buildStart() {
    const folder = fromRoot('extension/_locales');
    for (const locale of readdirSync(folder)) {
      const path = `${folder}/${locale}/messages.json`;
      this.addWatchFile(path);
      this.emitFile({
        type: 'asset',
        fileName: `_locales/${locale}/messages.json`,
        source: readFileSync(path, 'utf8'),
      });
    }
  },
});

export default defineConfig({
  publicDir: false,
  plugins: [svelte(), crx({ manifest }), copyLocales()],
  build: {
    target: 'chrome127',
    // Both would put inline scripts or data URLs where the extension's policy wants files.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      // crxjs finds the pages that the manifest names; these would be missing without a word.
      input: {
        offscreen: fromRoot('extension/phone/index.html'),
        'call-window': fromRoot('extension/pages/call-window/index.html'),
        welcome: fromRoot('extension/pages/welcome/index.html'),
        'self-test': fromRoot('extension/pages/self-test/index.html'),
      },
      output: {
        codeSplitting: {
          // Few files, because each costs a page some of the time in which it should be painted.
          groups: [
            // First in line, so that neither the worker nor the phone loads what only pages need.
            {
              name: 'messages',
              test: /webextension-polyfill|extension[\\/](?:ipc|host)[\\/]/,
              priority: 1,
              minShareCount: 2,
            },
            {
              name: 'views',
              test: /node_modules[\\/](?:svelte|@lucide)|extension[\\/]ui[\\/]/,
              minShareCount: 2,
            },
          ],
        },
      },
      onLog(level, log, handle) {
        // Says that the machine is slow, not that the build is wrong.
        if (log.code === 'PLUGIN_TIMINGS') return;
        if (level === 'warn') throw new Error(`build warning ${log.code ?? ''}: ${log.message}`);
        handle(level, log);
      },
    },
  },
});
