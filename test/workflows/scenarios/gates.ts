import { describe, expect, test } from 'vitest';
import { runGates } from '../../../functions/application/run-gates.ts';
import { expectedBy } from '../../../functions/domain/onboarding/expected-by.ts';
import { typeset } from '../../../functions/domain/text.ts';
import { waveWith } from '../../domain/waves/fixtures.ts';
import { journeys } from '../../support/journeys.ts';
import { inScenario, type Scenario } from '../../support/scenario.ts';

/** The cutover is on a Monday: its go/no-go is on the Friday before. */
const afterWeekend = { calendar: [waveWith({ cutover: '2027-03-08' }), waveWith({ cutover: '2027-05-04' })] };
/** The cutover is on the day after Easter Monday, in summer time: its go/no-go is on the Friday before. */
const afterEaster = { calendar: [waveWith({ cutover: '2027-03-30' })] };

const reminders = (s: Scenario, reference: string) =>
  s.mails(reference).filter(({ template }) => template === 'review_go_no_go_due');

describe('A gate before a weekend or public holiday', () => {
  test(
    'opens the go/no-go on the last working day, and takes silence for a no-go at 18:00 of that day',
    inScenario(async (s) => {
      const reference = await journeys.confirmed(s);
      expect(expectedBy(await s.now(reference))).toBe('2027-03-05T07:00:00.000Z');
      await s.jumpTo('2027-03-05', '07:59');
      expect((await s.state(reference)).stage).toBe('WAVE_CONFIRMED');
      await s.jumpTo('2027-03-05', '08:00');
      expect((await s.state(reference)).stage).toBe('GO_NO_GO');
      expect(expectedBy(await s.now(reference))).toBe('2027-03-05T17:00:00.000Z');
      await s.jumpTo('2027-03-05', '17:59');
      expect((await s.state(reference)).stage).toBe('GO_NO_GO');
      await s.jumpTo('2027-03-05', '18:00');
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', cutover: '2027-05-04' });
    }, afterWeekend),
  );

  test(
    'is kept at Paris time in summer too',
    inScenario(async (s) => {
      const reference = await journeys.confirmed(s);
      await s.until(reference, 'GO_NO_GO');
      expect(s.runtime.clock.now()).toEqual(new Date('2027-03-26T07:00:00Z'));
      await s.review(reference, 'go_no_go', 'go');
      expect((await s.state(reference)).stage).toBe('HANDED_OVER');
    }, afterEaster),
  );

  test(
    'names its true day in the mails',
    inScenario(async (s) => {
      const reference = await journeys.inGoNoGo(s);
      const mail = (template: string) => s.mails(reference).findLast((one) => one.template === template);
      expect(mail('wave_confirmed')?.text).toContain(typeset('décision le 5 mars 2027', 'fr'));
      expect(mail('review_requested')?.text).toContain(typeset('Sans décision le 5 mars 2027 à 18 h', 'fr'));
    }, afterWeekend),
  );
});

describe('On the day of the go/no-go', () => {
  test(
    'operators are reminded once at 14:00, and people on call alarmed at 16:30',
    inScenario(async (s) => {
      const reference = await journeys.inGoNoGo(s);
      await s.jumpTo('2027-03-08', '13:59');
      expect(reminders(s, reference)).toEqual([]);
      await s.jumpTo('2027-03-08', '14:00');
      expect(reminders(s, reference)).toMatchObject([{ to: 'operations@platform.example' }]);
      await Promise.all([runGates(s.runtime), runGates(s.runtime)]);
      await s.jumpTo('2027-03-08', '16:30');
      await Promise.all([runGates(s.runtime), runGates(s.runtime)]);
      await s.settle();
      expect(reminders(s, reference).map(({ to, at }) => [to, at])).toEqual([
        ['operations@platform.example', '2027-03-08T13:00:00.000Z'],
        ['on-call@platform.example', '2027-03-08T15:30:00.000Z'],
      ]);
      expect((await s.happened(reference)).filter((type) => type === 'GO_NO_GO_RECALLED')).toHaveLength(2);
    }),
  );

  test(
    'nobody is reminded of a decision that is taken',
    inScenario(async (s) => {
      const reference = await journeys.inGoNoGo(s);
      await s.review(reference, 'go_no_go', 'go');
      await s.jumpTo('2027-03-08', '16:30');
      expect(reminders(s, reference)).toEqual([]);
    }),
  );

  test(
    'silence is recorded as a defect of ours, and the mail says so',
    inScenario(async (s) => {
      const reference = await journeys.inGoNoGo(s);
      await s.jumpTo('2027-03-08', '18:00');
      const events = await s.runtime.store.onboardings.events(reference);
      expect(events.find(({ type }) => type === 'GO_NO_GO_DECIDED')).toMatchObject({
        data: { decision: 'no_go', defect: 'NO_DECISION' },
      });
      const published = s.runtime.events.list().filter(({ type }) => type === 'OnboardingNoGoBySilence');
      expect(published).toMatchObject([{ data: { wave: 'paris-2027-03-09', cutover: '2027-03-09' } }]);
      const [mail] = s.mails(reference).filter(({ template }) => template === 'go_no_go');
      expect(mail?.text).toContain('faute de décision de notre part');
      expect(mail?.text).toContain(typeset('vague du 9 mars 2027', 'fr'));
      expect(mail?.text).toContain('Votre prochaine place');
    }),
  );

  test(
    'a no-go by an operator is no defect of ours',
    inScenario(async (s) => {
      const reference = await journeys.inGoNoGo(s);
      await s.review(reference, 'go_no_go', 'no_go');
      const events = await s.runtime.store.onboardings.events(reference);
      const decided = events.find(({ type }) => type === 'GO_NO_GO_DECIDED');
      expect(decided?.data).not.toHaveProperty('defect');
      expect(s.runtime.events.list().map(({ type }) => type)).not.toContain('OnboardingNoGoBySilence');
      const [mail] = s.mails(reference).filter(({ template }) => template === 'go_no_go');
      expect(mail?.text).toContain('La décision est défavorable');
      expect(mail?.text).not.toContain('faute de décision');
    }),
  );
});
