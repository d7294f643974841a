import dbus from 'dbus-next';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { until } from './until.ts';

/** A notification as the desktop got it. */
export interface ShownNotification {
  id: number;
  title: string;
  body: string;
  /** Labels of the buttons, in order. */
  buttons: string[];
  /** Whether it stays until somebody acts; otherwise the desktop removes it by itself. */
  stays: boolean;
}

const NAME = 'org.freedesktop.Notifications';

/** The part of the Desktop Notifications Specification (1.2) that Chromium asks for. */
class NotificationService extends dbus.interface.Interface {
  readonly shown = new Map<number, ShownNotification & { keys: string[] }>();
  #lastId = 0;

  constructor() {
    super(NAME);
  }

  GetCapabilities(): string[] {
    return ['actions', 'body', 'persistence'];
  }

  GetServerInformation(): string[] {
    return ['stand-in', 'Quick Call', '1', '1.2'];
  }

  Notify(
    _app: string,
    replaces: number,
    _icon: string,
    title: string,
    body: string,
    actions: string[],
    _hints: unknown,
    timeout: number,
  ): number {
    const id = replaces === 0 ? ++this.#lastId : replaces;
    const pairs = actions.flatMap((key, at) => (at % 2 === 0 ? [{ key, label: actions[at + 1] ?? '' }] : []));
    // The default action is a click on the body; Chromium adds a settings button of its own.
    const buttons = pairs.filter(({ key }) => key !== 'default' && key !== 'settings');
    this.shown.set(id, {
      id,
      title,
      body,
      buttons: buttons.map(({ label }) => label),
      stays: timeout === 0,
      keys: buttons.map(({ key }) => key),
    });
    return id;
  }

  CloseNotification(id: number): void {
    this.shown.delete(id);
    this.NotificationClosed(id, 3);
  }

  // D-Bus signals: the value that a method returns is what is sent.
  NotificationClosed(id: number, reason: number): [number, number] {
    return [id, reason];
  }

  ActionInvoked(id: number, key: string): [number, string] {
    return [id, key];
  }
}

NotificationService.configureMembers({
  methods: {
    GetCapabilities: { outSignature: 'as' },
    GetServerInformation: { outSignature: 'ssss' },
    Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
    CloseNotification: { inSignature: 'u' },
  },
  signals: {
    NotificationClosed: { signature: 'uu' },
    ActionInvoked: { signature: 'us' },
  },
});

const firstLine = async (stream: Readable, what: string): Promise<string> => {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return until(() => /^(.+)\n/.exec(text)?.[1], { what, timeout: 15_000 });
};

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
};

/** A display and a message bus of their own, with a service on it that takes notifications and presses buttons. */
export class Desktop {
  /** For the browser that is to be on this desktop. */
  readonly env: Record<string, string>;
  readonly #service: NotificationService;
  readonly #stop: () => Promise<void>;

  private constructor(
    env: Record<string, string>,
    service: NotificationService,
    stopAll: () => Promise<void>,
  ) {
    this.env = env;
    this.#service = service;
    this.#stop = stopAll;
  }

  static async start(): Promise<Desktop> {
    const display = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const daemon = spawn('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address=1'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [number, address] = await Promise.all([
      // The fourth entry of `stdio` above.
      firstLine(display.stdio[3] as Readable, 'the display'),
      firstLine(daemon.stdout, 'the message bus'),
    ]);
    const bus = dbus.sessionBus({ busAddress: address });
    const service = new NotificationService();
    bus.export('/org/freedesktop/Notifications', service);
    await bus.requestName(NAME, 0);
    const env = { DISPLAY: `:${number}`, DBUS_SESSION_BUS_ADDRESS: address };
    return new Desktop(env, service, async () => {
      bus.disconnect();
      await Promise.all([stop(daemon), stop(display)]);
    });
  }

  notifications(): ShownNotification[] {
    return [...this.#service.shown.values()];
  }

  /** Waits for a notification with this title. */
  notification(title: string): Promise<ShownNotification> {
    return until(() => this.notifications().find((it) => it.title === title), {
      what: `notification “${title}”`,
    });
  }

  /** Presses a button, as the person would. */
  press({ id }: ShownNotification, label: string): void {
    const shown = this.#service.shown.get(id);
    const key = shown?.keys[shown.buttons.indexOf(label)];
    if (key === undefined) throw new Error(`There is no button “${label}” any more.`);
    this.#service.ActionInvoked(id, key);
  }

  /** Clicks on the notification itself. */
  click({ id }: ShownNotification): void {
    this.#service.ActionInvoked(id, 'default');
  }

  close(): Promise<void> {
    return this.#stop();
  }
}
