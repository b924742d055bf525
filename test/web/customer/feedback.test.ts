import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../../functions/web/app.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { openBrowser, origin, startTrial, type Trial } from '../../support/trial.ts';
import { castOf } from '../staff/cast.ts';

const feedbackUrl = 'https://survey.platform.example/form?about=questionnaire';

let trial: Trial;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
});
afterAll(() => trial.close());

/** The status page, where the stage asks for feedback or not. */
async function statusOf(reference: string, url: string | undefined, language = 'fr'): Promise<string> {
  const publication = async () => ({ ...(await trial.deps.publication()), feedbackUrl: url });
  const app = createApp({ ...trial.deps, publication });
  const browser = openBrowser(async (to, init) => app.request(to, init), origin);
  await browser.post(await trial.linkOf(reference));
  return (await browser.get(`/status?lang=${language}`)).text();
}

describe('the link to give feedback', () => {
  it('stands on the confirmation, in both languages, and carries nothing of the onboarding', async () => {
    const reference = await cast.answered();
    const french = await statusOf(reference, feedbackUrl);
    expect(textOf(french)).toContain('Donner votre avis sur ce questionnaire sur un autre site');
    expect(await htmlFaults(french)).toEqual([]);
    const english = await statusOf(reference, feedbackUrl, 'en');
    expect(textOf(english)).toContain('Give your feedback on this questionnaire on another site');
    for (const page of [french, english]) {
      expect([...page.matchAll(/href="(https:\/\/survey[^"]*)"/g)].map(([, url]) => url)).toEqual([
        feedbackUrl,
      ]);
    }
  });

  it('is absent before anything is submitted, and where the stage asks for none', async () => {
    for (const page of [
      await statusOf(await cast.invited(), feedbackUrl),
      await statusOf(await cast.answered(), undefined),
    ]) {
      expect(textOf(page)).not.toContain('avis sur ce questionnaire');
    }
  });
});
