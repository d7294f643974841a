import { Redis, type RedisOptions } from 'ioredis';
import { setPatientTimeout } from '../../set-patient-timeout.ts';

/**
 * A connection that gives an answer so much time and no more. The client's own `commandTimeout` counts the time in which
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
