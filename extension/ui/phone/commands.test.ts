import { describe, expect, it, vi } from 'vitest';
import { Commands } from './commands.svelte.ts';

const setUp = (answer: () => Promise<unknown>) => {
  const asked: unknown[] = [];
  const ask = vi.fn((name: string, payload: unknown) => {
    asked.push([name, payload]);
    return answer();
  });
  // Replaces both protocols: it records the requests and gives prepared answers.
  const commands = new Commands({ askPhone: ask as never, askBackground: ask as never });
  return { commands, asked };
};

describe('Commands', () => {
  it('keeps the code of a refused command until the next command', async () => {
    const answers = [{ ok: false, code: 'busy' }, { ok: true }];
    const { commands } = setUp(() => Promise.resolve(answers.shift()));
    expect(await commands.run('hang-up', {})).toBe(false);
    expect(commands.problem).toBe('busy');
    expect(await commands.run('hang-up', {})).toBe(true);
    expect(commands.problem).toBeNull();
  });

  it('says so when nobody answers', async () => {
    const { commands } = setUp(() => Promise.reject(new Error('gone')));
    expect(await commands.run('reconnect', {})).toBe(false);
    expect(commands.problem).toBe('phone-silent');
    commands.dismissProblem();
    expect(commands.problem).toBeNull();
  });

  it('opens the window with each video call that is placed, and with each call that is accepted', () => {
    const { commands, asked } = setUp(() => Promise.resolve({ ok: true }));
    commands.dial('grace', 'audio');
    expect(asked).toEqual([['dial', { userId: 'grace', media: 'audio' }]]);
    asked.length = 0;
    commands.dial('grace', 'video');
    expect(asked).toContainEqual(['open-call-window', {}]);
    asked.length = 0;
    commands.accept('call-1', 'audio');
    expect(asked).toEqual([
      ['accept', { callId: 'call-1', media: 'audio' }],
      ['open-call-window', {}],
    ]);
  });
});
