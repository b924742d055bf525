import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { stylesheet } from '../../functions/web/shared/layout/stylesheet.ts';
import { sirens } from '../support/canaries.ts';
import { startTrial, type Trial } from '../support/trial.ts';
import { type FormPages, formPages } from './form-pages.ts';
import { openStage, type Stage } from './system.ts';

/** The phone that most people have, and the smallest that pages are made for, in CSS pixels: what fits the smaller fits both. */
const commonPhone = { width: 360, height: 800 };
const smallPhone = { width: 320, height: 640 };

const most = 3;

let stage: Stage;
let trial: Trial;
let page: Page;
beforeAll(async () => {
  [stage, trial] = await Promise.all([openStage(), startTrial()]);
  page = await stage.browser.newPage();
});
afterAll(async () => {
  await stage.close();
  await trial.close();
});

/** The page by itself, as a browser shows it in a frame. */
function framed(html: string): string {
  const alone = html
    .replace(/<link [^>]*>|<script.*?<\/script>/g, '')
    .replace('</head>', `<style>${stylesheet}</style></head>`);
  return `<iframe srcdoc="${alone.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
}

/** Runs in the browser: the height of each page, with every field that an answer may bring up. */
const heights = `[...document.querySelectorAll('iframe')].map(({ contentDocument }) => {
  for (const choice of contentDocument.querySelectorAll('.opens')) choice.checked = true;
  return contentDocument.scrollingElement.scrollHeight;
})`;

/** The pages that are longer than three screens of a phone. */
async function tooLong(pages: ReadonlyMap<string, string>, { width, height }: typeof commonPhone) {
  const frames = [...pages.values()].map(framed).join('');
  await page.setContent(`<style>iframe{border:0;width:${width}px;height:${height}px}</style>${frames}`);
  const measured = z.array(z.number()).parse(await page.evaluate(heights));
  return [...pages.keys()].flatMap((name, index) => {
    const screens = (measured[index] ?? Number.POSITIVE_INFINITY) / height;
    return screens > most ? [`${name}: ${screens.toFixed(2)} screens of ${width} by ${height}`] : [];
  });
}

describe.each([
  ['fr', sirens[0]],
  ['en', sirens[1]],
] as const)('in %s', (language, siren) => {
  let pages: FormPages;
  beforeAll(async () => {
    pages = await formPages(trial, siren, language);
  });

  test('no question takes more than 3 screens of a phone, with every follow-up', async () => {
    expect(pages.questions.size).toBeGreaterThan(80);
    expect(await tooLong(pages.questions, smallPhone)).toEqual([]);
  });

  test('the list of sections and the answers of each take no more than 3 screens of a common phone', async () => {
    expect(await tooLong(pages.overviews, commonPhone)).toEqual([]);
  });
});
