import { describe, expect, it, onTestFinished } from 'vitest';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { changeContact, resendInvitation, revokeLink } from '../../functions/application/change-contact.ts';
import { decideReview } from '../../functions/application/decide-review.ts';
import { eraseOnboarding } from '../../functions/application/erase.ts';
import { recordCutover } from '../../functions/application/record-cutover.ts';
import { declineInvitation, submitAnswers } from '../../functions/application/submit-answers.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { instantAt } from '../../functions/domain/calendar-date.ts';
import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import { ceasedSiren } from '../support/canaries.ts';
import { classified, doubtful, noDate, notReady } from '../support/journeys.ts';
import { htmlFaults, textOf } from '../support/page-reader.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { startTrial, type Trial } from '../support/trial.ts';

const operator = { kind: 'operator', id: 'op' } as const;
const customer = { kind: 'customer', id: 'c' } as const;
const sales = { kind: 'sales', id: 's' } as const;
const owner = 'sales.state@platform.example';
const day = 86_400_000;

type Bring = (trial: Trial) => Promise<string>;

const invited: Bring = (trial) => trial.start('999000102');

async function passDays({ runtime: { clock } }: Trial, days: number): Promise<void> {
  await clock.jumpTo(new Date(clock.now().getTime() + days * day));
}

/** Brings an onboarding on by acts, each once the one before has led somewhere. */
function then(
  bring: Bring,
  ...acts: readonly ((trial: Trial, reference: string) => Promise<unknown>)[]
): Bring {
  return async (trial) => {
    const reference = await bring(trial);
    for (const act of acts) {
      await act(trial, reference);
      await trial.runtime.clock.settled();
    }
    return reference;
  };
}

const answer =
  (answers: Partial<Answers> = {}) =>
  ({ runtime }: Trial, reference: string) =>
    submitAnswers(runtime, reference, { ...plainAnswers, ...answers }, customer);
const decide =
  (kind: 'qualification' | 'confirmation' | 'readiness' | 'go_no_go', decision: string, more: object = {}) =>
  ({ runtime }: Trial, reference: string) =>
    decideReview(runtime, reference, { kind, decision, reason: 'x', ...more }, operator);
const confirm = ({ runtime }: Trial, reference: string) =>
  answerWave(runtime, reference, 'confirm', customer);
const wait = (days: number) => (trial: Trial) => passDays(trial, days);

async function untilGoNoGo(trial: Trial, reference: string): Promise<void> {
  const { state } = await trial.runtime.store.onboardings.now(reference);
  await trial.runtime.clock.jumpTo(new Date(instantAt(state.cutover ?? '', '09:00').getTime() - day));
}

const held = then(invited, answer());
const confirmed = then(held, confirm);
const inGoNoGo = then(confirmed, untilGoNoGo);
const handedOver = then(inGoNoGo, decide('go_no_go', 'go'));
const cutOver = then(handedOver, wait(1), ({ runtime }, reference) =>
  recordCutover(runtime, reference, { result: 'done' }, operator),
);
const refused = then(invited, answer(classified), decide('confirmation', 'confirm'));
const asked = { questions: ['B2'], message: 'Please check.' };
const withdrawn = then(held, ({ runtime }, reference) => withdraw(runtime, reference, 'x', sales));

interface Case {
  readonly stage: string;
  readonly bring: Bring;
  /** What the page behind the newest link says. */
  readonly says: RegExp;
}

const open: readonly Case[] = [
  { stage: 'INVITED', bring: invited, says: /Qui lit vos réponses/ },
  { stage: 'INVITED, reminded', bring: then(invited, wait(57)), says: /Qui lit vos réponses/ },
  { stage: 'IN_REVIEW', bring: then(invited, answer(doubtful)), says: /Une personne examine vos réponses/ },
  {
    stage: 'INVITED, asked again',
    bring: then(invited, answer(doubtful), decide('readiness', 'ask_customer', asked)),
    says: /revoir les réponses à ces questions/,
  },
  {
    stage: 'IN_REVIEW after silence',
    bring: then(invited, answer(doubtful), decide('readiness', 'ask_customer', asked), wait(70)),
    says: /restées sans réponse/,
  },
  { stage: 'PREPARING', bring: then(invited, answer(notReady)), says: /mettez vos réponses à jour/ },
  { stage: 'WAITING_LIST', bring: then(invited, answer(noDate)), says: /liste d’attente/i },
  { stage: 'WAVE_HELD', bring: held, says: /Confirmer cette date/ },
  { stage: 'WAVE_CONFIRMED', bring: confirmed, says: /Prochaine étape/ },
  { stage: 'GO_NO_GO', bring: inGoNoGo, says: /Où en est votre dossier/ },
  { stage: 'HANDED_OVER', bring: handedOver, says: /Où en est votre dossier/ },
  { stage: 'CUT_OVER', bring: cutOver, says: /Où en est votre dossier/ },
];

const closed: readonly Case[] = [
  { stage: 'CLOSED, HANDED_OVER', bring: then(cutOver, wait(12)), says: /Issue Migration menée à bien/ },
  {
    stage: 'CLOSED, NOT_ELIGIBLE',
    bring: refused,
    says: /Non retenu.*Motif .*Ce que la personne a examiné .*classifiées.*contester/s,
  },
  {
    stage: 'CLOSED, NOT_ELIGIBLE after silence',
    bring: then(
      invited,
      answer(doubtful),
      decide('readiness', 'ask_customer', asked),
      wait(70),
      decide('readiness', 'reject'),
    ),
    says: /Non retenu.*restées sans réponse/s,
  },
  {
    stage: 'CLOSED, DECLINED',
    bring: then(invited, ({ runtime }, reference) => declineInvitation(runtime, reference, 'x', customer)),
    says: /Issue Décliné par votre organisme/,
  },
  {
    stage: 'CLOSED, DECLINED wave',
    bring: then(held, ({ runtime }, reference) => answerWave(runtime, reference, 'decline', customer)),
    says: /Décliné.*Motif L’organisme a renoncé/s,
  },
  { stage: 'CLOSED, UNANSWERED', bring: then(invited, wait(70)), says: /Issue Resté sans réponse/ },
  { stage: 'CLOSED, WITHDRAWN', bring: withdrawn, says: /Issue Retiré/ },
];

interface Opened {
  readonly status: number;
  readonly html: string;
}

/** Opens a link of a mail in a browser of its own, presses its button, and goes where that leads. */
async function openLinkOf(trial: Trial, url: string): Promise<Opened> {
  const browser = trial.browser();
  const { pathname } = new URL(url);
  const first = await browser.get(pathname);
  if (!pathname.startsWith('/f/')) return { status: first.status, html: await first.text() };
  expect(first.status).toBe(200);
  let page = await browser.post(pathname);
  for (let turns = 0; page.status === 303 && turns < 5; turns += 1) {
    page = await browser.get(page.headers.get('Location') ?? '');
  }
  return { status: page.status, html: await page.text() };
}

interface Sent {
  readonly subject: string;
  readonly urls: readonly string[];
}

function mailsOf({ runtime }: Trial, reference: string): { customers: Sent[]; staff: Sent[] } {
  const all = runtime.mailbox.list().filter(({ id }) => id.startsWith(`${reference}-`));
  const sent = all.map(({ subject, text, to }) => ({
    subject,
    to,
    urls: text.match(/https?:\/\/\S+/g) ?? [],
  }));
  const isStaff = ({ to }: { to: string }) => to.endsWith('@platform.example');
  return { customers: sent.filter((mail) => !isStaff(mail)), staff: sent.filter(isStaff) };
}

async function trialOf(bring: Bring): Promise<{ trial: Trial; reference: string }> {
  const trial = await startTrial();
  onTestFinished(() => trial.close());
  return { trial, reference: await bring(trial) };
}

/** An address that the page speaks of is one that it shows. */
async function expectHelp({ html }: Opened): Promise<void> {
  expect(await htmlFaults(html)).toEqual([]);
  expect(html).toMatch(/href="mailto:[^"@]+@platform\.example"/);
}

describe.each([...open, ...closed])('once an onboarding is $stage', ({ bring, says }) => {
  it('each link of each mail to the customer opens a page that helps', async () => {
    const { trial, reference } = await trialOf(bring);
    const { customers } = mailsOf(trial, reference);
    expect(customers.length).toBeGreaterThan(0);
    const seen = new Map<string, Opened>();
    for (const url of customers.flatMap(({ urls }) => urls)) {
      const opened = seen.get(url) ?? (await openLinkOf(trial, url));
      seen.set(url, opened);
      await expectHelp(opened);
      if (new URL(url).pathname.startsWith('/f/')) {
        expect(textOf(opened.html)).toMatch(says);
        expect(opened.html).toContain(`mailto:${owner}`);
        expect(opened.status).toBe(200);
      } else if (new URL(url).pathname === '/trust') {
        // Open to anyone, with a link or without.
        expect(opened.status).toBe(200);
      } else {
        // The page has no secret in its address: it says how it is opened.
        expect(textOf(opened.html)).toMatch(/lien personnel contenu dans nos courriels.*ci-dessous/);
        expect(opened.status).toBe(401);
      }
    }
    expect([...seen.keys()].some((url) => new URL(url).pathname.startsWith('/f/'))).toBe(true);
  });

  it('each link of each mail to staff opens its page', async () => {
    const { trial, reference } = await trialOf(bring);
    const staff = await trial.staff({ roles: ['operator', 'sales'], team: 'state' });
    const paths = mailsOf(trial, reference).staff.flatMap(({ urls }) =>
      urls.map((url) => new URL(url).pathname),
    );
    const refused: string[] = [];
    for (const path of paths) if ((await staff.get(path)).status !== 200) refused.push(path);
    expect(refused).toEqual([]);
  });
});

describe('a link of a mail', () => {
  it.each([
    ['open', held],
    [
      'closed',
      then(held, changedContact, ({ runtime }, reference) => withdraw(runtime, reference, 'x', sales)),
    ],
  ] as const)(
    'that was replaced in an onboarding that is %s says so, and whom to ask',
    async (stage, bring) => {
      const { trial, reference } = await trialOf(stage === 'open' ? then(bring, changedContact) : bring);
      const opened = await openLinkOf(trial, new URL(await trial.linkOf(reference), 'http://x.example').href);
      expect([opened.status, textOf(opened.html).includes('remplacé')]).toEqual([410, true]);
      expect(textOf(opened.html)).toContain('à l’adresse ci-dessous');
      expect(opened.html).toContain(`mailto:${owner}`);
      // Who the link was taken from does not learn how it went on.
      expect(textOf(opened.html)).not.toContain('Issue');
      await expectHelp(opened);
    },
  );

  it('that was revoked says whom to ask, and works again by the next mail', async () => {
    const { trial, reference } = await trialOf(
      then(held, ({ runtime }, reference_) => revokeLink(runtime, reference_, 'x', sales)),
    );
    const old = new URL(await trial.linkOf(reference), 'http://x.example').href;
    const opened = await openLinkOf(trial, old);
    expect([opened.status, textOf(opened.html).includes('à l’adresse ci-dessous')]).toEqual([410, true]);
    expect(opened.html).toContain(`mailto:${owner}`);
    await resendInvitation(trial.runtime, reference, 'x', sales);
    await trial.runtime.clock.settled();
    const newest = mailsOf(trial, reference).customers.at(-1)?.urls.at(-1) ?? '';
    expect((await openLinkOf(trial, newest)).status).toBe(200);
  });

  it('says after the erasure that nothing is kept, as does a page that was open', async () => {
    const { trial, reference } = await trialOf(withdrawn);
    const { urls = [] } = mailsOf(trial, reference).customers[0] ?? {};
    const before = trial.browser();
    const other = await trial.start('999000375');
    await before.post(await trial.linkOf(other));
    for (const each of [reference, other]) {
      await eraseOnboarding(trial.runtime, each, 'asked_by_person', operator);
    }
    const opened = await openLinkOf(trial, urls[0] ?? '');
    expect([opened.status, textOf(opened.html).includes('nous ne conservons plus rien')]).toEqual([
      404,
      true,
    ]);
    await expectHelp(opened);
    const page = await before.get('/status');
    const html = await page.text();
    expect([page.status, textOf(html).includes('nous ne conservons plus ni vos réponses')]).toEqual([
      410,
      true,
    ]);
    await expectHelp({ status: 410, html });
    expect(html).not.toContain('erased@');
  });

  it('is none in the mail of a refusal before any invitation, which says why and whom to ask', async () => {
    const { trial, reference } = await trialOf(
      then((trial_) => trial_.start(ceasedSiren), decide('qualification', 'reject')),
    );
    const mails = trial.runtime.mailbox
      .list()
      .filter(({ id, to }) => id.startsWith(reference) && to.includes('client'));
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).not.toMatch(/https?:/);
    expect(mails[0]?.text).toMatch(/Motif.*opérateur a examiné la demande/);
    expect(mails[0]?.text).toContain(owner);
  });
});

async function changedContact({ runtime }: Trial, reference: string): Promise<void> {
  await changeContact(runtime, reference, { contactName: 'Yan Autre' }, sales);
}
