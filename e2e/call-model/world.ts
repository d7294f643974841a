import { pino } from 'pino';
import type { PhoneEvent } from '../../extension/phone/calls/machine/event.ts';
import { nextDeadline } from '../../extension/phone/calls/machine/next-deadline.ts';
import type { ServerEvent, ServerPayload } from '../../protocol/events.ts';
import type { Person } from '../../protocol/presence/presence.ts';
import type { CallRecord } from '../../server/calls/call-record.ts';
import { createCalls, type Calls } from '../../server/calls/create-calls.ts';
import type { Reachability } from '../../server/calls/ledger-event.ts';
import { createRingPauses } from '../../server/calls/ring-pauses.ts';
import { createMemoryLimiters } from '../../server/live/memory/memory-limiters.ts';
import { MemoryCalls } from '../../server/live/memory/memory-calls.ts';
import { Device, type Request } from './device.ts';
import { ModelClock, settled } from './model-clock.ts';

/** Something on its way; `deliver` makes it arrive. */
interface Message {
  readonly device: Device;
  readonly label: string;
  deliver(): Promise<void>;
}

const person = (name: string): { userId: string; username: string; displayName: string } => ({
  userId: name,
  username: name,
  displayName: name,
});

/**
 * Some people with two devices each, the server's real call service in memory, and a network in which a test
 * can lose, repeat and reorder messages.
 */
export class World {
  readonly clock = new ModelClock();
  readonly people: readonly Person[];
  /** The favourites of all people. */
  readonly favourites: ReadonlySet<string>;
  readonly devices: readonly Device[];
  readonly records = new Map<string, CallRecord>();
  /** Every recorded end, to check that none is written twice. */
  readonly endsWritten = new Map<string, number>();
  readonly inCall = new Set<string>();
  readonly counts = new Map<string, number>();
  live = new MemoryCalls();
  messages: Message[] = [];
  #server: Calls;
  #ids = 0;

  constructor(names: readonly string[] = ['ada', 'bob', 'cy'], favourites: readonly string[] = []) {
    this.people = names.map(person);
    this.favourites = new Set(favourites);
    const freshId = (): string => `id${String(this.#ids++)}`;
    const now = (): number => this.clock.now();
    this.devices = this.people.flatMap((owner) =>
      [1, 2].map((n) => new Device(owner, `${owner.userId}-${String(n)}`, now, freshId)),
    );
    this.#server = this.#start();
  }

  count(branch: string): void {
    this.counts.set(branch, (this.counts.get(branch) ?? 0) + 1);
  }

  /** The server is killed and started again with the data that it had written. */
  async restartServer(): Promise<void> {
    this.#server.close();
    for (const device of this.devices) this.disconnected(device);
    this.inCall.clear();
    this.live = new MemoryCalls();
    this.#server = this.#start();
    await this.#server.restore();
    this.count('server restarted');
  }

  async connect(device: Device): Promise<void> {
    if (device.online) return;
    const held = device.heldCallId;
    const { ringing, queue } = await this.#server.connected(device.ref, { held, ended: device.untoldEnd });
    device.online = true;
    device.ready(ringing, queue);
    if (held !== undefined) this.count('resumed');
    for (const request of device.requests) this.send(device, request);
  }

  async disconnect(device: Device): Promise<void> {
    if (!device.online) return;
    this.disconnected(device);
    await this.#server.disconnected(device.ref, { sentAway: false });
  }

  /** Messages in transit in either direction are lost with the connection. */
  disconnected(device: Device): void {
    device.online = false;
    this.messages = this.messages.filter((message) => message.device !== device);
  }

  send(device: Device, request: Request): void {
    if (!device.online) return;
    this.messages.push({
      device,
      label: request.event,
      deliver: async () => {
        const answer = await request.arrive(this.#server, device.ref);
        this.#push(device, `ack of ${request.event}`, answer);
      },
    });
  }

  /** Something happens at a device; the requests it makes are sent. */
  act(device: Device, act: () => void): void {
    const before = new Set(device.requests);
    act();
    for (const request of device.requests) if (!before.has(request)) this.send(device, request);
  }

  async deliver(message: Message): Promise<void> {
    this.messages.splice(this.messages.indexOf(message), 1);
    await message.deliver();
    await settled();
  }

  /** Two phones that look for each other find a path. */
  join(caller: Device, callee: Device): void {
    const callId = caller.phone.current?.callId;
    if (caller.takesOver && callee.nextLinkOf(caller) && callee.phone.current?.callId === callId) {
      this.act(caller, () => {
        caller.dispatch({
          kind: 'peer-connected',
          at: this.clock.now(),
          callId: caller.phone.current?.callId ?? '',
        });
      });
      this.count('new connection up');
      return;
    }
    if (caller.takesOver || callee.takesOver) return;
    const looking = [caller, callee].every(({ phone: { current } }) => current?.kind === 'connecting');
    if (callId === undefined || callee.phone.current?.callId !== callId || !looking) return;
    const event: PhoneEvent = { kind: 'peer-connected', at: this.clock.now(), callId };
    for (const device of [caller, callee]) {
      this.act(device, () => {
        device.dispatch(event);
      });
    }
    this.count('connected');
  }

  async advance(ms: number): Promise<void> {
    await this.clock.advance(ms);
    for (const device of this.devices) {
      while ((nextDeadline(device.phone) ?? Infinity) <= this.clock.now()) {
        this.act(device, () => {
          device.dispatch({ kind: 'deadline', at: this.clock.now() });
        });
      }
    }
  }

  #push(device: Device, label: string, arrive: () => void): void {
    if (!device.online) return;
    const deliver = (): Promise<void> => {
      this.act(device, arrive);
      return Promise.resolve();
    };
    this.messages.push({ device, label, deliver });
  }

  #emit<E extends ServerEvent>(device: Device, event: E, payload: ServerPayload<E>): void {
    const translate: ((at: number, payload: ServerPayload<E>) => PhoneEvent) | undefined =
      AT_THE_PHONE[event];
    if (!translate) return;
    this.#push(device, event, () => {
      device.dispatch(translate(this.clock.now(), payload));
    });
  }

  #start(): Calls {
    return createCalls({
      live: this.live,
      records: {
        save: (record) => {
          const before = this.records.get(record.callId);
          if (before && before.v >= record.v) return Promise.resolve();
          if (record.state === 'ended') {
            this.endsWritten.set(record.callId, (this.endsWritten.get(record.callId) ?? 0) + 1);
            this.count(`ended ${record.reason ?? 'without reason'}`);
          }
          this.records.set(record.callId, record);
          return Promise.resolve();
        },
        recent: (since) =>
          Promise.resolve(
            [...this.records.values()].filter((record) => (record.endedAt ?? Infinity) > since),
          ),
      },
      directory: {
        person: (userId) => Promise.resolve(this.people.find((one) => one.userId === userId) ?? null),
        isFavourite: (from) => Promise.resolve(this.favourites.has(from)),
        reachability: (_from, to): Promise<Reachability> =>
          Promise.resolve(
            this.devices.some((one) => one.person.userId === to && one.online) ? 'ok' : 'unreachable',
          ),
      },
      // A high limit, because these three people ring each other for hours.
      pauses: createRingPauses(createMemoryLimiters(1000)),
      emitter: {
        toInstance: (instanceId, event, payload) => {
          // The device is told of an end although the call goes on: its attempt to take the call over has failed.
          const failed = 'reason' in payload && payload.reason === 'media-failed';
          if (failed && this.live.call(payload.callId)?.state === 'active') this.count('move given up');
          const device = this.devices.find((one) => one.instanceId === instanceId);
          if (device) this.#emit(device, event, payload);
        },
        toPerson: (userId, event, payload, except = []) => {
          for (const device of this.devices) {
            if (device.person.userId === userId && !except.includes(device.instanceId))
              this.#emit(device, event, payload);
          }
        },
      },
      presence: {
        setInCall: (userId, inCall) => {
          if (inCall) this.inCall.add(userId);
          else this.inCall.delete(userId);
          return Promise.resolve();
        },
      },
      onEnded: () => undefined,
      deviceName: () => Promise.resolve(null),
      iceServers: () => [],
      clock: this.clock,
      log: pino({ level: 'silent' }),
      ringTimeout: 45_000,
    });
  }
}

/** The call events that the server's events become at a phone. */
const AT_THE_PHONE: { readonly [E in ServerEvent]?: (at: number, payload: ServerPayload<E>) => PhoneEvent } =
  {
    'call:state': (at, state) => ({ kind: 'state', at, state }),
    'call:moving': (at, moving) => ({ kind: 'moving', at, ...moving }),
    'call:incoming': (at, incoming) => ({ kind: 'incoming', at, ...incoming }),
    'call:queue': (at, queue) => ({ kind: 'queue', at, queue }),
  };
