import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideReview } from '../../../functions/application/decide-review.ts';
import { system } from '../../../functions/domain/onboarding/actor.ts';
import { doubtful } from '../../support/journeys.ts';
import { nameMember } from '../../support/people.ts';
import { type Browser, origin, startTrial, type Trial } from '../../support/trial.ts';
import { openLink } from '../../support/visitor.ts';
import { castOf } from './cast.ts';

type Who = 'nobody' | 'customer' | 'ownTeam' | 'otherTeam' | 'operator';

let trial: Trial;
let reference: string;
let approval: string;
let browsers: Readonly<Record<Who, Browser>>;

/** A rejection that waits for a second person; the platform is mandatory for the customer. */
async function askedFor(of: string): Promise<string> {
  await trial.runtime.store.onboardings.change<void>(of, async () => ({
    result: undefined,
    change: { set: { requirementLevel: 'MANDATORY' }, event: { type: 'FIRST_PAGE_SAVED', actor: system } },
  }));
  const answer = { kind: 'readiness', decision: 'reject', reason: 'x', approval: true } as const;
  return (await decideReview(trial.runtime, of, answer, { kind: 'operator', id: 'asker' }))?.id ?? '';
}

function addressOf(path: string): string {
  return path.replace('REF', reference).replace('APPROVAL', approval);
}

beforeAll(async () => {
  trial = await startTrial();
  reference = await castOf(trial).answered({ ...doubtful, A6: 'yes', A6b: 'yes' }, 'state');
  await nameMember(trial, reference, 'ciso');
  approval = await askedFor(reference);
  browsers = {
    nobody: trial.browser(),
    customer: (await openLink(trial, reference)).browser,
    ownTeam: await trial.staff({ roles: ['sales'], team: 'state', subject: 'own' }),
    otherTeam: await trial.staff({ roles: ['sales'], team: 'companies', subject: 'other' }),
    operator: await trial.staff({ roles: ['operator'], subject: 'op' }),
  };
});
afterAll(() => trial.close());

const salesObjects = [
  '/sales/REF',
  '/sales/REF/contact',
  '/sales/REF/invitation',
  '/sales/REF/revocation',
  '/sales/REF/withdrawal',
];
const operatorObjects = [
  '/operations/REF',
  '/operations/REF/review',
  '/operations/REF/interviews',
  '/operations/approvals/APPROVAL',
  '/operations/REF/conditions/EXIT_PLAN_REQUIRED',
  '/operations/REF/resumption',
  '/operations/REF/people/P1/revocation',
  '/operations/REF/erasure',
  '/operations/REF/contact',
  '/operations/REF/invitation',
  '/operations/REF/revocation',
  '/operations/REF/withdrawal',
];
const salesLists = ['/sales', '/sales/new', '/sales/search'];
const operatorLists = [
  '/operations',
  '/operations?stage=IN_REVIEW',
  '/operations?assigned=me',
  '/operations?followed=me',
  '/operations/assignment?onboarding=REF',
  '/operations/approvals',
  '/operations/search',
  '/operations/unsent',
  '/calendar',
  '/waves',
  '/waves/new',
  '/waves/series',
  '/waves/waiting-list',
  '/waves/paris-2027-03-09',
  '/waves/paris-2027-03-09/capacity',
  '/waves/paris-2027-03-09/date',
  '/waves/paris-2027-03-09/state',
  '/waves/paris-2027-03-09/cancellation',
];

const everybody: readonly Who[] = ['nobody', 'customer', 'ownTeam', 'otherTeam', 'operator'];
/** Who gets what, by kind of page; 303 leads to the sign-in. */
const expected: Readonly<Record<'salesList' | 'salesObject' | 'operator', Readonly<Record<Who, number>>>> = {
  salesList: { nobody: 303, customer: 303, ownTeam: 200, otherTeam: 200, operator: 403 },
  salesObject: { nobody: 303, customer: 303, ownTeam: 200, otherTeam: 404, operator: 403 },
  operator: { nobody: 303, customer: 303, ownTeam: 403, otherTeam: 403, operator: 200 },
};

const pages = [
  ...salesLists.map((path) => ({ path, kind: 'salesList' as const })),
  ...salesObjects.map((path) => ({ path, kind: 'salesObject' as const })),
  ...[...operatorLists, ...operatorObjects].map((path) => ({ path, kind: 'operator' as const })),
];
const matrix = pages.flatMap((page) => everybody.map((who) => ({ ...page, who })));

describe('pages of staff', () => {
  it.each(matrix)('$path is accessible to $who according to role and team', async ({ path, kind, who }) => {
    const answer = await browsers[who].get(addressOf(path));
    expect(answer.status).toBe(expected[kind][who]);
  });

  it.each(matrix.filter(({ kind, who }) => expected[kind][who] !== 200))(
    '$path takes no form from $who, and nothing changes',
    async ({ path, who }) => {
      const before = (await trial.runtime.store.onboardings.now(reference)).state.version;
      const browser = browsers[who];
      const home = await (await browser.get(who === 'customer' ? '/status' : '/')).text();
      const proof = /name="_csrf" value="([^"]+)"/.exec(home)?.[1] ?? '';
      const body = new URLSearchParams({
        _csrf: proof,
        reason: 'x',
        decision: 'approve',
        q: reference,
        contactName: 'Eve',
        contactEmail: 'eve@evil.example',
        confirmed: 'yes',
        booked: '0',
        transition: 'freeze',
        customers: '9',
        points: '9',
        complex: '9',
      });
      const target = addressOf(path).replace(/\?.*/, '');
      const answer = await browser.send(target, { method: 'POST', body, headers: { Origin: origin } });
      expect([401, 403, 404, 405]).toContain(answer.status);
      expect((await trial.runtime.store.onboardings.now(reference)).state.version).toBe(before);
      expect((await trial.runtime.store.waves.get('paris', 'paris-2027-03-09')).version).toBe(1);
    },
  );

  it('answer for another team’s onboarding as for one that does not exist', async () => {
    const own = (html: string) => html.replaceAll(reference, 'REF').replaceAll('2222-2222', 'REF');
    const foreign = await (await browsers.otherTeam.get(`/sales/${reference}`)).text();
    const missing = await (await browsers.otherTeam.get('/sales/2222-2222')).text();
    expect(own(foreign)).toBe(own(missing));
  });

  it.each(['name', 'siren', 'mail', 'reference'])('find nothing of another team by its %s', async (by) => {
    const { state } = await trial.runtime.store.onboardings.now(reference);
    const { siren, name } = state;
    const q = { name: name.slice(0, 8), siren, mail: 'zoe.canari@client.example', reference }[by] ?? '';
    const found = async (browser: Browser) => {
      const answer = await browser.post('/sales/search', { q });
      return (await answer.text()).includes(`/sales/${reference}"`);
    };
    expect([await found(browsers.ownTeam), await found(browsers.otherTeam)]).toEqual([true, false]);
  });
});
