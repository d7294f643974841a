/** What one line of a Dockerfile says, of the few kinds that ours has. */
export type Instruction =
  | { readonly kind: 'copy'; readonly from: string | null; readonly sources: string[]; readonly to: string }
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'workdir'; readonly path: string }
  | { readonly kind: 'env'; readonly env: Readonly<Record<string, string>> }
  | { readonly kind: 'user'; readonly user: string }
  | { readonly kind: 'healthcheck' | 'cmd'; readonly command: string[] }
  /** LABEL, EXPOSE, VOLUME, STOPSIGNAL: for the engine alone. */
  | { readonly kind: 'other'; readonly name: string; readonly text: string };

export interface Stage {
  readonly name: string | null;
  readonly image: string;
  readonly instructions: readonly Instruction[];
}

const commandOf = (text: string): string[] => {
  const json: unknown = JSON.parse(text.slice(text.indexOf('[')));
  if (!Array.isArray(json)) throw new Error(`not a list: ${text}`);
  return json.map(String);
};

const envOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(/\s+/).map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );

const instructionOf = (name: string, text: string): Instruction => {
  switch (name) {
    case 'COPY': {
      const words = text.split(/\s+/);
      const from = /^--from=(\w+)$/.exec(words[0] ?? '')?.[1] ?? null;
      const paths = words.slice(from === null ? 0 : 1);
      return { kind: 'copy', from, sources: paths.slice(0, -1), to: paths.at(-1) ?? '' };
    }
    case 'RUN':
      return { kind: 'run', command: text };
    case 'WORKDIR':
      return { kind: 'workdir', path: text };
    case 'ENV':
      return { kind: 'env', env: envOf(text) };
    case 'USER':
      return { kind: 'user', user: text };
    case 'HEALTHCHECK':
      return { kind: 'healthcheck', command: commandOf(text) };
    case 'CMD':
      return { kind: 'cmd', command: commandOf(text) };
    default:
      return { kind: 'other', name, text };
  }
};

/** Reads a Dockerfile as ours is written: no ARG, no shell form of CMD, no heredoc. */
export const readDockerfile = (text: string): Stage[] => {
  const lines = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const stages: { name: string | null; image: string; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const [, name = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    if (name === 'FROM') {
      const [, image = '', stage = null] = /^(\S+)(?:\s+AS\s+(\w+))?$/.exec(rest) ?? [];
      stages.push({ name: stage, image, instructions: [] });
    } else {
      stages.at(-1)?.instructions.push(instructionOf(name, rest));
    }
  }
  return stages;
};
