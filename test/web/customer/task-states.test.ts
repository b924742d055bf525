import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideReview } from '../../../functions/application/decide-review.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { sections } from '../../../functions/domain/questionnaire/questionnaire.ts';
import { createApp } from '../../../functions/web/app.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { openMember } from '../../support/people.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { openBrowser, origin, startTrial, type Trial } from '../../support/trial.ts';
import { openLink, type Visitor } from '../../support/visitor.ts';
import { castOf } from '../staff/cast.ts';

const problem = { fr: 'Il y a un problème', en: 'There is a problem' };

let trial: Trial;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
});
afterAll(() => trial.close());

/** The same system after its operator has given up the site that these answers require. */
function withoutSites(): Trial {
  const app = createApp({ ...trial.deps, platform: { ...trial.deps.platform, sites: [] } });
  return { ...trial, app, browser: () => openBrowser(async (url, init) => app.request(url, init), origin) };
}

const bound: Answers = { ...plainAnswers, C8: { site: 'paris', twoSites: 'yes' } };

async function answeredAll(at: Trial, reference: string, answers: Answers): Promise<Visitor> {
  const visitor = await openLink(at, reference);
  for (const { id } of sections) await visitor.fill(id, answers);
  return visitor;
}

interface State {
  readonly tone: string;
  readonly words: string;
  readonly path: string;
}

/** The sections of the task list as they stand there: where each leads, the words of its state and their colour. */
function statesOf(html: string): readonly State[] {
  const list = /<ol class="tasks">([\s\S]*?)<\/ol>/.exec(html)?.[1] ?? '';
  return [...list.matchAll(/<a href="([^"]*)"[\s\S]*?<strong class="tag ?(\w*)">([^<]*)</g)].map(
    ([, path = '', tone = '', words = '']) => ({ path, tone, words }),
  );
}

const wordsOf = (html: string) => statesOf(html).map(({ words }) => words);

describe('each section of the questionnaire', () => {
  it('is to be started, in progress or completed, in any order', async () => {
    const visitor = await openLink(trial, await cast.invited());
    expect(wordsOf(await visitor.page('/questionnaire'))).toEqual(Array(5).fill('À commencer'));
    await visitor.fill('D', plainAnswers);
    await visitor.send('/questionnaire/D', [['completed', 'yes']]);
    await visitor.answer('B1', plainAnswers);
    expect(wordsOf(await visitor.page('/questionnaire'))).toEqual([
      'À commencer',
      'En cours',
      'À commencer',
      'Terminée',
      'À commencer',
    ]);
  });

  it('counts for the status page as it does for the list, which says what is left to do', async () => {
    const visitor = await openLink(trial, await cast.invited());
    const link = async () =>
      /<div class="actions"><a [^>]*href="([^"]*)"[^>]*>([^<]*)</.exec(await visitor.page('/status'));
    expect((await link())?.slice(1)).toEqual(['/questionnaire', 'Remplir le questionnaire']);
    await visitor.fill('A', plainAnswers);
    await visitor.send('/questionnaire/A', [['completed', 'yes']]);
    expect((await link())?.slice(1)).toEqual(['/questionnaire', 'Reprendre le questionnaire']);
    for (const { id } of sections) await visitor.fill(id, plainAnswers);
    expect((await link())?.slice(1)).toEqual(['/questionnaire/check', 'Relire et envoyer']);
    const status = textOf(await visitor.page('/status'));
    expect(status).toContain('Toutes vos réponses sont enregistrées : relisez-les, puis envoyez-les.');
    for (const count of ['1/5', 'Parties terminées : 1 sur 5']) {
      expect(status + textOf(await visitor.page('/questionnaire'))).toContain(count);
    }
  });

  it('says that it is asked for again, and that an answer is to be looked at', async () => {
    const whole = await cast.answered({ B2: 'unknown' });
    const single = await cast.answered({ B2: 'unknown' });
    const asking = { kind: 'readiness', decision: 'ask_customer', reason: 'x', message: 'y' } as const;
    const operator = { kind: 'operator', id: 'op' } as const;
    await decideReview(trial.runtime, whole, { ...asking, sections: ['B'] }, operator);
    await decideReview(trial.runtime, single, { ...asking, questions: ['B2'] }, operator);
    await trial.runtime.clock.settled();
    for (const [reference, words] of [
      [whole, 'À compléter, à notre demande'],
      [single, 'Réponses à revoir'],
    ] as const) {
      const list = await (await openLink(trial, reference)).page('/questionnaire');
      const states = statesOf(list);
      expect(states.filter(({ words: state }) => state === 'Envoyée')).toHaveLength(4);
      expect(textOf(list)).toContain('Parties terminées : 4 sur 5');
      expect(states.filter(({ tone }) => tone === 'warn').map((state) => state.words)).toEqual([words]);
      expect(states.filter(({ tone }) => tone === 'bad')).toEqual([]);
    }
  });

  it.each(['fr', 'en'] as const)(
    'says in red, in %s, that there is a problem, and leads to it, when the site that was chosen is gone',
    async (language) => {
      const reference = await cast.invited();
      const before = await answeredAll(trial, reference, bound);
      expect(statesOf(await before.page('/questionnaire')).filter(({ tone }) => tone === 'bad')).toEqual([]);

      const visitor = await openLink(withoutSites(), reference, language);
      const list = await visitor.page('/questionnaire');
      expect(statesOf(list).filter(({ tone }) => tone === 'bad')).toEqual([
        { tone: 'bad', words: problem[language], path: '/questionnaire/C8' },
      ]);
      const question = await visitor.page('/questionnaire/C8');
      expect(textOf(question)).toContain(
        language === 'fr'
          ? 'La réponse enregistrée n’est plus possible'
          : 'The saved answer is no longer possible',
      );
      // The other half of the answer is still there.
      expect(question).toMatch(/name="C8\.twoSites" value="yes"[^>]* checked/);
      for (const html of [list, question, await visitor.page('/questionnaire/C')]) {
        expect(await htmlFaults(html)).toEqual([]);
      }
    },
  );

  it('with a problem keeps the questionnaire from being sent, says so, and can be sent once it is answered', async () => {
    const reference = await cast.invited();
    await answeredAll(trial, reference, bound);
    const visitor = await openLink(withoutSites(), reference);
    const check = await visitor.page('/questionnaire/check');
    expect(check).not.toContain('Envoyer nos réponses');
    expect(textOf(check)).toContain('Réponses manquantes avant l’envoi : 1.');
    expect(textOf(check)).toContain('À répondre de nouveau');
    await visitor.answer('C8', plainAnswers);
    expect(statesOf(await visitor.page('/questionnaire')).filter(({ tone }) => tone === 'bad')).toEqual([]);
    const sent = await visitor.send('/questionnaire/check', [['E6', 'yes']]);
    expect(sent.headers.get('Location')).toBe('/status');
  });

  it('shows its problem to the colleague whose question it is', async () => {
    const reference = await cast.invited();
    await answeredAll(trial, reference, bound);
    const { browser } = await openMember(withoutSites(), reference, 'cio');
    const part = await (await browser.get('/questionnaire')).text();
    expect(part.match(/class="tag bad">À répondre de nouveau</g)).toHaveLength(1);
    expect(textOf(part)).toContain('Il vous reste une question.');
  });
});
