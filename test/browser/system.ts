import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import type { CustomerIdentity } from '../../functions/domain/onboarding/customer-identity.ts';
import { sampleCalendar } from '../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { openDataFolder } from '../../infra/local/data-folder.ts';
import { type Runtime, startRuntime } from '../../infra/local/runtime.ts';
import { listenOnLoopback } from '../../infra/local/web/server.ts';
import { startWeb } from '../../infra/local/web/start-web.ts';
import { type Album, openAlbum } from './album.ts';
import { launchChromium } from './chromium.ts';

/** The whole system on a free port, in a data folder of its own; its clock moves when the demonstration page says so. */
export interface System {
  readonly origin: string;
  readonly runtime: Runtime;
  close(): Promise<void>;
}

const registryFile = fileURLToPath(new URL('../../examples/registry.json', import.meta.url));

export async function startSystem(customerIdentity: CustomerIdentity = 'link'): Promise<System> {
  const path = mkdtempSync(join(tmpdir(), 'onboarding-browser-'));
  const system = await startSystemIn(path, 0, customerIdentity);
  return {
    ...system,
    close: async () => {
      await system.close();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** The same at a port and in a data folder that outlive it: it can be ended and started again. */
export async function startSystemIn(
  path: string,
  port: number,
  customerIdentity: CustomerIdentity = 'link',
): Promise<System> {
  const web = await listenOnLoopback(port);
  const folder = openDataFolder(path);
  const runtime = await startRuntime({
    dataFolder: folder,
    from: new Date('2026-11-23T08:00:00Z'),
    timeScale: 0,
    platform: samplePlatform,
    calendar: sampleCalendar(samplePlatform),
    registryFile,
    publicUrl: web.origin,
    customerIdentity,
  });
  web.serve(await startWeb(runtime, web.origin, folder));
  return {
    origin: web.origin,
    runtime,
    close: async () => {
      await web.close();
      await runtime.close();
      folder.close();
    },
  };
}

/** A browser and the pages seen in it: what every file of tests begins with. */
export interface Stage {
  readonly browser: Browser;
  readonly album: Album;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const browser = await launchChromium();
  return { browser, album: openAlbum(), close: () => browser.close() };
}
