import { createServer, type Server as HttpServer } from 'node:http';
import type { Logger } from 'pino';
import { createAccounts, type Accounts } from './accounts/accounts.ts';
import { createFollowOperator } from './accounts/follow-operator.ts';
import { accountRoutes } from './accounts/account-routes.ts';
import { createOwnAccount } from './accounts/own-account.ts';
import { ownAccountRoutes } from './accounts/own-account-routes.ts';
import { createPictures } from './accounts/pictures.ts';
import { pictureRoutes } from './accounts/picture-routes.ts';
import type { Passwords } from './accounts/passwords.ts';
import { LINGER } from './calls/call.ts';
import { createCalls } from './calls/create-calls.ts';
import { createIceServers } from './calls/create-ice-servers.ts';
import { createTestCall } from './calls/test-call.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { ContactChanges } from './contacts/contact-changes.ts';
import { createContactHandlers } from './contacts/contact-handlers.ts';
import { createEveryone } from './contacts/everyone.ts';
import { createMarkContact } from './contacts/mark-contact.ts';
import { createMutual } from './contacts/mutual.ts';
import { createPendingList } from './contacts/pending.ts';
import { createHistory } from './history/create-history.ts';
import { createDevices } from './devices/devices.ts';
import { createAccess } from './http/access.ts';
import { createHttp } from './http/create-http.ts';
import { healthRoutes } from './http/health-routes.ts';
import type { Route } from './http/route.ts';
import { serverRoutes } from './http/server-routes.ts';
import { createArrivalLimits } from './limits/arrival-limits.ts';
import { createClientAddress } from './limits/client-address.ts';
import { createEventLimits } from './limits/event-limits.ts';
import type { CreateLimiter } from './limits/limiter.ts';
import { MemoryCalls } from './live/memory-calls.ts';
import { createMemoryPhones } from './live/memory-phones.ts';
import { readExtensionId } from './oidc/extension-id.ts';
import { oidcRoutes } from './oidc/oidc-routes.ts';
import { createOidcSignIn } from './oidc/oidc-sign-in.ts';
import { createProvider } from './oidc/provider.ts';
import { createMessageRates } from './messages/message-rates.ts';
import { createMessages } from './messages/messages.ts';
import { metricsRoute } from './metrics/metrics-route.ts';
import { noMetrics } from './metrics/no-metrics.ts';
import { observeAnnouncer } from './metrics/observe-announcer.ts';
import { observeCalls } from './metrics/observe-calls.ts';
import { observeConnections } from './metrics/observe-connections.ts';
import { observeLimiters } from './metrics/observe-limiters.ts';
import type { PrometheusMetrics } from './metrics/prometheus-metrics.ts';
import type { ExtensionZipSource } from './page/extension-zip.ts';
import { pageRoutes } from './page/page-routes.ts';
import { createPrivacy } from './privacy/create-privacy.ts';
import { createOwnPresence } from './presence/create-own-presence.ts';
import { Presence } from './presence/presence.ts';
import { createCallDirectory } from './presence/reachability.ts';
import { createAccountNews } from './sockets/account-news.ts';
import { keepRetention } from './retention/keep-retention.ts';
import { createAnnouncer } from './sockets/announcer.ts';
import { drainPhones } from './sockets/drain-phones.ts';
import { createPhoneServer, openGateway } from './sockets/gateway.ts';
import { createIntroduction } from './sockets/introduction.ts';
import { createOpenList } from './sockets/open-list.ts';
import { createReception } from './sockets/reception.ts';
import { createReceive, type Traffic } from './sockets/receive.ts';
import { keepSessions } from './sockets/session-keeper.ts';
import { createSight } from './sockets/sight.ts';
import { watchSlowConsumers } from './sockets/watch-slow-consumers.ts';
import type { Store } from './store/store.ts';
import { traceParts } from './tracing/trace-parts.ts';
import type { Tracer } from './tracing/tracer.ts';

/** What an app is made of; tests bring their own clock, cheap passwords and a store in memory. */
export interface AppDeps {
  config: Config;
  store: Store;
  passwords: Passwords;
  createLimiter: CreateLimiter;
  extension: ExtensionZipSource;
  /** Null or left out: nothing is counted. */
  metrics?: PrometheusMetrics | null;
  /** Null or left out: nothing is traced. */
  tracer?: Tracer | null;
  clock: Clock;
  log: Logger;
  version: string;
}

/** A server that is put together and does not listen yet. */
export interface App {
  readonly http: HttpServer;
  readonly traffic: Readonly<Traffic>;
  readonly routes: readonly Route[];
  /** Takes over what the store remembers of calls and presence. Once, before listening. */
  restore(): Promise<void>;
  /** Tells phones to come back later, closes their connections and the store; ends no call. */
  stop(): Promise<void>;
}

/** Puts the server together. Nothing listens, and nothing but timers runs, until `http.listen`. */
export const createApp = (deps: AppDeps): App => {
  const { config, clock, log, tracer = null } = deps;
  const store = tracer ? traceParts(deps.store, 'store', tracer) : deps.store;
  const metrics = deps.metrics ?? noMetrics;
  const createLimiter = deps.metrics ? observeLimiters(deps.createLimiter, deps.metrics) : deps.createLimiter;
  const traffic: Traffic = {
    events: 0,
    unknownEvents: 0,
    refusedEvents: 0,
    limitedEvents: 0,
    failedEvents: 0,
  };
  let draining = false;
  const isDraining = (): boolean => draining;

  const access = createAccess({
    ...config,
    onUnknownHost: (host) => {
      log.warn({ host }, 'host refused: ALLOWED_HOSTS does not name it');
    },
  });
  const addressOf = createClientAddress(config.trustProxy);
  const arrivals = createArrivalLimits(createLimiter, addressOf);
  const io = createPhoneServer(access, arrivals);
  if (deps.metrics) observeConnections(io, deps.metrics);
  watchSlowConsumers(io, () => {
    metrics.slowConsumer();
    log.warn('a phone that does not read was cut off');
  });
  const announcer = observeAnnouncer(createAnnouncer(io), io, metrics);
  const directory = config.directory === 'contacts' ? createMutual(store) : createEveryone(store);
  const phones = createMemoryPhones();
  const presence = new Presence({
    clock,
    publish: (change) => {
      announcer.toWatchers(change.userId, 'presence:changed', change);
    },
    onSeen: (userId, at) => {
      store.presence.seen([userId], at).catch((error: unknown) => {
        log.error({ err: error }, 'when somebody was here last could not be kept');
      });
    },
  });
  const ownPresence = createOwnPresence({
    store: store.presence,
    presence,
    emitter: announcer,
    clock,
    log,
  });
  const privacy = createPrivacy({ store: store.privacy, announcer, config });
  const history = createHistory({ history: store.history, announcer, log });
  const iceServers = createIceServers(config, clock);
  const calls = createCalls({
    live: observeCalls(new MemoryCalls(), metrics),
    records: store.calls,
    directory: createCallDirectory({ directory, presence, phones, marks: store.marks }),
    emitter: announcer,
    presence,
    onEnded: (record) => {
      history.onEnded(record);
    },
    deviceName: async (sessionId) => (await store.sessions.byId(sessionId))?.deviceName ?? null,
    iceServers,
    relayOnly: config.hideAddresses === 'always',
    clock,
    log,
    ringTimeout: config.ringTimeout,
  });
  const sight = createSight({ io, announcer, presence });
  const { blocks, requests, contactCodes: codes } = store;
  const pending = createPendingList({ directory, requests, codes, announcer, sight, clock });
  const openList = createOpenList({ directory, blocks, pending, sight });
  const changes = new ContactChanges({ directory, sight });
  const contactHandlers = createContactHandlers({
    mode: config.directory,
    store,
    changes,
    announcer,
    pending,
    calls,
    clock,
    log,
  });
  const introduction = createIntroduction({ io, announcer, directory, presence, calls });
  const news = createAccountNews({ io, announcer, presence, ownPresence, calls });
  const followOperator = createFollowOperator({ ...store, ...introduction, ...news, clock, log });
  const devices = createDevices({
    sessions: store.sessions,
    phones,
    emitter: announcer,
    clock,
    signOut: (identity) => accounts.signOut(identity),
  });
  const accounts: Accounts = createAccounts({
    ...store,
    ...introduction,
    onSignedIn: (userId, device) => devices.signedIn(userId, device),
    passwords: deps.passwords,
    clock,
    registration: config.registration,
    sessionLife: config.sessionLife,
    createLimiter,
  });
  const providerSignIn =
    config.oidc &&
    createOidcSignIn({
      issuer: config.oidc.issuer,
      provider: createProvider(config.oidc),
      store: store.oidc,
      registration: config.registration,
      open: (userId, deviceName) => accounts.signInAs(userId, deviceName),
      onCreated: (account) => introduction.onCreated(account),
      clock,
      log,
    });
  const pictures = createPictures({ ...news, store, directory });
  const ownAccount = createOwnAccount({
    ...introduction,
    ...news,
    store,
    passwords: deps.passwords,
    clock,
  });
  const routes: Route[] = [
    ...pageRoutes(deps.extension),
    ...healthRoutes({ checks: { database: () => store.ping() }, isDraining }),
    ...serverRoutes({
      version: deps.version,
      registration: config.registration,
      providerName: config.oidc?.name ?? null,
      allRoutes: () => routes,
    }),
    ...accountRoutes(accounts),
    ...(providerSignIn ? oidcRoutes(providerSignIn, readExtensionId()) : []),
    ...ownAccountRoutes(ownAccount),
    ...pictureRoutes(pictures),
    ...(deps.metrics && config.metrics?.at === null && config.metrics.token !== null
      ? [metricsRoute(deps.metrics, config.metrics.token)]
      : []),
  ];
  // Socket.IO takes its own path's requests away from the listeners that are there when it is attached.
  const http = createServer(
    createHttp({ routes, accounts, access, addressOf, arrivals, config, metrics, tracer, log }),
  );
  io.attach(http);

  const messages = createMessages({
    store: store.messages,
    directory,
    isHidden: (userId) => presence.chosen(userId) === 'appear-offline',
    announcer,
    clock,
    rates: createMessageRates(),
  });
  const markContact = createMarkContact({ marks: store.marks, directory, announcer });
  openGateway(io, {
    accounts,
    arrivals,
    limitEvent: createEventLimits(createLimiter, traffic),
    isDraining,
    metrics: deps.metrics ?? null,
    tracer,
    receive: createReceive(
      {
        ...calls.handlers,
        ...history.handlers,
        ...contactHandlers,
        ...devices.handlers,
        'call:test': createTestCall({ emitter: announcer, iceServers }),
        ...ownPresence.handlers,
        'privacy:set': privacy.set,
        ...messages.handlers,
        'contact:mark': markContact,
        'presence:set': async (from, choice) => {
          const answer = await ownPresence.handlers['presence:set'](from, choice);
          await messages.release(from.userId);
          return answer;
        },
      },
      traffic,
      log,
    ),
    reception: createReception({
      io,
      store,
      phones,
      presence,
      openList,
      mode: config.directory,
      ownPresence,
      calls,
      messages,
      history,
      devices,
      privacy,
      iceServers: config.turn ? null : iceServers(),
      log,
    }),
    log,
  });
  const stopKeeping = keepSessions({
    io,
    sessions: store.sessions,
    clock,
    sessionLife: config.sessionLife,
    log,
  });
  const stopRetention = keepRetention({
    retained: [
      { what: 'history', life: config.historyLife, removeBefore: (time) => store.history.removeBefore(time) },
      {
        what: 'messages',
        life: config.messageLife,
        removeBefore: (time) => store.messages.removeBefore(time),
      },
      // The ledger's own notes: what people keep of a call is in their histories.
      { what: 'calls', life: LINGER, removeBefore: (time) => store.calls.removeEndedBefore(time) },
    ],
    scrub: () => store.scrub(),
    clock,
    log,
  });

  metrics.watch({
    phones: () => io.sockets.sockets.size,
    isDraining,
    hashing: () => deps.passwords.load(),
  });

  return {
    http,
    traffic,
    routes,
    async restore() {
      await ownPresence.restore();
      await calls.restore();
      await followOperator.start();
    },
    async stop() {
      draining = true;
      stopKeeping();
      stopRetention();
      followOperator.stop();
      await drainPhones(io, http);
      calls.close();
      await ownPresence.close();
      presence.close();
      await store.close();
    },
  };
};
