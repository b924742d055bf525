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
async function opened(visitor: Visitor, question: string): Promise<Fields> {
  return fieldsOf(await visitor.page(`/questionnaire/${question}`)).filter(([name]) => name !== '_csrf');
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

const path = '/questionnaire/B11';

describe('A page that was opened before a colleague saved', () => {
  it('keeps what the colleague saved where its sender has changed nothing', async () => {
    const { reference, rssi, dpo } = await colleagues();
    const [first, second] = [await opened(rssi, 'B11'), await opened(dpo, 'B11')];
    expect((await rssi.sendRaw(path, changed(first, ['B11', 'done']))).status).toBe(303);
    expect((await dpo.sendRaw(path, second)).status).toBe(303);
    expect(await answersOf(reference)).toMatchObject({ B11: 'done' });
  });

  it('keeps the first answer of a colleague where the request had filled it in', async () => {
    const reference = await trial.start(sirens[next] ?? '');
    next += 1;
    const [rssi, dpo] = [await openLink(trial, reference), await openLink(trial, reference)];
    const [first, second] = [await opened(rssi, 'A3'), await opened(dpo, 'A3')];
    await rssi.sendRaw('/questionnaire/A3', changed(first, ['A3', 'gip']));
    await dpo.sendRaw('/questionnaire/A3', changed(second, ['save', 'later']));
    expect(await answersOf(reference)).toEqual({ A3: 'gip' });
  });

  it.each(['fr', 'en'] as const)(
    'shows both answers where they differ, and asks which to keep (%s)',
    async (language) => {
      const { reference, rssi, dpo } = await colleagues(language);
      const [security, privacy] = [await opened(rssi, 'B11'), await opened(dpo, 'B11')];
      await rssi.sendRaw(path, changed(security, ['B11', 'done']));
      const refused = await dpo.sendRaw(path, changed(privacy, ['B11', 'unknown']));
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
        fr
          ? 'Dernier enregistrement le 23 novembre 2026 à 9 h (heure de Paris), avec votre lien personnel'
          : 'with your personal link',
      );
      expect(problemsOf(html).links.map(({ id }) => id)).toEqual(['field-keep-B11']);
      expect(hasId(html, 'field-keep-B11')).toBe(true);
      const again = fieldsOf(html).filter(([name]) => name !== '_csrf');
      expect(Object.fromEntries(again)).toMatchObject({ B11: 'unknown' });
      expect(await answersOf(reference)).toMatchObject({ B11: 'done' });

      const undecided = await dpo.sendRaw(path, again);
      expect(undecided.status).toBe(409);
      const mine = html.match(/value="(mine\.\d+)"/)?.[1] ?? '';
      const decided = await dpo.sendRaw(path, changed(again, ['keep.B11', fr ? mine : 'theirs']));
      expect(decided.status).toBe(303);
      expect(await answersOf(reference)).toMatchObject({ B11: fr ? 'unknown' : 'done' });
    },
  );

  it('asks again when the answer changes once more before the choice', async () => {
    const { reference, rssi, dpo } = await colleagues();
    const privacy = await opened(dpo, 'B11');
    await rssi.sendRaw(path, changed(await opened(rssi, 'B11'), ['B11', 'done']));
    const html = await (await dpo.sendRaw(path, changed(privacy, ['B11', 'unknown']))).text();
    const again = fieldsOf(html).filter(([name]) => name !== '_csrf');
    const mine = html.match(/value="(mine\.\d+)"/)?.[1] ?? '';
    await rssi.sendRaw(path, changed(await opened(rssi, 'B11'), ['B11', 'not_done']));
    expect((await dpo.sendRaw(path, changed(again, ['keep.B11', mine]))).status).toBe(409);
    expect(await answersOf(reference)).toMatchObject({ B11: 'not_done' });
  });

  it('asks when it does not say what it showed', async () => {
    const { reference, rssi } = await colleagues();
    const old = (await opened(rssi, 'B11')).filter(([name]) => name !== 'seen');
    expect((await rssi.sendRaw(path, changed(old, ['B11', 'done']))).status).toBe(409);
    expect((await rssi.sendRaw(path, old)).status).toBe(303);
    expect(await answersOf(reference)).toMatchObject({ B11: 'not_applicable' });
  });

  it('carries what it showed through a problem and a change of language', async () => {
    const { reference, rssi, dpo } = await colleagues();
    const contact = '/questionnaire/B7';
    const privacy = await opened(dpo, 'B7');
    await rssi.sendRaw(contact, changed(await opened(rssi, 'B7'), ['B7.answer', 'unknown']));
    const wrong = await dpo.sendRaw(contact, changed(privacy, ['B7.answer', 'yes']));
    expect(wrong.status).toBe(409);
    const again = fieldsOf(await wrong.text()).filter(([name]) => name !== '_csrf');
    expect((await dpo.sendRaw(contact, changed(again, ['keep.B7', 'theirs']))).status).toBe(303);
    expect(await answersOf(reference)).toMatchObject({ B7: { answer: 'unknown' } });
  });
});

describe('A page that comes after the submission', () => {
  it('is refused, and what was typed on it is shown', async () => {
    const { reference, rssi, dpo } = await colleagues();
    const privacy = await opened(dpo, 'B12');
    await submitAnswers(trial.runtime, reference, plainAnswers, { kind: 'customer', id: reference });
    const refused = await rssi.sendRaw('/questionnaire/B12', changed(privacy, ['B12', 'research']));
    const html = await refused.text();
    expect([refused.status, await htmlFaults(html)]).toEqual([409, []]);
    expect(textOf(html)).toContain('Ce que vous aviez saisi sur cette page');
    expect(textOf(html)).toContain('Recherche');
    await trial.runtime.clock.settled();
  });
});
