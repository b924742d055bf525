import { describe, expect, test } from 'vitest';
import { DecisionRefusedError, InvalidInputError } from '../../../functions/domain/errors.ts';
import { doubtful, journeys } from '../../support/journeys.ts';
import { inScenario, type Scenario } from '../../support/scenario.ts';

/** Words of the canary: neither a log, an event, an outbox item nor a mail may repeat them. */
const message = 'Précisez si Canarijaune traite ces documents.';

async function asked(s: Scenario): Promise<string> {
  const reference = await journeys.inReadinessReview(s);
  await s.review(reference, 'readiness', 'ask_customer', { questions: ['B2', 'B9'], message });
  return reference;
}

function textsOf(s: Scenario, reference: string, template: string): readonly string[] {
  return s
    .mails(reference)
    .filter((mail) => mail.template === template)
    .map(({ text }) => text.replaceAll(/[\u00a0\u202f]/g, ' '));
}

describe('A customer who is asked again', () => {
  test(
    'is told which questions and by when, on the link it has, and reads the message behind it only',
    inScenario(async (s) => {
      const reference = await asked(s);
      expect(await s.state(reference)).toMatchObject({
        stage: 'INVITED',
        questionsAsked: ['B2', 'B9'],
        link: 1,
      });
      const [first, again] = textsOf(s, reference, 'invitation');
      expect(first).not.toContain('Diffusion Restreinte');
      expect(again).toContain('– Informations « Diffusion Restreinte » ?\n– Données personnelles');
      expect(again).toContain('au plus tard le 9 avril 2027 à 10 h');
      expect(again).not.toContain('souhaite rejoindre');
      expect(await s.runtime.store.dossiers.request(reference)).toMatchObject({ message });
    }),
  );

  test(
    'answers anew or confirms each question, and is refused by name until it has',
    inScenario(async (s) => {
      const reference = await asked(s);
      const refused = await s.submit(reference, doubtful).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(InvalidInputError);
      expect(refused).toMatchObject({ problems: [{ field: 'B2' }, { field: 'B9' }] });
      await expect(s.submit(reference, { B2: 'no' })).rejects.toMatchObject({ problems: [{ field: 'B9' }] });
      expect((await s.state(reference)).submission).toBe(1);
      await s.submit(reference, { B2: 'no' }, ['B9']);
      const state = await s.state(reference);
      expect(state).toMatchObject({ stage: 'WAVE_HELD', submission: 2 });
      expect(state.questionsAsked).toBeUndefined();
    }),
  );

  test(
    'may confirm an answer that leads to the same review',
    inScenario(async (s) => {
      const reference = await asked(s);
      await s.submit(reference, doubtful, ['B2', 'B9']);
      expect(await s.state(reference)).toMatchObject({ stage: 'IN_REVIEW', reviewKind: 'readiness' });
    }),
  );

  test(
    'is reminded of these questions, and its silence leads to the review, never to the end',
    inScenario(async (s) => {
      const reference = await asked(s);
      const requested = () => s.mailed(reference).filter((template) => template === 'review_requested');
      const before = requested().length;
      await s.jumpDays(69);
      expect((await s.state(reference)).stage).toBe('INVITED');
      for (const template of ['reminder', 'last_notice']) {
        for (const text of textsOf(s, reference, template)) {
          expect(text).toContain('– Informations « Diffusion Restreinte » ?');
          expect(text).toContain('au plus tard le 9 avril 2027 à 10 h');
          expect(text).not.toMatch(/clos|n’est pas terminé/);
        }
      }
      expect(s.mailed(reference).filter((template) => template === 'reminder')).toHaveLength(3);
      expect(textsOf(s, reference, 'owner_stuck').at(-1)).not.toContain('clos');
      await s.jumpDays(1);
      expect(await s.state(reference)).toMatchObject({
        stage: 'IN_REVIEW',
        reviewKind: 'readiness',
        cause: 'QUESTIONS_UNANSWERED',
        questionsAsked: ['B2', 'B9'],
        run: { number: 1 },
      });
      expect(requested().length).toBe(before + 1);
      expect(textsOf(s, reference, 'review_requested').at(-1)).toContain('restées sans réponse');
      expect(await s.happened(reference)).toContain('QUESTIONS_LEFT_UNANSWERED');
      expect(s.mailed(reference)).not.toContain('closed');

      await s.review(reference, 'readiness', 'accept');
      const state = await s.state(reference);
      expect(state.stage).toBe('WAVE_HELD');
      expect([state.questionsAsked, state.cause]).toEqual([undefined, undefined]);
    }),
  );

  test(
    'is told why when an operator rejects it after its silence',
    inScenario(async (s) => {
      const reference = await asked(s);
      await s.jumpDays(70);
      await s.review(reference, 'readiness', 'reject');
      expect(textsOf(s, reference, 'closed').at(-1)).toContain('restées sans réponse');
    }),
  );

  test(
    'may be asked other questions after its silence, with a new limit',
    inScenario(async (s) => {
      const reference = await asked(s);
      await s.jumpDays(70);
      await s.review(reference, 'readiness', 'ask_customer', {
        questions: ['A5'],
        message: 'Encore un point.',
      });
      const state = await s.state(reference);
      expect(state).toMatchObject({ stage: 'INVITED', questionsAsked: ['A5'] });
      expect(state.cause).toBeUndefined();
      await s.jumpDays(69);
      expect((await s.state(reference)).stage).toBe('INVITED');
      await s.jumpDays(1);
      expect((await s.state(reference)).stage).toBe('IN_REVIEW');
    }),
  );

  test(
    'comes to the review also when the run fails at the end of its silence and is resumed',
    inScenario(async (s) => {
      const reference = await asked(s);
      await s.jumpDays(69);
      s.justBefore('AskForReview', () => {
        throw new Error('no connection');
      });
      await s.jumpDays(1);
      await s.resume(reference);
      expect(await s.state(reference)).toMatchObject({ stage: 'IN_REVIEW', reviewKind: 'readiness' });
    }),
  );

  test(
    'of whole sections, as in the release before, is not lost by silence either',
    inScenario(async (s) => {
      const reference = await journeys.inReadinessReview(s);
      await s.review(reference, 'readiness', 'ask_customer', { sections: ['B'] });
      expect(textsOf(s, reference, 'invitation').at(-1)).toContain('– Partie B');
      await s.jumpDays(70);
      expect(await s.state(reference)).toMatchObject({ stage: 'IN_REVIEW', reviewKind: 'readiness' });
    }),
  );

  test(
    'is asked no question that does not apply to it, and none at all by an empty list',
    inScenario(async (s) => {
      const reference = await journeys.inReadinessReview(s);
      for (const questions of [['A3b'], ['E6'], ['Z9'], []]) {
        const asking = s.review(reference, 'readiness', 'ask_customer', { questions, message });
        await expect(asking).rejects.toThrow(DecisionRefusedError);
      }
      expect((await s.state(reference)).stage).toBe('IN_REVIEW');
    }),
  );
});
