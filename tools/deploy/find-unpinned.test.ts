import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findUnpinned, unpinnedIn } from './find-unpinned.ts';

const COMMIT = 'a'.repeat(40);
const DIGEST = `sha256:${'b'.repeat(64)}`;

describe('what is not pinned', () => {
  it.each([
    [`- uses: some/action@${COMMIT} # v4.2.2`, []],
    [`  uses: some/action/sub@${COMMIT} # v1.0.0`, []],
    ['- uses: ./.github/actions/ours', []],
    ['- uses: some/action@v4', ['some/action@v4']],
    [`- uses: some/action@${COMMIT}`, [`some/action@${COMMIT}`]],
    [`- uses: some/action@${COMMIT} # v4`, [`some/action@${COMMIT} # v4`]],
    [`- uses: some/action@${'a'.repeat(7)} # v4.2.2`, [`some/action@${'a'.repeat(7)} # v4.2.2`]],
    ['- uses: docker://alpine:3', ['docker://alpine:3']],
  ])('of actions in %s', (line, actions) => {
    expect(unpinnedIn(`steps:\n${line}\n`)).toEqual({ actions, images: [] });
  });

  it.each([
    [`image: redis:7@${DIGEST}`, []],
    ['image: quick-call', []],
    ['image: redis:7', ['redis:7']],
    ['- image: "redis:7" # the cache', ['redis:7']],
    [`FROM node:24@${DIGEST} AS build\nFROM build`, []],
    ['FROM --platform=linux/amd64 node:24 AS build\nFROM node:22', ['node:24', 'node:22']],
    ['FROM node@sha256:abc', ['node@sha256:abc']],
  ])('of images in %s', (text, images) => {
    expect(unpinnedIn(text)).toEqual({ actions: [], images });
  });

  it('are none of ours', () => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    expect(findUnpinned(root)).toEqual({ actions: [], images: [] });
  });
});
