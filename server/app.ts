import type { Server as HttpServer } from 'node:http';
import { composeAccount } from './account/compose-account.ts';
import type { AppDeps } from './app-deps.ts';
import { composeCalls } from './calls/compose-calls.ts';
import { createMessages } from './chat/messages.ts';
import { createDuties } from './create-duties.ts';
import { createDevices } from './devices/devices.ts';
import { createHistory } from './history/create-history.ts';
import { noteSeen } from './operate/note-seen.ts';
import { keepHouse } from './operate/keep-house.ts';
import { metricsRoutes } from './operate/metrics/metrics-route.ts';
import { observe } from './operate/observe.ts';
import { composePeople } from './people/compose-people.ts';
import { createDirectory } from './people/create-directory.ts';
import { composePresence } from './presence/compose-presence.ts';
import { createCallDirectory } from './presence/reachability.ts';
import { createAdmission } from './transport/create-admission.ts';
import { createHttp } from './transport/http/create-http.ts';
import { createHttpServer } from './transport/http/create-http-server.ts';
import { createRoutes } from './transport/http/create-routes.ts';
import type { Route } from './transport/http/route.ts';
import { createProviderSignIn } from './transport/oidc/create-provider-sign-in.ts';
import { createAccountNews } from './transport/sockets/account-news.ts';
import { createSockets } from './transport/sockets/create-sockets.ts';
import { drainPhones } from './transport/sockets/drain-phones.ts';
import { createIntroduction } from './transport/sockets/introduction.ts';
import { openPhones } from './transport/sockets/open-phones.ts';
import type { Traffic } from './transport/sockets/receive.ts';
import { createVisibility } from './transport/sockets/visibility.ts';

/** A server that is put together and does not listen yet. */
export interface App {
  readonly http: HttpServer;
  readonly traffic: Readonly<Traffic>;
  readonly routes: readonly Route[];
  /** Restores calls and presence from the store. Called once, before the server listens. */
  restore(): Promise<void>;
  /** Tells phones to come back later, closes their connections and the store; ends no call. */
  stop(): Promise<void>;
}

/** Puts the server together. Nothing listens, and nothing but timers runs, until `http.listen`. */
export const createApp = (deps: AppDeps): App => {
  const { config, live, passwords, clock, log } = deps;
  const { store, liveCalls, createLimiter, transport: observer } = observe(deps);
  /** What nearly all parts need. */
  const base = { config, store, live, createLimiter, clock, log };
  let draining = false;
  const isDraining = (): boolean => draining;

  const admission = createAdmission(config, createLimiter, log);
  const sockets = createSockets({ ...base, admission, fanOut: live.fanOut, observer });
  const { io, announcer } = sockets;

  const directory = createDirectory(config.directory, store);
  const history = createHistory({ history: store.history, announcer, log });
  const presences = composePresence({
    ...base,
    store: store.presence,
    emitter: announcer,
    publish: (change) => {
      announcer.toWatchers(change.userId, 'presence:changed', change);
    },
    onAppeared: (userId) => news.onAppeared(userId),
    async onStatusSet(userId, { appeared }) {
      messages.release(userId);
      if (appeared) await history.onAppeared(userId);
    },
  });
  const { presence, ownPresence, isHidden } = presences;
  const callsFeature = composeCalls({
    ...base,
    live: liveCalls,
    records: store.calls,
    sessions: store.sessions,
    directory: createCallDirectory({ directory, presence, phones: live.phones, marks: store.marks }),
    emitter: announcer,
    presence,
    onEnded: (record) => {
      history.onEnded(record);
    },
  });
  const { calls } = callsFeature;
  const { profiles } = store;
  const online = { io, announcer, directory, presence, ownPresence, calls, lists: live.lists, profiles };
  const visibility = createVisibility(online);
  const people = composePeople({
    ...base,
    oneAtATime: live.oneAtATime,
    directory,
    visibility,
    emitter: announcer,
    calls,
    onPictureChanged: (account) => news.onChanged(account),
  });
  const messages = createMessages({
    ...base,
    store: store.messages,
    directory,
    isHidden,
    announcer,
  });

  const introduction = createIntroduction(online);
  const news = { ...introduction, ...createAccountNews({ ...online, clock, log }) };
  const { accounts, ownAccount, followOperator } = composeAccount({
    ...base,
    passwords,
    news,
    onSignedIn: (userId, device) => devices.signedIn(userId, device),
  });
  const devices = createDevices({
    sessions: store.sessions,
    phones: live.phones,
    emitter: announcer,
    clock,
    signOut: (identity) => accounts.signOut(identity),
  });

  const phones = openPhones({
    ...base,
    io,
    admission,
    observer,
    accounts,
    directory,
    visibility,
    people,
    presence: presences,
    calls: callsFeature,
    messages,
    history,
    devices,
    isDraining,
  });
  const providerSignIn = createProviderSignIn({ ...base, accounts, news });
  const routes = createRoutes({
    ...deps,
    store,
    isDraining,
    accounts,
    ownAccount,
    pictures: people.pictures,
    providerSignIn,
    more: metricsRoutes(deps.metrics, config.metrics),
  });
  const { polls } = sockets;
  const answer = createHttp({ ...admission, routes, polls, accounts, config, observer, log });
  const http = createHttpServer(answer, config.publicPath);
  sockets.attach(http);
  const housekeeping = keepHouse({ ...base, io });
  const here = (): string[] => [
    ...new Set([...io.sockets.sockets.values()].map(({ data }) => data.phone.userId)),
  ];
  const stopNoting = noteSeen(() => ownPresence.seen(here()), { clock, log });
  const duties = createDuties({
    calls,
    presences,
    // Only a lease has expired: most such phones come back at another node.
    lost: (phone, isBack) => {
      deps.metrics?.leasesExpired(1);
      return phones.notePhoneGone(phone, { grace: true, sentAway: false, isBack });
    },
    refresh: housekeeping.refresh,
  });
  deps.metrics?.watch({
    phones: () => io.sockets.sockets.size,
    isDraining,
    hashing: () => passwords.load(),
  });

  return {
    http,
    traffic: phones.traffic,
    routes,
    async restore() {
      if (config.directory === 'everyone') await store.profiles.freezeBlocks();
      await live.start(duties);
      await followOperator.start();
      // Not waited for, because people with passwords need no provider. It logs whether it failed.
      providerSignIn?.check().catch(() => undefined);
    },
    async stop() {
      draining = true;
      housekeeping.stop();
      followOperator.stop();
      stopNoting();
      await ownPresence.seen(here());
      await news.flush();
      await drainPhones(io, http);
      calls.close();
      presences.close();
      await live.close();
      await store.close();
    },
  };
};
