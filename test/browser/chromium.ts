import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** The browser without windows of its own shows the same pages in two thirds of the time. */
const installed = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'] as const;

/** The browser that the tests drive: the system's own, so that nothing is downloaded. */
export const chromiumPath = process.env['CHROMIUM'] ?? installed.find(existsSync) ?? installed[1];

/** There is no Chromium to drive. */
export class ChromiumMissingError extends Error {
  override readonly name = 'ChromiumMissingError';

  constructor(path: string) {
    super(
      `There is no Chromium at ${path}: install it (Debian, Ubuntu: apt-get install chromium), or say where it is in CHROMIUM.`,
    );
  }
}

/** @throws ChromiumMissingError */
export function requireChromium(): void {
  if (!existsSync(chromiumPath)) throw new ChromiumMissingError(chromiumPath);
}

export async function launchChromium(): Promise<Browser> {
  requireChromium();
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
