import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyErasure } from '../../functions/application/erase.ts';
import { resume } from '../../functions/application/resume.ts';
import { runGates } from '../../functions/application/run-gates.ts';
import { startOnboarding } from '../../functions/application/start-onboarding.ts';
import {
  addDays,
  type CalendarDate,
  calendarDateOf,
  instantAt,
} from '../../functions/domain/calendar-date.ts';
import type { Stage } from '../../functions/domain/onboarding/lifecycle.ts';
import { siteCodes } from '../../functions/domain/platform-configuration.ts';
import type { Runtime } from '../../infra/local/runtime.ts';
import { statusOf } from '../support/executions.ts';
import { checkInvariants } from '../support/invariants.ts';
import { openTrial } from '../support/trial.ts';
import { expected, recordedAs } from './expected.ts';
import { nextAct } from './people.ts';
import { failedOnes, readFacts, takeUp } from './recorded-folder.ts';

const { onboardings } = expected;
const operator = { kind: 'operator', id: 'farida' } as const;

const stagesToActIn = [
  ...(['IN_REVIEW', 'INVITED', 'PREPARING', 'WAITING_LIST', 'WAVE_HELD'] as const),
  ...(['GO_NO_GO', 'HANDED_OVER'] as const),
];
/** More than enough for the last wave that anybody is booked in. */
const mostSteps = 100;
/** Of those who were asked for answers, every other one never says anything again. */
const silent = new Set(
  onboardings
    .filter(({ recorded, settled, resumed }) =>
      ['INVITED', 'ANSWERING'].includes((resumed ?? settled ?? recorded).stage),
    )
    .flatMap(({ reference }, index) => (index % 2 === 0 ? [reference] : [])),
);

// One story, told in order: each part goes on from where the one before has led.
describe('A process that takes the data folder of an earlier release up', () => {
  let runtime: Runtime;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ runtime, close } = await takeUp());
  });
  afterAll(() => close());

  const inStage = async (stage: Stage): Promise<readonly string[]> => {
    const { items } = await runtime.store.lists.byStage(stage, { limit: 100 });
    return items.map(({ reference }) => reference);
  };

  /** Lets whoever has the ball act; gives the stage that leads to, if anybody has. */
  async function act(reference: string): Promise<Stage | undefined> {
    if (silent.has(reference)) return undefined;
    const next = nextAct(await runtime.store.onboardings.now(reference), runtime.clock.now());
    await next?.does(runtime, reference);
    await runtime.clock.settled();
    return next?.leadsTo;
  }

  /** A week on, or before that the day on which a go or no-go is decided. */
  async function nextDay(): Promise<CalendarDate> {
    const today = calendarDateOf(runtime.clock.now());
    const waves = await runtime.store.waves.calendar(siteCodes(runtime.platform));
    const decisions = waves
      .filter(({ kind, booked }) => kind !== 'PREPARATION' && booked.customers > 0)
      .map(({ cutover }) => addDays(cutover, -1));
    return [addDays(today, 7), ...decisions].filter((day) => day > today).toSorted()[0] ?? addDays(today, 1);
  }

  async function allAreClosed(): Promise<boolean> {
    return (await runtime.store.lists.byStage('CLOSED', { limit: 100 })).items.length === onboardings.length;
  }

  async function checkWhatHolds(): Promise<void> {
    const references = onboardings.map(({ reference }) => reference);
    const seen = { edges: [], logLines: [], outboxItems: [], mailTemplates: new Map() };
    await checkInvariants(runtime, { ...seen, references });
  }

  it('goes on from where the clock stood', () => {
    expect(runtime.clock.now().getTime()).toBeGreaterThanOrEqual(Date.parse(expected.clock));
  });

  it('finishes what was under way, and leaves at rest what was at rest', async () => {
    const facts = await readFacts(runtime.store);
    for (const { is, reference, recorded, settled = recorded } of onboardings) {
      expect(facts.get(reference), is).toEqual(settled);
    }
  });

  it('sends what was still to be sent', async () => {
    expect(await runtime.store.outbox.pending(100)).toEqual([]);
    const { reference } = recordedAs('invited, invitation not sent');
    expect(runtime.mailbox.list().filter(({ id }) => id.startsWith(reference))).toHaveLength(1);
    const published = runtime.events.list().filter((event) => event.reference === reference);
    expect(published.map(({ type }) => type)).toEqual(['OnboardingStarted', 'OnboardingInvited']);
  });

  it('knows the personal links that were mailed', async () => {
    for (const { is, reference, erasure, link } of onboardings) {
      if (link === 0) continue;
      const token = await runtime.links.token(reference, link);
      const known = erasure === 'done' || erasure === 'checked' ? undefined : { reference, generation: link };
      expect(await runtime.store.links.find(token), is).toEqual(known);
    }
  });

  it('opens the page where a customer stands to whoever holds an old mail', async () => {
    const trial = openTrial(runtime);
    const leads = async (is: string): Promise<unknown> => {
      const { reference } = recordedAs(is);
      const mails = runtime.mailbox.list().filter(({ id }) => id.startsWith(`${reference}-`));
      const path = mails
        .map(({ text }) => /\/f\/[\w-]+/.exec(text)?.[0])
        .find((found) => found !== undefined);
      const answer = await trial.browser().post(path ?? '/');
      return answer.headers.get('Location') ?? answer.status;
    };
    expect(await leads('answering')).toBe('/questionnaire');
    expect(await leads('failed while answering')).toBe('/questionnaire');
    expect(await leads('held')).toBe('/status');
    expect(await leads('invited, contact changed')).toBe(410);
    expect(await leads('closed, wave declined')).toBe('/status');
    expect(await leads('erased')).toBe(404);
  });

  it('knows the sessions that were open', async () => {
    for (const { kind, secret } of expected.sessions) {
      expect(await runtime.store.sessions.find(secret, runtime.clock.now())).toMatchObject({ kind });
    }
  });

  it('answers a start that is asked for again with the onboarding it began', async () => {
    for (const { is, reference, siren, name, mail, owner, team, request } of onboardings) {
      const again = startOnboarding(
        runtime,
        { scope: 'crm', key: request, body: is },
        {
          ...({ siren, legalName: name, bodyType: 'company', contactName: 'Ada', language: 'fr' } as const),
          ...({ contactEmail: mail, services: ['exchange'], deadlineReason: 'none', owner, team } as const),
        },
        operator,
      );
      expect(await again, is).toBe(reference);
    }
  });

  it('writes again, in its first sweep, what was stored with the stage FAILED', async () => {
    const { lists } = runtime.store;
    expect((await lists.storedAsFailed({ limit: 100 })).items.length).toBeGreaterThan(0);
    const failed = (await failedOnes(runtime.store)).map(({ reference }) => reference).toSorted();
    await runtime.sweep();
    expect((await lists.storedAsFailed({ limit: 100 })).items).toEqual([]);
    expect((await failedOnes(runtime.store)).map(({ reference }) => reference).toSorted()).toEqual(failed);
  });

  it('resumes each run that has failed, up to the wait that belongs to its stage', async () => {
    const failed = (await failedOnes(runtime.store)).map(({ reference }) => reference);
    for (const reference of failed) await resume(runtime, reference, 'the fault is mended', operator);
    await runtime.clock.settled();
    const facts = await readFacts(runtime.store);
    for (const { is, reference, resumed } of onboardings) {
      expect(failed.includes(reference), is).toBe(resumed !== undefined);
      if (resumed !== undefined) expect(facts.get(reference), is).toEqual(resumed);
    }
  });

  it('finds another wave for whoever is still booked in one whose cancelling was cut off', async () => {
    const { reference } = recordedAs('held, in a wave being cancelled');
    await runGates(runtime);
    await runtime.clock.settled();
    const { state, booking } = await runtime.store.onboardings.now(reference);
    const found = { stage: state.stage, wave: booking?.wave };
    expect(found).toEqual({ stage: 'WAVE_HELD', wave: 'paris-2027-05-04' });
  });

  it('leads to the next stage whoever does what is waited for', async () => {
    let acts = 0;
    for (const { is, reference } of onboardings) {
      const leadsTo = await act(reference);
      if (leadsTo === undefined) continue;
      expect((await runtime.store.onboardings.now(reference)).state.stage, is).toBe(leadsTo);
      acts += 1;
    }
    expect(acts).toBeGreaterThan(40);
    await checkWhatHolds();
  });

  it('brings each onboarding to its end', async () => {
    for (let step = 0; step < mostSteps && !(await allAreClosed()); step += 1) {
      for (const reference of (await Promise.all(stagesToActIn.map(inStage))).flat()) await act(reference);
      await runtime.clock.jumpTo(instantAt(await nextDay(), '10:00'));
    }
    expect(await allAreClosed()).toBe(true);
    for (const { is, reference } of onboardings) {
      const { state } = await runtime.store.onboardings.now(reference);
      for (let run = 1; run <= state.run.number; run += 1) {
        expect(await statusOf(runtime, reference, run), is).not.toBe('RUNNING');
      }
      if (silent.has(reference)) expect(state.outcome, is).toBe('UNANSWERED');
    }
    await checkWhatHolds();
  });

  it('finishes each erasure that had begun', async () => {
    for (const { is, reference, erasure } of onboardings) {
      if (erasure === undefined) continue;
      expect(await verifyErasure(runtime, reference), is).toMatchObject({ erased: true, chainHolds: true });
    }
  });
});
