import type { Ask } from '../../ipc/asking.ts';
import type { PhoneProtocol } from '../../ipc/protocol.ts';
import type { Pictured } from './pictured.ts';

/** How many pictures a page keeps; the phone keeps more. */
const KEPT = 300;

/** The pictures that a page shows. It requests each from the phone once. */
export class Portraits {
  readonly #askPhone: Ask<PhoneProtocol>;
  readonly #known = new Map<string, Promise<string | null>>();

  constructor(askPhone: Ask<PhoneProtocol>) {
    this.#askPhone = askPhone;
  }

  /**
   * A promise of a data URL, the same promise for the same picture; null for a person without one. Never
   * rejects.
   */
  of({ userId, picture }: Pictured): Promise<string | null> | null {
    if (picture === undefined) return null;
    const known = this.#known.get(picture);
    if (known) return known;
    const asked = this.#ask(userId, picture);
    this.#known.set(picture, asked);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= KEPT) break;
      this.#known.delete(oldest);
    }
    return asked;
  }

  async #ask(userId: string, picture: string): Promise<string | null> {
    const answer = await this.#askPhone('portrait', { userId, picture }).catch(() => null);
    if (answer?.ok === true) return answer.url;
    // The next view of this picture tries again.
    this.#known.delete(picture);
    return null;
  }
}
