import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/hosts/*.test.ts'],
    // What a model was given is printed, and so is the reason of each skipped test.
    reporters: ['verbose'],
    // Hosts are large programs: one at a time.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
