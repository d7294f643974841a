import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOfDataUrl, dataUrlOf } from './data-url.ts';

describe('data URLs', () => {
  it('hold a picture and give it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 100_000 }), (bytes) => {
        expect(bytesOfDataUrl(dataUrlOf('image/png', bytes))).toEqual(bytes);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    '',
    'https://example.org/picture.png',
    'data:image/svg+xml;base64,AAAA',
    'data:text/html;base64,AAAA',
    'data:image/png;base64,',
    'data:image/png;base64,A',
    'data:image/png;base64,AA<A',
    'data:image/png,AAAA',
  ])('are no picture: %j', (url) => {
    expect(bytesOfDataUrl(url)).toBeNull();
  });
});
