import { Redis, type RedisOptions } from 'ioredis';

/** In how many parts the time for an answer runs out. */
const PARTS = 4;

type Command = Parameters<Redis['sendCommand']>[0];

/**
 * A connection that gives an answer so much time and no more. The client's own `commandTimeout` counts the time in which
 * this process stood still, and looks at the clock before it reads what has arrived: after two seconds without a turn on
 * a busy machine it would call a Redis away that answered at once.
 */
export class TimedRedis extends Redis {
  readonly #part: number;

  /** @param answerWithin milliseconds; a standstill counts for a quarter of it, however long. */
  constructor(url: string, answerWithin: number, options: Omit<RedisOptions, 'replyMapping'>) {
    super(url, options);
    this.#part = answerWithin / PARTS;
  }

  override sendCommand(...[command, ...stream]: Parameters<Redis['sendCommand']>): unknown {
    const sent = super.sendCommand(command, ...stream);
    this.#limit(command);
    return sent;
  }

  #limit(command: Command): void {
    let timer: NodeJS.Timeout;
    const wait = (parts: number): void => {
      timer = setTimeout(() => {
        if (parts > 1) {
          wait(parts - 1);
          return;
        }
        // Timers come before what has arrived, this after it.
        setImmediate(() => {
          command.reject(new Error('Command timed out'));
        });
      }, this.#part);
    };
    wait(PARTS);
    const answered = (): void => {
      clearTimeout(timer);
    };
    command.promise.then(answered, answered);
  }
}
