import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withdraw } from '../../../functions/application/withdraw.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { nameMember, openMember, personLink } from '../../support/people.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { openLink } from '../../support/visitor.ts';
import { castOf, sendForm } from '../staff/cast.ts';

let trial: Trial;
let cast: ReturnType<typeof castOf>;
let operator: Browser;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
  operator = await trial.staff({ roles: ['operator'], subject: 'op' });
});
afterAll(() => trial.close());

async function revocations(reference: string) {
  const events = await trial.runtime.store.onboardings.events(reference);
  return events.filter(({ type }) => type === 'PERSON_REVOKED');
}

describe('the persons of an onboarding', () => {
  it('are shown to operators and to the sales team of it, with role, date and state of the link', async () => {
    const reference = await cast.invited();
    const empty = await (await operator.get(`/operations/${reference}`)).text();
    expect(textOf(empty)).not.toContain('Personnes du dossier');
    await openMember(trial, reference, 'section');
    const own = await trial.staff({ roles: ['sales'], team: 'state' });
    const other = await trial.staff({ roles: ['sales'], team: 'health' });
    for (const [browser, path] of [
      [operator, `/operations/${reference}`],
      [own, `/sales/${reference}`],
    ] as const) {
      const page = await (await browser.get(path)).text();
      expect(await htmlFaults(page)).toEqual([]);
      const text = textOf(page);
      for (const said of [
        'Jules Droit',
        'jules@client.example',
        'Collègue invité (parties : A)',
        'Depuis : 23 novembre 2026',
        'Lien ouvert le 23 novembre 2026',
      ]) {
        expect(text).toContain(said);
      }
      expect(page.includes(`/operations/${reference}/people/P1/revocation`)).toBe(browser === operator);
    }
    expect((await other.get(`/sales/${reference}`)).status).toBe(404);
  });
});

describe('an operator who revokes the access of a person', () => {
  it('has to say why, ends link and sessions at once, and is seen to have done so by the contact', async () => {
    const reference = await cast.invited();
    const contact = await openLink(trial, reference);
    const { person, browser } = await openMember(trial, reference, 'ciso');
    const path = `/operations/${reference}/people/${person.id}/revocation`;
    const form = await (await operator.get(path)).text();
    expect(await htmlFaults(form)).toEqual([]);
    expect(textOf(form)).toContain('Claire Petit');
    const refused = await sendForm(operator, path, []);
    expect([refused.status, await revocations(reference)]).toEqual([422, []]);
    expect((await browser.get('/questionnaire')).status).toBe(200);

    const revoked = await sendForm(operator, path, [['reason', 'link_disclosed']]);
    expect([revoked.status, revoked.headers.get('location')]).toEqual([303, `/operations/${reference}`]);
    expect((await browser.get('/questionnaire')).status).toBe(401);
    expect((await trial.browser().post(await personLink(trial, reference, person))).status).toBe(410);
    const [event] = await revocations(reference);
    expect([event?.actor, event?.data, event?.reason]).toEqual([
      { kind: 'operator', id: 'op' },
      { person: person.id, role: 'invitee', reason: 'link_disclosed' },
      undefined,
    ]);
    const said = 'par l’exploitation : le lien a été communiqué à d’autres';
    expect(textOf(await contact.page('/questionnaire/people'))).toContain(said);
    const page = textOf(await (await operator.get(`/operations/${reference}`)).text());
    expect(page).toContain(said);
    expect(page).toContain('Personne : P1');
    expect(page).toContain('Motif : Le lien a été communiqué à d’autres');
  });

  it('does it once, however often the form is sent, also where the customer has done it before', async () => {
    const reference = await cast.invited();
    const { person } = await openMember(trial, reference, 'dpo');
    const path = `/operations/${reference}/people/${person.id}/revocation`;
    const proof = /name="_csrf" value="([^"]+)"/.exec(await (await operator.get(path)).text())?.[1] ?? '';
    const send = () =>
      operator.send(path, {
        method: 'POST',
        body: new URLSearchParams({ _csrf: proof, reason: 'left' }),
        headers: { Origin: 'http://127.0.0.1:3000' },
      });
    const answers = await Promise.all([send(), send(), send()]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect((await send()).status).toBe(303);
    expect(await revocations(reference)).toHaveLength(1);
    expect((await operator.get(path)).status).toBe(404);
  });

  it('is refused for a person there is not, a reason there is not, and once the onboarding is closed', async () => {
    const reference = await cast.invited();
    const person = await nameMember(trial, reference, 'cio');
    const path = `/operations/${reference}/people/${person.id}/revocation`;
    for (const id of ['P9', 'P99999', 'x', 'P'.repeat(3_000)]) {
      expect((await operator.get(`/operations/${reference}/people/${id}/revocation`)).status).toBe(404);
    }
    expect((await sendForm(operator, path, [['reason', 'because']])).status).toBe(422);
    const before = await (await operator.get(path)).text();
    await withdraw(trial.runtime, reference, 'plus de projet', { kind: 'operator', id: 'op' });
    const proof = /name="_csrf" value="([^"]+)"/.exec(before)?.[1] ?? '';
    const late = await operator.send(path, {
      method: 'POST',
      body: new URLSearchParams({ _csrf: proof, reason: 'left' }),
      headers: { Origin: 'http://127.0.0.1:3000' },
    });
    expect([late.status, await revocations(reference)]).toEqual([409, []]);
    expect(await (await operator.get(`/operations/${reference}`)).text()).not.toContain(
      '/people/P1/revocation',
    );
  });
});
