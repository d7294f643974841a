import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SETTINGS } from './config.ts';
import { misspeltSettings } from './misspelt-settings.ts';

it.each([
  ['PROT', 'PORT'],
  ['port', 'PORT'],
  ['DATABSE_URL', 'DATABASE_URL'],
  ['DATABASE_URI', 'DATABASE_URL'],
  ['TURN_URL', 'TURN_URLS'],
  ['OIDC_ISUER', 'OIDC_ISSUER'],
  ['REGISTARTION', 'REGISTRATION'],
  ['ALLOWED_HOST', 'ALLOWED_HOSTS'],
])('names %s, and %s as what was meant', (name, meant) => {
  expect(misspeltSettings({ [name]: '3000', PATH: '/bin' })).toEqual([
    `${name} is not a setting, and is ignored. Did you mean ${meant}?`,
  ]);
});

it('names every slip of one letter, whatever the setting', () => {
  const slip = fc
    .record({
      setting: fc.constantFrom(...SETTINGS),
      at: fc.nat(),
      letter: fc.constantFrom('A', 'K', 'X', 'Z', '_'),
    })
    .chain(({ setting, at, letter }) => {
      const i = at % setting.length;
      const [head, tail] = [setting.slice(0, i), setting.slice(i)];
      const swapped = `${head}${tail.charAt(1)}${tail.charAt(0)}${tail.slice(2)}`;
      return fc.constantFrom(
        head + tail.slice(1),
        head + letter + tail,
        head + letter + tail.slice(1),
        swapped,
      );
    })
    .filter((name) => !SETTINGS.includes(name));
  fc.assert(
    fc.property(slip, (name) => {
      expect(misspeltSettings({ [name]: 'x' })).toHaveLength(1);
    }),
  );
});

it('says nothing of settings, of empty variables, and of what shells, platforms and other programs set', () => {
  const others = `
    HOME HOSTNAME HOSTTYPE PATH PWD OLDPWD SHELL SHLVL TERM USER LOGNAME LANG LC_ALL LANGUAGE TZ EDITOR PAGER MAIL DISPLAY
    COLORTERM COLUMNS LINES IFS PS1 TMPDIR TEMP TMP SUDO_USER SUDO_UID SSH_AUTH_SOCK SSH_CLIENT SSH_TTY DEBUG CI NODE_ENV
    NODE_OPTIONS NODE_PATH NODE_VERSION NPM_TOKEN INIT_CWD npm_config_loglevel npm_lifecycle_event npm_package_name
    INVOCATION_ID JOURNAL_STREAM SYSTEMD_EXEC_PID MAINPID NOTIFY_SOCKET LISTEN_FDS CREDENTIALS_DIRECTORY STATE_DIRECTORY
    LOGS_DIRECTORY RUNTIME_DIRECTORY CACHE_DIRECTORY CONFIGURATION_DIRECTORY XDG_RUNTIME_DIR XDG_SESSION_ID DBUS_SESSION_BUS_ADDRESS
    PORT0 PORT1 PORT_3000_TCP KUBERNETES_PORT KUBERNETES_SERVICE_HOST REDIS_PORT REDIS_HOST REDIS_SERVICE_HOST REDIS_PORT_6379_TCP
    REDIS_PASSWORD POSTGRES_USER POSTGRES_PASSWORD PGHOST PGPORT PGUSER PGPASSWORD DB_HOST DB_PORT TURN_PORT TURN_DOMAIN
    STUN_PORT HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy OTEL_SERVICE_NAME OTEL_TRACES_SAMPLER
    OTEL_EXPORTER_OTLP_HEADERS OTEL_EXPORTER_OTLP_PROTOCOL OTEL_RESOURCE_ATTRIBUTES APP_PORT API_PORT WEB_PORT SERVER_PORT
    DOMAIN SITE VERSION HOST_IP HOST_UID QUICK_CALL_DATA`;
  const env = Object.fromEntries(others.split(/\s+/).map((name) => [name, 'x']));
  expect(misspeltSettings(env)).toEqual([]);
  expect(misspeltSettings(Object.fromEntries(SETTINGS.map((name) => [name, 'x'])))).toEqual([]);
  expect(misspeltSettings({ PROT: '' })).toEqual([]);
});
