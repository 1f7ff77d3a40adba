import { defineConfig } from 'vitest/config';

// Apart from the other tests, because it takes minutes: npm run test:soak.
export default defineConfig({
  test: {
    include: ['test/soak/**/*.test.ts'],
    testTimeout: 10 * 60_000,
    hookTimeout: 60_000,
    disableConsoleIntercept: true,
  },
});
