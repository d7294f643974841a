import { describe, expect, it } from 'vitest';
import { Emitter } from './emitter.ts';

describe('Emitter', () => {
  it('tells listeners until their signal aborts or all are cleared', () => {
    const emitter = new Emitter<{ number: number }>();
    const heard: string[] = [];
    const end = new AbortController();
    emitter.on('number', (number) => heard.push(`a${number}`), end.signal);
    emitter.on('number', (number) => heard.push(`b${number}`));
    emitter.on('number', () => heard.push('never'), AbortSignal.abort());
    emitter.emit('number', 1);
    end.abort();
    emitter.emit('number', 2);
    emitter.clear();
    emitter.emit('number', 3);
    expect(heard).toEqual(['a1', 'b1', 'b2']);
  });
});
