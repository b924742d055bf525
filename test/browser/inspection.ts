import type { Browser } from 'playwright-core';
import * as z from 'zod';
import { type Snapshot, shapeOf } from './album.ts';
import { faultsOnNarrow, faultsOnWide, newsOf } from './appearances.ts';
import { claim } from './claims.ts';
import { openViewer, type Viewer } from './viewer.ts';

const wide = { width: 1280, height: 900 };
/** The narrowest screen that pages are made for, in CSS pixels (WCAG 2.2, success criterion 1.4.10). */
const narrow = { width: 320, height: 640 };
/** Smallest side of a target, in CSS pixels (WCAG 2.2, success criterion 2.5.8). */
const smallestTarget = 24;

/** Where people work at a desk, or which exists on one machine only: text of twice the size is held to a wide screen there. */
const elsewhere = /^\/(?:local|idp|operations|sales|waves)\b/;

/** High punctuation, units and quotation marks that an ordinary space would let fall on another line. */
const looseFrench = /.{0,20}(?: [;?!:»%]|« ).{0,10}/g;

const measured = z.object({
  language: z.string(),
  headings: z.number(),
  small: z.array(z.string()),
  unnamed: z.number(),
  text: z.string(),
});

/** What a browser knows of an element; declared here, as no other file needs the browser's types. */
interface Element {
  readonly outerHTML: string;
  readonly textContent: string;
  readonly parentElement: Element | null;
  getBoundingClientRect(): { readonly width: number; readonly height: number; readonly right: number };
}
declare const document: {
  readonly documentElement: { readonly lang: string };
  querySelectorAll(selector: string): Iterable<Element>;
};
declare function getComputedStyle(element: Element): { readonly display: string };

/** Runs in the browser: what can be measured on the page as it stands. */
function measure(least: number) {
  const isInline = (element: Element): boolean =>
    getComputedStyle(element).display === 'inline' &&
    (element.parentElement?.textContent.trim().length ?? 0) > element.textContent.trim().length;
  const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
  const small = [...document.querySelectorAll(controls)].filter((element) => {
    const { width, height, right } = element.getBoundingClientRect();
    // Links within a sentence are as high as its line; the skip link comes into sight with the focus.
    return right > 0 && !isInline(element) && (width < least || height < least);
  });
  return {
    language: document.documentElement.lang,
    headings: [...document.querySelectorAll('h1')].length,
    small: small.map((element) => element.outerHTML.slice(0, 120)),
    unnamed: [...document.querySelectorAll('img:not([alt])')].length,
    text: [...document.querySelectorAll('body')].map(({ textContent }) => textContent).join(''),
  };
}

/**
 * A place of the site: the same page for another onboarding or mail is the same place, and so is an onboarding as sales
 * and as operators see it, and the form as an operator fills it in.
 */
function placeOf(url: string): string {
  return new URL(url).pathname
    .replace(/^\/f\/.*/, '/f/*')
    .replace(/^\/local\/mail\/.*/, '/local/mail/*')
    .replace(/\/interaction\/.*/, '/interaction/*')
    .replace(/^\/operations\/[A-Z2-9-]{9}\/interviews\/I\d+/, '/questionnaire')
    .replace(/^\/(?:sales|operations)\/[A-Z2-9]{4}-[A-Z2-9]{4}/, '/staff/*');
}

/** Where a page is looked at: the screen of a desk and the narrowest one. */
interface Desk {
  readonly wide: Viewer;
  readonly narrow: Viewer;
}

async function openDesk(browser: Browser): Promise<Desk> {
  const [onWide, onNarrow] = await Promise.all([openViewer(browser, wide), openViewer(browser, narrow)]);
  return { wide: onWide, narrow: onNarrow };
}

async function faultsOf(desk: Desk, snapshot: Snapshot): Promise<readonly string[]> {
  const isHeldToNarrow = !elsewhere.test(new URL(snapshot.url).pathname);
  const { page } = desk.narrow;
  await desk.narrow.show(snapshot);
  const news = await newsOf(page, snapshot);
  const faults: string[] = [];
  // Other words on a known page: those that fit the narrow screen at twice their size fit the wide one.
  if (news.marks || !isHeldToNarrow) {
    await desk.wide.show(snapshot);
    faults.push(...(await faultsOnWide(desk.wide.page, news)));
  }
  faults.push(...(await faultsOnNarrow(page, news, isHeldToNarrow)));
  const seen = measured.parse(await page.evaluate(measure, smallestTarget));
  if (seen.headings !== 1) faults.push(`has ${seen.headings} h1`);
  if (seen.language !== snapshot.language) faults.push(`says its language is ${seen.language}`);
  if (snapshot.language === 'fr') {
    faults.push(...(seen.text.match(looseFrench) ?? []).map((words) => `breaks French: ${words}`));
  }
  if (seen.unnamed > 0) faults.push('has an image without a text');
  faults.push(...seen.small.map((html) => `small target: ${html}`));
  return faults;
}

/** The title in the source of a page. */
function titleOf(html: string): string {
  return /<title>([^<]*)/.exec(html)?.[1] ?? '';
}

/** Each takes page after page: while one waits for an answer of the browser, the other one works. */
const desks = 2;
/** They stay as long as their browser does. */
const opened = new WeakMap<Browser, Promise<readonly Desk[]>>();

function desksOf(browser: Browser): Promise<readonly Desk[]> {
  const known = opened.get(browser) ?? Promise.all(Array.from({ length: desks }, () => openDesk(browser)));
  opened.set(browser, known);
  return known;
}

async function faultsOfAll(browser: Browser, snapshots: readonly Snapshot[]): Promise<readonly string[]> {
  const found: string[] = [];
  const ahead = snapshots.values();
  const look = async (desk: Desk) => {
    for (const snapshot of ahead) {
      const faults = await faultsOf(desk, snapshot);
      found.push(...faults.map((fault) => `${placeOf(snapshot.url)} (${snapshot.language}): ${fault}`));
    }
  };
  await Promise.all((await desksOf(browser)).map(look));
  return found;
}

/** Pages with the title of another place. */
function sharedTitles(snapshots: readonly Snapshot[]): readonly string[] {
  const titles = new Map<string, string>();
  return snapshots.flatMap(({ url, html, language }) => {
    const [place, title] = [placeOf(url), `${language} ${titleOf(html)}`];
    const former = titles.get(title);
    titles.set(title, place);
    return former === undefined || former === place
      ? []
      : [`${place} (${language}): has the title of ${former}`];
  });
}

/**
 * Looks at each page that was seen, again and by itself: accessibility by axe-core in every appearance, and what must hold
 * on the narrowest screen. The pages are shown as they were, in a browser that runs scripts, whether theirs did or not. A
 * state that another file of the run has looked at is not looked at again.
 */
export async function inspect(browser: Browser, snapshots: readonly Snapshot[]): Promise<readonly string[]> {
  const unseen = snapshots.filter((snapshot) => claim(shapeOf(snapshot)));
  return [...(await faultsOfAll(browser, unseen)), ...sharedTitles(snapshots)];
}
