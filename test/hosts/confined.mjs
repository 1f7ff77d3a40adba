import { spawnSync } from 'node:child_process';

// Runs a command where no address but loopback can be reached: in a network of its own, where the system allows that.
// Elsewhere it says so, and the hosts are left with a proxy that leads nowhere (host.ts).

const [command, ...args] = process.argv.slice(2);
const OWN_NETWORK = ['--map-root-user', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

const canConfine = process.platform === 'linux' && spawnSync('unshare', [...OWN_NETWORK, 'true']).status === 0;
if (!canConfine) {
  process.stderr.write('No network of its own can be made here (unshare): hosts get a proxy that leads nowhere.\n');
}
const [program, ...rest] = canConfine ? ['unshare', ...OWN_NETWORK, command, ...args] : [command, ...args];
const { status } = spawnSync(program, rest, {
  stdio: 'inherit',
  env: { ...process.env, HOSTS_CONFINED: canConfine ? 'true' : 'false' },
});
process.exit(status ?? 1);
