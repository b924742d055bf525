import { source as axeSource } from 'axe-core';
import type { Page } from 'playwright-core';
import * as z from 'zod';
import { claim } from './claims.ts';

const axeResult = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      nodes: z.array(z.object({ html: z.string(), target: z.array(z.unknown()) })),
    }),
  ),
});

/** What another theme can break; everything else is the same page. */
const colourRules = ['color-contrast', 'link-in-text-block'];
/** What a larger text can break: targets that overlap, text on another ground. */
const sizeRules = ['color-contrast', 'target-size'];

async function axeFaults(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  const runOnly = rules === undefined ? '' : `, runOnly: { type: 'rule', values: ${JSON.stringify(rules)} }`;
  const { violations } = axeResult.parse(
    await page.evaluate(`axe.run(document, { iframes: false, resultTypes: ['violations']${runOnly} })`),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, target }) => `axe ${id}: ${target.join(' ')} ${html.slice(0, 160)}`),
  );
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
const lines = z.array(z.string());

async function widthFaults(page: Page): Promise<readonly string[]> {
  const needed = width.parse(await page.evaluate('document.scrollingElement.scrollWidth'));
  const given = page.viewportSize()?.width ?? 0;
  return needed > given ? [`is ${needed} px wide on ${given}`] : [];
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
  const faults = [...(await widthFaults(page)), ...lines.parse(await page.evaluate(cut))];
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

/**
 * The faults of a page that a browser shows, by axe-core: as it is, with text of twice the size, with text spaced
 * by the reader, dark, in forced colours and in print. Colours hang on the kinds of elements alone: a page all of whose kinds
 * were seen in this run, by any file, has none of its own.
 */
export async function faultsOfAppearance(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  const plain = await axeFaults(page);
  const isNew = lines.parse(await page.evaluate(kinds)).filter((kind) => claim(`kind ${kind}`)).length > 0;
  await page.evaluate("document.documentElement.style.fontSize = '200%'");
  const enlarged = [...(await widthFaults(page)), ...(isNew ? await axeFaults(page, sizeRules) : [])];
  await page.evaluate("document.documentElement.style.fontSize = ''");
  const spaced = isNew ? within('text spacing', await spacingFaults(page)) : [];
  return [...plain, ...within('200 % text', enlarged), ...spaced, ...(isNew ? await themeFaults(page) : [])];
}
