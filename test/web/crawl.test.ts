import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesOf, firstViewBytes, htmlFaults } from '../support/page-reader.ts';
import { origin, startTrial, type Trial } from '../support/trial.ts';
import { faultsOfForms } from './form-words.ts';
import {
  guests,
  lastGuest,
  linksOf,
  type Name,
  type Seen,
  staff,
  type Walker,
  walk,
  walkersOf,
  withSignIn,
} from './walkers.ts';

/** Most that a first view of those who do not work here may weigh, compressed, in bytes, and how many requests it may take. */
const budget = { bytes: 14_000, requests: 4 };

let trial: Trial;
let walkers: ReturnType<typeof walkersOf>;
const known = new Map<Name, Promise<Walker>>();
/** Those who see the public pages once more, each in the frame of their own pages; one of each kind is enough. */
const again: readonly Name[] = ['a customer before the first question', ...staff];
/** What was found, so that each fact about pages can be told by itself. */
const found = new Map<string, readonly Seen[]>();

const foundBy = (name: Name, language: 'fr' | 'en') => found.get(`${name} ${language}`) ?? [];
const addressesOf = (name: Name, language: 'fr' | 'en') =>
  foundBy(name, language).map(({ address }) => address);
beforeAll(async () => {
  trial = withSignIn(await startTrial());
  walkers = walkersOf(trial);
});
afterAll(() => trial.close());

/** What a walker of this name finds in a language; each is brought to where they begin once. */
async function walkOf(name: Name, language: 'fr' | 'en'): Promise<ReadonlyMap<string, Seen>> {
  const walker = known.get(name) ?? walkers[name]();
  known.set(name, walker);
  const { browser } = await walker;
  await browser.get(`/cookies?lang=${language}`);
  return walk(await walker, new Set(again.includes(name) ? [] : addressesOf(guests[0], language)));
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

/** What a page weighs too much. */
function excessOf({ html = '' }: Seen): readonly string[] {
  const [bytes, requests] = [firstViewBytes(html), 1 + filesOf(html).length];
  return [
    ...(bytes > budget.bytes ? [`weighs ${bytes} bytes`] : []),
    ...(requests > budget.requests ? [`asks for ${requests} files`] : []),
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

const walked = [...guests, ...staff, lastGuest].flatMap((name) =>
  (['fr', 'en'] as const).map((language) => ({ name, language })),
);

// A walk opens up to two hundred pages.
describe.each(walked)('$name, in $language,', { timeout: 240_000 }, ({ name, language }) => {
  it('finds no dead link, and every page has a title of its own', async () => {
    const seen = await walkOf(name, language);
    found.set(`${name} ${language}`, [...seen.values()]);
    const faults: string[] = [];
    const titles = new Map<string, string>();
    for (const page of seen.values()) {
      if (page.status >= 400) faults.push(`${page.address} answers ${page.status}`);
      if (page.html === undefined) continue;
      const place = placeOf(page.address);
      const elsewhere = titles.get(titleOf(page)) ?? place;
      if (elsewhere !== place) faults.push(`${place} has the title of ${elsewhere}`);
      titles.set(titleOf(page), place);
      const ofPage = [...(await faultsOf(page, language)), ...deadLinksOf(page, seen)];
      faults.push(...ofPage.map((fault) => `${page.address}: ${fault}`));
    }
    expect(faults).toEqual([]);
    expect(seen.size).toBeGreaterThan(0);
  });
});

describe.each(['fr', 'en'] as const)(
  'of all pages that people who do not work here open, in %s,',
  (language) => {
    const pages = () => [...guests, lastGuest].flatMap((name) => foundBy(name, language));

    it('none weighs more than 14 kB or asks for more than 4 files', () => {
      expect(pages().length).toBeGreaterThan(200);
      expect(pages().flatMap((page) => excessOf(page).map((fault) => `${page.address} ${fault}`))).toEqual(
        [],
      );
    });

    it('questions go on by “Continue”, every other button names its act, and only labels say what is optional', () => {
      const faults = pages().flatMap(({ html = '' }) => faultsOfForms(html, language));
      expect([...new Set(faults)]).toEqual([]);
    });
  },
);

/** Pages of those who do not work here that no link on the way leads to; the tests of identity and of waves open them. */
const elsewhere = [
  // No customer of the crawl is split: operations/split.test.ts.
  '/status/parts/:part',
  '/status/parts/:part/dates',
  '/status/parts/:part/dates/:wave',
  '/status/parts/:part/invitation.ics',
  '/status/parts/:part/offer/:decision',
  '/status/parts/:part/wave/:decision',
  '/identity/proconnect',
  '/identity/proconnect/callback',
  '/identity/proconnect/failure/:failure',
  '/identity/proconnect/organisation',
  '/status/offer/:decision',
];

it('every page that people who do not work here may open was found by one of them', () => {
  const seen = [...found.values()].flatMap((pages) => pages.map(({ address }) => placeOf(address)));
  const paths = trial.app.routes
    .filter(({ method, path }) => method === 'GET' && !path.includes('*'))
    .map(({ path }) => path)
    .filter((path) => !/^\/(?:api|assets|calendar|operations|sales|waves|sign-in|signed-out)\b/.test(path));
  const missed = [...new Set(paths)].filter((path) => {
    const pattern = new RegExp(`^${path.replace(/:\w+(?:\{[^}]*\})?/g, '[^/]+')}$`);
    return !seen.some((address) => pattern.test(address));
  });
  expect(missed.toSorted()).toEqual(elsewhere.toSorted());
});

it.each(['fr', 'en'] as const)(
  'the site map, in %s, leads to every page that anyone may open',
  (language) => {
    const pages = foundBy(guests[0], language);
    const map = pages.find(({ address }) => address === '/site-map');
    const listed = /<main[\s\S]*<\/main>/.exec(map?.html ?? '')?.[0] ?? '';
    const open = new Set(
      pages.filter(({ html }) => html !== undefined).map(({ address }) => placeOf(address)),
    );
    const missed = [...open].filter((path) => !listed.includes(`href="${path}"`));
    expect(missed.toSorted()).toEqual(['/', '/site-map']);
  },
);
