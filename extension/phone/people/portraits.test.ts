import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Portraits } from './portraits.ts';

const ANN = '10000000-0000-4000-8000-000000000000';
const BEN = '20000000-0000-4000-8000-000000000000';

const hashOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest().subarray(0, 16).toString('base64url');

const picture = (size = 300) => {
  const bytes = new Uint8Array(randomBytes(size));
  const blob = new Blob([bytes], { type: 'image/webp' });
  return {
    blob,
    hash: hashOf(bytes),
    url: `data:image/webp;base64,${Buffer.from(bytes).toString('base64')}`,
  };
};

/** A server with these pictures. */
const setUp = (pictures: Record<string, Blob>, room?: number) => {
  const asked: string[] = [];
  const client = {
    picture: (userId: string) => {
      asked.push(userId);
      return Promise.resolve(pictures[userId] ?? null);
    },
  };
  return { asked, portraits: new Portraits(() => client, room) };
};

describe('Portraits', () => {
  it('asks the server once for a picture, however many views want it', async () => {
    const { blob, hash, url } = picture();
    const { portraits, asked } = setUp({ [ANN]: blob });
    expect(await Promise.all([portraits.get(ANN, hash), portraits.get(ANN, hash)])).toEqual([url, url]);
    expect(await portraits.get(ANN, hash)).toBe(url);
    expect(asked).toEqual([ANN]);
  });

  it('takes no other picture than the one that was meant, and asks again', async () => {
    const [meant, other] = [picture(), picture()];
    const pictures: Record<string, Blob> = { [ANN]: other.blob };
    const { portraits, asked } = setUp(pictures);
    expect(await portraits.get(ANN, meant.hash)).toBeNull();
    pictures[ANN] = meant.blob;
    expect(await portraits.get(ANN, meant.hash)).toBe(meant.url);
    expect(asked).toEqual([ANN, ANN]);
  });

  it('takes nothing that is no picture or too large', async () => {
    const large = picture(64 * 1024 + 1);
    const page = new Blob([Uint8Array.of(1)], { type: 'text/html' });
    const { portraits } = setUp({ [ANN]: large.blob, [BEN]: page });
    expect(await portraits.get(ANN, large.hash)).toBeNull();
    expect(await portraits.get(BEN, hashOf(Uint8Array.of(1)))).toBeNull();
  });

  it('keeps those that were asked for last', async () => {
    const [one, two, three] = [picture(), picture(), picture()];
    const pictures = { [ANN]: one.blob, [BEN]: two.blob, third: three.blob };
    const { portraits, asked } = setUp(pictures, one.url.length * 2);
    await portraits.get(ANN, one.hash);
    await portraits.get(BEN, two.hash);
    await portraits.get(ANN, one.hash);
    await portraits.get('third', three.hash);
    await portraits.get(ANN, one.hash);
    expect(asked).toEqual([ANN, BEN, 'third']);
    await portraits.get(BEN, two.hash);
    expect(asked).toEqual([ANN, BEN, 'third', BEN]);
  });

  it('has nothing while nobody is signed in', async () => {
    expect(await new Portraits(() => null).get(ANN, picture().hash)).toBeNull();
  });
});
