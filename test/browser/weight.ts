import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What is loaded before a page can be read. */
export interface FirstView {
  readonly requests: number;
  /** Of the bodies, as gzip makes them: on one machine the server sends them as they are. */
  readonly bytes: number;
  readonly scripts: number;
}

/** What a browser that has nothing of ours yet loads for a page. Each file is asked for once more to be weighed: the browser may have let go of it. */
export async function firstViewOf(page: Page, path: string): Promise<FirstView> {
  await page.goto(path, { waitUntil: 'load' });
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType('resource').map((entry) => entry.name),
  );
  // A browser without a window does not ask for the icon; people's browsers do.
  const icon = (await page.locator('link[rel=icon]').getAttribute('href')) ?? '';
  const files = new Set([page.url(), ...loaded, new URL(icon, page.url()).href]);
  const bodies = await Promise.all(
    [...files].map(async (file) => await (await page.request.get(file)).body()),
  );
  return {
    requests: files.size,
    bytes: bodies.reduce((sum, body) => sum + gzipSync(body).length, 0),
    scripts: await page.locator('script').count(),
  };
}

export function expectLight(view: FirstView, requests: number, bytes: number): void {
  expect(view.requests).toBeLessThanOrEqual(requests);
  expect(view.bytes).toBeLessThanOrEqual(bytes);
  // At most the one that keeps a page which could not be sent.
  expect(view.scripts).toBeLessThanOrEqual(1);
}
