import { ChromiumMissingError, requireChromium } from './chromium.ts';

/** Before any test: without a browser there is one line to read, not one failure for each test. */
export function setup(): void {
  try {
    requireChromium();
  } catch (error) {
    if (!(error instanceof ChromiumMissingError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
