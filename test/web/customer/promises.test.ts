import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerWave } from '../../../functions/application/answer-wave.ts';
import { decideReview } from '../../../functions/application/decide-review.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { operator } from '../../support/scenario.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { openLink, type Visitor } from '../../support/visitor.ts';
import { castOf, sendForm } from '../staff/cast.ts';

let trial: Trial;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
});
afterAll(() => trial.close());

const customer = { kind: 'customer', id: 'test' } as const;
const noDpia = { B9: ['art9'], B9b: 'under_10k', B11: 'not_done' } as const satisfies Partial<Answers>;

async function readBy(visitor: Visitor, path: string): Promise<string> {
  const html = await visitor.page(path);
  expect(await htmlFaults(html)).toEqual([]);
  return textOf(html).replaceAll(/[\u00a0\u202f]/g, ' ');
}

/** Jumps until the go/no-go is open. */
async function walkToGoNoGo(reference: string): Promise<void> {
  const { clock } = trial.runtime;
  for (let jumps = 0; jumps < 1_000 && (await cast.stageOf(reference)) !== 'GO_NO_GO'; jumps += 1) {
    await clock.settled();
    await clock.jumpToNext();
  }
}

describe('a customer with an open blocking condition', () => {
  it.each([
    ['fr', 'À lever avant la décision de bascule, sans quoi elle est en principe défavorable'],
    ['en', 'To be cleared before the go/no-go decision, which is normally a no-go otherwise'],
  ] as const)('reads in %s, beside its place, what the decision depends on', async (language, words) => {
    const reference = await cast.answered(noDpia);
    const visitor = await openLink(trial, reference, language);
    expect(await readBy(visitor, '/status')).toContain(words);
    await answerWave(trial.runtime, reference, 'confirm', customer);
    await trial.runtime.clock.settled();
    const confirmed = await visitor.page('/status');
    const box = confirmed.slice(confirmed.indexOf('class="next"'), confirmed.indexOf('<dl'));
    expect(box).toContain('href="/status/conditions/DPIA_MISSING"');
    await visitor.send('/status/conditions/DPIA_MISSING', [
      ['B11', 'done'],
      ['E6', 'yes'],
    ]);
    expect(await readBy(visitor, '/status')).not.toContain(words);
  });

  it('reads nothing of it without one, nor of a condition that only informs', async () => {
    const visitor = await openLink(trial, await cast.answered(), 'fr');
    expect(await readBy(visitor, '/status')).not.toContain('À lever avant la décision');
  });

  it('is promised no more than the place when it confirms', async () => {
    const visitor = await openLink(trial, await cast.answered(noDpia), 'fr');
    const page = await readBy(visitor, '/status/wave/confirm');
    expect(page).not.toContain('définitive');
    expect(page).toContain('Si la décision de bascule est défavorable, vous quittez cette date');
  });

  it('is not sent to declare once handed over by two people, who were told what silence means', async () => {
    const reference = await cast.answered(noDpia);
    await answerWave(trial.runtime, reference, 'confirm', customer);
    await walkToGoNoGo(reference);
    const go = { kind: 'go_no_go', decision: 'go', reason: 'AIPD attendue', approval: true } as const;
    const asked = await decideReview(trial.runtime, reference, go, operator);
    const second = await trial.staff({ roles: ['operator'], subject: 'op-2' });
    expect(textOf(await (await second.get(`/operations/${reference}`)).text())).toContain('c’est un no-go');
    const given = await sendForm(second, `/operations/approvals/${asked?.id}`, [
      ['decision', 'approve'],
      ['reason', 'risque accepté'],
    ]);
    expect(given.status).toBe(303);
    await trial.runtime.clock.settled();
    expect(await cast.stageOf(reference)).toBe('HANDED_OVER');
    const page = await readBy(await openLink(trial, reference, 'fr'), '/status');
    expect(page).toContain('Encore ouverte à la passation');
    expect(page).not.toMatch(/déclarez|niveau suivant|À lever avant/);
  });
});

describe('the personal link, opened later', () => {
  it('says that it opens the onboarding, whatever its stage', async () => {
    const page = textOf(await (await trial.browser().get('/f/anything?lang=fr')).text());
    expect(page).toContain('le questionnaire, puis votre résultat, votre date et ce qui reste à faire');
  });

  it.each(['answered', 'inGoNoGo'] as const)(
    'leads who wishes to stop to the withdrawal when %s',
    async (to) => {
      const reference = await cast[to]();
      const led = await trial.browser().post(await trial.linkOf(reference), { wish: 'decline' });
      expect(led.headers.get('Location')).toBe('/status/withdrawal');
    },
  );
});
