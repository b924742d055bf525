import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerWave } from '../../../functions/application/answer-wave.ts';
import { movePlace } from '../../../functions/application/move-place.ts';
import { submitAnswers } from '../../../functions/application/submit-answers.ts';
import { formatDate } from '../../../functions/domain/calendar-date.ts';
import { customer, operator as someone } from '../../application/bench.ts';
import { sirens } from '../../support/canaries.ts';
import { htmlFaults, problemsOf, textOf } from '../../support/page-reader.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { openLink } from '../../support/visitor.ts';
import { sendForm } from '../staff/cast.ts';

let trial: Trial;
let operator: Browser;
let next = 0;
beforeAll(async () => {
  trial = await startTrial();
  operator = await trial.staff({ roles: ['operator'], subject: 'op' });
});
afterAll(() => trial.close());

const reason = 'vu avec le groupe';
const [march, may] = ['2027-03-09', '2027-05-04'] as const;

async function held(parentSiren?: string) {
  const siren = sirens[next] ?? '';
  next += 1;
  const reference = await trial.start(siren, 'state', parentSiren);
  await submitAnswers(trial.runtime, reference, plainAnswers, customer);
  await trial.runtime.clock.settled();
  return { reference, siren };
}

async function confirmed(parentSiren?: string) {
  const { reference, siren } = await held(parentSiren);
  await answerWave(trial.runtime, reference, 'confirm', customer);
  await trial.runtime.clock.settled();
  return { reference, siren };
}

const now = (reference: string) => trial.runtime.store.onboardings.now(reference);

/** A parent in March that has moved past its two members. */
async function moved() {
  const parent = await confirmed();
  const members = [await confirmed(parent.siren), await confirmed(parent.siren)].map(
    (each) => each.reference,
  );
  const dates = await Promise.all(members.map(async (each) => (await now(each)).booking?.cutover ?? ''));
  expect((await now(parent.reference)).booking?.cutover).toBe(march);
  const [to = ''] = dates;
  const wave = (await now(members[0] ?? '')).booking?.wave ?? '';
  await movePlace(trial.runtime, parent.reference, { wave, reason, askedByCustomer: true }, someone);
  await trial.runtime.clock.settled();
  return {
    parent: parent.reference,
    members,
    path: `/operations/approvals/groups/${parent.reference}-${to}`,
    to,
  };
}

async function read(path: string): Promise<string> {
  const html = await (await operator.get(path)).text();
  expect(await htmlFaults(html)).toEqual([]);
  return html;
}

const plain = (html: string) => textOf(html).replaceAll(/[\u00a0\u202f]/g, ' ');

it('shows the moves that keep a group in order, on the list and on a page of their own, and moves them', async () => {
  const { members, path, to } = await moved();
  expect(to).toBe(may);
  const proposed = (await now(members[0] ?? '')).approval?.cutover ?? '';
  expect(proposed > may).toBe(true);
  const list = await read('/operations/approvals');
  expect(list).toContain(`href="${path}"`);
  expect(plain(list)).toContain('Groupes à garder dans l’ordre, qui attendent votre réponse');
  expect(plain(list)).toContain('Proposés par la plateforme : vous pouvez répondre seul.');
  expect(plain(list)).not.toContain('Attendent votre réponse');
  const work = await read('/operations?kind=approval');
  expect(work.split(`href="${path}"`)).toHaveLength(3);
  const page = await read(path);
  for (const member of members) expect(page).toContain(`/operations/${member}"`);
  expect(plain(page)).toContain('4 mai 2027');
  expect(plain(page)).toContain(formatDate(proposed, 'fr').replaceAll(/[\u00a0\u202f]/g, ' '));
  const detail = plain(await read(`/operations/${members[0]}`));
  expect(detail).toContain('Décision demandée par La plateforme');
  expect(detail).toContain('une place réservée est cherchée à nouveau, une place confirmée revient');
  const wave = (await now(members[0] ?? '')).booking?.wave ?? '';
  const decisions = plain(await read(`/waves/${wave}/go-no-go`));
  expect(decisions).toContain('Son déplacement attend l’accord de l’exploitation.');
  // Any operator may answer it.
  expect(decisions).toContain('Répondez d’abord à ce déplacement.');
  expect(decisions).not.toContain('Une autre personne doit y répondre.');
  const visitor = await openLink(trial, members[0] ?? '');
  const status = plain(await visitor.page('/status'));
  expect(status).toContain('Bascule le 4 mai 2027.');
  expect(status).toContain(
    'L’entité de tête de votre groupe bascule le 4 mai 2027 ; vous devez basculer après elle. Votre date peut donc changer',
  );

  const empty = await sendForm(operator, path, []);
  expect(empty.status).toBe(422);
  expect(problemsOf(await empty.text()).links.map(({ id }) => id)).toEqual([
    'field-decision',
    'field-reason',
  ]);
  const english = await (await operator.get(`${path}?lang=en`)).text();
  expect(await htmlFaults(english)).toEqual([]);
  expect(textOf(english)).toContain('Their place is a promise: none is moved without your agreement.');
  await operator.get(`${path}?lang=fr`);

  const approvals = [...page.matchAll(/name="approvals" value="([^"]+)"/g)].map(([, id = '']) => id);
  expect(approvals).toHaveLength(2);
  const answer = [
    ['decision', 'approve'],
    ['reason', reason],
  ] as const;
  const switched = await sendForm(operator, path, answer, `${path}?lang=en`);
  const kept = await switched.text();
  expect([switched.status, kept.includes(reason), textOf(kept).includes('Approve')]).toEqual([
    200,
    true,
    true,
  ]);
  expect((await now(members[0] ?? '')).approval?.status).toBe('waiting');
  await operator.get(`${path}?lang=fr`);

  const sent = await sendForm(operator, path, [
    ...approvals.map((id) => ['approvals', id] as const),
    ...answer,
  ]);
  expect([sent.status, sent.headers.get('Location')]).toEqual([303, '/operations/approvals']);
  await trial.runtime.clock.settled();
  for (const member of members) {
    expect((await now(member)).booking).toMatchObject({ status: 'HELD', cutover: proposed });
  }
  expect(plain(await read('/operations/approvals'))).toContain('Votre accord est enregistré');
  expect(plain(await read(path))).toContain('Aucun déplacement n’attend plus de réponse.');
  const afterwards = plain(await (await openLink(trial, members[0] ?? '')).page('/status'));
  expect(afterwards).toContain(
    'L’équipe d’exploitation a remplacé votre place dans la vague du 4 mai 2027 (',
  );
  expect(afterwards).toContain(
    ' ; motif : L’entité de tête de votre groupe bascule le 4 mai 2027 ; vous devez basculer après elle.',
  );
  expect(afterwards).not.toContain('..');
});

it('tells a member that only holds its date that it may change, wherever it may rely on it', async () => {
  const parent = await confirmed();
  const member = (await held(parent.siren)).reference;
  const { booking } = await now(member);
  const wave = booking?.wave ?? '';
  const day = formatDate(booking?.cutover ?? '', 'fr').replaceAll(/[\u00a0\u202f]/g, ' ');
  const mayChange = `L’entité de tête de votre groupe bascule le ${day} ; vous devez basculer après elle. Votre date peut donc changer`;
  const visitor = await openLink(trial, member);
  const readBy = async (path: string) => plain(await visitor.page(path));
  expect(await readBy('/status')).toContain('Date recommandée : la première possible.');
  await movePlace(trial.runtime, parent.reference, { wave, reason, askedByCustomer: true }, someone);
  await trial.runtime.clock.settled();
  const before = await now(member);
  expect([before.booking?.status, before.approval?.status]).toEqual(['HELD', 'waiting']);
  const status = await readBy('/status');
  expect(status).toContain(mayChange);
  expect(status).not.toContain('Date recommandée');
  expect(await readBy('/status/wave/confirm')).toContain(mayChange);

  await answerWave(trial.runtime, member, 'confirm', customer);
  await trial.runtime.clock.settled();
  const after = await now(member);
  expect([after.booking?.status, after.approval?.status]).toEqual(['CONFIRMED', 'waiting']);
  // The request that operators have read is still the one to answer.
  expect(after.approval?.id).toBe(before.approval?.id);
  expect(after.approval?.until).toBe(before.approval?.until);
  expect(await readBy('/status')).toContain(mayChange);
  const mails = (await trial.runtime.mailbox.list()).filter(({ text }) => text.includes(member));
  const told = (subject: string) => plain(mails.find((mail) => mail.subject.includes(subject))?.text ?? '');
  expect(told('votre date de migration est confirmée')).toContain(mayChange);
  expect(told('date de migration confirmée')).toContain('Cette date peut changer');
  expect(mails.filter(({ subject }) => subject.includes('déplacements proposés'))).toHaveLength(1);
});

it('names those that were answered meanwhile, and keeps the reason', async () => {
  const { members, path } = await moved();
  const before = await read(path);
  const approvals = [...before.matchAll(/name="approvals" value="([^"]+)"/g)].map(([, id = '']) => id);
  const [first = ''] = approvals;
  const fields = (decision: string) =>
    [
      ['decision', decision],
      ['reason', reason],
    ] as const;
  await sendForm(operator, path, [['approvals', first], ...fields('approve')]);
  await trial.runtime.clock.settled();
  const late = await sendForm(operator, path, [
    ...approvals.map((id) => ['approvals', id] as const),
    ...fields('decline'),
  ]);
  expect(late.status).toBe(409);
  const text = plain(await late.text());
  expect(text).toContain(reason);
  await trial.runtime.clock.settled();
  const stages = await Promise.all(members.map(async (each) => (await now(each)).state.stage));
  expect(stages.toSorted()).toEqual(['GO_NO_GO', 'WAVE_HELD']);
});

it.each(['nonsense', 'K7F4-M3XJ-2027-04-20', '2222-2222-2027-13-45'])('answers 404 for %s', async (id) => {
  expect((await operator.get(`/operations/approvals/groups/${id}`)).status).toBe(404);
});

it('is for operators alone', async () => {
  const sales = await trial.staff({ roles: ['sales'] });
  const { reference } = await confirmed();
  const path = `/operations/approvals/groups/${reference}-${may}`;
  expect((await sales.get(path)).status).toBe(403);
  expect((await operator.get(path)).status).toBe(200);
});
