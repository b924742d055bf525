import type { Browser, Page } from 'playwright-core';
import * as z from 'zod';
import { type Snapshot, shapeOf } from './album.ts';
import { faultsOfAppearance } from './appearances.ts';
import { claim } from './claims.ts';
import { show } from './show.ts';

/** The narrowest screen that pages are made for, in CSS pixels (WCAG 2.2, success criterion 1.4.10). */
const narrow = 320;
/** Smallest side of a target, in CSS pixels (WCAG 2.2, success criterion 2.5.8). */
const smallestTarget = 24;

/** Where people work at a desk, or which exists on one machine only: text of twice the size is held to a wide screen there. */
const elsewhere = /^\/(?:local|idp|operations|sales|waves)\b/;

/** High punctuation, units and quotation marks that an ordinary space would let fall on another line. */
const looseFrench = /.{0,20}(?: [;?!:»%]|« ).{0,10}/g;

const measured = z.object({
  language: z.string(),
  headings: z.number(),
  width: z.number(),
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
  readonly scrollingElement: { readonly scrollWidth: number };
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
    width: document.scrollingElement.scrollWidth,
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

async function faultsOf(page: Page, snapshot: Snapshot): Promise<readonly string[]> {
  await page.setViewportSize({ width: 1280, height: 900 });
  await show(page, snapshot);
  const faults = [...(await faultsOfAppearance(page))];
  await page.setViewportSize({ width: narrow, height: 640 });
  const seen = measured.parse(await page.evaluate(measure, smallestTarget));
  if (seen.width > narrow) faults.push(`is ${seen.width} px wide on a screen of ${narrow}`);
  await page.evaluate("document.documentElement.style.fontSize = '200%'");
  const enlarged = z.number().parse(await page.evaluate('document.scrollingElement.scrollWidth'));
  await page.evaluate("document.documentElement.style.fontSize = ''");
  if (enlarged > narrow && !elsewhere.test(new URL(snapshot.url).pathname))
    faults.push(`is ${enlarged} px wide on a screen of ${narrow} with 200 % text`);
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

/**
 * Looks at each page that was seen, again and by itself: accessibility by axe-core in every appearance, and what must hold
 * on the narrowest screen. The pages are shown as they were, in a browser that runs scripts, whether theirs did or not. A
 * state that another file of the run has looked at is not looked at again.
 */
export async function inspect(browser: Browser, snapshots: readonly Snapshot[]): Promise<readonly string[]> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const found: string[] = [];
  const titles = new Map<string, string>();
  for (const snapshot of snapshots) {
    const [place, title] = [placeOf(snapshot.url), titleOf(snapshot.html)];
    const faults = claim(shapeOf(snapshot)) ? [...(await faultsOf(page, snapshot))] : [];
    const former = titles.get(`${snapshot.language} ${title}`);
    if (former !== undefined && former !== place) faults.push(`has the title of ${former}`);
    titles.set(`${snapshot.language} ${title}`, place);
    found.push(...faults.map((fault) => `${place} (${snapshot.language}): ${fault}`));
  }
  await context.close();
  return found;
}
