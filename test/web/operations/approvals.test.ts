import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideReview } from '../../../functions/application/decide-review.ts';
import { classified } from '../../support/journeys.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { castOf, sendForm } from '../staff/cast.ts';

let trial: Trial;
let cast: ReturnType<typeof castOf>;
let first: Browser;
let second: Browser;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
  first = await trial.staff({ roles: ['operator'], subject: 'op-1' });
  second = await trial.staff({ roles: ['operator'], subject: 'op-2' });
});
afterAll(() => trial.close());

const override = [
  ['decision', 'override'],
  ['reason', 'vu avec le RSSI'],
] as const;
const asking = [...override, ['approval', 'yes']] as const;

async function asked(): Promise<{ readonly reference: string; readonly path: string }> {
  const reference = await cast.answered(classified);
  const done = await sendForm(first, `/operations/${reference}/review`, asking);
  expect([done.status, done.headers.get('Location')]).toEqual([303, `/operations/${reference}`]);
  const { approval } = await trial.runtime.store.onboardings.now(reference);
  return { reference, path: `/operations/approvals/${approval?.id}` };
}

async function read(browser: Browser, path: string): Promise<string> {
  const page = await (await browser.get(path)).text();
  expect(await htmlFaults(page)).toEqual([]);
  return page;
}

describe('a decision that takes two people', () => {
  it('is refused to one with the reason kept, and offers a second button', async () => {
    const reference = await cast.answered(classified);
    const path = `/operations/${reference}/review`;
    expect(textOf(await read(first, path))).toContain('demande l’accord d’une seconde personne');
    const refused = await sendForm(first, path, override);
    const page = await refused.text();
    expect(refused.status).toBe(409);
    expect(await htmlFaults(page)).toEqual([]);
    expect(textOf(page)).toContain('Cette décision demande l’accord d’une seconde personne.');
    expect(page).toContain('vu avec le RSSI');
    expect(page).toContain('name="approval" value="yes"');
    expect(await cast.stageOf(reference)).toBe('IN_REVIEW');
  });

  it('waits on the list and the page of the other, and shows the one who asked that it waits', async () => {
    const { reference, path } = await asked();
    const list = await read(second, '/operations?kind=approval');
    expect(textOf(list)).toMatch(/Accord d’une seconde personne \(1\)/);
    expect(list).toContain(`href="${path}"`);
    expect(await read(second, '/operations/approvals')).toContain(`href="${path}"`);
    expect(textOf(await read(first, '/operations/approvals'))).toContain('Vos demandes');
    const page = textOf(await read(second, path));
    for (const words of [
      'Écarter le refus',
      'vu avec le RSSI',
      'Exploitation op-1',
      'Enregistrer la réponse',
    ]) {
      expect(page).toContain(words);
    }
    const own = textOf(await read(first, path));
    expect(own).toContain('une autre personne de l’exploitation doit y répondre au plus tard le');
    expect(own).not.toContain('Enregistrer la réponse');
    for (const where of [`/operations/${reference}`, `/operations/${reference}/review`]) {
      expect(textOf(await read(second, where))).toContain('Accord d’une seconde personne demandé');
    }
    const english = await (await second.get(`${path}?lang=en`)).text();
    expect(textOf(english)).toContain('Overrule the refusal');
    await second.get(`${path}?lang=fr`);

    const own409 = await first.post(path, { decision: 'approve', reason: 'moi-même' }, '/operations');
    expect([own409.status, await cast.stageOf(reference)]).toEqual([409, 'IN_REVIEW']);
    const unsaid = await sendForm(second, path, []);
    expect(unsaid.status).toBe(422);
    const switched = await sendForm(
      second,
      path,
      [
        ['decision', 'approve'],
        ['reason', 'x'],
      ],
      `${path}?lang=en`,
    );
    expect([switched.status, await cast.stageOf(reference)]).toEqual([200, 'IN_REVIEW']);
    await second.get('/operations?lang=fr');

    const answer = [
      ['decision', 'approve'],
      ['reason', 'd’accord'],
    ] as const;
    const given = await sendForm(second, path, answer);
    expect([given.status, given.headers.get('Location')]).toEqual([303, `/operations/${reference}`]);
    await trial.runtime.clock.settled();
    expect(await cast.stageOf(reference)).toBe('WAVE_HELD');
    const again = await second.post(path, Object.fromEntries(answer), '/operations');
    expect(again.status).toBe(303);
    const late = await second.get(path);
    expect([late.status, textOf(await late.text()).includes('n’attend plus de réponse')]).toEqual([
      409,
      true,
    ]);
    const log = textOf(await read(second, `/operations/${reference}`));
    for (const words of ['Second', 'op-1', 'op-2']) expect(log.toLowerCase()).toContain(words.toLowerCase());
    expect(log).toMatch(/Décision demandée\s: Écarter le refus/);
  });

  it('may be declined, and leaves the review to decide', async () => {
    const { reference, path } = await asked();
    const declined = await sendForm(second, path, [
      ['decision', 'decline'],
      ['reason', 'pas convaincu'],
    ]);
    expect(declined.status).toBe(303);
    expect(textOf(await read(second, `/operations/${reference}`))).toContain('pas convaincu');
    expect(await cast.stageOf(reference)).toBe('IN_REVIEW');
    const other = await second.post(path, { decision: 'approve', reason: 'trop tard' }, '/operations');
    expect([other.status, textOf(await other.text()).includes('trop tard')]).toEqual([409, true]);
  });

  it.each(['nonsense', '2222-2222-3'])('answers 404 for %s', async (id) => {
    expect((await second.get(`/operations/approvals/${id}`)).status).toBe(404);
  });

  it('asked for by a client of the API says so', async () => {
    const reference = await cast.answered(classified);
    const answer = { kind: 'confirmation', decision: 'override', reason: 'x', approval: true } as const;
    await decideReview(trial.runtime, reference, answer, { kind: 'machine', id: 'demo-crm' });
    expect(textOf(await read(second, '/operations/approvals'))).toContain('Client d’API demo-crm');
  });

  it('tells no log what was typed, nor who asked', () => {
    expect(trial.log.join('\n')).not.toMatch(/RSSI|convaincu|op-1|op-2/);
  });

  it('has no second button where one person decides', async () => {
    const reference = await cast.inGoNoGo();
    // Signed in for the moment: the clock has gone far.
    const later = await trial.staff({ roles: ['operator'], subject: 'op-1' });
    expect(await read(later, `/operations/${reference}/review`)).not.toContain('name="approval"');
  });
});
