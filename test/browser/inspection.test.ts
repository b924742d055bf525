import { beforeAll, expect, test } from 'vitest';
import type { Language } from '../../functions/domain/text.ts';
import { origin, startTrial } from '../support/trial.ts';
import type { Snapshot } from './album.ts';
import { inspect } from './inspection.ts';
import { openStage } from './system.ts';

/** A page at an address of its own with something in it that no page has; its class makes a kind of its own. */
const pageWith = (plain: string, address: string, part: string, language: Language = 'en'): Snapshot => ({
  url: `${origin}/${address}`,
  html: plain.replace(/<title>/, `<title>${address} `).replace('</main>', `${part}</main>`),
  language,
});

const words = 'Words that need two lines on a wide screen and more of them on a narrow one. '.repeat(3);

const planted = [
  ['an image without a text', '<img class="p1" src="/none.png">', /: axe image-alt: /],
  ['a field without a name', '<input class="p2" name="none">', /: axe label: /],
  ['text that is too pale', '<p class="p3" style="color:#bbb">Words</p>', /: axe color-contrast: /],
  [
    'text that is too dark on a dark ground',
    '<p class="p4" style="color:#131c28">Words</p>',
    /: dark: axe color-contrast: /,
  ],
  [
    'text that loses its ground on paper',
    '<div class="top"><span class="p5" style="color:#eee">Words</span></div>',
    /: print: axe color-contrast: /,
  ],
  [
    'a button without a border where colours are forced',
    '<button class="button p6" type="button" style="border:0">Words</button>',
    /: forced colours: <button/,
  ],
  [
    'text that keeps its colour where the ground is forced',
    '<p class="p7" style="background:#000"><span style="forced-color-adjust:none;color:#eee">Words</span></p>',
    /: forced colours: axe color-contrast: /,
  ],
  [
    'a small target',
    '<button class="p8" type="button" style="width:20px;height:20px;min-height:0;padding:0">x</button>',
    /: small target: <button/,
  ],
  [
    'targets that cover each other on a narrow screen',
    '<p class="p9" style="display:flex;width:min(100%,70rem);height:24px;position:relative"><button type="button" style="position:absolute;left:0;width:24px;height:24px;min-height:0;padding:0">a</button><button type="button" style="position:absolute;left:1%;width:24px;height:24px;min-height:0;padding:0">b</button></p>',
    /: axe target-size: /,
  ],
  [
    'a part wider than a narrow screen',
    '<p class="p10" style="width:400px">Words</p>',
    /: is \d+ px wide on a screen of 320$/,
  ],
  [
    'a part wider than a narrow screen when text has twice its size',
    '<p class="p11" style="width:17rem">Words</p>',
    /: 200 % text: is \d+ px wide on a screen of 320$/,
  ],
  [
    'a part that scrolls on a narrow screen only and takes no focus',
    `<div class="p12" style="height:6rem;overflow:auto;max-width:100%">${words}</div>`,
    /: narrow screen: axe scrollable-region-focusable: /,
  ],
  [
    'a part that cuts off text that a reader has spaced',
    '<p class="p13" style="height:1.5rem;overflow:hidden;width:12rem;white-space:nowrap">Words that just fit it</p>',
    /: text spacing: cuts off <p/,
  ],
] as const;
/** Two pages whose marks are the same. */
const [known, longer] = ['Words', 'Words that are many more'].map(
  (text) => `<p class="p14" style="white-space:nowrap">${text}</p>`,
);

let found: readonly string[];
beforeAll(async () => {
  const [stage, trial] = await Promise.all([openStage(), startTrial()]);
  const plain = await (await trial.browser().get('/cookies?lang=en')).text();
  await trial.close();
  const faultless = pageWith(plain, 'faultless', '<p class="p0">Words</p>');
  const twin = { ...pageWith(plain, 'faultless', '<p class="p15">Words</p>'), url: `${origin}/twin` };
  found = await inspect(stage.browser, [
    faultless,
    twin,
    pageWith(plain, 'french', '<p class="p16">Words</p>', 'fr'),
    ...planted.map(([, part], index) => pageWith(plain, `planted-${index}`, part)),
    pageWith(plain, 'known', known ?? ''),
    pageWith(plain, 'longer', longer ?? ''),
  ]);
  await stage.close();
});

const foundAt = (address: string) => found.filter((fault) => fault.startsWith(`/${address} `));

test('finds nothing on pages without a fault', () => {
  expect([...foundAt('faultless'), ...foundAt('known')]).toEqual([]);
});

test.each(planted.map(([fault, , report], index) => ({ fault, report, index })))(
  'finds $fault',
  ({ report, index }) => {
    expect(foundAt(`planted-${index}`)).toContainEqual(expect.stringMatching(report));
  },
);

test('finds the words that do not fit a narrow screen on a page of known marks', () => {
  expect(foundAt('longer')).toEqual([
    expect.stringMatching(/: 200 % text: is \d+ px wide on a screen of 320$/),
  ]);
});

test('finds a page in another language than it was asked for, and a page with the title of another', () => {
  expect(foundAt('french')).toEqual(['/french (fr): says its language is en']);
  expect(foundAt('twin')).toEqual(['/twin (en): has the title of /faultless']);
});
