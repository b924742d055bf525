import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../functions/domain/input/figure.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { assess } from '../../../functions/domain/readiness/assessment.ts';
import { effortFrom } from '../../../functions/domain/waves/demand-of.ts';
import type { DeclaredSize } from '../../../functions/domain/waves/sizing.ts';
import { plainAnswers, platform, today } from '../../support/sample-answers.ts';

/** 300 users, no large mailbox, 12 servers and one forest: 3 + 0 + 2 + 0 points. */
const exact: Answers = {
  ...plainAnswers,
  C2: { usersInScope: 300, totalStaff: 400 },
  C6: { ...plainAnswers.C6, servers: 12 },
};

const users = (usersInScope: Figure): Answers => ({ C2: { usersInScope, totalStaff: 'unknown' } });
const servers = (count: Figure): Answers => ({ C6: { ...plainAnswers.C6, servers: count } });
const forests = (adForests: Figure): Answers => ({ C4: { tenants: 1, domains: 1, adForests } });
const mailboxes = (large: Figure): Answers => ({
  C3: { ...plainAnswers.C3, '50_100': large, '100_200': large, over_200: large },
});

function effort(change: Answers, declared: DeclaredSize = {}) {
  const answers = { ...exact, ...change };
  const assessment = assess({ organisation: { registryStatus: 'active' }, answers, asOf: today, platform });
  const { points, complex, estimated, shares } = effortFrom(answers, assessment, declared);
  return [
    points,
    complex,
    estimated,
    shares
      .filter((share) => share.estimated)
      .map(({ code }) => code)
      .join(),
  ];
}

describe('the effort of a customer that does not know its numbers exactly', () => {
  it.each<readonly [string, Answers, DeclaredSize, readonly [number, boolean, boolean, string]]>([
    ['exact numbers', {}, {}, [5, false, false, '']],
    ['exact numbers, whatever sales announced', {}, { usersInScope: 9_000 }, [5, false, false, '']],
    ['a band of users, by its upper end', users({ from: 200, to: 999 }), {}, [12, false, true, 'USERS']],
    ['the last band, by twice its lower end', users({ from: 20_000 }), {}, [402, true, true, 'USERS']],
    ['the band of none, which is exact', servers({ from: 0, to: 0 }), {}, [3, false, false, '']],
    ['users that sales announced', users('unknown'), { usersInScope: 500 }, [7, false, true, 'USERS']],
    ['users that no one knows', users('unknown'), {}, [20, true, true, 'UNKNOWN_SIZE']],
    ['servers that sales announced', servers('unknown'), { serversInScope: 30 }, [6, false, true, 'SERVERS']],
    ['servers that no one knows', servers('unknown'), {}, [20, true, true, 'UNKNOWN_SIZE']],
    [
      'unknown servers where no Azure service is wanted',
      { ...servers('unknown'), C1: ['exchange'] },
      {},
      [3, false, false, ''],
    ],
    [
      'unknown large mailboxes, by a tenth of the users',
      mailboxes('unknown'),
      {},
      [7, false, true, 'LARGE_MAILBOXES'],
    ],
    [
      'a tenth of an estimate of the users',
      { ...mailboxes('unknown'), ...users('unknown') },
      { usersInScope: 1_500 },
      [21, true, true, 'USERS,LARGE_MAILBOXES'],
    ],
    [
      'more large mailboxes than a tenth of the users, when they are known',
      { C3: { ...plainAnswers.C3, '50_100': 150, over_200: 'unknown' } },
      {},
      [9, false, true, 'LARGE_MAILBOXES'],
    ],
    [
      'unknown mailboxes where no mail is wanted',
      { ...mailboxes('unknown'), C1: ['azure_iaas'] },
      {},
      [5, false, false, ''],
    ],
    ['bands of large mailboxes', mailboxes({ from: 10, to: 49 }), {}, [9, false, true, 'LARGE_MAILBOXES']],
    ['unknown forests, as two', forests('unknown'), {}, [10, false, true, 'FORESTS']],
    ['a band of forests', forests({ from: 1, to: 9 }), {}, [45, true, true, 'FORESTS']],
  ])('counts %s', (_what, change, declared, expected) => {
    expect(effort(change, declared)).toEqual(expected);
  });
});
