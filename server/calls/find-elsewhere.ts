import type { Elsewhere } from '../../protocol/calls/call.ts';
import type { InstanceId, UserId } from '../../protocol/ids.ts';
import { isUp } from './call.ts';
import type { CallsDeps } from './ports.ts';

/** Where somebody's call is, for their other phones. */
export interface FoundElsewhere {
  call: Elsewhere;
  /** The phone that is in it. */
  instanceId: InstanceId;
}

type Deps = Pick<CallsDeps, 'live' | 'directory' | 'deviceName'>;

/** The call that somebody is in, as it is when this resolves; null: none. */
export const findElsewhere = async (deps: Deps, userId: UserId): Promise<FoundElsewhere | null> => {
  for (;;) {
    const call = await deps.live.callOf(userId);
    const phone = call && (call.callerId === userId ? call.caller : call.callee);
    if (!call || !phone || !isUp(call)) return null;
    const [peer, deviceName] = await Promise.all([
      deps.directory.person(call.callerId === userId ? call.calleeId : call.callerId),
      deps.deviceName(phone.sessionId),
    ]);
    if (!peer) return null;
    // Looking the names up takes time, in which the call may have ended or moved: then look again.
    const now = await deps.live.callOf(userId);
    const still = now && (now.callerId === userId ? now.caller : now.callee);
    if (now?.callId !== call.callId || still?.instanceId !== phone.instanceId) continue;
    const { callId, media } = call;
    return {
      call: { callId, peer, media, deviceId: phone.sessionId, deviceName },
      instanceId: phone.instanceId,
    };
  }
};
