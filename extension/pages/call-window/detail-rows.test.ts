import { beforeAll, expect, it } from 'vitest';
import { callSample } from '../../../testkit/ipc/call-sample.ts';
import { fakeMessages } from '../../../testkit/ui/fake-messages.ts';
import { detailRows } from './detail-rows.ts';

beforeAll(fakeMessages);

const valueOf = (label: string, change: Parameters<typeof callSample>[0]): string | undefined =>
  detailRows([callSample(change)]).find((row) => row.label === label)?.value;

it('has nothing to say before the first sample', () => {
  expect(detailRows([])).toEqual([]);
});

it('says which path the call takes', () => {
  expect(valueOf('Path', {})).toBe('Direct (host → srflx, udp)');
  const path = { local: 'relay', remote: 'host', protocol: 'udp', relayProtocol: 'tls' } as const;
  expect(valueOf('Path', { path })).toBe('Through a relay (relay → host, udp, tls)');
  expect(valueOf('Path', { path: null })).toBe('–');
});

it('writes figures with their units, and a dash for what is not known', () => {
  expect(valueOf('Capacity outwards', { available: 2_340_000 })).toBe('2.3 Mb/s');
  expect(valueOf('Capacity outwards', { available: 119_600 })).toBe('120 kb/s');
  expect(valueOf('Concealed audio', { concealed: 0.0213 })).toBe('2.1%');
  expect(valueOf('Jitter', { jitter: null })).toBe('–');
});

it('names codecs for both directions, and only once if they are the same', () => {
  expect(valueOf('Sound', {})).toBe('red');
  expect(valueOf('Sound', { soundOut: 'audio/opus' })).toBe('red received, opus sent');
  const pictureIn = { codec: 'video/VP8', width: 640, height: 360, framesPerSecond: 19.6 };
  expect(valueOf('Picture (received)', { pictureIn })).toBe('VP8 640×360, 20 fps');
  expect(valueOf('Picture (sent)', { pictureIn })).toBe('none');
});
