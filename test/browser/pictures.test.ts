import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stylesheet } from '../../functions/web/shared/layout/stylesheet.ts';
import { type Camera, openCamera } from './camera.ts';
import {
  differenceOf,
  faultsOfPicture,
  forgetResults,
  isTolerated,
  readReference,
  references,
  renewReference,
} from './pictures.ts';
import { openScenes, type Scene } from './scenes.ts';

let camera: Camera;
let scenes: readonly Scene[];
beforeAll(async () => {
  forgetResults();
  [camera, scenes] = await Promise.all([openCamera(), openScenes()]);
});
afterAll(() => camera.close());

const advice =
  'If the pages were meant to change: UPDATE_IMAGES=1 npm run test:browser -- pictures, and look at docs/images.';

test('the main pages look as in docs/images', async () => {
  const faults: string[] = [];
  for (const scene of scenes) {
    const actual = await camera.take(scene);
    if (process.env['UPDATE_IMAGES'] === '1') renewReference(scene.name, actual);
    faults.push(...faultsOfPicture(scene.name, actual));
  }
  expect(faults, advice).toEqual([]);
});

test('docs/images has a picture of each main page and no other', () => {
  expect(readdirSync(references).sort()).toEqual(scenes.map(({ name }) => `${name}.png`).sort());
});

test.each([
  ['the rule of choices is lost', 'question', stylesheet.replace(/^\.choice\{.*$/m, '')],
  ['choices are one pixel higher', 'question', `${stylesheet}.choice{border-bottom-width:2px}`],
  ['the button has another blue', 'status', `${stylesheet}.button:not(.second){background:#1a4a80}`],
  ['the border around problems is thinner', 'question-error', `${stylesheet}.summary{border-width:2px}`],
  ['the footer has no background', 'home', `${stylesheet}footer{background:none}`],
  ['the style sheet ends in its middle', 'check', stylesheet.slice(0, stylesheet.length / 2)],
])('sees that %s', async (_, name, sheet) => {
  const scene = scenes.find((each) => each.name === name);
  if (scene === undefined) throw new Error(`There is no scene ${name}`);
  expect(isTolerated(differenceOf(await camera.take(scene, sheet), readReference(name)))).toBe(false);
});
