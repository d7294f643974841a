import { watchHeld } from './held-probe.ts';
import { connect, expectCapture } from './in-call.ts';
import { Person } from './person.ts';
import { RecordingProxy } from './recording-proxy.ts';
import { startServer, type RunningServer } from './start-server.ts';

/** Two people at their own server, each behind a recording proxy, with probes for what their phones hold. */
export class WatchedPair {
  readonly server: RunningServer;
  readonly ada: Person;
  readonly grace: Person;
  readonly lines: Readonly<Record<'ada' | 'grace', RecordingProxy>>;

  private constructor(
    server: RunningServer,
    people: Record<'ada' | 'grace', Person>,
    lines: Record<'ada' | 'grace', RecordingProxy>,
  ) {
    this.server = server;
    this.ada = people.ada;
    this.grace = people.grace;
    this.lines = lines;
  }

  /** `env`: settings of the server that differ from a test server's. */
  static async open(env: Record<string, string> = {}): Promise<WatchedPair> {
    const server = await startServer(env);
    const lines = {
      ada: await RecordingProxy.start(server.url),
      grace: await RecordingProxy.start(server.url),
    };
    const [ada, grace] = await Promise.all([
      Person.signedUp('Ada', lines.ada.url),
      Person.signedUp('Grace', lines.grace.url),
    ]);
    for (const { phone } of [ada, grace]) await watchHeld(phone);
    return new WatchedPair(server, { ada, grace }, lines);
  }

  /** A video call that is up, captured at both. */
  async talk(): Promise<void> {
    await connect(this.ada, this.grace, 'video');
    await Promise.all([
      expectCapture(this.ada, ['audio', 'video']),
      expectCapture(this.grace, ['audio', 'video']),
    ]);
  }

  async reset(): Promise<void> {
    await Promise.all([this.ada.reset(), this.grace.reset()]);
  }

  async close(): Promise<void> {
    for (const it of [this.ada, this.grace, this.lines.ada, this.lines.grace]) await it.close();
    await this.server.stop();
  }
}
