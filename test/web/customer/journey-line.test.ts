import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onboardingView } from '../../../functions/web/shared/onboarding-view.ts';
import { secretiveAnswers, sirens } from '../../support/canaries.ts';
import { firstViewBytes, htmlFaults, textOf } from '../../support/page-reader.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { openLink, type Visitor } from '../../support/visitor.ts';

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

async function submitted(): Promise<Visitor> {
  const visitor = await invited();
  for (const section of ['A', 'B', 'C', 'D', 'E'] as const) await visitor.fill(section, secretiveAnswers);
  await visitor.send('/questionnaire/check', [['E6', 'yes']]);
  await trial.runtime.clock.settled();
  return visitor;
}

async function status(visitor: Visitor): Promise<string> {
  const html = await visitor.page('/status');
  expect(await htmlFaults(html)).toEqual([]);
  expect(firstViewBytes(html)).toBeLessThanOrEqual(14_000);
  return textOf(html);
}

describe('the line of steps', () => {
  it('shows how far the questionnaire is, and why there is no date yet', async () => {
    const visitor = await invited();
    await visitor.fill('A', secretiveAnswers);
    expect(await status(visitor)).toContain('Questionnaire 0/5 (en cours)');
    await visitor.send('/questionnaire/A', [['completed', 'yes']]);
    const html = await visitor.page('/status');
    const text = await status(visitor);
    expect(text).toContain('Pas encore de date : elle se calcule à partir de vos réponses');
    expect(text).toContain('Invitation (fait)');
    expect(text).toContain('Questionnaire 1/5 (en cours)');
    expect(text).toContain('Préparatifs de la vague, de J\u201135 à J\u20111 (à venir)');
    expect(html.match(/aria-current="step"/g)).toHaveLength(1);
  });

  it('dates every gate once there is a place, and starts with the date', async () => {
    const visitor = await submitted();
    const text = await status(visitor);
    expect(text).toContain(
      'Et maintenant Bascule le 9 mars 2027 Place réservée, à confirmer au plus tard le 3 décembre 2026 à 9 h (heure de Paris). Site : Paris.',
    );
    expect(text).toContain('Décision go/no-go (J\u20111) (à venir) 8 mars 2027');
    const { outlook, journey } = await onboardingView(trial.deps, visitor.reference, 'fr');
    expect(outlook).toMatchObject({ cutover: '2027-03-09', status: 'held', reason: null });
    for (const step of journey) expect(text).toContain(step.label.replace(/\s/g, ' '));
  });

  it('has no step to come once the onboarding is closed', async () => {
    const visitor = await submitted();
    await visitor.send('/status/wave/decline');
    await trial.runtime.clock.settled();
    const text = await status(visitor);
    expect(text).not.toContain('(à venir)');
    expect(text).toContain('Dossier clos (fait)');
    expect(text).toContain('Pas de date : le dossier est clos.');
  });
});
