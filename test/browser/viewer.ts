import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { assets } from '../../functions/web/shared/layout/stylesheet.ts';
import type { Snapshot } from './album.ts';
import { show } from './show.ts';

/** Where pages are shown; no server has this name. */
const origin = 'http://pages.test';
const empty = '<!doctype html><title>-</title>';

export interface Screen {
  readonly width: number;
  readonly height: number;
}

/** A window that shows pages as they were, also when the system that gave them is gone. Its page has axe-core. */
export interface Viewer {
  readonly page: Page;
  show(snapshot: Snapshot): Promise<void>;
}

const linkToStylesheet = `<link rel="stylesheet" href="${assets.stylesheet.path}">`;

/**
 * One document takes in page after page, as the parser reads them: to read axe-core anew for each page, and to compile it
 * anew, took more time than what axe-core does. The stylesheet is put in the place of the link to it, so that nothing has to
 * be waited for.
 */
export async function openViewer(browser: Browser, viewport: Screen): Promise<Viewer> {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await show(page, { url: origin, html: empty });
  await page.evaluate(axe.source);
  return {
    page,
    show: async ({ url, html }) => {
      const { pathname, search } = new URL(url);
      const styled = html.replace(linkToStylesheet, () => `<style>${assets.stylesheet.content}</style>`);
      await page.evaluate(`{
        history.replaceState(null, '', ${JSON.stringify(`${pathname}${search}`)});
        document.open();
        document.write(${JSON.stringify(styled)});
        document.close();
      }`);
    },
  };
}
