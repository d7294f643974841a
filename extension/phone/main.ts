import './zod-without-eval.ts';
import { version } from '../../manifest.json';
import { deviceName } from '../host/device-name.ts';
import { handKeptTo } from '../host/kept-entries.ts';
import { KeyValueStore } from '../host/key-value-store.ts';
import { onNetworkChange } from '../host/network-change.ts';
import { runtime } from '../host/runtime.ts';
import { askBackground } from '../ipc/ask-background.ts';
import { publishDetails } from '../ipc/publish-details.ts';
import { publishSnapshots } from '../ipc/publishing.ts';
import { serve } from '../ipc/serve.ts';
import { framesOf } from '../media/frames-of.ts';
import { hearsAnything } from '../media/hears-anything.ts';
import { LevelMeter } from '../media/level-meter.ts';
import { openCapture } from '../media/open-capture.ts';
import { Playback } from '../media/playback.ts';
import { Ringer } from '../media/ringer.ts';
import { watchDevices } from '../media/watch-devices.ts';
import { watchPermissions } from '../media/watch-permissions.ts';
import { SharedStreams } from '../streams/shared-streams.ts';
import { warmUpConnections } from './calls/warm-up.ts';
import { createPhone } from './create-phone.ts';
import { onWake } from './on-wake.ts';

// The phone, with what the browser gives it.

/** Milliseconds after the start, when the views have what they need. */
const WARM_UP_AFTER = 1_500;

const phone = createPhone({
  instanceId: crypto.randomUUID(),
  version,
  userAgent: navigator.userAgent,
  deviceName: deviceName('userAgentData' in navigator ? navigator.userAgentData : undefined),
  database: new KeyValueStore('phone'),
  askBackground,
  publishDetails: publishDetails(runtime),
  createConnection: (configuration) => new RTCPeerConnection(configuration),
  openCapture,
  framesOf,
  hearing: { meter: (track, listener) => new LevelMeter(track, listener), hearsAnything },
  playback: new Playback(),
  ringer: new Ringer(),
  streams: new SharedStreams(),
  watchDevices,
  watchPermissions,
  onNetworkChange,
  onWake,
});

publishSnapshots(runtime, phone.snapshots);
phone.snapshots.subscribe(({ session }) => {
  // A person whose session the server ended may come back to what they left.
  if (session?.kind === 'signed-in') handKeptTo(session.account.userId);
  else if (session?.kind === 'signed-out' && session.problem === null) handKeptTo(null);
});
serve('phone', phone.commands, phone.onCommandFailed);
// It lives as long as its document.
phone.start(new AbortController().signal);

setTimeout(() => {
  warmUpConnections().catch(() => {
    phone.note('warm-up-failed');
  });
}, WARM_UP_AFTER);
