import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/clients/*.test.ts'],
    setupFiles: ['test/clients/setup.ts'],
    // Clients read their own settings from the environment: no home of the user's, and no tracing, which is on by default.
    env: {
      HOME: '/nonexistent',
      OPENAI_AGENTS_DISABLE_TRACING: '1',
      LANGSMITH_TRACING: 'false',
    },
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
