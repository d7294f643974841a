import type { Server as HttpServer } from 'node:http';
import type { UserId } from '../protocol/ids.ts';
import { createAccounts, type Accounts } from './account/accounts.ts';
import type { AppDeps } from './app-deps.ts';
import { createFollowOperator } from './account/follow-operator.ts';
import { createOwnAccount } from './account/own-account.ts';
import { createPictures } from './people/pictures.ts';
import { reachAllNodes } from './account/reach-all-nodes.ts';
import { createCalls } from './calls/create-calls.ts';
import { createIceServers, openIceServers } from './calls/create-ice-servers.ts';
import { createRingPauses } from './calls/ring-pauses.ts';
import { createTestCall } from './calls/test-call.ts';
import { createHttpServer } from './transport/http/create-http-server.ts';
import { createRoutes } from './transport/http/create-routes.ts';
import { ContactChanges } from './people/contact-changes.ts';
import { createContactHandlers } from './people/contact-handlers.ts';
import { createEveryone } from './people/everyone.ts';
import { createMarkContact } from './people/mark-contact.ts';
import { createMutual } from './people/mutual.ts';
import { createPendingList } from './people/pending.ts';
import { createHistory } from './history/create-history.ts';
import { createDevices } from './devices/devices.ts';
import { createAccess } from './transport/http/access.ts';
import { createHttp } from './transport/http/create-http.ts';
import type { Route } from './transport/http/route.ts';
import { createArrivalLimits } from './transport/http/arrival-limits.ts';
import { limitCallEvents } from './calls/call-limits.ts';
import { createClientAddress } from './transport/http/client-address.ts';
import { createEventLimits } from './transport/sockets/event-limits.ts';
import { createFloodPauses } from './transport/sockets/flood-pauses.ts';
import { limitRelayCredentials } from './calls/relay-limits.ts';
import { keepHouse } from './operate/keep-house.ts';
import { whileAway } from './while-away.ts';
import { createOidcSignIn } from './transport/oidc/oidc-sign-in.ts';
import { createProvider } from './transport/oidc/provider.ts';
import { createMessageRates } from './chat/message-rates.ts';
import { createMessages } from './chat/messages.ts';
import { noMetrics } from './operate/metrics/no-metrics.ts';
import { observeAnnouncer } from './operate/metrics/observe-announcer.ts';
import { observeCalls } from './operate/metrics/observe-calls.ts';
import { observeConnections } from './operate/metrics/observe-connections.ts';
import { observeLimiters } from './operate/metrics/observe-limiters.ts';
import { createPrivacy } from './people/create-privacy.ts';
import { createOwnPresence } from './presence/create-own-presence.ts';
import { Presence } from './presence/presence.ts';
import { createCallDirectory } from './presence/reachability.ts';
import { createAccountNews } from './transport/sockets/account-news.ts';
import { createAnnouncer } from './transport/sockets/announcer.ts';
import { drainPhones } from './transport/sockets/drain-phones.ts';
import { createPhoneServer, openGateway } from './transport/sockets/gateway.ts';
import { createIntroduction } from './transport/sockets/introduction.ts';
import { createLists } from './transport/sockets/lists.ts';
import { createReception } from './transport/sockets/reception.ts';
import { createNotePhoneGone } from './transport/sockets/note-phone-gone.ts';
import { createReceive, type Traffic } from './transport/sockets/receive.ts';
import { createVisibility } from './transport/sockets/visibility.ts';
import { takeUpgrades } from './transport/sockets/take-upgrades.ts';
import { watchSilentReaders, watchSlowConsumers } from './transport/sockets/watch-slow-consumers.ts';
import { traceParts } from './operate/tracing/trace-parts.ts';

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
  const { config, live, clock, log, tracer = null } = deps;
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
  const io = createPhoneServer(access, arrivals, log);
  live.fanOut.attach(io);
  if (deps.metrics) observeConnections(io, deps.metrics);
  const onSlow = (): void => {
    metrics.slowConsumer();
    log.warn('a phone that does not read was cut off');
  };
  watchSlowConsumers(io, onSlow);
  const announcer = observeAnnouncer(createAnnouncer(io), io, metrics);
  const directory = config.directory === 'contacts' ? createMutual(store) : createEveryone(store);
  const { phones } = live;
  const logSeenError = (error: unknown): void => {
    log.error({ err: error }, 'when somebody was here last could not be kept');
  };
  const presence = new Presence({
    live: live.presence,
    clock,
    publish: (change) => {
      announcer.toWatchers(change.userId, 'presence:changed', change);
    },
    onSeen: (userId, at) => {
      store.presence.seen([userId], at).catch(logSeenError);
    },
    onForgotten: (userId) => {
      store.presence.forgetSeen(userId).catch(logSeenError);
    },
    onAppeared: (userId) => {
      news.onAppeared(userId).catch((error: unknown) => {
        log.error({ err: error }, 'what somebody changed while they were offline was not told');
      });
    },
    onError: (error) => {
      log.error({ err: error }, 'a change of presence could not be kept');
    },
  });
  const ownPresence = createOwnPresence({
    store: store.presence,
    live,
    presence,
    emitter: announcer,
    clock,
    log,
  });
  const privacy = createPrivacy({ store: store.privacy, announcer, config });
  const history = createHistory({ history: store.history, announcer, log });
  const iceServers = createIceServers(config, clock);
  const calls = createCalls({
    live: observeCalls(tracer ? traceParts(live.calls, 'live.calls', tracer) : live.calls, metrics),
    records: store.calls,
    directory: createCallDirectory({ directory, presence, phones, marks: store.marks }),
    pauses: createRingPauses(createLimiter),
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
  const miss = createNotePhoneGone({ presence, calls });
  const visibility = createVisibility({
    io,
    announcer,
    presence,
    lists: live.lists,
    profiles: store.profiles,
  });
  const { blocks, requests, contactCodes: codes } = store;
  const pending = createPendingList({ directory, requests, codes, announcer, visibility, clock });
  const settled = (): Promise<void> => live.fanOut.settled();
  const changes = new ContactChanges({ directory, visibility, oneAtATime: live.oneAtATime });
  const lists = createLists({ directory, blocks, pending, visibility, changes, settled });
  const contactHandlers = createContactHandlers({
    mode: config.directory,
    store,
    changes,
    visibility,
    announcer,
    pending,
    calls,
    clock,
    log,
  });
  const introduction = createIntroduction({ io, announcer, directory, presence, calls });
  const news = createAccountNews({
    io,
    announcer,
    presence,
    profiles: store.profiles,
    lists: live.lists,
    ownPresence,
    calls,
    clock,
    log,
  });
  const followOperator = createFollowOperator({ ...store, ...introduction, ...news, clock, log });
  const devices = createDevices({
    sessions: store.sessions,
    phones,
    emitter: announcer,
    clock,
    signOut: (identity) => accounts.signOut(identity),
  });
  const endings = reachAllNodes({ ...introduction, ...news }, { live, operator: store.operator, clock });
  const accounts: Accounts = createAccounts({
    ...store,
    ...introduction,
    ...endings,
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
      allow: config.oidc.allow,
      invites: store.invites,
      atomically: (work) => store.atomically(work),
      open: (userId, deviceName) => accounts.signInAs(userId, deviceName),
      onCreated: (account) => introduction.onCreated(account),
      onChanged: (account) => news.onChanged(account),
      clock,
      log,
    });
  const pictures = createPictures({ ...news, store, createLimiter, directory });
  const ownAccount = createOwnAccount({
    ...news,
    ...endings,
    store,
    passwords: deps.passwords,
    clock,
    createLimiter,
  });
  const routes = createRoutes(deps, {
    store,
    isDraining,
    accounts,
    ownAccount,
    pictures,
    providerSignIn,
  });
  const http = createHttpServer(
    createHttp({ routes, accounts, access, addressOf, arrivals, config, metrics, tracer, log }),
  );
  takeUpgrades(http, io);
  watchSilentReaders(io, onSlow);

  // While it cannot be known, nobody is to notice anybody.
  const isHidden = async (userId: UserId): Promise<boolean> =>
    (await whileAway(presence.chosen(userId), 'appear-offline')) === 'appear-offline';
  const messages = createMessages({
    store: store.messages,
    directory,
    isHidden,
    announcer,
    clock,
    log,
    rates: createMessageRates(createLimiter, config.messageBytesADay),
  });
  const callHandlers = limitCallEvents(calls.handlers, createLimiter);
  const markContact = createMarkContact({ marks: store.marks, directory, announcer });
  openGateway(io, {
    accounts,
    arrivals,
    limitEvent: createEventLimits(createLimiter, traffic),
    floods: createFloodPauses(createLimiter, clock),
    isDraining,
    metrics: deps.metrics ?? null,
    tracer,
    receive: createReceive(
      {
        ...callHandlers,
        ...limitRelayCredentials(
          {
            'call:ice-servers': callHandlers['call:ice-servers'],
            'call:test': createTestCall({ emitter: announcer, iceServers }),
          },
          createLimiter,
        ),
        ...history.handlers,
        ...contactHandlers,
        ...devices.handlers,
        ...ownPresence.handlers,
        'privacy:set': privacy.set,
        ...messages.handlers,
        'contact:mark': markContact,
        'presence:set': async (from, choice) => {
          const { userId } = from;
          const wasHidden = await isHidden(userId);
          const answer = await ownPresence.handlers['presence:set'](from, choice);
          messages.release(userId);
          if (wasHidden && answer.ok) await history.onAppeared(userId);
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
      lists,
      mode: config.directory,
      ownPresence,
      calls,
      messages,
      history,
      devices,
      privacy,
      iceServers: config.turn ? null : openIceServers(config),
      settled,
      miss,
      log,
    }),
    log,
  });
  const housekeeping = keepHouse({ io, store, config, clock, log });

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
      if (config.directory === 'everyone') await store.profiles.freezeBlocks();
      await live.start({
        async restore() {
          await ownPresence.restore();
          await calls.restore();
        },
        // A lease was waited for already, and most come back at another node.
        lost: (phone, isBack) => {
          metrics.leasesExpired(1);
          return miss(phone, { grace: true, isBack });
        },
        callDue: (callId) => calls.due(callId),
        callUnsettled: (callId) => calls.unsettled(callId),
        presenceDue: (userId) => presence.due(userId),
        choiceDue: (userId) => ownPresence.due(userId),
        refresh: housekeeping.refresh,
      });
      await followOperator.start();
    },
    async stop() {
      draining = true;
      housekeeping.stop();
      followOperator.stop();
      const people = new Set([...io.sockets.sockets.values()].map(({ data }) => data.phone.userId));
      await ownPresence.leaving([...people]);
      await news.flush();
      await drainPhones(io, http);
      calls.close();
      ownPresence.close();
      presence.close();
      await live.close();
      await store.close();
    },
  };
};
