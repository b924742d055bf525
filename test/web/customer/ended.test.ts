import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revokeLink } from '../../../functions/application/change-contact.ts';
import { eraseOnboarding } from '../../../functions/application/erase.ts';
import { revokePerson } from '../../../functions/application/people.ts';
import { withdraw } from '../../../functions/application/withdraw.ts';
import { respondent } from '../../../functions/domain/onboarding/people.ts';
import { day } from '../../../functions/domain/time.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { type Member, members, nameMember, personLink, sendAs, team } from '../../support/people.ts';
import { type Browser, origin, startTrial, type Trial } from '../../support/trial.ts';
import { openLink, type Visitor } from '../../support/visitor.ts';
import { castOf } from '../staff/cast.ts';

const operator = { kind: 'operator', id: 'op' } as const;

let trial: Trial;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
});
afterAll(() => trial.close());

async function closed(reference: string): Promise<string> {
  await withdraw(trial.runtime, reference, 'Projet arrêté', operator);
  await trial.runtime.clock.settled();
  return reference;
}

async function later(days: number): Promise<void> {
  await trial.runtime.clock.jumpTo(new Date(trial.runtime.clock.now().getTime() + days * day));
}

/** Everything of an onboarding that its people could change. */
async function held(reference: string) {
  const { onboardings, dossiers, people } = trial.runtime.store;
  const [now, events, draft, submissions, persons] = await Promise.all([
    onboardings.now(reference),
    onboardings.events(reference),
    dossiers.draft(reference),
    dossiers.submissions(reference),
    people.of(reference),
  ]);
  return { now, events, draft, submissions, persons };
}

describe('the link of a closed onboarding', () => {
  it('opens after 30 days what was to be kept: the end, the answers, the record with its seal, the data', async () => {
    const reference = await closed(await cast.answered());
    await later(30);
    const browser = trial.browser();
    const opened = await browser.post(await trial.linkOf(reference));
    expect([opened.status, opened.headers.get('location')]).toEqual([303, '/status']);
    const status = await (await browser.get('/status')).text();
    expect(await htmlFaults(status)).toEqual([]);
    expect(textOf(status)).toContain('Ce dossier est clos');
    expect(textOf(status)).toMatch(/Issue Retiré Motif Le dossier a été retiré/);
    expect(textOf(status)).toMatch(/Conservées jusqu’au .* puis effacées/);
    for (const path of ['/status/answers', '/status/record', '/status/record.pdf', '/status/data.json']) {
      expect([path, (await browser.get(path)).status]).toEqual([path, 200]);
    }
    const record = await (await browser.get('/status/record.json')).text();
    const proof = await trial.browser().send('/proof', {
      method: 'POST',
      body: new URLSearchParams({ record }),
      headers: { Origin: origin },
    });
    expect(textOf(await proof.text())).toContain('inchangé');
  });

  it('opens no session before its button is pressed', async () => {
    const reference = await closed(await cast.invited());
    const browser = trial.browser();
    const before = await held(reference);
    expect((await browser.get(await trial.linkOf(reference))).headers.getSetCookie()).toEqual([]);
    expect(await held(reference)).toEqual(before);
  });

  it('that was revoked or replaced before opens nothing', async () => {
    const reference = await cast.invited();
    await revokeLink(trial.runtime, reference, 'x', operator);
    await closed(reference);
    const answer = await trial.browser().post(await trial.linkOf(reference));
    expect(answer.status).toBe(410);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('says once the data is erased that it is', async () => {
    const reference = await closed(await cast.invited());
    const { browser } = await openLink(trial, reference);
    await eraseOnboarding(trial.runtime, reference, 'asked_by_person', operator);
    expect(textOf(await (await browser.get('/status')).text())).toContain('ont été effacées');
    const answer = await trial.browser().post(await trial.linkOf(reference));
    expect([answer.status, textOf(await answer.text()).includes('effacées')]).toEqual([404, true]);
  });
});

describe('the link of someone who was named, once the onboarding is closed', () => {
  let reference: string;
  const browsers = new Map<Member | 'contact', Browser>();
  let contact: Visitor;
  beforeAll(async () => {
    reference = await cast.answered();
    const persons = [];
    for (const member of members)
      persons.push({ member, person: await nameMember(trial, reference, member) });
    await closed(reference);
    await later(30);
    for (const { member, person } of persons) {
      const browser = trial.browser();
      const link = await personLink(trial, reference, person);
      const first = await (await browser.get(link)).text();
      expect(textOf(first)).toMatch(/Ce dossier est clos : il n’y a plus rien à remplir/);
      expect((await browser.post(link)).headers.get('location')).toBe('/status');
      browsers.set(member, browser);
    }
    contact = await openLink(trial, reference);
    browsers.set('contact', contact.browser);
  });

  it.each(members)('shows the %s how it stands and what is held on them', async (member) => {
    const browser = browsers.get(member) ?? trial.browser();
    const text = textOf(await (await browser.get('/status')).text());
    expect(text).toMatch(/Clos depuis le/);
    expect(/Issue Retiré/.test(text)).toBe(member === 'deputy');
    const own = await (await browser.get('/status/me')).text();
    expect(await htmlFaults(own)).toEqual([]);
    expect(textOf(own)).toContain(team[member].email);
    expect(own).not.toContain('/status/me/details');
    expect((await browser.get('/status/me.json')).status).toBe(200);
    const all = (await browser.get('/status/data.json')).status;
    expect(all).toBe(member === 'deputy' ? 200 : 403);
    expect((await browser.get('/status/record')).status).toBe(all);
  });

  /** Every form of the customer's pages, with something in each place; the erasure of one's own data is tried below. */
  function forms(): readonly string[] {
    const found = trial.app.routes
      .filter(({ method, path }) => method === 'POST' && /^\/(?:questionnaire|status)\//.test(path))
      .flatMap(({ path }) =>
        (path.includes(':part') ? ['A', 'E', 'A3', 'B3', 'B9', 'C1', 'D1'] : ['']).flatMap((part) =>
          (path.includes(':decision')
            ? ['confirm', 'another_date', 'decline', 'accept', 'refuse']
            : ['']
          ).map((decision) =>
            path
              .replace(':part', part)
              .replace(/:decision(\{[^}]*\})?/, decision)
              .replace(':code', 'DPIA_MISSING')
              .replace(':role', 'dpo')
              .replace(':id', 'P2'),
          ),
        ),
      );
    return [...new Set(found)].filter((path) => !path.endsWith('/erasure'));
  }

  const typed = Object.entries({
    ...{ A3: 'state_administration', B3: 'no', B9: 'yes', B11: 'done', C1: 'exchange', D1: '4', E6: 'yes' },
    ...{ name: 'Eve Intruse', email: 'eve@evil.example', reason: 'x', matter: 'x', completed: 'yes' },
    ...{ confirmed: 'yes', attestation: 'yes', E1: 'x', sections: 'A', wave: 'x' },
  });

  it.each(['contact', ...members] as const)('takes no form of the %s that changes anything', async (who) => {
    const browser = browsers.get(who) ?? trial.browser();
    expect(forms().length).toBeGreaterThan(12);
    const before = await held(reference);
    for (const path of forms()) {
      const answer = await sendAs(browser, path, typed);
      expect([path, answer.status < 500]).toEqual([path, true]);
      expect(await held(reference), path).toEqual(before);
    }
  });

  it('lets them erase what is held on them, and is no one else’s business', async () => {
    const other = await closed(
      await cast.invited().then(async (invited) => {
        await nameMember(trial, invited, 'dpo');
        await nameMember(trial, invited, 'ciso');
        return invited;
      }),
    );
    const [dpo, ciso] = await trial.runtime.store.people.of(other);
    if (dpo === undefined || ciso === undefined) throw new Error('No one was named');
    const browser = trial.browser();
    await browser.post(await personLink(trial, other, dpo));
    expect((await sendAs(browser, '/status/me/erasure')).status).toBe(200);
    expect((await browser.get('/status')).status).toBe(401);
    const names = (await trial.runtime.store.people.of(other)).map(({ name }) => name);
    expect(names).toEqual(['erased', team.ciso.name]);
  });

  it('opens nothing for someone whose access was revoked before', async () => {
    const other = await cast.invited();
    const person = await nameMember(trial, other, 'ciso');
    const asContact = { actor: { kind: 'customer', id: other }, by: respondent } as const;
    await revokePerson(trial.runtime, other, person.id, asContact);
    await closed(other);
    const answer = await trial.browser().post(await personLink(trial, other, person));
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([410, []]);
  });
});
