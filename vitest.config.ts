import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Run by npm run test:clients, test:hosts and test:board, which need what is installed apart, and by test:soak, which
    // takes minutes.
    exclude: ['test/board/**', 'test/clients/**', 'test/hosts/**', 'test/soak/**'],
    // Nothing is judged by these: they end what hangs, on a machine with much else to do, too.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many tests wait for a limit or a retry; three at a time keep both cores of a small machine busy.
    maxWorkers: 3,
  },
});
