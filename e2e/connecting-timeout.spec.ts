import { expectReleased } from './support/in-call.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

// The 30 s are both ends' fixed limit, and pass for real.
test('a call that never connects ends by itself, on both sides (injected: no path)', async ({
  grace,
  someone,
}) => {
  const linus = await someone('Linus');
  // As behind a firewall that blocks everything: only relays are allowed, and there are none.
  await linus.phone.evaluate(() => {
    const Original = RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super({ ...configuration, iceTransportPolicy: 'relay' });
      }
      override setConfiguration(configuration?: RTCConfiguration): void {
        super.setConfiguration({ ...configuration, iceTransportPolicy: 'relay' });
      }
    };
  });
  await linus.call('Grace', 'audio');
  await grace.accept();
  await expect(grace.callRegion()).toContainText(words('stateConnecting'));
  expect(await linus.ended(45_000)).toBe('media-failed');
  expect(await grace.ended(15_000)).toBe('media-failed');
  await expectReleased(linus, grace);
});
