import { randomUUID } from 'node:crypto';
import type { ClientEvent, ClientPayload } from '../../../protocol/events.ts';
import { testCandidate, testSdp } from '../descriptions.ts';

/** The ids in the payloads; the server knows them, so a mutated payload passes many checks. */
export interface Targets {
  userId: string;
  username: string;
  sessionId: string;
  callId: string;
}

/** One payload for every event, which the server would accept. */
export const eventSeeds = ({
  userId,
  username,
  sessionId,
  callId,
}: Targets): { [E in ClientEvent]: ClientPayload<E> } => {
  const lineId = randomUUID();
  const candidates = [{ candidate: testCandidate(), sdpMid: '0', sdpMLineIndex: 0 }];
  const signal = { kind: 'candidates', seq: 0, ufrag: 'abcd', candidates } as const;
  return {
    'presence:set': { status: 'do-not-disturb', endsIn: 60_000 },
    'presence:text': { text: 'at lunch', endsIn: 60_000 },
    'presence:last-seen': { shown: true },
    'presence:idle': { idle: false },
    'privacy:set': { hideAddress: false },
    'contact:mark': { userId, favourite: true, ringsThrough: false },
    'contact:request': { username },
    'contact:cancel': { username },
    'contact:accept': { userId },
    'contact:decline': { userId },
    'contact:remove': { userId },
    'contact:make-code': {},
    'contact:revoke-code': {},
    'contact:redeem': { code: 'ABCD-EFGH-JKMN-PQRS-TVWX' },
    'contact:block': { userId },
    'contact:unblock': { userId },
    'call:invite': { callId, to: userId, media: 'video', offer: testSdp('offer') },
    'call:ringing': { callId },
    'call:accept': { callId, answer: testSdp('answer') },
    'call:signal': { callId, lineId, signal },
    'call:connected': { callId },
    'call:sources': { callId, microphone: true, camera: false },
    'call:end': { callId, cause: 'media-failed', lasted: 1000 },
    'call:move': { callId, lineId, offer: testSdp('offer') },
    'call:resume': { callId },
    'call:ice-servers': { callId },
    'call:test': { kind: 'signal', from: 'caller', signal },
    'message:send': { id: randomUUID(), to: userId, text: 'hello' },
    'message:page': { userId, before: 1_800_000_000_000 },
    'message:delivered': { upTo: [{ userId, at: 1_800_000_000_000 }] },
    'message:read': { userId, at: 1_800_000_000_000 },
    'message:typing': { userId },
    'message:search': { query: 'hello' },
    'history:page': { before: '1800000000000.x', limit: 10 },
    'history:seen': {},
    'history:delete': { callId },
    'history:clear': {},
    'device:list': {},
    'device:sign-out': { deviceId: sessionId },
    'device:sign-out-others': {},
  };
};

/** A request over HTTP, before it is mutated. */
export interface RequestSeed {
  method: string;
  path: string;
  body: unknown;
}

/** Requests of every kind that the server answers. */
export const requestSeeds = ({ userId, username }: Targets): RequestSeed[] => {
  const password = 'correct horse';
  return [
    { method: 'GET', path: '/', body: null },
    { method: 'GET', path: '/healthz', body: null },
    { method: 'GET', path: '/api/v1/server', body: null },
    { method: 'GET', path: '/api/v1/openapi.json', body: null },
    { method: 'GET', path: `/api/v1/people/${userId}/picture`, body: null },
    { method: 'GET', path: '/invite/ABCD-EFGH-JKMN-PQRS-TVWX', body: null },
    { method: 'GET', path: '/quick-call.zip', body: null },
    { method: 'GET', path: '/socket.io/?EIO=4&transport=polling', body: null },
    { method: 'POST', path: '/api/v1/accounts', body: { username, displayName: 'Mallory', password } },
    { method: 'POST', path: '/api/v1/sessions', body: { username, password } },
    { method: 'PATCH', path: '/api/v1/accounts/current', body: { displayName: 'Mallory' } },
    { method: 'PUT', path: '/api/v1/accounts/current/password', body: { current: password, next: password } },
    { method: 'POST', path: '/api/v1/accounts/current/deletion', body: { password: 'not mine' } },
    { method: 'PUT', path: '/api/v1/accounts/current/picture', body: 'not a picture' },
  ];
};
