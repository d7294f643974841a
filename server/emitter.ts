import type { ServerEvent, ServerPayload } from '../protocol/events.ts';
import type { InstanceId, UserId } from '../protocol/ids.ts';

/** The way to the phones. */
export interface Emitter {
  toInstance<E extends ServerEvent>(instanceId: InstanceId, event: E, payload: ServerPayload<E>): void;
  /** Every phone of a person, but for the instances named. */
  toPerson<E extends ServerEvent>(
    userId: UserId,
    event: E,
    payload: ServerPayload<E>,
    except?: InstanceId[],
  ): void;
}
