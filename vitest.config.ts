import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Its clients are installed apart: npm run test:clients.
    exclude: ['test/clients/**'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Many tests wait for a limit or a retry; two at a time keep both cores of a small machine busy.
    maxWorkers: 2,
  },
});
