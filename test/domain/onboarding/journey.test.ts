import { describe, expect, it } from 'vitest';
import { type DateOutlook, dateOutlook } from '../../../functions/domain/onboarding/date-outlook.ts';
import type { EventType } from '../../../functions/domain/onboarding/events.ts';
import { journeyOf } from '../../../functions/domain/onboarding/journey.ts';
import { outcomes, type Stage, stages } from '../../../functions/domain/onboarding/lifecycle.ts';
import { firstRun } from '../../../functions/domain/onboarding/run.ts';
import type { Booking, OnboardingState, Snapshot } from '../../../functions/domain/onboarding/state.ts';
import { stateOf } from '../../store/bench.ts';

const at = new Date('2027-01-20T09:00:00Z');
const today = '2027-01-20';
const failed = { ...firstRun(at.toISOString()), status: 'failed' } as const;

const place: Booking = {
  wave: 'paris-2027-03-09',
  site: 'paris',
  cutover: '2027-03-09',
  status: 'CONFIRMED',
  points: 2,
  complex: 0,
  bookedAt: '2027-01-10T09:00:00.000Z',
};
const held: Booking = { ...place, status: 'HELD', holdUntil: '2027-01-25T08:00:00.000Z' };

const history: readonly { type: EventType; at: string }[] = [
  { type: 'INVITED', at: '2026-11-23T08:00:00.000Z' },
  { type: 'ANSWERS_SUBMITTED', at: '2026-12-01T08:00:00.000Z' },
  { type: 'TIER_ASSIGNED', at: '2026-12-02T08:00:00.000Z' },
  { type: 'WAVE_CONFIRMED', at: '2027-01-12T08:00:00.000Z' },
];

type Changes = Partial<OnboardingState> & { readonly stage: Stage };

function snapshot(changes: Changes, more: Partial<Snapshot> = {}): Snapshot {
  return { state: { ...stateOf(1), submission: 1, ...changes }, ...more };
}

/** Each step as one word; the current one in brackets. */
function line(now: Snapshot, events = history): string {
  return journeyOf({ now, events, today })
    .map(({ code, state }) => (state === 'current' ? `[${code}]` : state === 'done' ? code : `(${code})`))
    .join(' ');
}

const gates =
  '(SCHEDULE) (FIRST_MEETING) (FIRST_NOTICE) (SECOND_MEETING) (SECOND_NOTICE) (GO_NO_GO) (CUTOVER) (HYPERCARE_END)';

describe('the line of steps', () => {
  it.each<readonly [string, Snapshot, string]>([
    [
      'registered',
      snapshot({ stage: 'REGISTERED' }),
      `[INVITATION] (QUESTIONNAIRE) (RESULT) (DATE) ${gates}`,
    ],
    [
      'in review of its organisation',
      snapshot({ stage: 'IN_REVIEW', reviewKind: 'qualification' }),
      `[INVITATION] (QUESTIONNAIRE) (RESULT) (DATE) ${gates}`,
    ],
    ['answering', snapshot({ stage: 'ANSWERING' }), `INVITATION [QUESTIONNAIRE] (RESULT) (DATE) ${gates}`],
    ['submitted', snapshot({ stage: 'SUBMITTED' }), `INVITATION QUESTIONNAIRE [RESULT] (DATE) ${gates}`],
    [
      'in review of its answers',
      snapshot({ stage: 'IN_REVIEW', reviewKind: 'readiness' }),
      `INVITATION QUESTIONNAIRE [RESULT] (DATE) ${gates}`,
    ],
    [
      'in review for want of a date',
      snapshot({ stage: 'IN_REVIEW', reviewKind: 'placement' }),
      `INVITATION QUESTIONNAIRE RESULT [DATE] ${gates}`,
    ],
    [
      'preparing',
      snapshot({ stage: 'PREPARING' }),
      `INVITATION QUESTIONNAIRE RESULT [PREPARATION] (DATE) ${gates}`,
    ],
    [
      'on the waiting list after a preparation',
      snapshot(
        { stage: 'WAITING_LIST' },
        { preparation: { wave: 'p', site: 'paris', starts: '2027-01-04', bookedAt: place.bookedAt } },
      ),
      `INVITATION QUESTIONNAIRE RESULT PREPARATION [DATE] ${gates}`,
    ],
    [
      'with a place held',
      snapshot({ stage: 'WAVE_HELD' }, { booking: held }),
      `INVITATION QUESTIONNAIRE RESULT [DATE] ${gates}`,
    ],
    [
      'confirmed',
      snapshot({ stage: 'WAVE_CONFIRMED' }, { booking: place }),
      'INVITATION QUESTIONNAIRE RESULT DATE [SCHEDULE] (FIRST_MEETING) (FIRST_NOTICE) (SECOND_MEETING) (SECOND_NOTICE) (GO_NO_GO) (CUTOVER) (HYPERCARE_END)',
    ],
    [
      'confirmed, while its place has to be left',
      snapshot({ stage: 'WAVE_CONFIRMED' }, { booking: { ...place, status: 'TO_MOVE' } }),
      `INVITATION QUESTIONNAIRE RESULT [DATE] ${gates}`,
    ],
    [
      'at its decision',
      snapshot({ stage: 'GO_NO_GO' }, { booking: { ...place, cutover: today } }),
      'INVITATION QUESTIONNAIRE RESULT DATE SCHEDULE FIRST_MEETING FIRST_NOTICE SECOND_MEETING SECOND_NOTICE [GO_NO_GO] (CUTOVER) (HYPERCARE_END)',
    ],
    [
      'handed over',
      snapshot({ stage: 'HANDED_OVER', cutover: '2027-01-21' }),
      'INVITATION QUESTIONNAIRE RESULT DATE SCHEDULE FIRST_MEETING FIRST_NOTICE SECOND_MEETING SECOND_NOTICE GO_NO_GO [CUTOVER] (HYPERCARE_END)',
    ],
    [
      'seeking another date after a cutover that was postponed',
      snapshot(
        { stage: 'SUBMITTED', cutoverResult: 'postponed' },
        { booking: { ...place, status: 'TO_MOVE' } },
      ),
      `INVITATION QUESTIONNAIRE RESULT [DATE] ${gates}`,
    ],
    [
      'cut over',
      snapshot({ stage: 'CUT_OVER', cutover: '2027-01-19', hypercareEnd: '2027-02-02' }),
      'INVITATION QUESTIONNAIRE RESULT DATE SCHEDULE FIRST_MEETING FIRST_NOTICE SECOND_MEETING SECOND_NOTICE GO_NO_GO CUTOVER [HYPERCARE_END]',
    ],
    [
      'closed after its hypercare',
      snapshot({ stage: 'CLOSED', outcome: 'HANDED_OVER', cutover: '2026-12-08' }),
      'INVITATION QUESTIONNAIRE RESULT DATE SCHEDULE FIRST_MEETING FIRST_NOTICE SECOND_MEETING SECOND_NOTICE GO_NO_GO CUTOVER HYPERCARE_END END',
    ],
  ])('of an onboarding that is %s', (_, now, steps) => {
    expect(line(now)).toBe(steps);
    // A failed run changes nothing about where the customer stands.
    expect(line({ ...now, state: { ...now.state, run: failed } })).toBe(steps);
  });

  it.each(outcomes.filter((outcome) => outcome !== 'HANDED_OVER'))(
    'has nothing to come once an onboarding ended as %s',
    (outcome) => {
      const now = snapshot({ stage: 'CLOSED', outcome });
      expect(line(now)).toBe('INVITATION QUESTIONNAIRE RESULT END');
      expect(line({ state: { ...now.state, submission: 0 } }, history.slice(0, 1))).toBe('INVITATION END');
    },
  );

  it('dates what is done by the history, and what is to come by the wave', () => {
    const now = snapshot({ stage: 'WAVE_CONFIRMED' }, { booking: place });
    const days = journeyOf({ now, events: history, today }).map(({ code, date }) => `${code} ${date}`);
    expect(days).toEqual([
      'INVITATION 2026-11-23',
      'QUESTIONNAIRE 2026-12-01',
      'RESULT 2026-12-02',
      'DATE 2027-01-12',
      'SCHEDULE 2027-02-02',
      'FIRST_MEETING 2027-02-09',
      'FIRST_NOTICE 2027-02-16',
      'SECOND_MEETING 2027-02-23',
      'SECOND_NOTICE 2027-03-02',
      'GO_NO_GO 2027-03-08',
      'CUTOVER 2027-03-09',
      expect.stringMatching(/^HYPERCARE_END 2027-/),
    ]);
  });

  it('gives no day of the past to a step that is taken again', () => {
    const now = snapshot({ stage: 'ANSWERING', questionsAsked: ['A1'] });
    const steps = journeyOf({ now, events: history, today });
    expect(steps.find(({ code }) => code === 'QUESTIONNAIRE')?.date).toBeUndefined();
    expect(steps.find(({ code }) => code === 'RESULT')?.date).toBeUndefined();
  });
});

describe('the date, or the reason why there is none', () => {
  const reason = (outlook: DateOutlook) => ('reason' in outlook ? outlook.reason.fr : outlook);

  it.each(stages)('is one of the two in %s, run or no run', (stage) => {
    for (const run of [firstRun(at.toISOString()), failed]) {
      const outlook = dateOutlook(snapshot({ stage, run }), at);
      expect('date' in outlook || outlook.reason.fr.endsWith('.')).toBe(true);
    }
  });

  it.each<readonly [string, Snapshot, DateOutlook]>([
    [
      'held until it is answered',
      snapshot({ stage: 'WAVE_HELD' }, { booking: held }),
      { date: '2027-03-09', status: 'held', until: '2027-01-25T08:00:00.000Z' },
    ],
    [
      'offered',
      snapshot({ stage: 'WAITING_LIST' }, { booking: { ...held, status: 'OFFERED' } }),
      { date: '2027-03-09', status: 'offered', until: '2027-01-25T08:00:00.000Z' },
    ],
    [
      'kept while its answers are reviewed',
      snapshot({ stage: 'IN_REVIEW', reviewKind: 'readiness' }, { booking: place }),
      { date: '2027-03-09', status: 'kept' },
    ],
    [
      'kept while another one is sought that was asked for',
      snapshot({ stage: 'SUBMITTED' }, { booking: { ...place, status: 'TO_MOVE', mayStay: true } }),
      { date: '2027-03-09', status: 'kept' },
    ],
    [
      'confirmed',
      snapshot({ stage: 'WAVE_CONFIRMED' }, { booking: place }),
      { date: '2027-03-09', status: 'confirmed' },
    ],
    ['done', snapshot({ stage: 'CUT_OVER', cutover: '2027-01-19' }), { date: '2027-01-19', status: 'done' }],
  ])('is a date when it is %s', (_, now, outlook) => {
    expect(dateOutlook(now, at)).toEqual(outlook);
  });

  it.each<readonly [string, Snapshot, string]>([
    [
      'a place has to be left',
      snapshot({ stage: 'GO_NO_GO' }, { booking: { ...place, status: 'TO_MOVE' } }),
      'cherchons',
    ],
    [
      'the time to answer is over',
      snapshot({ stage: 'WAVE_HELD' }, { booking: { ...held, holdUntil: at.toISOString() } }),
      'délai de réponse pour la place du 9 mars 2027',
    ],
    [
      'the cutover was postponed',
      snapshot({ stage: 'SUBMITTED', cutoverResult: 'postponed' }),
      'prochaine place en priorité',
    ],
    [
      'its day is over without a result',
      snapshot({ stage: 'HANDED_OVER', cutover: '2027-01-19' }),
      'son résultat',
    ],
    ['no wave has room', snapshot({ stage: 'WAITING_LIST', cause: 'WAVE_FULL' }), 'n’a plus de place'],
    ['the run has failed', snapshot({ stage: 'SUBMITTED', run: failed }), 'incident technique'],
    ['it was declined', snapshot({ stage: 'CLOSED', outcome: 'DECLINED' }, { booking: undefined }), 'clos'],
  ])('is a reason when %s', (_, now, words) => {
    expect(reason(dateOutlook(now, at))).toContain(words);
  });
});
