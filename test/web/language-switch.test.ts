import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import { askToTalk } from '../../functions/application/talk.ts';
import { sections } from '../../functions/domain/questionnaire/questionnaire.ts';
import { doubtful } from '../support/journeys.ts';
import { fieldsOf, htmlFaults, problemsOf, textOf, unescaped } from '../support/page-reader.ts';
import { nameMember, openMember } from '../support/people.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { type Browser, openTrial, startTrial, type Trial } from '../support/trial.ts';
import { fieldsFor, openLink } from '../support/visitor.ts';
import { castOf, sendForm } from './staff/cast.ts';
import { day, enterAll, openConversation } from './staff/interview.ts';

type Fields = readonly (readonly [string, string])[];

/** A form that can come back: what fills it in well, and how it is spoilt. */
interface Case {
  readonly route: string;
  readonly who:
    | 'customer'
    | 'named'
    | 'declaring'
    | 'ready'
    | 'correcting'
    | 'unproven'
    | 'sales'
    | 'operator';
  readonly path: () => string;
  readonly good: Fields;
  /** Absent for a form that nothing can refuse. */
  readonly bad?: Fields;
}

const reason: Fields = [['reason', 'écrit à la main']];
const noReason: Fields = [['reason', '']];
const date: Fields = [
  ['cutover.day', '6'],
  ['cutover.month', '4'],
  ['cutover.year', '2028'],
];
const capacity: Fields = [
  ['customers', '77'],
  ['points', '300'],
  ['complex', '3'],
];

const evidence: Fields = [
  ['reference', 'REG-42'],
  ['keptBy', 'Bureau des projets'],
  ['date.day', '4'],
  ['date.month', '12'],
  ['date.year', '2026'],
];
const due: Fields = [
  ['due.day', '4'],
  ['due.month', '3'],
  ['due.year', '2027'],
];

let trial: Trial;
let people: Readonly<Record<Case['who'], Browser>>;
let invited: string;
let talking: string;
let doubted: string;
let conditional: string;
let wave: string;
const lesson = `20261123T080000000Z-${'a'.repeat(22)}`;
/** Whose answers an operator enters. */
let spokenWith: string;

beforeAll(async () => {
  trial = await startTrial();
  const cast = castOf(trial);
  [invited, doubted] = [await cast.invited(), await cast.answered(doubtful)];
  conditional = await cast.answered({
    A6: 'yes',
    A6b: 'yes',
    B9: ['art9'],
    B9b: 'under_10k',
    B11: 'not_done',
  });
  const declaring = trial.browser();
  await declaring.post(await trial.linkOf(conditional));
  const calendar = await trial.runtime.store.waves.calendar(['paris'], { consistent: true });
  wave = calendar.find(({ kind, booked }) => kind === 'MIGRATION' && booked.customers === 0)?.id ?? '';
  const noted = {
    id: lesson,
    text: 'prévoir une répétition',
    actor: { kind: 'operator', id: 'test' },
  } as const;
  await trial.runtime.store.lessons.add(await trial.runtime.store.waves.get('paris', wave), noted);
  const customer = trial.browser();
  await customer.post(await trial.linkOf(invited));
  const dpo = { name: 'Noé Registre', email: 'noe.registre@client.example' };
  await customer.post('/questionnaire/people/new/dpo', dpo);
  talking = await cast.invited();
  await askToTalk(trial.runtime, talking, undefined, { kind: 'customer', id: 'test' });
  const ready = await openLink(trial, await cast.invited());
  for (const { id } of sections) await ready.fill(id, plainAnswers);
  const named = (await openMember(trial, invited, 'ciso')).browser;
  const unproven = openTrial({ ...trial.runtime, customerIdentity: 'link_and_code' }).browser();
  await unproven.post(await trial.linkOf(invited));
  await unproven.post('/identity/code', {}, '/identity');
  const submitted = await cast.invited();
  await nameMember(trial, submitted, 'dpo');
  await submitAnswers(trial.runtime, submitted, plainAnswers, { kind: 'customer', id: 'test' });
  await trial.runtime.clock.settled();
  const correcting = trial.browser();
  await correcting.post(await trial.linkOf(submitted));
  const conversation = await openConversation(trial, await cast.invited());
  await enterAll(conversation, plainAnswers);
  spokenWith = conversation.reference;
  people = {
    customer,
    named,
    unproven,
    declaring,
    correcting,
    ready: ready.browser,
    sales: await trial.staff({ roles: ['sales'], team: 'state' }),
    operator: conversation.browser,
  };
});
afterAll(() => trial.close());

const acts = ['talk', 'contact', 'invitation', 'revocation', 'withdrawal'] as const;
const stops: Fields = [['outcome', 'stops'], ...reason];
const contact: Fields = [
  ['contactName', 'Noé Relève'],
  ['contactEmail', 'noe@client.example'],
];

function actCase(at: 'sales' | 'operations', act: (typeof acts)[number] | 'resumption'): Case {
  return {
    route: `/${at}/:reference/${act}`,
    who: at === 'sales' ? 'sales' : 'operator',
    path: () => `/${at}/${act === 'talk' ? talking : invited}/${act}`,
    good: act === 'contact' ? contact : act === 'talk' ? stops : reason,
    bad:
      act === 'contact'
        ? [
            ['contactName', 'Noé Relève'],
            ['contactEmail', 'nulle part'],
          ]
        : noReason,
  };
}

const cases: readonly Case[] = [
  {
    route: '/new-link',
    who: 'customer',
    path: () => '/new-link',
    good: [['email', 'noe@client.example']],
    bad: [['email', 'nulle part']],
  },
  {
    route: '/identity',
    who: 'unproven',
    path: () => '/identity',
    good: [['code', '012345']],
    bad: [['code', '12 345']],
  },
  {
    route: '/questionnaire/:part',
    who: 'customer',
    path: () => '/questionnaire/C2',
    good: fieldsFor('C2', plainAnswers),
    bad: fieldsFor('C2', plainAnswers).slice(1),
  },
  {
    route: '/questionnaire/:part',
    who: 'ready',
    path: () => '/questionnaire/A',
    good: [['completed', 'no']],
    bad: [],
  },
  {
    route: '/status/correction',
    who: 'correcting',
    path: () => '/status/correction',
    good: [['sections', 'B']],
  },
  {
    route: '/questionnaire/talk',
    who: 'customer',
    path: () => '/questionnaire/talk',
    good: [['matter', 'écrit à la main']],
    bad: [['matter', 'x'.repeat(1_001)]],
  },
  {
    route: '/questionnaire/decline',
    who: 'customer',
    path: () => '/questionnaire/decline',
    good: reason,
    bad: noReason,
  },
  {
    route: '/questionnaire/check',
    who: 'ready',
    path: () => '/questionnaire/check',
    good: [['E6', 'yes']],
    bad: [],
  },
  {
    route: '/proof',
    who: 'customer',
    path: () => '/proof',
    good: [['record', '0'.repeat(64)]],
    bad: [['record', 'ni empreinte ni relevé']],
  },
  {
    route: '/questionnaire/people/new/:role',
    who: 'customer',
    path: () => '/questionnaire/people/new/ciso',
    good: [
      ['name', 'Claire Petit'],
      ['email', 'claire.petit@client.example'],
    ],
    bad: [
      ['name', 'Claire Petit'],
      ['email', 'nulle part'],
    ],
  },
  {
    route: '/questionnaire/people/:id',
    who: 'customer',
    path: () => '/questionnaire/people/P1',
    good: [
      ['name', 'Claire Petit'],
      ['email', 'claire.petit@client.example'],
    ],
    bad: [
      ['name', 'Claire Petit'],
      ['email', 'nulle part'],
    ],
  },
  {
    route: '/status/withdrawal',
    who: 'customer',
    path: () => '/status/withdrawal',
    good: reason,
    bad: noReason,
  },
  {
    route: '/sales/new',
    who: 'sales',
    path: () => '/sales/new',
    good: [
      ['siren', '999000375'],
      ['legalName', 'Ville fictive'],
      ['bodyType', 'local_authority'],
      ...contact,
      ['language', 'fr'],
      ['services', 'exchange'],
      ['deadlineReason', 'none'],
    ],
    bad: [['legalName', 'Ville fictive']],
  },
  ...acts.map((act) => actCase('sales', act)),
  ...([...acts, 'resumption'] as const).map((act) => actCase('operations', act)),
  {
    route: '/operations/assignment',
    who: 'operator',
    path: () => `/operations/assignment?onboarding=${doubted}`,
    good: [['to', 'me'], ...reason],
    bad: [['to', '']],
  },
  {
    route: '/operations/:reference/review',
    who: 'operator',
    path: () => `/operations/${doubted}/review`,
    good: [['decision', 'accept'], ...reason],
    bad: reason,
  },
  {
    route: '/operations/:reference/interviews',
    who: 'operator',
    path: () => `/operations/${invited}/interviews`,
    good: [['name', 'Anne Morel'], ['role', 'RSSI'], ...day('on', '2026-11-20')],
    bad: [['name', 'Anne Morel'], ...day('on', '2026-11-20')],
  },
  {
    route: '/operations/:reference/interviews/:interview/check',
    who: 'operator',
    path: () => `/operations/${spokenWith}/interviews/I1/check`,
    good: [['letterReference', 'C-7'], ...day('letterDate', '2026-11-23')],
    bad: [['letterReference', 'C-7']],
  },
  {
    route: '/operations/:reference/interviews/:interview/:part',
    who: 'operator',
    path: () => `/operations/${spokenWith}/interviews/I1/C2`,
    good: fieldsFor('C2', plainAnswers),
    bad: fieldsFor('C2', plainAnswers).slice(1),
  },
  {
    route: '/operations/:reference/conditions/:code',
    who: 'operator',
    path: () => `/operations/${conditional}/conditions/EXIT_PLAN_REQUIRED`,
    good: [['title', 'écrit à la main'], ...evidence],
    bad: [['title', 'écrit à la main']],
  },
  {
    route: '/operations/:reference/conditions/:code/due-date',
    who: 'operator',
    path: () => `/operations/${conditional}/conditions/EXIT_PLAN_REQUIRED/due-date`,
    good: [...due, ...reason],
    bad: due,
  },
  {
    route: '/status/me/details',
    who: 'named',
    path: () => '/status/me/details',
    good: [
      ['name', 'Yan Autre'],
      ['email', 'yan.autre@client.example'],
    ],
    bad: [
      ['name', 'Yan Autre'],
      ['email', 'nulle part'],
    ],
  },
  {
    route: '/operations/:reference/people/:id/revocation',
    who: 'operator',
    path: () => `/operations/${invited}/people/P1/revocation`,
    good: [['reason', 'left']],
    bad: [],
  },
  {
    route: '/status/conditions/:code',
    who: 'declaring',
    path: () => '/status/conditions/DPIA_MISSING',
    good: [
      ['B11', 'done'],
      ['E6', 'yes'],
    ],
    bad: [['B11', 'done']],
  },
  {
    route: '/waves/new',
    who: 'operator',
    path: () => '/waves/new',
    good: [['site', 'paris'], ['kind', 'MIGRATION'], ...date, ...capacity],
    bad: capacity,
  },
  {
    route: '/waves/series',
    who: 'operator',
    path: () => '/waves/series',
    good: [
      ['sites', 'paris'],
      ['kind', 'MIGRATION'],
      ['from.day', '4'],
      ['from.month', '1'],
      ['from.year', '2028'],
      ['everyWeeks', '4'],
      ['count', '2'],
      ...capacity,
    ],
    bad: [['count', 'beaucoup']],
  },
  {
    route: '/operations/:reference/remediation/:task',
    who: 'operator',
    path: () => `/operations/${conditional}/remediation/DIRECTORY_APPLICATIONS`,
    good: reason,
    bad: noReason,
  },
  {
    route: '/waves/:id/capacity',
    who: 'operator',
    path: () => `/waves/${wave}/capacity`,
    good: [...capacity, ['reason', 'une équipe de plus']],
    bad: [['customers', 'beaucoup']],
  },
  {
    route: '/waves/:id/state',
    who: 'operator',
    path: () => `/waves/${wave}/state`,
    good: [
      ['transition', 'freeze'],
      ['reason', 'une équipe de moins'],
    ],
    bad: [],
  },
  {
    route: '/waves/:id/date',
    who: 'operator',
    path: () => '/waves/sud-2027-11-16/date',
    good: [...date, ['reason', 'une équipe de moins']],
    bad: [['cutover.day', 'jamais']],
  },
  {
    route: '/waves/:id/cancellation',
    who: 'operator',
    path: () => `/waves/${wave}/cancellation`,
    good: [
      ['confirmed', 'yes'],
      ['reason', 'une équipe de moins'],
    ],
    bad: [],
  },
  {
    route: '/waves/:id/tasks/:code',
    who: 'operator',
    path: () => `/waves/${wave}/tasks/SCHEDULE`,
    good: [
      ['done', 'yes'],
      ['note', 'envoyé à tous'],
    ],
    bad: [['note', 'x'.repeat(501)]],
  },
  {
    route: '/waves/:id/lessons',
    who: 'operator',
    path: () => `/waves/${wave}/lessons`,
    good: [['text', 'prévoir une répétition']],
    bad: [['text', 'x'.repeat(2_001)]],
  },
  {
    route: '/waves/:id/lessons/:lesson',
    who: 'operator',
    path: () => `/waves/${wave}/lessons/${lesson}`,
    good: [
      ['confirmed', 'yes'],
      ['reason', 'nomme une personne'],
    ],
    bad: [['reason', 'nomme une personne']],
  },
];

const noProblems = { links: [], inline: [] };

/** The fields as they are filled in, those that are not inputs among them. */
function filledIn(html: string): [string, string][] {
  const areas = [...html.matchAll(/<textarea [^>]*name="([^"]*)"[^>]*>([^<]*)</g)];
  const lists = [...html.matchAll(/<select [^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gs)].map(
    ([, name, options = '']) => ['', name, /value="([^"]*)" selected/.exec(options)?.[1]],
  );
  const others = [...areas, ...lists].map(([, name = '', value = '']): [string, string] => [
    name,
    unescaped(value),
  ]);
  return [...fieldsOf(html), ...others];
}

/** Everything that the system has written down. */
async function records(): Promise<unknown> {
  const { onboardings, waves, dossiers, gateTasks, lessons } = trial.runtime.store;
  return [
    await onboardings.now(invited),
    await onboardings.now(doubted),
    await dossiers.draft(invited),
    await waves.calendar(['paris'], { consistent: true }),
    [await gateTasks.of(wave), await lessons.of(wave)],
    trial.runtime.mailbox.list().length,
  ];
}

/** An address with one more part of a query. */
const withQuery = (at: string, query: string) => `${at}${at.includes('?') ? '&' : '?'}${query}`;

/** The forms in which something can be wrong. */
const refusable = cases.flatMap(({ bad, ...each }) => (bad === undefined ? [] : [{ ...each, bad }]));

describe.each(refusable)('the form at $route, refused', ({ who, path, bad }) => {
  it('comes back with buttons that change the language and lose nothing', async () => {
    const at = path();
    const refused = await sendForm(people[who], at, bad);
    expect(refused.status).toBe(422);
    const french = await refused.text();
    expect(unescaped(french)).toContain(`form="kept" formaction="${withQuery(at, 'lang=en')}"`);
    expect(await htmlFaults(french)).toEqual([]);

    const switched = await sendForm(people[who], at, bad, withQuery(at, 'lang=en'));
    expect(switched.status).toBe(422);
    const english = await switched.text();
    expect(english).toContain('<html lang="en">');
    expect(problemsOf(english).links.map(({ id }) => id)).toEqual(
      problemsOf(french).links.map(({ id }) => id),
    );
    expect(textOf(english)).toContain('There is a problem');
    const values = (html: string) => [...html.matchAll(/ value="([^"]*)"(?: checked)?/g)].map(([all]) => all);
    expect(values(english).length).toBe(values(french).length);
    for (const [, value] of bad) expect(english).toContain(value);
  });
});

describe.each(cases)('the form at $route', ({ who, path, good, bad = good }) => {
  it('keeps what was typed when its page changes language before it is sent, and shows no problem', async () => {
    const at = path();
    const page = await (await people[who].get(at)).text();
    const to = unescaped(/form="kept" formaction="([^"]*lang=en[^"]*)"/.exec(page)?.[1] ?? '');
    expect(to).toBe(withQuery(at, 'lang=en&unsent=yes'));
    expect(await htmlFaults(page)).toEqual([]);
    const before = await records();
    for (const typed of [bad, good]) {
      const switched = await sendForm(people[who], at, typed, to);
      const html = await switched.text();
      expect([switched.status, problemsOf(html), await htmlFaults(html)]).toEqual([200, noProblems, []]);
      expect(html).toContain('<html lang="en">');
      expect(html).not.toContain('class="wrong"');
      expect(html).not.toContain('aria-invalid');
      expect(filledIn(html)).toEqual(expect.arrayContaining(typed.map((pair) => [...pair])));
      expect(unescaped(html)).toContain(`formaction="${withQuery(at, 'lang=fr&unsent=yes')}"`);
    }
    await trial.runtime.clock.settled();
    expect(await records()).toEqual(before);
  });

  it('does nothing when the language alone is asked for', async () => {
    const at = path();
    const before = await records();
    const shown = await sendForm(people[who], at, good, withQuery(at, 'lang=fr'));
    expect(shown.status).toBe(200);
    const html = await shown.text();
    expect(html).toContain('<html lang="fr">');
    expect(unescaped(html)).toMatch(/form="kept" formaction="[^"]*[?&]lang=en["&]/);
    await trial.runtime.clock.settled();
    expect(await records()).toEqual(before);
  });
});

/** Forms that never come back: they do something or lead to a page that says why not. */
const oneWay = [
  '/f/:token',
  '/sign-out',
  '/status/correction/discard',
  '/identity/code',
  '/identity/proconnect/organisation',
  '/status/wave/:decision',
  '/status/offer/:decision',
  '/status/dates/:wave',
  '/status/parts/:part/wave/:decision',
  '/status/parts/:part/offer/:decision',
  '/status/parts/:part/dates/:wave',
  '/status/erasure',
  '/status/me/erasure',
  '/questionnaire/people/:id/link',
  '/questionnaire/people/:id/revocation',
  '/sales/search',
  '/operations/search',
  '/operations/unsent',
  '/calendar',
  '/operations/:reference/interviews/:interview/attestation',
];
/** Made as the other acts are, of an onboarding that was handed over, has a place or a request for a second person. */
const likeOthers = [
  '/operations/:reference/organisation',
  '/sales/:reference/organisation',
  '/operations/:reference/cutover',
  '/operations/:reference/move',
  '/operations/:reference/placement-review',
  '/operations/:reference/split',
  '/operations/:reference/erasure',
  '/operations/:reference/erasure-decision',
  '/operations/:reference/place-kept',
  '/operations/approvals/:id',
  '/operations/approvals/groups/:set',
  '/waves/:id/go-no-go',
];

it('is known of every form of the site', () => {
  const posts = trial.app.routes.filter(({ method, path }) => method === 'POST' && !path.startsWith('/api'));
  expect(new Set(posts.map(({ path }) => path))).toEqual(
    new Set([...cases.map(({ route }) => route), ...oneWay, ...likeOthers]),
  );
});

it('is made of links where nothing can be typed', async () => {
  const page = await (await people.customer.get('/status')).text();
  expect(page).toContain('href="/status?lang=en"');
  expect(page).not.toContain('formaction');
});
