import type { Page } from 'playwright-core';
import * as z from 'zod';
import { marksOf, type Snapshot } from './album.ts';
import { claim } from './claims.ts';

const lines = z.array(z.string());

/** What another theme can break; everything else is the same page. */
const colourRules = ['color-contrast', 'link-in-text-block'];
/** What a larger text can break: targets that overlap, text on another ground. */
const sizeRules = ['color-contrast', 'target-size'];
/**
 * What a narrow screen can break on a page all of whose kinds of elements are known: targets that come too close to each
 * other, and parts that begin to scroll. All else that it changes, the stylesheet changes for a kind of element.
 */
const narrowRules = ['target-size', 'scrollable-region-focusable'];

async function axeFaults(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  const runOnly = rules === undefined ? '' : `, runOnly: { type: 'rule', values: ${JSON.stringify(rules)} }`;
  const options = `{ iframes: false, preload: { assets: ['media'] }, reporter: 'no-passes'${runOnly} }`;
  const found = await page.evaluate(`axe.run(document, ${options}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, target }) => 'axe ' + id + ': ' + target.join(' ') + ' ' + html.slice(0, 160)),
    ))`);
  return lines.parse(found);
}

/** What must be told apart by a border once colours are forced. */
const bordered = '.button, .tag, .banner, .summary, .next, .choice, .top, input[type=text], textarea, select';

/** Runs in the browser: parts without a border. A string, because it asks for more of the browser than tests know. */
const borderless = `[...document.querySelectorAll('${bordered}')].filter((part) => {
  const style = getComputedStyle(part);
  return ['Top', 'Right', 'Bottom', 'Left'].every(
    (side) => style['border' + side + 'Style'] === 'none' || parseFloat(style['border' + side + 'Width']) === 0,
  );
}).map((part) => part.outerHTML.slice(0, 120))`;

/** Runs in the browser: the kinds of elements, as far as rules of the stylesheet can tell them apart. */
const kinds = `[...new Set([...document.querySelectorAll('body *')].map((element) => {
  const kindOf = (each) => each.tagName + '.' + each.className;
  const states = [':checked', '[aria-current]', '[open]'].filter((state) => element.matches(state));
  return [kindOf(element.parentElement), kindOf(element), ...states].join(' ');
}))]`;

const width = z.number();

/** Runs in the browser: how wide the page is, and how wide it is when text has twice its size. */
const widths = `(() => {
  const { documentElement, scrollingElement } = document;
  const asIs = scrollingElement.scrollWidth;
  documentElement.style.fontSize = '200%';
  const enlarged = scrollingElement.scrollWidth;
  documentElement.style.fontSize = '';
  return { asIs, enlarged };
})()`;
const widthsOfPage = z.object({ asIs: width, enlarged: width });

async function widthFaults(page: Page, enlarges: boolean): Promise<readonly string[]> {
  const { asIs, enlarged } = widthsOfPage.parse(await page.evaluate(widths));
  const given = page.viewportSize()?.width ?? 0;
  const over = (needed: number) => (needed > given ? [`is ${needed} px wide on a screen of ${given}`] : []);
  return [...over(asIs), ...(enlarges ? within('200 % text', over(enlarged)) : [])];
}

const within = (name: string, faults: readonly string[]) => faults.map((fault) => `${name}: ${fault}`);

/** What a reader may set (WCAG 2.2, success criterion 1.4.12; RGAA 10.12). */
const spacing =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }';

/** Runs in the browser: parts that cut off what does not fit in them. Words for assistive technology are meant to be; a field moves along what is typed into it. */
const cut = `[...document.querySelectorAll('body *:not(.unseen, .skip, svg, svg *, input, textarea)')].filter((part) => {
  const { overflowX, overflowY } = getComputedStyle(part);
  const hides = (overflow) => overflow === 'hidden' || overflow === 'clip';
  return (hides(overflowX) && part.scrollWidth > part.clientWidth + 1) || (hides(overflowY) && part.scrollHeight > part.clientHeight + 1);
}).map((part) => 'cuts off ' + part.outerHTML.slice(0, 120))`;

async function spacingFaults(page: Page): Promise<readonly string[]> {
  // The policy of the pages allows no style of anyone else; the reader's own is no part of the page.
  await page.evaluate(`{
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(${JSON.stringify(spacing)});
    document.adoptedStyleSheets = [sheet];
  }`);
  const faults = [...(await widthFaults(page, false)), ...lines.parse(await page.evaluate(cut))];
  await page.evaluate('document.adoptedStyleSheets = []');
  return faults;
}

async function themeFaults(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await axeFaults(page, colourRules);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  const forced = [...(await axeFaults(page, colourRules)), ...lines.parse(await page.evaluate(borderless))];
  await page.emulateMedia({ forcedColors: 'none', media: 'print' });
  const print = await axeFaults(page, colourRules);
  await page.emulateMedia({ media: 'screen' });
  return [...within('dark', dark), ...within('forced colours', forced), ...within('print', print)];
}

/** What of a page no file of the run has looked at yet, besides its words. */
export interface News {
  readonly marks: boolean;
  /** Colours, borders and layout hang on the kinds of elements alone. */
  readonly kinds: boolean;
}

export async function newsOf(page: Page, snapshot: Snapshot): Promise<News> {
  if (!claim(marksOf(snapshot))) return { marks: false, kinds: false };
  const found = lines.parse(await page.evaluate(kinds));
  return { marks: true, kinds: found.filter((kind) => claim(`kind ${kind}`)).length > 0 };
}

/** What axe-core finds when text has twice its size. */
async function enlargedFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate("document.documentElement.style.fontSize = '200%'");
  const faults = await axeFaults(page, sizeRules);
  await page.evaluate("document.documentElement.style.fontSize = ''");
  return within('200 % text', faults);
}

/**
 * What is wrong with a page on the screen of a desk, by axe-core: as it is, with text of twice the size, with text spaced by
 * the reader, dark, in forced colours and in print.
 */
export async function faultsOnWide(page: Page, news: News): Promise<readonly string[]> {
  const byAxe = news.marks ? await axeFaults(page) : [];
  const faults = [...(await widthFaults(page, true)), ...byAxe];
  if (!news.kinds) return faults;
  const spaced = within('text spacing', await spacingFaults(page));
  return [...faults, ...(await enlargedFaults(page)), ...spaced, ...(await themeFaults(page))];
}

/** What is wrong with a page on the screen of a phone: as it is and, where it is held to that, with text of twice the size. */
export async function faultsOnNarrow(page: Page, news: News, enlarges: boolean): Promise<readonly string[]> {
  const byAxe = news.marks ? await axeFaults(page, news.kinds ? undefined : narrowRules) : [];
  const enlarged = enlarges && news.kinds ? await enlargedFaults(page) : [];
  return [...(await widthFaults(page, enlarges)), ...within('narrow screen', [...byAxe, ...enlarged])];
}
