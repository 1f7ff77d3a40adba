import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}
const lockOf = (folder: string) =>
  JSON.parse(read(`${folder}package-lock.json`)) as { packages: Record<string, LockEntry> };

/** Package names with their versions, as the licences of the bundle name them. */
const BUNDLED = [...read('dist/THIRD-PARTY-LICENSES.txt').matchAll(/^(\S+) (\d[\w.-]*) \([\w.-]+\)$/gm)].map(
  ([, name = '', version = '']) => ({ name, version }),
);

/** A version or a range of a package in the registry, also under another name; nothing with an address in it. */
const FROM_THE_REGISTRY = /^(npm:(@[\w.-]+\/)?[\w.-]+@)?[\s\d.*xX<>=~^|&a-z-]*$/;

const HOSTS = ['claude-code', 'codex', 'gemini-cli', 'opencode', 'gateway'].map((name) => `test/hosts/${name}/`);

describe.each(['', 'test/clients/', 'test/clients/node22/', ...HOSTS])('%spackage-lock.json', (folder) => {
  const packages = Object.entries(lockOf(folder).packages).filter(([path]) => path !== '');

  it('pins every package by its content, and none from git, a file or an address', () => {
    // Hosts come as a few large packages.
    expect(packages.length).toBeGreaterThan(folder.startsWith('test/hosts/') ? 0 : 50);
    for (const [path, entry] of packages) {
      expect(entry.integrity, path).toMatch(/^sha512-/);
      expect(entry.version, path).toMatch(/^\d+\.\d+\.\d+/);
      expect(entry.resolved ?? '', path).toBe('');
      expect(entry.link, path).toBeUndefined();
      for (const range of Object.values({ ...entry.dependencies, ...entry.optionalDependencies })) {
        expect(range, path).toMatch(FROM_THE_REGISTRY);
      }
    }
  });

  it('belongs to a package.json with exact versions', () => {
    const {
      dependencies = {},
      devDependencies = {},
      optionalDependencies = {},
    } = JSON.parse(read(`${folder}package.json`));
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    }
  });
});

describe('what is bundled', () => {
  it('comes from the lock file, in its versions, and runs nothing when it is installed', () => {
    const { packages } = lockOf('');
    expect(BUNDLED.map(({ name }) => name)).toEqual(['@modelcontextprotocol/sdk', 'fflate', 'undici', 'zod']);
    for (const { name, version } of BUNDLED) {
      const entry = packages[`node_modules/${name}`];
      expect(entry?.version, name).toBe(version);
      expect(entry?.hasInstallScript, name).toBeUndefined();
    }
  });

  it('loads nothing but itself and Node; the demo is not packed', () => {
    const files = readdirSync(new URL('../../dist/', import.meta.url)).filter(
      (file) => file.endsWith('.js') && file !== 'demo.js',
    );
    for (const file of files) {
      const imports = read(`dist/${file}`).matchAll(
        /(?<![\w.$])(?:import|from|require)\s*\(?\s*["'`]([\w@./:-]+)["'`]/g,
      );
      for (const [, target = ''] of imports) expect(target, file).toMatch(/^(node:|\.\/)/);
    }
  });
});

describe('package.json', () => {
  it('runs nothing when the package is installed', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(Object.keys(scripts).filter((name) => /install|prepare|prepack|publish/.test(name))).toEqual([]);
  });
});
