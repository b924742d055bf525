import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clearCondition } from '../../../functions/application/clear-condition.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { evidence } from '../../support/evidence.ts';
import { fieldsOf, htmlFaults, problemsOf, textOf } from '../../support/page-reader.ts';
import { operator } from '../../support/scenario.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { openLink, type Visitor } from '../../support/visitor.ts';
import { castOf } from '../staff/cast.ts';

let trial: Trial;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
});
afterAll(() => trial.close());

const noDpia = { B9: ['art9'], B9b: 'under_10k', B11: 'not_done' } as const satisfies Partial<Answers>;
const dpia = '/status/conditions/DPIA_MISSING';
const clarification = '/status/conditions/CLARIFICATION_NEEDED';
const attested = ['E6', 'yes'] as const;

async function submitted(answers: Partial<Answers>, language: 'fr' | 'en' = 'fr'): Promise<Visitor> {
  return openLink(trial, await cast.answered(answers), language);
}

/** A page as a person reads it, with ordinary spaces. */
async function read(visitor: Visitor, path: string): Promise<string> {
  const html = await visitor.page(path);
  expect(await htmlFaults(html)).toEqual([]);
  return textOf(html).replaceAll(/[\u00a0\u202f]/g, ' ');
}

const valuesOf = (html: string, name: string) =>
  [...html.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].map(([, value]) => value);

describe('the page on which a customer declares a condition', () => {
  it('offers the answer that clears it and no other, and says whom to write to otherwise', async () => {
    const visitor = await submitted(noDpia);
    const html = await visitor.page(dpia);
    expect(valuesOf(html, 'B11')).toEqual(['done']);
    const text = await read(visitor, dpia);
    expect(text).toContain('Si aucune n’est encore vraie, il n’y a rien à déclarer');
    expect(text).toContain('ou écrivez à operations@platform.example en rappelant la référence');
  });

  it('offers every answer but "I do not know" to a question to clarify', async () => {
    const visitor = await submitted({ A5: 'unknown', B8: { answer: 'unknown' } });
    const html = await visitor.page(clarification);
    expect(valuesOf(html, 'A5')).toEqual(['essential', 'important', 'out_of_scope']);
    expect(valuesOf(html, 'B8.answer')).toEqual(['no', 'yes_without_derogation', 'yes_with_derogation']);
  });

  it('says which answer clears the condition when another one is sent, and changes nothing', async () => {
    const visitor = await submitted(noDpia);
    const html = await (await visitor.send(dpia, [['B11', 'not_applicable'], attested])).text();
    expect(problemsOf(html)).toMatchObject({ links: [{ id: 'field-B11' }] });
    expect(textOf(html).replaceAll(/[\u00a0\u202f]/g, ' ')).toContain(
      'rien n’a été enregistré. Réponse qui la lève : « Réalisée »',
    );
    const { state } = await trial.runtime.store.onboardings.now(visitor.reference);
    expect(state.conditions).toEqual(['DPIA_MISSING']);
  });

  it('says when dates before that of the place have become possible, which may then be chosen', async () => {
    const early = { E1: { earliest: '2027-02-01', reason: 'none' }, E3: 5 } as const;
    const visitor = await submitted({ ...noDpia, ...early });
    expect(await read(visitor, '/status')).toContain('Bascule le 9 mars 2027');
    await visitor.send(dpia, [['B11', 'done'], attested]);
    await trial.runtime.clock.settled();
    const status = await read(visitor, '/status');
    expect(status).toContain('des dates plus proches que la vôtre sont maintenant possibles');
    expect(status).toContain('9 février 2027, Paris');
  });

  it('takes the same form twice, and says of another one that nothing is left to declare', async () => {
    const visitor = await submitted({ A5: 'unknown', A7: 'unknown' });
    const both = fieldsOf(await visitor.page(clarification));
    const only = (name: string, value: string) =>
      [...both.filter(([each]) => each !== '_csrf'), [name, value], attested] as const;
    expect((await visitor.sendRaw(clarification, only('A7', 'no'))).status).toBe(303);
    await clearCondition(trial.runtime, visitor.reference, 'CLARIFICATION_NEEDED', evidence, operator);
    expect((await visitor.sendRaw(clarification, only('A7', 'no'))).status).toBe(303);
    expect((await visitor.sendRaw(clarification, only('A5', 'essential'))).status).toBe(409);
  });
});

describe('a customer that has declared a condition', () => {
  it.each([
    ['fr', 'Pas encore réalisée Déclaré le 23 novembre 2026 : Réalisée', 'après une déclaration du client'],
    ['en', 'Not done yet Declared on 23 November 2026: Done', 'after a declaration by the customer'],
  ] as const)(
    'reads it in %s beside the answer submitted, and that it changed the result',
    async (...row) => {
      const [language, answer, cause] = row;
      const visitor = await submitted(noDpia, language);
      expect(await read(visitor, '/status')).not.toContain(cause);
      expect((await visitor.send(dpia, [['B11', 'done'], attested])).headers.get('Location')).toBe('/status');
      expect(await read(visitor, '/status/answers')).toContain(answer);
      expect(await read(visitor, '/status')).toContain(cause);
      const staff = await trial.staff({ roles: ['operator'], subject: 'op' });
      const page = textOf(await (await staff.get(`/operations/${visitor.reference}`)).text());
      expect(page).toContain('après une déclaration du client');
    },
  );

  it('reads also that an operator has cleared one', async () => {
    const visitor = await submitted(noDpia);
    await clearCondition(trial.runtime, visitor.reference, 'DPIA_MISSING', evidence, operator);
    expect(await read(visitor, '/status')).toContain(
      'puis de nouveau le 23 novembre 2026 une condition ayant été levée par l’équipe d’exploitation',
    );
  });
});

describe('a customer with a condition that operators clear', () => {
  it.each([
    ['EXIT_PLAN_REQUIRED', { A6: 'yes', A6b: 'yes' }],
    ['DR_PATH', { B2: 'yes' }],
  ] as const)('reads for %s to whom to write, and what', async (code, answers) => {
    const visitor = await submitted(answers);
    const { state } = await trial.runtime.store.onboardings.now(visitor.reference);
    expect(state.conditions).toContain(code);
    const text = await read(visitor, '/status');
    expect(text).toContain(
      `écrivez à operations@platform.example en rappelant la référence ${visitor.reference} : indiquez le titre`,
    );
    expect((await visitor.browser.get(`/status/conditions/${code}`)).status).toBe(409);
  });
});
