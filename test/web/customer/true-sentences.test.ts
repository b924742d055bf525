import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerWave } from '../../../functions/application/answer-wave.ts';
import { changeTask } from '../../../functions/application/change-task.ts';
import { readingOf } from '../../../functions/application/reading.ts';
import type { MailTemplate } from '../../../functions/domain/onboarding/messages.ts';
import type { ResultRecord } from '../../../functions/domain/onboarding/records.ts';
import type { Snapshot } from '../../../functions/domain/onboarding/state.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { writeMail } from '../../../functions/jobs/send-mail/write-mail.ts';
import { refusalPart } from '../../../functions/web/customer/ended.ts';
import { nextStep } from '../../../functions/web/customer/next-step.ts';
import type { View } from '../../../functions/web/shared/layout/view.ts';
import { doubtful, noDate, notReady, tooLate } from '../../support/journeys.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { openLink, type Visitor } from '../../support/visitor.ts';
import { castOf } from '../staff/cast.ts';

let trial: Trial;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
});
afterAll(() => trial.close());

const view: View = {
  language: 'fr',
  t: ({ fr }) => fr,
  href: (path) => path,
  path: '/f/link',
  unsent: false,
  formRoot: '/questionnaire',
  platform: 'Nuage de confiance',
  viewer: { kind: 'anonymous' },
  contact: 'operations@platform.example',
  csrf: undefined,
  laws: [],
  flash: undefined,
};

const customer = { kind: 'customer', id: 'test' } as const;

async function read(visitor: Visitor, path: string): Promise<string> {
  const html = await visitor.page(path);
  expect(await htmlFaults(html)).toEqual([]);
  return textOf(html).replaceAll(/[\u00a0\u202f]/g, ' ');
}

async function standingOf(reference: string, today = '2026-12-01') {
  const now = await trial.runtime.store.onboardings.now(reference);
  const { platform } = trial.deps;
  return { now, platform, listed: undefined, today, at: new Date(`${today}T10:00:00Z`) };
}

function mailing() {
  const { runtime, deps } = trial;
  const mail = { publicUrl: 'https://accueil.example', operators: 'ops@x.example', onCall: 'call@x.example' };
  return { clock: runtime.clock, links: runtime.links, platform: deps.platform, mail };
}

function inState(now: Snapshot, state: Partial<Snapshot['state']>): Snapshot {
  return { ...now, state: { ...now.state, ...state } };
}

const freed = 'Une place se libère quand une autre organisation rend la sienne';
const cleared = 'Des conditions levées vous ouvriraient d’autres vagues';

it('a customer on the waiting list reads what would help it, and nothing else', async () => {
  const standing = await standingOf(await cast.answered(noDate));
  const opening = 'avant l’ouverture de la préparation';
  for (const [state, told, not] of [
    [{ cause: 'WAVE_FULL', tier: 'READY' }, [freed], [cleared]],
    [{ cause: 'WAVE_FULL', tier: 'CONDITIONAL', blockingDue: '2027-01-22' }, [freed, cleared], []],
    // By its score alone.
    [{ cause: 'WAVE_FULL', tier: 'CONDITIONAL' }, [freed], [cleared]],
    [{ cause: 'KEPT_FOR_LARGE', tier: 'READY' }, [freed, 'gardé un temps'], [cleared]],
    [{ cause: 'PREPARATION_NOT_OPEN', tier: 'CONDITIONAL' }, [opening], [freed, cleared]],
    [
      { cause: 'PARENT_NOT_BOOKED', tier: 'CONDITIONAL' },
      ['l’entité de tête de votre groupe'],
      [freed, cleared],
    ],
  ] as const) {
    const now = inState(standing.now, { stage: 'WAITING_LIST', ...state });
    const when = JSON.stringify(nextStep({ ...standing, now }).when);
    for (const words of told) expect(when, state.cause).toContain(words);
    for (const words of not) expect(when, state.cause).not.toContain(words);
  }
});

it.each([
  ['CONFIRMATION_TIMED_OUT', 'La vague réservée n’a pas été confirmée à temps.'],
  ['OFFER_LAPSED', 'L’organisme a laissé passer la place'],
  ['NO_WAVE_BEFORE_DEADLINE', 'Aucune vague ne convient avant la date limite'],
])('a placement review because of %s gives that reason alone', async (cause, reason) => {
  const standing = await standingOf(await cast.answered(tooLate));
  const { what } = nextStep({ ...standing, now: inState(standing.now, { cause }) });
  expect(what.fr).toMatch(`Une personne de l’équipe cherche une date avec vous. ${reason}`);
  expect(what.en).toMatch(/^A member of the team is looking for a date with you\. \S/);
});

it('a customer reads of no cutover on a day that it has to leave', async () => {
  const standing = await standingOf(await cast.answered(noDate));
  const booking = {
    ...{ wave: 'paris-2027-03-09', site: 'paris', cutover: '2027-03-09', points: 5, complex: 0 },
    bookedAt: '2026-11-23T08:00:00.000Z',
  };
  const confirmed = inState(standing.now, { stage: 'GO_NO_GO' });
  const placed = { ...confirmed, booking: { ...booking, status: 'CONFIRMED' } } as const;
  expect(JSON.stringify(nextStep({ ...standing, now: placed }))).toContain('Bascule le');
  const leaving = { ...confirmed, booking: { ...booking, status: 'TO_MOVE', mayStay: false } } as const;
  const { what, when } = nextStep({ ...standing, now: leaving });
  expect(what.en).toBe('We are looking for your date.');
  expect(JSON.stringify(when)).not.toContain('Bascule le');
  const { run } = leaving.state;
  const failed = inState({ ...leaving, booking: undefined }, { run: { ...run, status: 'failed' } });
  const ofFailed = JSON.stringify(nextStep({ ...standing, now: failed }).what);
  expect(ofFailed).toContain('est rendue');
  expect(ofFailed).not.toContain('Rien n’est perdu');
});

it('a preparation wave that is under way has started', async () => {
  const standing = await standingOf(await cast.answered(notReady));
  const starts = standing.now.preparation?.starts ?? '';
  expect(nextStep({ ...standing, today: starts }).when).toMatchObject({
    fr: expect.stringContaining('Votre vague de préparation commence le'),
    en: expect.stringContaining('Your preparation wave starts on'),
  });
  expect(nextStep({ ...standing, today: '2028-01-01' }).when).toMatchObject({
    fr: expect.stringContaining('Votre vague de préparation a commencé le'),
    en: expect.stringContaining('Your preparation wave started on'),
  });
});

describe('a declaration that is reviewed first', () => {
  const unclear = { A7: 'unknown', A5: 'unknown' } as const satisfies Partial<Answers>;
  const clarification = '/status/conditions/CLARIFICATION_NEEDED';

  it.each([
    ['held', {}, 'et votre place vous est conservée entre-temps.'],
    ['listed', noDate, 'une personne l’examine. D’ici là, aucune place ne vous sera proposée.'],
  ] as const)('promises a place only to those who have one: %s', async (where, answers, words) => {
    const visitor = await openLink(trial, await cast.answered({ ...unclear, ...answers }));
    const sent = await visitor.send(clarification, [
      ['A7', 'yes'],
      ['E6', 'yes'],
    ]);
    expect(sent.headers.get('Location')).toBe('/status');
    const page = await read(visitor, '/status');
    expect(page).toContain(words);
    expect(page.includes('place vous est conservée')).toBe(where === 'held');
    expect(page.includes('aucune place ne vous sera')).toBe(where === 'listed');
  });
});

it.each([
  ['REFUSAL_CONFIRMED', 'confirmation', true],
  ['REJECTED_IN_REVIEW', 'readiness', true],
  ['REJECTED_IN_REVIEW', 'placement', false],
  ['QUESTIONS_UNANSWERED', 'readiness', false],
  ['OFFER_LAPSED', 'placement', false],
] as const)(
  'a refusal for %s (%s) lists rules only where it rests on them',
  async (cause, reviewKind, lists) => {
    const reference = await cast.answered(doubtful);
    const { state } = (await standingOf(reference)).now;
    const result = await trial.runtime.store.dossiers.result(reference);
    const refused = { ...state, stage: 'CLOSED', outcome: 'NOT_ELIGIBLE', cause, reviewKind } as const;
    const text = textOf(String(refusalPart(view, refused, result)));
    expect(text.includes('Ce que la personne a examiné')).toBe(lists);
    expect(text).toContain('Vous pouvez contester cette décision');
  },
);

it.each([
  ['fr', 'vous recevrez un dernier courriel de confirmation'],
  ['en', 'you will receive one last confirmation email'],
] as const)('who declines the invitation is told in %s of the mail that follows', async (language, words) => {
  const visitor = await openLink(trial, await cast.invited(), language);
  const page = await read(visitor, '/questionnaire/decline');
  expect(page).toContain(words);
  expect(page).not.toMatch(/n’écrirons plus|not write to you/);
});

it('a place that was declined is looked for no more when the run has failed', async () => {
  const { runtime } = trial;
  const reference = await cast.answered();
  await runtime.sfn.send(new StopExecutionCommand({ executionArn: runtime.executionArnOf(reference, 1) }));
  await runtime.clock.settled();
  await answerWave(runtime, reference, 'decline', customer);
  const standing = await standingOf(reference);
  expect(nextStep(standing).what).toMatchObject({
    fr: expect.stringContaining(
      'Vous avez renoncé à cette place : elle sera rendue, et votre dossier sera clos',
    ),
    en: expect.stringContaining('it will be given back, and your onboarding will be closed once'),
  });
  const { booking: _booking, ...without } = standing.now;
  expect(nextStep({ ...standing, now: without }).what).toMatchObject({
    fr: expect.stringContaining(
      'Vous avez renoncé à cette place : elle est rendue, et votre dossier sera clos',
    ),
    en: expect.stringContaining(
      'You declined this place: it has been given back, and your onboarding will be',
    ),
  });
});

describe('a customer that has asked for another date three times', () => {
  it.each([
    ['fr', 'confirmez-la ou renoncez.', 'voyez les autres dates'],
    ['en', 'confirm it or decline.', 'see the other dates'],
  ] as const)('is not invited in %s to choose again', async (language, words, asks) => {
    const reference = await cast.answered();
    const visitor = await openLink(trial, reference, language);
    const first = await read(visitor, '/status');
    expect(first).not.toContain(words);
    expect(first).toContain(asks);
    expect(await visitor.page('/status')).toContain('/status/dates/');
    for (let times = 0; times < 3; times += 1) {
      await answerWave(trial.runtime, reference, 'another_date', customer);
      await trial.runtime.clock.settled();
    }
    expect(await read(visitor, '/status')).toContain(words);
    expect(await visitor.page('/status')).not.toContain('/status/dates/');
    for (const path of ['/status', '/status/wave/decline', '/status/dates']) {
      expect(await read(visitor, path)).not.toContain(asks);
    }
    expect((await visitor.browser.get('/status/dates/paris-2027-05-04')).status).toBe(409);
    const mail = await writeMail(
      mailing(),
      readingOf(trial.runtime.store, reference),
      { kind: 'mail', template: 'wave_moved', to: 'customer' },
      { id: 'a-mail', at: '2027-01-01T00:00:00.000Z' },
    );
    expect(mail?.text).toMatch(/Confirmer ou renoncer|Confirm or decline/);
  });
});

describe('a mail to staff', () => {
  let now: Snapshot;
  beforeAll(async () => {
    now = (await standingOf(await cast.answered())).now;
  });

  function mailWith(state: Partial<Snapshot['state']>, to: 'customer' | 'owner' | 'operators') {
    const about = inState(now, state);
    const reading = { ...readingOf(trial.runtime.store, now.state.reference), now: async () => about };
    const template = to === 'customer' ? 'own_link' : 'review_requested';
    return writeMail(
      mailing(),
      reading,
      { kind: 'mail', template, to },
      { id: 'a-mail', at: '2027-01-01T00:00:00.000Z' },
    );
  }

  it.each([
    ['the account owner', {}, 'lou@x.example'],
    ['the operators while the owner takes no mail', { ownerUnreachable: true }, 'ops@x.example'],
    [
      'the operators when the owner is no address',
      { owner: 'lou@x.example\r\nBcc: b@c.example' },
      'ops@x.example',
    ],
  ])('and an answer of the customer reaches %s, whom the mail names', async (_who, state, address) => {
    const mail = await mailWith({ owner: 'lou@x.example', ...state }, 'customer');
    expect(mail?.replyTo).toBe(address);
    expect(mail?.text).toContain(address);
    expect(`${mail?.subject}${mail?.text}`).not.toContain('Bcc');
  });

  it('and an answer of sales reaches the operators; mails to the operators name no one', async () => {
    expect((await mailWith({}, 'owner'))?.replyTo).toBe('ops@x.example');
    expect((await mailWith({}, 'operators'))?.replyTo).toBeUndefined();
  });

  async function staffMail(about: Snapshot, template: MailTemplate, result?: ResultRecord) {
    const reading = { ...readingOf(trial.runtime.store, about.state.reference), now: async () => about };
    const message = { kind: 'mail', template, to: 'owner' } as const;
    const mail = await writeMail(mailing(), { ...reading, result: async () => result }, message, {
      id: 'a-mail',
      at: '2027-01-01T00:00:00.000Z',
    });
    return (mail?.text ?? '').replaceAll(/[\u00a0\u202f]/g, ' ');
  }

  it('about a booked place names what is left to sales before the go/no-go', async () => {
    const result = await trial.runtime.store.dossiers.result(now.state.reference);
    if (result === undefined) throw new Error('no result');
    const unverified = (cleared?: true): ResultRecord => ({
      ...result,
      assessment: {
        ...result.assessment,
        conditions: [{ code: 'REGISTRY_UNVERIFIED', ...(cleared === undefined ? {} : { cleared }) }],
      },
    });
    const open = inState(now, { conditions: ['REGISTRY_UNVERIFIED'] });
    const text = await staffMail(open, 'owner_booked', unverified());
    expect(text).toContain('À faire avant la décision de bascule');
    expect(text).toContain('– Organisme à vérifier au registre : au plus tard le 3 décembre 2026');
    expect(text).not.toContain('Vous n’avez rien à faire');
    expect(await staffMail(open, 'owner_booked', unverified(true))).toContain('Vous n’avez rien à faire');
    expect(await staffMail(now, 'owner_booked')).toContain('Vous n’avez rien à faire');
  });

  it('about a review says until when a kept place waits for it', async () => {
    const reviewed = inState(now, { stage: 'IN_REVIEW', reviewKind: 'readiness' });
    const words = 'Sans décision avant le 8 mars 2027 à 18 h, heure de Paris, le client perd sa place';
    expect(await staffMail(reviewed, 'review_requested')).toContain(words);
    const { booking: _booking, ...without } = reviewed;
    expect(await staffMail(without, 'review_requested')).not.toContain('perd sa place');
  });

  it.each(['review_go_no_go_due', 'review_blocks_go'] as const)(
    '%s goes to who owns the gate',
    async (template) => {
      const { runtime } = trial;
      const { reference, wave = '' } = now.state;
      const toWhom = async (to: 'operators' | 'on_call') => {
        const sending = { id: 'a-mail', at: '2027-01-01T00:00:00.000Z' };
        const message = { kind: 'mail', template, to } as const;
        return (await writeMail(mailing(), readingOf(runtime.store, reference), message, sending))?.to;
      };
      const operator = { kind: 'operator', id: 'op' } as const;
      const assign = (owner: string | null) => changeTask(runtime, wave, 'GO_NO_GO', { owner }, operator);
      expect(await toWhom('operators')).toBe('ops@x.example');
      const farida = { subject: 'farida', name: 'Farida', mail: 'farida@x.example' } as const;
      await runtime.store.staff.signedIn({ ...farida, roles: ['operator'] }, runtime.clock.now());
      await assign('farida@x.example');
      expect(await toWhom('operators')).toBe('farida@x.example');
      expect(await toWhom('on_call')).toBe('call@x.example');
      await runtime.store.staff.signedIn({ ...farida, roles: [] }, runtime.clock.now());
      expect(await toWhom('operators')).toBe('ops@x.example');
      await assign(null);
    },
  );

  it('about new answers promises sales the date only', async () => {
    expect(await staffMail(now, 'owner_answered')).toContain(
      'La clôture du dossier n’est visible que sur sa page',
    );
  });
});
