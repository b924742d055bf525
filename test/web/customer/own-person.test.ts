import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eraseOnboarding, verifyErasure } from '../../../functions/application/erase.ts';
import { erasePerson } from '../../../functions/application/own-person.ts';
import { invitePerson } from '../../../functions/application/people.ts';
import { submitAnswers } from '../../../functions/application/submit-answers.ts';
import { respondent } from '../../../functions/domain/onboarding/people.ts';
import { firstBrokenEvent } from '../../support/history.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { members, nameMember, openMember, personLink, sendAs } from '../../support/people.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { fieldsFor, openLink } from '../../support/visitor.ts';
import { castOf } from '../staff/cast.ts';

let trial: Trial;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
});
afterAll(() => trial.close());

const canary = /canarirose/i;

/** Someone whose name stands nowhere else, named as DPO and among the contacts. */
async function canaryPerson(reference: string) {
  const asking = { actor: { kind: 'customer', id: reference }, by: respondent } as const;
  const named = { name: 'Rose Canarirose', email: 'rose.canarirose@client.example' };
  await invitePerson(
    trial.runtime,
    reference,
    { ...named, role: 'invitee', office: 'dpo', sections: [] },
    asking,
  );
  const person = (await trial.runtime.store.people.of(reference)).at(-1);
  if (person === undefined) throw new Error('No one was named');
  const browser = trial.browser();
  await browser.post(await personLink(trial, reference, person));
  return { person, browser, named };
}

describe('each person named', () => {
  it.each(members)('sees and downloads what is held on them: %s', async (member) => {
    const reference = await cast.invited();
    const { browser, person } = await openMember(trial, reference, member);
    expect(await (await browser.get('/status')).text()).toContain('href="/status/me"');
    for (const path of ['/status/me', '/status/me/details', '/status/me/erasure']) {
      for (const language of ['fr', 'en']) {
        const page = await (await browser.get(`${path}?lang=${language}`)).text();
        expect(await htmlFaults(page)).toEqual([]);
      }
    }
    const page = textOf(await (await browser.get('/status/me?lang=fr')).text());
    expect(page).toContain(person.name);
    expect(page).toContain(person.email);
    const file = await browser.get('/status/me.json');
    expect(file.headers.get('content-disposition')).toContain(`${reference}-P1.json`);
    const data = JSON.parse(await file.text());
    expect([data.person.name, data.person.email, data.answers]).toEqual([person.name, person.email, []]);
    expect(JSON.stringify(data)).not.toContain('Zoé Canari');
  });

  it('reads which answers bear their name, and that the organisation names them as a contact', async () => {
    const reference = await cast.invited();
    const contact = await openLink(trial, reference);
    const { browser, named } = await canaryPerson(reference);
    await contact.fill('E', { ...plainAnswers, E5: { ...plainAnswers.E5, dpo: named } });
    await sendAs(browser, '/questionnaire/B9', fieldsFor('B9', plainAnswers));
    const page = textOf(await (await browser.get('/status/me')).text());
    expect(page).toContain('Données personnelles, 23 novembre 2026');
    expect(page).toContain('nomme aussi parmi ses contacts');
    const data = JSON.parse(await (await browser.get('/status/me.json')).text());
    expect([data.contacts, data.answers.length]).toEqual([['dpo'], 1]);
  });

  it('corrects their name at once, and gets a new link at another address', async () => {
    const reference = await cast.invited();
    const { browser, person } = await openMember(trial, reference, 'ciso');
    const wrong = await sendAs(browser, '/status/me/details', [
      ['name', ''],
      ['email', 'x'],
    ]);
    expect(wrong.status).toBe(422);
    const taken = await sendAs(browser, '/status/me/details', [
      ['name', 'Claire Petit'],
      ['email', 'zoe.canari@client.example'],
    ]);
    expect([taken.status, textOf(await taken.text())]).toEqual([422, expect.not.stringContaining('Zoé')]);
    const renamed = await sendAs(browser, '/status/me/details', [
      ['name', 'Claire Grand'],
      ['email', person.email],
    ]);
    expect([renamed.status, renamed.headers.get('location')]).toEqual([303, '/status/me']);
    expect(textOf(await (await browser.get('/status/me')).text())).toContain('Claire Grand');
    const moved = await sendAs(browser, '/status/me/details', [
      ['name', 'Claire Grand'],
      ['email', 'claire.grand@client.example'],
    ]);
    expect([moved.status, textOf(await moved.text())]).toEqual([
      200,
      expect.stringContaining('Un nouveau lien vous est envoyé'),
    ]);
    expect((await browser.get('/status')).status).toBe(401);
    expect((await trial.browser().post(await personLink(trial, reference, person))).status).toBe(410);
    await trial.runtime.clock.settled();
    const next = await personLink(trial, reference, { ...person, generation: 2 });
    const mail = trial.runtime.mailbox.list().findLast(({ to }) => to === 'claire.grand@client.example');
    expect(mail?.text).toContain(next);
    expect(mail?.text).toContain('Bonjour Claire Grand');
  });

  it('is not the contact, whose data is that of the onboarding', async () => {
    const { browser } = await openLink(trial, await cast.invited());
    expect((await browser.get('/status/me')).status).toBe(404);
    expect(await (await browser.get('/status')).text()).not.toContain('/status/me"');
  });
});

describe('the erasure by a person', () => {
  it('leaves their name nowhere, their answers in place, and the history unbroken', async () => {
    const reference = await cast.invited();
    const contact = await openLink(trial, reference);
    const { person, browser, named } = await canaryPerson(reference);
    const { browser: deputy } = await openMember(trial, reference, 'deputy');
    await contact.fill('E', { ...plainAnswers, E5: { ...plainAnswers.E5, dpo: named } });
    await sendAs(browser, '/questionnaire/B9', fieldsFor('B9', plainAnswers));
    await trial.runtime.clock.settled();
    const erased = await sendAs(browser, '/status/me/erasure');
    const last = await erased.text();
    expect([erased.status, await htmlFaults(last), textOf(last)]).toEqual([
      200,
      [],
      expect.stringContaining('Vos données sont effacées'),
    ]);
    expect((await browser.get('/status')).status).toBe(401);
    const link = await trial.browser().post(await personLink(trial, reference, person));
    expect([link.status, textOf(await link.text())]).toEqual([
      410,
      expect.stringContaining('Votre accès a été retiré'),
    ]);

    const { store } = trial.runtime;
    const events = await store.onboardings.events(reference);
    const kept = [events, await store.people.of(reference), await store.outbox.pending(100)];
    expect(JSON.stringify(kept)).not.toMatch(canary);
    expect(trial.log.join('\n')).not.toMatch(canary);
    expect(firstBrokenEvent(events)).toBeUndefined();
    const draft = await store.dossiers.draft(reference);
    expect(JSON.stringify([...(draft?.saved ?? [])])).not.toMatch(canary);
    expect(draft?.saved.get('B9')).toMatchObject({ by: person.id, value: plainAnswers.B9 });
    expect(draft?.saved.get('E5')?.value).toEqual(plainAnswers.E5);

    const operator = await trial.staff({ roles: ['operator'] });
    const pages = [
      await contact.page('/questionnaire'),
      await contact.page('/questionnaire/people'),
      await contact.page('/questionnaire/check'),
      await (await deputy.get('/status')).text(),
      await (await operator.get(`/operations/${reference}`)).text(),
      await (await operator.get(`/operations/${reference}`)).text(),
    ];
    expect(pages.join('')).not.toMatch(canary);
    expect(textOf(pages[0] ?? '')).toContain('par une personne dont les données ont été effacées');
    for (const page of [pages[1], pages[4]])
      expect(textOf(page ?? '')).toContain('Données effacées le 23 novembre 2026, à la demande');
    // The same person may be named again, and the onboarding can be erased as any other.
    const again = await nameMember(trial, reference, 'dpo');
    expect(again.id).toBe('P3');
    await eraseOnboarding(trial.runtime, reference, 'asked_by_person', { kind: 'operator', id: 'op' });
    expect((await verifyErasure(trial.runtime, reference)).erased).toBe(true);
  });

  it('takes what they typed and what still waits for a proof of who they are', async () => {
    const reference = await cast.invited();
    const { browser, person, named } = await canaryPerson(reference);
    const { store, clock } = trial.runtime;
    const owner = { reference, person: person.id, browser: 'a-browser' };
    const page = { path: '/status/me/details', fields: [['name', named.name]] } as const;
    expect(await store.pendingPages.keep(owner, 'a-page', page, clock.now())).toBe(true);
    expect((await sendAs(browser, '/status/me/erasure')).status).toBe(200);
    expect(await store.pendingPages.find(owner, 'a-page', clock.now())).toBeUndefined();
  });

  it('takes the name out of the record, which is sealed anew; what was sealed before stays known', async () => {
    const reference = await cast.invited();
    const contact = await openLink(trial, reference);
    const { person, browser, named } = await canaryPerson(reference);
    await sendAs(browser, '/questionnaire/B9', fieldsFor('B9', plainAnswers));
    const answers = { ...plainAnswers, E5: { ...plainAnswers.E5, dpo: named } };
    await submitAnswers(trial.runtime, reference, answers, { kind: 'customer', id: reference });
    await trial.runtime.clock.settled();
    const before = await contact.page('/status/record');
    expect(before).toMatch(/par Rose Canarirose|Rose Canarirose/);
    await erasePerson(trial.runtime, reference, person.id);
    const after = await contact.page('/status/record');
    expect(after).not.toMatch(canary);
    expect(textOf(after)).toContain('une personne dont les données ont été effacées');
    expect(JSON.stringify(await trial.runtime.store.dossiers.submissions(reference))).not.toMatch(canary);
  });

  it('drops the mails that are on their way to them', async () => {
    const reference = await cast.invited();
    const { person, named } = await canaryPerson(reference);
    await erasePerson(trial.runtime, reference, person.id);
    const sent = trial.runtime.mailbox.list().filter(({ to }) => to === named.email).length;
    await trial.runtime.clock.settled();
    expect(trial.runtime.mailbox.list().filter(({ to }) => to === named.email)).toHaveLength(sent);
  });

  it('of a deputy who has named someone leaves the role in place of the name', async () => {
    const reference = await cast.invited();
    const { browser, person } = await openMember(trial, reference, 'deputy');
    await sendAs(browser, '/questionnaire/people/new/ciso', [
      ['name', 'Claire Petit'],
      ['email', 'claire@client.example'],
    ]);
    await erasePerson(trial.runtime, reference, person.id);
    const ciso = (await trial.runtime.store.people.of(reference)).at(-1);
    if (ciso === undefined) throw new Error('No one was named');
    const page = textOf(await (await trial.browser().get(await personLink(trial, reference, ciso))).text());
    expect(page).toContain('un suppléant du contact principal de l’organisme');
    expect(page).not.toContain('Lou Second');
  });
});

it('a deputy who submits does so in a name of their own', async () => {
  const reference = await cast.invited();
  const { person } = await openMember(trial, reference, 'deputy');
  await submitAnswers(trial.runtime, reference, plainAnswers, { kind: 'customer', id: person.id });
  expect((await trial.runtime.store.dossiers.submission(reference))?.circumstances?.by).toBe('Lou Second');
});
