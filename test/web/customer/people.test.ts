import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eraseOnboarding, verifyErasure } from '../../../functions/application/erase.ts';
import { revokePerson } from '../../../functions/application/people.ts';
import { withdraw } from '../../../functions/application/withdraw.ts';
import { respondent } from '../../../functions/domain/onboarding/people.ts';
import type { QuestionId } from '../../../functions/domain/questionnaire/answers.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import {
  type Member,
  members,
  nameMember,
  openMember,
  personLink,
  sendAs,
  team,
} from '../../support/people.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { fieldsFor, openLink } from '../../support/visitor.ts';
import { castOf } from '../staff/cast.ts';

let trial: Trial;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
});
afterAll(() => trial.close());

const operator = { kind: 'operator', id: 'op' } as const;
const asContact = (reference: string) =>
  ({ actor: { kind: 'customer', id: reference }, by: respondent }) as const;

const ofDpo = ['B9', 'B10', 'B11'] as const;

/** Saves questions one after the other; gives where each save leads. */
async function answerAll(browser: Browser, ids: readonly QuestionId[]): Promise<readonly (string | null)[]> {
  const ways: (string | null)[] = [];
  for (const id of ids) {
    const answer = await sendAs(browser, `/questionnaire/${id}`, fieldsFor(id, plainAnswers));
    ways.push(answer.headers.get('location'));
  }
  return ways;
}

async function version(reference: string): Promise<number> {
  return (await trial.runtime.store.onboardings.now(reference)).state.version;
}

/** The doors that open to those who were named for a part; every other one is closed to them. */
const open: Readonly<Record<string, readonly Member[]>> = {
  'GET /status': members,
  'GET /status/invitation.ics': members,
  'GET /status/me': members,
  'GET /status/me.json': members,
  'GET /status/me/details': members,
  'POST /status/me/details': members,
  'GET /status/me/erasure': members,
  'GET /questionnaire': members,
  'GET /questionnaire/before': members,
  'GET /questionnaire/check': members,
  'GET /questionnaire/A': ['section'],
  'GET /questionnaire/B': ['ciso', 'dpo'],
  'GET /questionnaire/C': ['cio', 'integrator'],
  'GET /questionnaire/D': ['cio', 'integrator'],
  'GET /questionnaire/A3': ['section'],
  'POST /questionnaire/A3': ['section'],
  'GET /questionnaire/B3': ['ciso'],
  'POST /questionnaire/B3': ['ciso'],
  'GET /questionnaire/B9': ['dpo'],
  'POST /questionnaire/B9': ['dpo'],
  'GET /questionnaire/C1': ['cio', 'integrator'],
  'POST /questionnaire/C1': ['cio', 'integrator'],
  'GET /questionnaire/D1': ['cio', 'integrator'],
  'POST /questionnaire/D1': ['cio', 'integrator'],
  'GET /status/conditions/DPIA_MISSING': ['dpo'],
  'POST /status/conditions/DPIA_MISSING': ['dpo'],
};

describe('every door of the customer', () => {
  let reference: string;
  const browsers = new Map<Member, Browser>();
  beforeAll(async () => {
    reference = await cast.invited();
    for (const member of members) browsers.set(member, (await openMember(trial, reference, member)).browser);
  });

  /** Every registered address of the customer's pages, with something in each place. */
  function doors(): readonly string[] {
    const found = trial.app.routes
      .filter(({ method, path }) => method !== 'ALL' && /^\/(?:questionnaire|status)(?:\/|$)/.test(path))
      .flatMap(({ method, path }) =>
        (path.includes(':part') ? ['A', 'B', 'C', 'D', 'E', 'A3', 'B3', 'B9', 'C1', 'D1', 'E1'] : ['']).map(
          (part) =>
            `${method} ${path
              .replace(':part', part)
              .replace(':code', 'DPIA_MISSING')
              .replace(':role', 'dpo')
              .replace(':decision', 'confirm')
              .replace(':id', 'P1')}`,
        ),
      );
    // It ends the session that the other doors are tried with: own-person.test.ts opens it.
    return [...new Set(found)].filter((door) => door !== 'POST /status/me/erasure');
  }

  it('is known to the table', () => {
    const known = doors();
    expect(Object.keys(open).filter((door) => !known.includes(door))).toEqual([]);
    expect(known.length).toBeGreaterThan(30);
  });

  it.each(members.filter((member) => member !== 'deputy'))(
    'opens to the %s where the table says so, and nothing changes elsewhere',
    async (member) => {
      const browser = browsers.get(member) ?? trial.browser();
      for (const door of doors()) {
        const [method = '', path = ''] = door.split(' ');
        const before = await version(reference);
        const answer =
          method === 'GET' ? await browser.get(path) : await sendAs(browser, path, [['reason', 'x']]);
        const closed = textOf(await answer.text()).includes('Cette page n’est pas ouverte avec votre lien');
        const isOpen = open[door]?.includes(member) === true;
        expect([door, closed], String(answer.status)).toEqual([door, !isOpen]);
        if (!isOpen) expect([answer.status, await version(reference)]).toEqual([403, before]);
      }
    },
  );

  it('stays closed however its address is written, and whatever the method', async () => {
    const browser = browsers.get('dpo') ?? trial.browser();
    const before = await version(reference);
    const written = [
      '/questionnaire/%42%33',
      '/questionnaire/B%33',
      '/questionnaire//B3',
      '/questionnaire/./B3',
      '/questionnaire/B9/../B3',
      '/questionnaire/B3/',
      '/questionnaire/B3;x',
      '/questionnaire/B3?return=list',
      '/questionnaire/b3',
      '/Questionnaire/B3',
      '//questionnaire/B3',
      '/status/%61nswers',
      '/status//answers',
      '/status/me/../answers',
      '/status/data.json',
      '/status/me/x',
    ];
    for (const path of written) {
      for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        const answer = await browser.send(`http://127.0.0.1:3000${path}`, { method });
        expect([path, method, answer.status < 300]).toEqual([path, method, false]);
      }
      expect((await sendAs(browser, path, [['B3', 'no']])).status).toBeGreaterThanOrEqual(400);
    }
    expect(await version(reference)).toBe(before);
    for (const path of ['/questionnaire/B9', '/status', '/status/me']) {
      expect((await browser.send(path, { method: 'HEAD' })).status).toBe(200);
    }
  });

  it('opens to a deputy like to the contact, but for another deputy', async () => {
    const browser = browsers.get('deputy') ?? trial.browser();
    for (const door of doors().filter((each) => each.startsWith('GET '))) {
      const answer = await browser.get(door.slice(4));
      expect([door, answer.status === 403]).toEqual([door, false]);
    }
    expect((await browser.get('/questionnaire/people/new/deputy')).status).toBe(404);
    const list = await (await browser.get('/questionnaire/people')).text();
    expect(list).not.toContain('/questionnaire/people/new/deputy');
    const fields = [
      ['name', 'Encore Un'],
      ['email', 'encore.un@client.example'],
    ] as const;
    const refused = await sendAs(browser, '/questionnaire/people/new/deputy', fields);
    expect([refused.status, textOf(await refused.text())]).toEqual([
      409,
      expect.stringContaining('Seul le contact principal nomme un suppléant'),
    ]);
  });

  it('takes no answer to a question of others, whatever the form says', async () => {
    const browser = browsers.get('dpo') ?? trial.browser();
    const answer = await sendAs(browser, '/questionnaire/B9', [
      ['B9', 'ordinary'],
      ['B3', 'no'],
    ]);
    expect(answer.status).toBe(403);
    expect((await trial.runtime.store.dossiers.draft(reference))?.saved.get('B3')).toBeUndefined();
  });
});

describe('someone who was invited', () => {
  it('reads and answers their own questions only, and is named where the answer is shown', async () => {
    const reference = await cast.invited();
    const contact = await openLink(trial, reference);
    await contact.fill('A', plainAnswers);
    const { person, browser } = await openMember(trial, reference, 'dpo');
    const page = await (await browser.get('/questionnaire')).text();
    expect(await htmlFaults(page)).toEqual([]);
    expect(textOf(page)).toContain('Votre partie du questionnaire');
    expect(textOf(page)).toContain('Partie A : ');
    expect(textOf(page)).not.toContain('Entreprise');
    expect(await answerAll(browser, ofDpo)).toEqual([
      '/questionnaire/B10',
      '/questionnaire/B11',
      '/questionnaire',
    ]);
    const saved = (await trial.runtime.store.dossiers.draft(reference))?.saved;
    expect([saved?.get('B9')?.by, saved?.get('A3')?.by]).toEqual([person.id, reference]);
    const after = textOf(await (await browser.get('/questionnaire')).text());
    expect(after).toContain('Votre partie est complète');
    expect(after).toContain('par Noé Registre (DPO)');
    const tasks = textOf(await contact.page('/questionnaire'));
    expect(tasks).toContain('par Noé Registre (DPO)');
    const people = await contact.page('/questionnaire/people');
    expect(await htmlFaults(people)).toEqual([]);
    expect(textOf(people)).toContain('Lien ouvert le 23 novembre 2026');
  });

  it('sees the stage and the dates, and neither result, answers nor history', async () => {
    const reference = await cast.answered();
    const { browser } = await openMember(trial, reference, 'integrator');
    const page = await (await browser.get('/status')).text();
    expect(await htmlFaults(page)).toEqual([]);
    expect(textOf(page)).toContain('Bascule');
    for (const word of [
      'Votre résultat',
      'Historique',
      'Éligibilité',
      '/status/answers',
      '/status/withdrawal',
    ])
      expect(page).not.toContain(word);
  });

  it('declares a condition of their own, and no other', async () => {
    const reference = await cast.answered({
      ...{ B7: { answer: 'no' }, B5: 'yes' },
      ...{ B9: ['art9'], B9b: 'over_100k', B11: 'not_done' },
    });
    const { browser } = await openMember(trial, reference, 'dpo');
    const status = await (await browser.get('/status')).text();
    expect(status).toContain('/status/conditions/DPIA_MISSING');
    expect(status).not.toContain('/status/conditions/SENSITIVITY_ANALYSIS_MISSING');
    expect((await browser.get('/status/conditions/DPIA_MISSING')).status).toBe(200);
    expect((await browser.get('/status/conditions/SENSITIVITY_ANALYSIS_MISSING')).status).toBe(403);
    const declared = await sendAs(browser, '/status/conditions/DPIA_MISSING', [
      ['B11', 'done'],
      ['E6', 'yes'],
    ]);
    expect(declared.status).toBe(303);
    expect(await (await browser.get('/status')).text()).not.toContain('/status/conditions/DPIA_MISSING');
  });

  it('cannot guess what was declared about a question of others', async () => {
    const reference = await cast.answered({ B12: ['unknown'] });
    const path = '/status/conditions/CLARIFICATION_NEEDED';
    const declared = [
      ['B12', 'none'],
      ['E6', 'yes'],
    ] as const;
    const { browser } = await openMember(trial, reference, 'ciso');
    expect((await sendAs(browser, path, declared)).status).toBe(303);
    expect((await sendAs(browser, path, declared)).status).toBe(303);
    const other = await openMember(trial, reference, 'dpo');
    expect((await sendAs(other.browser, path, declared)).status).not.toBe(303);
  });

  it.each(['fr', 'en'] as const)('gets a mail that says who named them, and their rights (%s)', async () => {
    const reference = await cast.invited();
    const contact = await openLink(trial, reference);
    const form = '/questionnaire/people/new/ciso';
    const answer = await contact.send(form, [
      ['name', 'Claire Petit'],
      ['email', ' Claire.Petit@client.example '],
    ]);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/questionnaire/people']);
    await trial.runtime.clock.settled();
    const mail = trial.runtime.mailbox.list().findLast(({ to }) => to === 'Claire.Petit@client.example');
    const [person] = await trial.runtime.store.people.of(reference);
    if (person === undefined) throw new Error('No one was named');
    expect(mail?.text).toContain(await personLink(trial, reference, person));
    for (const words of [
      'Bonjour Claire Petit',
      'Zoé Canari',
      'intérêt légitime',
      'effacées',
      'opposer',
      'CNIL',
    ])
      expect(mail?.text).toContain(words);
  });
});

describe('a link of a person', () => {
  it('looked at without being opened changes nothing', async () => {
    const reference = await cast.invited();
    const person = await nameMember(trial, reference, 'ciso');
    const before = await version(reference);
    const path = await personLink(trial, reference, person);
    for (let visit = 0; visit < 20; visit += 1) {
      const answer = await trial.browser().send(path, { method: visit % 2 === 0 ? 'GET' : 'HEAD' });
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []]);
    }
    expect(await version(reference)).toBe(before);
  });

  it('is noted as opened once, by id and role', async () => {
    const reference = await cast.invited();
    const { person } = await openMember(trial, reference, 'ciso');
    await trial.browser().post(await personLink(trial, reference, person));
    const events = (await trial.runtime.store.onboardings.events(reference)).filter(({ type }) =>
      type.startsWith('PERSON_'),
    );
    expect(events.map(({ type, data, actor }) => [type, data, actor.id])).toEqual([
      ['PERSON_INVITED', { person: 'P1', role: 'invitee' }, reference],
      ['PERSON_LINK_OPENED', { person: 'P1', role: 'invitee' }, 'P1'],
    ]);
  });

  it('and its sessions end at once when the person is revoked; the answers stay under the name', async () => {
    const reference = await cast.invited();
    const contact = await openLink(trial, reference);
    const { person, browser } = await openMember(trial, reference, 'section');
    await answerAll(browser, ['A3', 'A4']);
    const revoked = await contact.send(
      `/questionnaire/people/${person.id}`,
      [],
      `/questionnaire/people/${person.id}/revocation`,
    );
    expect(revoked.status).toBe(303);
    expect((await browser.get('/questionnaire')).status).toBe(401);
    const again = await trial.browser().post(await personLink(trial, reference, person));
    expect([again.status, textOf(await again.text())]).toEqual([
      410,
      expect.stringContaining('Votre accès a été retiré'),
    ]);
    expect(textOf(await contact.page('/questionnaire'))).toContain(
      'par Jules Droit (collègue invité, accès retiré)',
    );
    expect(
      (await contact.send(`/questionnaire/people`, [], `/questionnaire/people/${person.id}/revocation`))
        .status,
    ).toBe(303);
  });

  it('that was revoked while it was being opened opens nothing', async () => {
    const reference = await cast.invited();
    const person = await nameMember(trial, reference, 'ciso');
    const browser = trial.browser();
    const { sessions } = trial.runtime.store;
    const secret = 'A'.repeat(43);
    await revokePerson(trial.runtime, reference, person.id, asContact(reference));
    const session = { kind: 'customer', reference, link: 1, person: person.id } as const;
    await sessions.open(secret, session, trial.runtime.clock.now());
    browser.cookies.set('session', secret);
    expect((await browser.get('/questionnaire')).status).toBe(401);
  });

  it('is replaced with its sessions when the address is corrected, and the new one is mailed there', async () => {
    const reference = await cast.invited();
    const contact = await openLink(trial, reference);
    const { person, browser } = await openMember(trial, reference, 'cio');
    const changed = await contact.send(`/questionnaire/people/${person.id}`, [
      ['email', 'autre@client.example'],
    ]);
    expect(changed.status).toBe(303);
    expect((await browser.get('/questionnaire')).status).toBe(401);
    const old = await trial.browser().post(await personLink(trial, reference, person));
    expect(textOf(await old.text())).toContain('Ce lien a été remplacé');
    await trial.runtime.clock.settled();
    const next = await personLink(trial, reference, { ...person, generation: 2 });
    expect(trial.runtime.mailbox.list().findLast(({ to }) => to === 'autre@client.example')?.text).toContain(
      next,
    );
    expect((await trial.browser().post(next)).status).toBe(303);
  });

  it('says without any detail that the onboarding has ended', async () => {
    const reference = await cast.invited();
    const { person, browser } = await openMember(trial, reference, 'ciso');
    await withdraw(trial.runtime, reference, 'plus de projet', operator);
    await trial.runtime.clock.settled();
    const again = trial.browser();
    await again.post(await personLink(trial, reference, person));
    for (const each of [browser, again]) {
      const text = textOf(await (await each.get('/status')).text());
      expect(text).toContain('Clos depuis le');
      expect(text).not.toContain('Retiré');
    }
  });
});

describe('the persons of an onboarding', () => {
  it('are erased with it, links and sessions included', async () => {
    const reference = await cast.invited();
    const { person, browser } = await openMember(trial, reference, 'dpo');
    await eraseOnboarding(trial.runtime, reference, 'asked_by_person', operator);
    expect(await trial.runtime.store.people.of(reference)).toEqual([]);
    const token = (await personLink(trial, reference, person)).slice('/f/'.length);
    expect(await trial.runtime.store.links.find(token)).toBeUndefined();
    expect((await browser.get('/status')).status).toBe(401);
    expect((await verifyErasure(trial.runtime, reference)).erased).toBe(true);
  });

  it('are refused twice at an address, by name, and the contact too', async () => {
    const reference = await cast.invited();
    const contact = await openLink(trial, reference);
    await nameMember(trial, reference, 'ciso');
    const twice = await contact.send('/questionnaire/people/new/dpo', [
      ['name', 'Une Autre'],
      ['email', 'CLAIRE@client.example'],
    ]);
    expect([twice.status, textOf(await twice.text())]).toEqual([
      422,
      expect.stringContaining('Claire Petit a déjà un accès à cette adresse'),
    ]);
    const own = await contact.send('/questionnaire/people/new/dpo', [
      ['name', 'Zoé Canari'],
      ['email', 'zoe.canari@client.example'],
    ]);
    expect(textOf(await own.text())).toContain('celle de votre contact principal');
    expect(await trial.runtime.store.people.of(reference)).toHaveLength(1);
  });

  it('are invited with the contacts that the form has named', async () => {
    const reference = await cast.invited();
    const contact = await openLink(trial, reference);
    const named = { ...plainAnswers.E5, ciso: { name: 'Rita Sécu', email: 'rita@client.example' } };
    await contact.fill('E', { ...plainAnswers, E5: named });
    const page = await contact.page('/questionnaire/people/new/ciso');
    expect(await htmlFaults(page)).toEqual([]);
    expect(page).toContain('value="rita@client.example"');
  });
});

it('four colleagues at once save different questions, and lose nothing', async () => {
  const reference = await cast.invited();
  const parts = {
    ciso: ['B1', 'B2', 'B3', 'B4'],
    dpo: ofDpo,
    cio: ['C1', 'C7', 'D1', 'D2'],
    section: ['A3', 'A4', 'A5'],
  } as const;
  const answering = ['ciso', 'dpo', 'cio', 'section'] as const;
  await Promise.all(answering.map((member) => nameMember(trial, reference, member)));
  const people = await trial.runtime.store.people.of(reference);
  const opened = await Promise.all(
    answering.map(async (member) => {
      const person = people.find(({ email }) => email === team[member].email);
      if (person === undefined) throw new Error('Not named');
      const browser = trial.browser();
      await browser.post(await personLink(trial, reference, person));
      return { member, person, browser };
    }),
  );
  await Promise.all(opened.map(({ member, browser }) => answerAll(browser, parts[member])));
  const saved = (await trial.runtime.store.dossiers.draft(reference))?.saved ?? new Map();
  const expected = opened.flatMap(({ member, person }) => parts[member].map((id) => [id, person.id]));
  expect([...saved].map(([id, { by }]) => [id, by]).toSorted()).toEqual(expected.toSorted());
});
