import { resolve } from 'node:path'
import { defineConfig } from '@playwright/test'
import type { HostKind } from './hosts/gameHost.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const executablePath = process.env.DRIFTWOOD_CHROMIUM

export default defineConfig<{ hostKind: HostKind }>({
  testDir: import.meta.dirname,
  globalSetup: './globalSetup.ts',
  outputDir: resolve(ROOT, 'test-results/e2e'),
  // A test that fails now and then is a bug of ours.
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // Generous: how fast the game is is a matter of the benches.
  timeout: 180_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    video: 'off',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        // No name in the world resolves: whoever would ask somebody else fails.
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
        // Chromium has no sandbox for root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    },
  },
  projects: [
    { name: 'browser', use: { hostKind: 'browser' } },
    {
      name: 'electron',
      use: { hostKind: 'electron' },
      testMatch: ['journey.spec.ts', 'offline.spec.ts'],
    },
  ],
})
