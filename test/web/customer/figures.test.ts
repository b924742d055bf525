import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { findQuestion, sections } from '../../../functions/domain/questionnaire/questionnaire.ts';
import { entriesOfAnswer } from '../../../functions/web/customer/entries.ts';
import { sirens } from '../../support/canaries.ts';
import { htmlFaults, problemsOf, textOf } from '../../support/page-reader.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { type Fields, openLink, type Visitor } from '../../support/visitor.ts';

let trial: Trial;
let next = 0;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

async function invited(): Promise<Visitor> {
  const reference = await trial.start(sirens[next] ?? '');
  next += 1;
  return openLink(trial, reference);
}

const letters = sections.map(({ id }) => id);
const spaced = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('a number of the technical scope', () => {
  it('is given exactly, as an order of magnitude, or as unknown, and shown again as it was given', async () => {
    const visitor = await invited();
    const sent = [
      ['C2.usersInScope', ''],
      ['C2.usersInScope.band', '200'],
      ['C2.totalStaff', ''],
      ['C2.totalStaff.band', 'unknown'],
    ] as const;
    expect((await visitor.sendRaw('/questionnaire/C2', sent)).status).toBe(303);
    const draft = await trial.runtime.store.dossiers.draft(visitor.reference);
    expect(draft?.saved.get('C2')?.value).toEqual({
      usersInScope: { from: 200, to: 999 },
      totalStaff: 'unknown',
    });
    const html = await visitor.page('/questionnaire/C2');
    expect(html).toContain('<option value="200" selected>200 à 999</option>');
    expect(html).toContain('<option value="unknown" selected>');
    expect(await htmlFaults(html)).toEqual([]);
    const check = spaced(textOf(await visitor.page('/questionnaire/check')));
    expect(check).toContain('Utilisateurs concernés : 200 à 999 Effectif total : Je ne sais pas');
  });

  it('is refused when it is given twice, with a problem that names both', async () => {
    const visitor = await invited();
    const sent = [
      ['C2.usersInScope', '250'],
      ['C2.usersInScope.band', '200'],
      ['C2.totalStaff', '400'],
      ['C2.totalStaff.band', ''],
    ] as const;
    const response = await visitor.sendRaw('/questionnaire/C2', sent);
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(problemsOf(html).links).toMatchObject([{ id: 'field-C2-usersInScope' }]);
    expect(spaced(textOf(html))).toContain(
      'Utilisateurs concernés : un nombre exact est saisi, et le choix « ou environ » est rempli aussi',
    );
    expect(html).toContain('value="250"');
    expect(html).toContain('<option value="200" selected>');
  });

  it('is refused when its list holds what was never offered', async () => {
    const visitor = await invited();
    const sent = [
      ['C4.tenants', '1'],
      ['C4.domains.band', '7'],
      ['C4.adForests.band', 'many'],
    ] as const;
    const response = await visitor.sendRaw('/questionnaire/C4', sent);
    // The text of a list counts as a number that was typed.
    expect(problemsOf(await response.text()).links).toMatchObject([{ id: 'field-C4-adForests' }]);
  });
});

describe('the end of a derogation', () => {
  const derogation = (fields: Fields): Fields => [['B8.answer', 'yes_with_derogation'], ...fields];

  it('may be unknown, which leads to a result that asks for it', async () => {
    const visitor = await invited();
    const answers: Answers = { ...plainAnswers, B8: { answer: 'yes_with_derogation', expiry: 'unknown' } };
    for (const letter of letters) await visitor.fill(letter, answers);
    expect(await visitor.page('/questionnaire/B8')).toContain(
      'name="B8.expiry.unknown" value="unknown" checked',
    );
    expect((await visitor.send('/questionnaire/check', [['E6', 'yes']])).status).toBe(303);
    await trial.runtime.clock.settled();
    const result = await trial.runtime.store.dossiers.result(visitor.reference);
    expect(result?.assessment).toMatchObject({
      ruleSetVersion: '2026-12',
      conditions: [{ code: 'DEROGATION_DEADLINE' }, { code: 'CLARIFICATION_NEEDED', ids: ['B8'] }],
    });
    const status = await visitor.page('/status');
    expect(await htmlFaults(status)).toEqual([]);
    expect(status).not.toContain('undefined');
  });

  it('is refused as a date and as unknown at once', async () => {
    const visitor = await invited();
    const both = derogation([
      ['B8.expiry.day', '1'],
      ['B8.expiry.month', '3'],
      ['B8.expiry.year', '2028'],
      ['B8.expiry.unknown', 'unknown'],
    ]);
    const response = await visitor.sendRaw('/questionnaire/B8', both);
    expect(response.status).toBe(422);
    expect(problemsOf(await response.text()).links).toMatchObject([{ id: 'field-B8-expiry' }]);
  });
});

describe('numbers that are still to be clarified', () => {
  const unknownScope: Answers = {
    ...plainAnswers,
    C2: { usersInScope: 'unknown', totalStaff: 400 },
    C6: { servers: 'unknown', applications: 3, dependencies: 'unknown' },
  };
  const clarification = '/status/conditions/CLARIFICATION_NEEDED';

  async function submitted(): Promise<Visitor> {
    const visitor = await invited();
    for (const letter of letters) await visitor.fill(letter, unknownScope);
    await visitor.send('/questionnaire/check', [['E6', 'yes']]);
    await trial.runtime.clock.settled();
    return visitor;
  }

  it('belong to the CIO, and are declared without "I do not know" for the numbers alone', async () => {
    const visitor = await submitted();
    const status = spaced(textOf(await visitor.page('/status')));
    expect(status).toContain('Réponses à préciser (Utilisateurs concernés, effectif total ; Serveurs');
    const html = await visitor.page(clarification);
    expect(html).toContain('name="C2.usersInScope.band"');
    expect(html).not.toContain('<option value="unknown"');
    expect(html).toContain('name="C6.dependencies" value="unknown"');
    const refused = await visitor.sendRaw(clarification, [
      ['C2.usersInScope.band', 'unknown'],
      ['C2.totalStaff', '400'],
      ['E6', 'yes'],
    ]);
    expect(refused.status).toBe(422);
    expect(spaced(textOf(await refused.text()))).toContain('« Je ne sais pas » ne lève pas la condition');
  });

  it('are cleared one by one, by an order of magnitude, too', async () => {
    const visitor = await submitted();
    const declared = await visitor.sendRaw(clarification, [
      ['C2.usersInScope.band', '200'],
      ['C2.totalStaff', '400'],
      ['E6', 'yes'],
    ]);
    expect(declared.status).toBe(303);
    const result = await trial.runtime.store.dossiers.result(visitor.reference);
    expect(result?.assessment.conditions).toEqual([{ code: 'CLARIFICATION_NEEDED', ids: ['C6'] }]);
  });
});

describe('an answer given in version 1', () => {
  it('fills the fields of version 2', () => {
    const question = findQuestion('C2');
    if (question === undefined) throw new Error('C2 is asked no more');
    expect(entriesOfAnswer(question, plainAnswers)).toEqual([
      ['C2.usersInScope', ['100']],
      ['C2.totalStaff', ['120']],
    ]);
  });
});
