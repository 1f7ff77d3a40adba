import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/board/*.test.ts'],
    // They end what hangs: a browser beside other work takes its time.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    maxWorkers: 2,
  },
});
