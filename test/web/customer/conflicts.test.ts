import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submitAnswers } from '../../../functions/application/submit-answers.ts';
import { noDraft, presentAnswers } from '../../../functions/domain/onboarding/draft.ts';
import { sections } from '../../../functions/domain/questionnaire/questionnaire.ts';
import { sirens } from '../../support/canaries.ts';
import { fieldsOf, hasId, htmlFaults, problemsOf, textOf } from '../../support/page-reader.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { type Fields, openLink, type Visitor } from '../../support/visitor.ts';

let trial: Trial;
let next = 0;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

/** Two colleagues with the same link, the whole form filled in. */
async function colleagues(language: 'fr' | 'en' = 'fr') {
  const reference = await trial.start(sirens[next] ?? '');
  next += 1;
  const rssi = await openLink(trial, reference, language);
  const dpo = await openLink(trial, reference, language);
  for (const { id } of sections) await rssi.fill(id, plainAnswers);
  return { reference, rssi, dpo };
}

/** The fields of a page, as a browser sends them some time later. */
async function opened(visitor: Visitor, section: string): Promise<Fields> {
  return fieldsOf(await visitor.page(`/questionnaire/${section}`)).filter(([name]) => name !== '_csrf');
}

function changed(fields: Fields, ...changes: Fields): Fields {
  const names = new Set(changes.map(([name]) => name));
  return [...fields.filter(([name]) => !names.has(name)), ...changes];
}

async function answersOf(reference: string) {
  const { dossiers } = trial.runtime.store;
  return presentAnswers((await dossiers.draft(reference)) ?? noDraft, await dossiers.submission(reference))
    .answers;
}

const path = '/questionnaire/B';

describe('A page that was opened before a colleague saved', () => {
  it('keeps what the colleague saved, and saves what was changed on it', async () => {
    const { reference, rssi, dpo } = await colleagues();
    const [security, privacy] = [await opened(rssi, 'B'), await opened(dpo, 'B')];
    expect((await rssi.sendRaw(path, changed(security, ['B12', 'research']))).status).toBe(303);
    expect((await dpo.sendRaw(path, changed(privacy, ['B11', 'done']))).status).toBe(303);
    expect(await answersOf(reference)).toMatchObject({ B11: 'done', B12: ['research'] });
  });

  it('keeps the first answers of a colleague where it has left a question open or as the request filled it in', async () => {
    const reference = await trial.start(sirens[next] ?? '');
    next += 1;
    const [rssi, dpo] = [await openLink(trial, reference), await openLink(trial, reference)];
    const [first, second] = [await opened(rssi, 'A'), await opened(dpo, 'A')];
    const later = ['save', 'later'] as const;
    await rssi.sendRaw(
      '/questionnaire/A',
      changed(first, ['A3', 'gip'], ['A3b', 'yes'], ['A4', 'none'], later),
    );
    await dpo.sendRaw('/questionnaire/A', changed(second, ['A7', 'no'], later));
    expect(await answersOf(reference)).toEqual({ A3: 'gip', A3b: 'yes', A4: 'none', A7: 'no' });
  });

  it.each(['fr', 'en'] as const)(
    'shows both answers where they differ, and asks which to keep (%s)',
    async (language) => {
      const { reference, rssi, dpo } = await colleagues(language);
      const [security, privacy] = [await opened(rssi, 'B'), await opened(dpo, 'B')];
      await rssi.sendRaw(path, changed(security, ['B11', 'done'], ['B2', 'unknown']));
      const refused = await dpo.sendRaw(path, changed(privacy, ['B11', 'unknown'], ['B12', 'research']));
      const html = await refused.text();
      expect([refused.status, await htmlFaults(html)]).toEqual([409, []]);
      const fr = language === 'fr';
      const text = textOf(html);
      expect(text).toContain(
        fr ? 'AIPD réalisée : quelle réponse garder ?' : 'DPIA completed: which answer do you want to keep?',
      );
      expect(text).toContain(fr ? 'La réponse enregistrée : Réalisée' : 'The saved answer: Done');
      expect(text).toContain(fr ? 'La vôtre : Je ne sais pas' : 'Yours: I don’t know');
      expect(text).toContain(
        fr ? 'Enregistrée le 23 novembre 2026 à 9 h avec votre lien personnel' : 'with your personal link',
      );
      expect(problemsOf(html).links.map(({ id }) => id)).toEqual(['field-keep-B11']);
      expect(hasId(html, 'field-keep-B11')).toBe(true);
      // What was typed is there, and what was not touched is as the colleague has saved it.
      const again = fieldsOf(html).filter(([name]) => name !== '_csrf');
      const typed = { B11: 'unknown', B12: 'research', B2: 'unknown' };
      expect(Object.fromEntries(again)).toMatchObject(typed);
      expect(await answersOf(reference)).toMatchObject({ B11: 'done', B12: ['none'], B2: 'unknown' });

      const undecided = await dpo.sendRaw(path, again);
      expect(undecided.status).toBe(409);
      const mine = html.match(/value="(mine\.\d+)"/)?.[1] ?? '';
      const decided = await dpo.sendRaw(path, changed(again, ['keep.B11', fr ? mine : 'theirs']));
      expect(decided.status).toBe(303);
      const expected = { B11: fr ? 'unknown' : 'done', B12: ['research'], B2: 'unknown' };
      expect(await answersOf(reference)).toMatchObject(expected);
    },
  );

  it('asks again when the answer changes once more before the choice', async () => {
    const { reference, rssi, dpo } = await colleagues();
    const privacy = await opened(dpo, 'B');
    await rssi.sendRaw(path, changed(await opened(rssi, 'B'), ['B11', 'done']));
    const html = await (await dpo.sendRaw(path, changed(privacy, ['B11', 'unknown']))).text();
    const again = fieldsOf(html).filter(([name]) => name !== '_csrf');
    const mine = html.match(/value="(mine\.\d+)"/)?.[1] ?? '';
    await rssi.sendRaw(path, changed(await opened(rssi, 'B'), ['B11', 'not_done']));
    expect((await dpo.sendRaw(path, changed(again, ['keep.B11', mine]))).status).toBe(409);
    expect(await answersOf(reference)).toMatchObject({ B11: 'not_done' });
  });

  it('asks when it comes from an earlier release, which showed no versions', async () => {
    const { reference, rssi } = await colleagues();
    const old = (await opened(rssi, 'B')).filter(([name]) => name !== 'seen');
    expect((await rssi.sendRaw(path, changed(old, ['B11', 'done']))).status).toBe(409);
    expect((await rssi.sendRaw(path, old)).status).toBe(303);
    expect(await answersOf(reference)).toMatchObject({ B11: 'not_applicable' });
  });

  it('carries what it showed through a problem and a change of language', async () => {
    const { reference, rssi, dpo } = await colleagues();
    const privacy = await opened(dpo, 'B');
    await rssi.sendRaw(path, changed(await opened(rssi, 'B'), ['B12', 'research']));
    const wrong = await dpo.sendRaw(path, changed(privacy, ['B7.answer', 'yes']));
    expect([wrong.status, wrong.status === 422]).toEqual([422, true]);
    const again = fieldsOf(await wrong.text()).filter(([name]) => name !== '_csrf');
    expect((await dpo.sendRaw(path, changed(again, ['B7.answer', 'no'], ['B11', 'done']))).status).toBe(303);
    expect(await answersOf(reference)).toMatchObject({ B11: 'done', B12: ['research'] });
  });
});

describe('A page that comes after the submission', () => {
  it('is refused, and what was typed on it is shown', async () => {
    const { reference, rssi, dpo } = await colleagues();
    const privacy = await opened(dpo, 'B');
    await submitAnswers(trial.runtime, reference, plainAnswers, { kind: 'customer', id: reference });
    const refused = await rssi.sendRaw(path, changed(privacy, ['B12', 'research']));
    const html = await refused.text();
    expect([refused.status, await htmlFaults(html)]).toEqual([409, []]);
    expect(textOf(html)).toContain('Ce que vous aviez saisi sur cette page');
    expect(textOf(html)).toContain('Recherche');
    await trial.runtime.clock.settled();
  });
});

it('says so when a page has changed nothing', async () => {
  const { rssi } = await colleagues();
  await rssi.send(path);
  expect(textOf(await rssi.page('/questionnaire'))).toContain('Aucune réponse n’a changé – Partie B');
});
