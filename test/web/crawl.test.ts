import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { createApp } from '../../functions/web/app.ts';
import { htmlFaults, unescaped } from '../support/page-reader.ts';
import { type Member, openMember } from '../support/people.ts';
import { type Browser, openBrowser, origin, startTrial, type Trial } from '../support/trial.ts';
import { openLink } from '../support/visitor.ts';
import { castOf } from './staff/cast.ts';

let trial: Trial;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  const started = await startTrial();
  const attempt = { state: 'state', nonce: 'nonce', verifier: 'verifier' };
  const begin = async () => ({ url: new URL('https://identity.example/'), attempt });
  const app = createApp({ ...started.deps, identity: { ...started.deps.identity, begin } });
  const browser = () => openBrowser(async (url, init) => app.request(url, init), origin);
  trial = { ...started, app, browser };
  cast = castOf(trial);
});
afterAll(() => trial.close());

const customer = { kind: 'customer', id: 'test' } as const;

/** Someone who follows every link they find, and where they begin. */
interface Walker {
  readonly browser: Browser;
  readonly entries: readonly string[];
}

const atCustomer = (browser: Browser): Walker => ({ browser, entries: ['/status', '/questionnaire'] });

async function behindLink(reference: string): Promise<Walker> {
  return atCustomer((await openLink(trial, reference)).browser);
}
async function named(member: Member): Promise<Walker> {
  return atCustomer((await openMember(trial, await cast.invited(), member)).browser);
}
async function signedIn(role: 'operator' | 'sales', entry: string): Promise<Walker> {
  const staff = await trial.staff({ roles: [role], team: 'state' });
  const browser = trial.browser();
  for (const [name, value] of staff.cookies) browser.cookies.set(name, value);
  return { browser, entries: [entry] };
}

const walkers: Readonly<Record<string, () => Promise<Walker>>> = {
  'someone who was never here': async () => ({
    browser: trial.browser(),
    entries: ['/', '/trust', '/questions'],
  }),
  'a customer with an unopened invitation': async () => {
    return { browser: trial.browser(), entries: [await trial.linkOf(await cast.invited())] };
  },
  'a customer before the first question': async () => behindLink(await cast.invited()),
  'a customer whose answers are being reviewed': async () => behindLink(await cast.answered({ B1: 'yes' })),
  'a customer with a date to confirm': async () => behindLink(await cast.answered()),
  'a customer with a confirmed date': async () => {
    const reference = await cast.answered();
    await answerWave(trial.runtime, reference, 'confirm', customer);
    await trial.runtime.clock.settled();
    return behindLink(reference);
  },
  'a security officer': () => named('ciso'),
  'a deputy': () => named('deputy'),
  'an integrator': () => named('integrator'),
  sales: () => signedIn('sales', '/sales'),
  'an operator': () => signedIn('operator', '/operations'),
};

interface Seen {
  readonly address: string;
  readonly status: number;
  readonly html: string | undefined;
  /** Where a redirect leads, when it stays on the site. */
  readonly onward: string | undefined;
}

async function look(browser: Browser, address: string): Promise<Seen> {
  const answer = await browser.get(address);
  const location = answer.headers.get('location');
  const target = location === null ? undefined : new URL(location, new URL(address, origin));
  const isPage = answer.headers.get('content-type')?.startsWith('text/html') === true;
  const text = await answer.text();
  return {
    address,
    status: answer.status,
    html: isPage && location === null ? text : undefined,
    onward: target?.origin === origin ? `${target.pathname}${target.search}` : undefined,
  };
}

/** Addresses that a page links to or loads, with their fragments. */
function linksOf({ html = '', address }: Seen): readonly URL[] {
  return [...html.matchAll(/<(?:a|link)\b[^>]*? href="([^"]*)"/g)].map(
    ([, href = '']) => new URL(unescaped(href), new URL(address, origin)),
  );
}

/** Signing out ends the walk; the other language is a walk of its own. */
const isFollowed = (url: URL): boolean =>
  url.origin === origin && !url.searchParams.has('lang') && url.pathname !== '/sign-out';

async function walk({ browser, entries }: Walker): Promise<ReadonlyMap<string, Seen>> {
  const seen = new Map<string, Seen>();
  const ahead = [...entries];
  for (let next = ahead.shift(); next !== undefined; next = ahead.shift()) {
    if (seen.has(next)) continue;
    const found = await look(browser, next);
    seen.set(next, found);
    if (found.onward !== undefined) ahead.push(found.onward);
    ahead.push(
      ...linksOf(found)
        .filter(isFollowed)
        .map((url) => `${url.pathname}${url.search}`),
    );
  }
  return seen;
}

/** What a reader of the page, or of its title alone, would miss. */
async function faultsOf(page: Seen, language: string): Promise<readonly string[]> {
  const { html = '' } = page;
  const count = (mark: RegExp) => (html.match(mark) ?? []).length;
  const landmarks = ['header', 'main', 'footer'].filter(
    (mark) => count(new RegExp(`<${mark}\\b`, 'g')) !== 1,
  );
  return [
    ...(count(/<h1\b/g) === 1 ? [] : [`has ${count(/<h1\b/g)} h1`]),
    ...(html.includes(`<html lang="${language}"`) ? [] : [`is not in ${language}`]),
    ...landmarks.map((mark) => `has not one ${mark}`),
    ...(await htmlFaults(html)),
  ];
}

const titleOf = (page: Seen): string => /<title>([\s\S]*?)<\/title>/.exec(page.html ?? '')?.[1] ?? '';
const placeOf = (address: string): string => address.replace(/[?#].*/, '').replace(/^\/f\/.*/, '/f/*');

/** Links of a page that lead nowhere: an address that is not there, or a part that the page there does not have. */
function deadLinksOf(page: Seen, seen: ReadonlyMap<string, Seen>): readonly string[] {
  return linksOf(page).flatMap((url) => {
    if (url.origin !== origin) {
      return ['https:', 'mailto:', 'tel:'].includes(url.protocol) ? [] : [`leads to ${url.href}`];
    }
    const id = decodeURIComponent(url.hash.slice(1));
    const there = seen.get(`${url.pathname}${url.search}`);
    if (id === '' || there?.html === undefined) return [];
    return there.html.includes(` id="${id}"`)
      ? []
      : [`leads to ${url.pathname}${url.hash}, which has no such part`];
  });
}

describe.each(['fr', 'en'])('in %s', (language) => {
  it.each(Object.keys(walkers))(
    '%s finds no dead link, and every page has a title of its own',
    async (name) => {
      const walker = await walkers[name]?.();
      if (walker === undefined) throw new Error(`There is no ${name}`);
      await walker.browser.get(`/cookies?lang=${language}`);
      const seen = await walk(walker);
      const faults: string[] = [];
      const titles = new Map<string, string>();
      for (const page of seen.values()) {
        if (page.status >= 400) faults.push(`${page.address} answers ${page.status}`);
        if (page.html === undefined) continue;
        const place = placeOf(page.address);
        const elsewhere = titles.get(titleOf(page)) ?? place;
        if (elsewhere !== place) faults.push(`${place} has the title of ${elsewhere}`);
        titles.set(titleOf(page), place);
        const found = [...(await faultsOf(page, language)), ...deadLinksOf(page, seen)];
        faults.push(...found.map((fault) => `${page.address}: ${fault}`));
      }
      expect(faults).toEqual([]);
      expect(seen.size).toBeGreaterThan(10);
    },
  );
});
