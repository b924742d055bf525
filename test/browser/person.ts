import type { Browser, Locator, Page, Response } from 'playwright-core';
import type { Language, Text } from '../../functions/domain/text.ts';
import type { Album } from './album.ts';
import type { Stage, System } from './system.ts';

/** How somebody's browser is set up. */
export interface Setup {
  readonly language: Language;
  readonly script: boolean;
}

/** Somebody in front of a browser of their own: they type an address, follow links, fill in fields, press buttons. */
export interface Person {
  readonly page: Page;
  readonly language: Language;
  /** The words in this person's language. */
  readonly t: (text: Text) => string;
  /** Types an address; gives the status it was answered with. */
  open(path: string): Promise<number>;
  follow(words: Text | RegExp): Promise<void>;
  press(words: Text | RegExp): Promise<void>;
  /** Clicks something that leads to another page. */
  go(target: Locator): Promise<void>;
  /** Everything that can be read on the page. */
  text(): Promise<string>;
  /** What went wrong in the browser: messages on its console, and requests to anywhere else. */
  readonly faults: readonly string[];
  leave(): Promise<void>;
}

/** Refusals that a page shows on purpose; the browser notes them on its console all the same. */
const shownRefusals =
  /Failed to load resource: the server responded with a status of (401|403|404|409|410|422)/;

function watch(page: Page, origin: string): readonly string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !shownRefusals.test(message.text())) {
      faults.push(`console: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) faults.push(`request: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()}`);
  });
  return faults;
}

const locales = { fr: 'fr-FR', en: 'en-GB' } as const;

async function openPage(browser: Browser, { language, script }: Setup): Promise<Page> {
  const context = await browser.newContext({
    locale: locales[language],
    javaScriptEnabled: script,
    viewport: { width: 1280, height: 900 },
  });
  context.setDefaultTimeout(30_000);
  return context.newPage();
}

export async function openPerson({ browser, album }: Stage, system: System, setup: Setup): Promise<Person> {
  const page = await openPage(browser, setup);
  return personAt(page, { album, origin: system.origin, setup });
}

/** Another tab of the same browser: what the one has signed in to, the other has. */
export async function openTab(
  { page }: Person,
  { album }: Stage,
  { origin }: System,
  setup: Setup,
): Promise<Person> {
  return personAt(await page.context().newPage(), { album, origin, setup });
}

interface Place {
  readonly album: Album;
  readonly origin: string;
  readonly setup: Setup;
}

function personAt(page: Page, { album, origin, setup }: Place): Person {
  const { language } = setup;
  const t = (text: Text): string => text[language];
  const faults = watch(page, origin);

  async function arrived(): Promise<void> {
    album.keep({ url: page.url(), html: await page.content(), language });
  }
  async function go(target: Locator): Promise<void> {
    const loaded = page.waitForEvent('load');
    await Promise.all([loaded, target.click()]);
    await arrived();
  }
  const named = (role: 'link' | 'button', words: Text | RegExp): Locator =>
    words instanceof RegExp
      ? page.getByRole(role, { name: words })
      : page.getByRole(role, { name: t(words), exact: true });

  return {
    page,
    language,
    t,
    faults,
    go,
    open: async (path) => {
      const response: Response | null = await page.goto(new URL(path, origin).href);
      await arrived();
      return response?.status() ?? 0;
    },
    follow: (words) => go(named('link', words)),
    press: (words) => go(named('button', words)),
    text: async () => ((await page.locator('body').textContent()) ?? '').replace(/\s+/g, ' '),
    leave: () => page.context().close(),
  };
}
