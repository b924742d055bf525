import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import { system } from '../../../functions/domain/onboarding/actor.ts';
import { journeys } from '../../support/journeys.ts';
import { fieldsOf } from '../../support/page-reader.ts';
import { inScenario, type Scenario } from '../../support/scenario.ts';
import { openTrial } from '../../support/trial.ts';

async function stopRun(s: Scenario, reference: string): Promise<void> {
  const executionArn = s.runtime.executionArnOf(reference, 1);
  await s.runtime.sfn.send(new StopExecutionCommand({ executionArn }));
  await s.settle();
}

async function customerOf(s: Scenario, reference: string) {
  const trial = openTrial(s.runtime);
  const browser = trial.browser();
  await browser.post(await trial.linkOf(reference));
  const status = async (language: string) =>
    (await (await browser.get(`/status?lang=${language}`)).text()).replace(/<[^>]*>/g, ' ');
  return { browser, status };
}

it(
  'asks about a held place while the run has failed, and takes the answer',
  inScenario(async (s) => {
    const reference = await journeys.held(s);
    await stopRun(s, reference);
    const { browser, status } = await customerOf(s, reference);
    expect(await status('fr')).toMatch(/confirmez-la.*incident technique.*Confirmer cette date/s);
    expect(await status('en')).not.toContain('you do not need to do anything');
    const form = '/status/wave/confirm';
    const fields = Object.fromEntries(fieldsOf(await (await browser.get(form)).text()));
    expect((await browser.post(form, fields)).status).toBe(303);
    expect((await s.state(reference)).stage).toBe('WAVE_CONFIRMED');
    expect(await status('en')).toContain('A technical incident has interrupted your onboarding');
    await s.resume(reference);
    await s.until(reference, 'GO_NO_GO');
  }),
);

it(
  'says that the place is given back once its time is over, on the page and by mail',
  inScenario(async (s) => {
    const reference = await journeys.held(s);
    await stopRun(s, reference);
    await s.jumpDays(11);
    const { status } = await customerOf(s, reference);
    expect(await status('fr')).toContain('La place qui vous était réservée est rendue');
    const [lost] = s.mails(reference).filter(({ template }) => template === 'place_lost');
    expect(lost?.text).toContain('Un incident technique');
    await s.resume(reference);
    expect((await s.state(reference)).stage).toBe('WAVE_HELD');
    expect((await s.state(reference)).confirmationTimeouts).toBe(0);
  }),
);

it(
  'says that a person reviews the onboarding after it, when it was the second silence',
  inScenario(async (s) => {
    const reference = await journeys.held(s);
    await stopRun(s, reference);
    await s.jumpDays(11);
    const { status } = await customerOf(s, reference);
    expect(await status('fr')).toContain('nous chercherons une autre place');
    await s.runtime.store.onboardings.change<void>(reference, async () => ({
      result: undefined,
      change: {
        set: { confirmationTimeouts: 2, priority: undefined },
        event: { type: 'REMINDED', actor: system },
      },
    }));
    expect(await status('fr')).toContain('une personne de l’équipe examinera votre dossier');
    expect(await status('fr')).not.toContain('nous chercherons');
  }),
);
