import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../tools/free-port.ts';
import { findProgram } from '../../tools/find-program.ts';
import { startMeasured, type MeasuredProcess } from './measured-process.ts';

/** Whether Debian's package is there. */
export const hasProsody = (): boolean => findProgram('prosody') !== null;

/** Its defaults, but for accounts: whoever comes gets a name. What starts is told on standard output. */
const configure = (folder: string, port: number): string => `
run_as_root = ${String(process.getuid?.() === 0)}
pidfile = "${folder}/prosody.pid"
data_path = "${folder}"
modules_enabled = { "saslauth", "websocket" }
modules_disabled = { "s2s" }
c2s_ports = {}
http_ports = { ${String(port)} }
http_interfaces = { "127.0.0.1" }
https_ports = {}
consider_websocket_secure = true
log = { info = "*console" }
VirtualHost "localhost"
  authentication = "anonymous"
`;

/** Starts Prosody, an XMPP server, with everything it writes in a folder below this one. */
export const startProsody = async (folder: string): Promise<MeasuredProcess> => {
  const own = await mkdtemp(join(folder, 'prosody-'));
  const port = await freePort();
  const config = join(own, 'prosody.cfg.lua');
  await writeFile(config, configure(own, port));
  return startMeasured({
    // Line by line: what it prints to a pipe would otherwise come when it ends.
    command: ['stdbuf', '-oL', 'prosody', '-F', '--config', config],
    folder: own,
    portIn: /Activated service 'http' on \[127\.0\.0\.1\]:(\d+)/,
  });
};
