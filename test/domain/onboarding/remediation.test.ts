import { describe, expect, it } from 'vitest';
import { extentText, openRemediation } from '../../../functions/domain/onboarding/remediation.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { optionCodes } from '../../../functions/domain/questionnaire/option-codes.ts';
import { plainAnswers } from '../../support/sample-answers.ts';

const stage = 'WAVE_CONFIRMED';

const mailboxes = (over_200: number | 'unknown'): Answers => ({
  ...plainAnswers,
  C3: { under_1: 0, '1_10': 0, '10_50': 0, '50_100': 0, '100_200': 0, over_200 },
  C5: { apps: 'none', guests: 'none' },
});

describe('what a customer has to put right before its cutover', () => {
  it.each([
    [0, []],
    [3, ['3']],
    ['unknown', ['unknown']],
  ] as const)('%s mailboxes over 200 GB: %j', (count, extents) => {
    expect(openRemediation(mailboxes(count), { stage }).map(({ extent }) => extent)).toEqual(extents);
  });

  it('has mailboxes only where mail is wanted', () => {
    const without: Answers = { ...mailboxes(3), C1: ['azure_iaas'] };
    expect(openRemediation(without, { stage })).toEqual([]);
  });

  it.each(optionCodes.band)('applications linked to the directory: %s', (apps) => {
    const answers: Answers = { ...mailboxes(0), C5: { apps, guests: 'over_50' } };
    const tasks = openRemediation(answers, { stage }).map(({ task, extent }) => [task, extent]);
    expect(tasks).toEqual(apps === 'none' ? [] : [['DIRECTORY_APPLICATIONS', apps]]);
    // A number stands for itself, a band in words.
    if (apps !== 'none') expect(extentText(apps).fr).not.toBe(apps);
  });

  it('is due on the working day of the meeting two weeks before', () => {
    const [task] = openRemediation(mailboxes(3), { stage }, '2027-05-04');
    expect(task?.due).toBe('2027-04-20');
    // T-14 is a Sunday.
    expect(openRemediation(mailboxes(3), { stage }, '2027-05-02')[0]?.due).toBe('2027-04-16');
    expect(openRemediation(mailboxes(3), { stage })[0]?.due).toBeUndefined();
  });

  it('is done for what was asked, and open again when the answers ask for another extent', () => {
    const done = { stage, remediated: { MAILBOXES_OVER_200_GB: '3' } } as const;
    expect(openRemediation(mailboxes(3), done)).toEqual([]);
    expect(openRemediation(mailboxes(5), done).map(({ extent }) => extent)).toEqual(['5']);
  });

  it.each(['CUT_OVER', 'CLOSED'] as const)('is no more to be done when it is %s', (over) => {
    expect(openRemediation(mailboxes(3), { stage: over }, '2027-05-04')).toEqual([]);
    expect(openRemediation(mailboxes(3), { stage: 'HANDED_OVER' }, '2027-05-04')).toHaveLength(1);
  });

  it.each([
    [0, []],
    [2, ['2 au plus']],
    [40, ['3']],
  ] as const)('of a part is no more than the %i large mailboxes that it has', (mailboxesOver50, words) => {
    const part = { number: 1, of: 2, users: 10, mailboxesOver50, servers: 0 };
    const open = openRemediation(mailboxes(3), { part, stage });
    expect(open.map(({ extent }) => extentText(extent).fr)).toEqual(words);
  });
});
