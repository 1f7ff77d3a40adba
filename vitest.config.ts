import { defineConfig } from 'vitest/config';

// Run by npm run test:clients and test:hosts, which install them apart, and by test:soak, which takes minutes.
const APART = ['test/clients/**', 'test/hosts/**', 'test/soak/**'];

/**
 * Folders whose files share processes, which spares each of them the loading of the same modules. They drive the built
 * program or an embedded HSS, which keep their state to themselves. Every other folder has a process a file, above all
 * those that run the client in it: it knows the secrets of a process.
 */
const SHARING = ['sandbox', 'stdio', 'tasks'].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    // Nothing is judged by these: they end what hangs, on a machine with much else to do, too.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many tests wait for a limit or a retry; three at a time keep both cores of a small machine busy.
    maxWorkers: 3,
    projects: [
      { extends: true, test: { name: 'alone', include: ['test/**/*.test.ts'], exclude: [...APART, ...SHARING] } },
      { extends: true, test: { name: 'sharing', include: SHARING, exclude: APART, isolate: false } },
    ],
  },
});
