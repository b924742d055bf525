import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languages } from '../../functions/domain/text.ts';
import { origin, startTrial, type Trial } from '../support/trial.ts';
import { guests, lastGuest, staff, walk, walkersOf, withSignIn } from '../web/walkers.ts';
import { openAlbum } from './album.ts';
import { inspect } from './inspection.ts';
import { openStage, type Stage } from './system.ts';

let stage: Stage;
let trial: Trial;
let walkers: ReturnType<typeof walkersOf>;
beforeAll(async () => {
  [stage, trial] = await Promise.all([openStage(), startTrial().then(withSignIn)]);
  walkers = walkersOf(trial);
});
afterAll(async () => {
  await stage.close();
  await trial.close();
});

describe.each([...guests, ...staff, lastGuest])('%s', (name) => {
  test('comes only to pages that are accessible and fit the narrowest screen, in both languages', async () => {
    const walker = await walkers[name]();
    const album = openAlbum();
    for (const language of languages) {
      await walker.browser.get(`/cookies?lang=${language}`);
      for (const { address, html } of (await walk(walker)).values()) {
        if (html !== undefined) album.keep({ url: new URL(address, origin).href, html, language });
      }
    }
    expect(album.snapshots().length).toBeGreaterThan(languages.length);
    expect(await inspect(stage.browser, album.snapshots())).toEqual([]);
  });
});
