import { Redis, type RedisOptions } from 'ioredis';
import { setPatientTimeout } from '../../set-patient-timeout.ts';

/**
 * A connection with a timeout for answers. The client's own `commandTimeout` also counts the time for which
 * this process was paused.
 */
export class TimedRedis extends Redis {
  readonly #answerWithin: number;

  /** @param answerWithin milliseconds. */
  constructor(url: string, answerWithin: number, options: Omit<RedisOptions, 'replyMapping'>) {
    super(url, options);
    this.#answerWithin = answerWithin;
  }

  override sendCommand(...[command, ...stream]: Parameters<Redis['sendCommand']>): unknown {
    const sent = super.sendCommand(command, ...stream);
    const stop = setPatientTimeout(() => {
      command.reject(new Error('Command timed out'));
    }, this.#answerWithin);
    command.promise.then(stop, stop);
    return sent;
  }
}
