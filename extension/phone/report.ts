import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import type { Snapshot } from '../ipc/slices.ts';

interface Sources {
  version: string;
  userAgent: string;
  snapshot: Snapshot;
  log: readonly string[];
}

const sessionLine = ({ session }: Snapshot): string => {
  if (session.kind !== 'signed-in') return `session: ${session.kind}`;
  const { connection } = session;
  const problem = connection.kind === 'offline' ? ` (${connection.problem})` : '';
  const safety = session.serverUrl.startsWith('https:') ? 'tls' : 'no tls';
  return `session: signed-in, ${session.presence.status}, ${connection.kind}${problem}, ${safety}`;
};

const callLink = ({ call }: Snapshot): string => {
  if (!call) return 'call: none';
  const source = (view: typeof call.microphone): string =>
    view.kind === 'problem' ? view.problem : view.kind;
  const problem = call.phase.kind === 'ended' && call.phase.problem ? `, ${call.phase.problem}` : '';
  const reason = call.phase.kind === 'ended' ? ` (${call.phase.reason}${problem})` : '';
  return `call: ${call.phase.kind}${reason}, ${call.media}, microphone ${source(call.microphone)}, camera ${source(call.camera)}`;
};

const privacyLine = ({ privacy }: Snapshot): string =>
  privacy
    ? `address: ${privacy.hideAddress ? 'hidden' : 'not hidden'}, relay ${privacy.relay}`
    : 'address: not known';

/** What a developer needs to look into a problem. Built of codes, states and numbers only: no secret, name or address. */
export const createReport = ({ version, userAgent, snapshot, log }: Sources): string =>
  [
    `Quick Call ${version}, protocol ${String(PROTOCOL_VERSION)}`,
    userAgent,
    sessionLine(snapshot),
    `contacts: ${String(snapshot.contacts.length)}, ringing: ${String(snapshot.incoming.length)}`,
    callLink(snapshot),
    privacyLine(snapshot),
    `permissions: microphone ${snapshot.permissions.microphone}, camera ${snapshot.permissions.camera}`,
    '',
    ...log,
  ].join('\n');
