import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerWave } from '../../../functions/application/answer-wave.ts';
import { onboardingView } from '../../../functions/web/shared/onboarding-view.ts';
import { tooLarge, tooLate } from '../../support/journeys.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { castOf } from '../staff/cast.ts';

let trial: Trial;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
});
afterAll(() => trial.close());

async function reviewOf(reference: string) {
  const operator = await trial.staff({ roles: ['operator'], subject: 'op' });
  const html = await (await operator.get(`/operations/${reference}/review`)).text();
  expect(await htmlFaults(html)).toEqual([]);
  const { review } = await onboardingView(trial.runtime, reference, 'en');
  return { html, text: textOf(html), review };
}

const mailboxes = { under_1: 0, '1_10': 0, '10_50': 0, '50_100': 1, '100_200': 0, over_200: 3 };

describe('a placement review', () => {
  it('shows where the points come from, the largest wave and the waves that miss fewest', async () => {
    const reference = await cast.answered({
      ...tooLarge,
      C3: mailboxes,
      E1: { earliest: '2027-01-01', latest: '2028-12-01', reason: 'contract_end' },
    });
    const { text, review } = await reviewOf(reference);
    expect(text).toMatch(/Utilisateurs concernés 30.000/);
    expect(text).toMatch(/Points d’effort 303 \(client complexe\)/);
    expect(text).toContain('Plus grande vague (points) 240');
    expect(text).toMatch(/Date limite 1er.décembre 2028 \(fin de contrat\)/);
    expect(text).toMatch(/Boîtes aux lettres de plus de 50.Go .*Nombre : 4 Points : 2/);
    expect(text).toMatch(/16.novembre 2027, Paris.*Points d’effort : 303 à placer, 240 en tout/);
    expect(review).toMatchObject({
      kind: 'placement',
      facts: {
        users: 30_000,
        points: 303,
        shares: [
          { code: 'USERS', count: 30_000, points: 300 },
          { code: 'LARGE_MAILBOXES', count: 4, points: 2 },
          { code: 'SERVERS', count: 4, points: 1 },
          { code: 'FORESTS', count: 1, points: 0 },
          { code: 'COMPLIANCE', count: 0, points: 0 },
        ],
        largestWave: 240,
        deadline: { date: '2028-12-01', source: 'contract_end' },
        nearestWaves: { length: 5 },
      },
    });
  });

  it('names the deadline that no wave meets', async () => {
    const { text, review } = await reviewOf(await cast.answered(tooLate));
    expect(text).toMatch(/Date limite 20.décembre 2026 \(fin de contrat\)/);
    expect(text).toContain('après la date limite');
    expect(review?.facts).toMatchObject({
      nearestWaves: [{ lacks: [{ constraint: 'C7', code: 'AFTER_DEADLINE', room: null }] }, {}, {}, {}, {}],
    });
  });
});

describe('a go/no-go', () => {
  it('shows the open blocking conditions, the contacts and the mailboxes that cannot be migrated', async () => {
    const reference = await cast.answered({
      B9: ['art9'],
      B9b: 'under_10k',
      B11: 'not_done',
      C3: mailboxes,
    });
    await answerWave(trial.runtime, reference, 'confirm', { kind: 'customer', id: 'c' });
    for (let turns = 0; turns < 1_000 && (await cast.stageOf(reference)) !== 'GO_NO_GO'; turns += 1) {
      await trial.runtime.clock.settled();
      await trial.runtime.clock.jumpToNext();
    }
    const { html, text, review } = await reviewOf(reference);
    expect(html).toContain(`/operations/${reference}/conditions/DPIA_MISSING"`);
    expect(text).toMatch(/Conditions bloquantes ouvertes .*Analyse d’impact \(AIPD\) à réaliser/);
    expect(text).toContain('accord d’une seconde personne');
    expect(text).toMatch(/3.boîtes aux lettres dépassent 200.Go/);
    expect(html).toContain('href="mailto:');
    expect(review).toMatchObject({
      kind: 'go_no_go',
      facts: {
        conditions: [{ code: 'DPIA_MISSING', againstGo: true, owner: 'dpo', overdue: true }],
        contacts: expect.arrayContaining([
          { role: 'sponsor', name: expect.any(String), email: expect.stringContaining('@') },
        ]),
        mailboxesOver200GB: 3,
      },
    });
    const { events } = trial.runtime.store.onboardings;
    expect(JSON.stringify(await events(reference))).not.toContain('@');
  });

  it('says that nothing stands against it, and warns of no mailbox', async () => {
    const { text, review } = await reviewOf(await cast.inGoNoGo());
    expect(text).toContain('Aucune condition bloquante n’est ouverte.');
    expect(text).not.toContain('200 Go');
    expect(review?.facts).toMatchObject({ conditions: [], mailboxesOver200GB: 0 });
  });
});
