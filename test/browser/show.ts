import type { Page } from 'playwright-core';
import { assets } from '../../functions/web/shared/layout/stylesheet.ts';
import type { Snapshot } from './album.ts';

/**
 * The page as it was, also when the system that gave it is gone: everything it asks for is answered from here, with
 * another style sheet if one is given.
 */
export async function show(
  page: Page,
  { url, html }: Pick<Snapshot, 'url' | 'html'>,
  sheet?: string,
): Promise<void> {
  const address = new URL(url);
  address.hash = '';
  const { stylesheet, ...others } = assets;
  const files = [{ ...stylesheet, content: sheet ?? stylesheet.content }, ...Object.values(others)];
  await page.unrouteAll();
  await page.route('**/*', (route) => {
    if (route.request().resourceType() === 'document') {
      return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html });
    }
    const file = files.find(({ path }) => path === new URL(route.request().url()).pathname);
    return file === undefined
      ? route.fulfill({ status: 404 })
      : route.fulfill({ contentType: file.type, body: file.content });
  });
  await page.goto(address.href);
}
