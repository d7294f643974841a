import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** References that others can change, because they use a tag; each as written in the file. */
export interface Unpinned {
  /** Actions without a commit, or without the commit's version in a comment. */
  readonly actions: string[];
  /** Images without a digest. */
  readonly images: string[];
}

const ACTION = /^[ \t]*(?:-[ \t]+)?uses:[ \t]*(.+?)[ \t]*$/gm;
const PINNED_ACTION = /^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
const IMAGE = /^[ \t]*(?:-[ \t]+)?image:[ \t]*["']?([^\s"'#]+)/gm;
const FROM = /^FROM[ \t]+(?:--\S+[ \t]+)*(\S+)(?:[ \t]+AS[ \t]+(\S+))?/gim;
const PINNED_IMAGE = /@sha256:[0-9a-f]{64}$/;
/** Built from this repository. */
const OURS = 'quick-call';

const unpinnedImages = (text: string): string[] => {
  const froms = [...text.matchAll(FROM)];
  const stages = froms.map(([, , stage]) => stage);
  return [...text.matchAll(IMAGE), ...froms]
    .map(([, image = '']) => image)
    .filter((image) => image !== OURS && !stages.includes(image) && !PINNED_IMAGE.test(image));
};

/** What is not pinned in the text of a workflow, a Dockerfile, a Compose file or a manifest. */
export const unpinnedIn = (text: string): Unpinned => ({
  actions: [...text.matchAll(ACTION)]
    .map(([, action = '']) => action)
    .filter((action) => !action.startsWith('./') && !PINNED_ACTION.test(action)),
  images: unpinnedImages(text),
});

/** What is not pinned in the project's workflows and in deploy/, each once. */
export const findUnpinned = (root: string): Unpinned => {
  const all = ['.github', 'deploy'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /(?:\.ya?ml|Dockerfile)$/.test(path))
      .map((path) => unpinnedIn(readFileSync(join(root, folder, path), 'utf8'))),
  );
  return {
    actions: [...new Set(all.flatMap(({ actions }) => actions))],
    images: [...new Set(all.flatMap(({ images }) => images))],
  };
};
