import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

// Runs a command of an npm script that needs Chromium, with its path as CHROMIUM: node scripts/with-chromium.mjs vitest run …
// Where there is none, Debian's package is installed (with a font for Chinese), or it is said what to install.

const PACKAGES = ['chromium', 'fonts-noto-cjk'];
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const find = () => [process.env.CHROMIUM, ...PLACES].find((path) => path && existsSync(path));
const run = (command, ...args) =>
  spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status ===
  0;

function install() {
  const canInstall = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (canInstall && run('apt-get', 'update', '-qq'))
    run('apt-get', 'install', '-y', '--no-install-recommends', ...PACKAGES);
  return find();
}

const chromium = find() ?? install();
if (!chromium) {
  process.stderr.write(
    `This needs Chromium: install it (on Debian: apt-get install ${PACKAGES.join(' ')}), or set CHROMIUM to its path.\n`,
  );
  process.exit(1);
}
const [command, ...args] = process.argv.slice(2);
const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, CHROMIUM: chromium } });
process.exit(status ?? 1);
