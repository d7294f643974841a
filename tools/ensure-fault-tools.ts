// Finds or installs what the fault tests need besides a browser: networks of their own, and ways to break them.
import { ensurePrograms } from './ensure-programs.ts';

if (process.platform !== 'linux' || process.getuid?.() !== 0) {
  console.error('The fault tests make network namespaces: they need Linux, and to be run as root.');
  process.exitCode = 1;
} else {
  ensurePrograms('fault tests', [
    { program: 'ip', apt: 'iproute2' },
    { program: 'tc', apt: 'iproute2' },
    { program: 'nft', apt: 'nftables' },
    // The one thing that Node cannot do: attach to a TUN device.
    { program: 'python3', apt: 'python3-minimal' },
    { program: 'turnserver', apt: 'coturn' },
    // For the relay's certificate.
    { program: 'openssl', apt: 'openssl' },
  ]);
}
