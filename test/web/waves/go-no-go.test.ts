import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerWave } from '../../../functions/application/answer-wave.ts';
import { decideReview } from '../../../functions/application/decide-review.ts';
import { recordContract } from '../../../functions/application/record-contract.ts';
import { addDays, instantAt } from '../../../functions/domain/calendar-date.ts';
import { goNoGoDay } from '../../../functions/domain/waves/wave.ts';
import { salesPerson, signed, withContract } from '../../support/contract.ts';
import { htmlFaults, problemsOf, textOf } from '../../support/page-reader.ts';
import { type Browser, origin, startTrial, type Trial } from '../../support/trial.ts';
import { castOf, sendForm } from '../staff/cast.ts';

const customer = { kind: 'customer', id: 'test' } as const;
let trial: Trial;
let cast: ReturnType<typeof castOf>;
let operator: Browser;
let wave: string;
let cutover: string;
/** Two customers of one wave; nobody has recorded a contract with the second. */
let ready: string;
let without: string;

const now = async (reference: string) => trial.runtime.store.onboardings.now(reference);
const path = () => `/waves/${wave}/go-no-go`;
const plain = (html: string) => textOf(html).replaceAll(/[\u00a0\u202f]/g, ' ');

async function confirmed(): Promise<string> {
  const reference = await cast.answered();
  await answerWave(trial.runtime, reference, 'confirm', customer);
  await trial.runtime.clock.settled();
  return reference;
}

async function signIn(): Promise<void> {
  operator = await trial.staff({ roles: ['operator'], subject: 'op-1' });
}

beforeAll(async () => {
  trial = await startTrial(origin, {}, withContract);
  cast = castOf(trial);
  await signIn();
  [ready, without] = [await confirmed(), await confirmed()];
  await recordContract(trial.runtime, ready, signed, salesPerson);
  const { booking } = await now(ready);
  [wave, cutover] = [booking?.wave ?? '', booking?.cutover ?? ''];
  expect((await now(without)).booking?.wave).toBe(wave);
});
afterAll(() => trial.close());

async function read(language = 'fr'): Promise<string> {
  const html = await (await operator.get(`${path()}?lang=${language}`)).text();
  expect(await htmlFaults(html)).toEqual([]);
  return plain(html);
}

type Fields = readonly (readonly [string, string])[];

/** What the page has shown with its consequences, as its form sends it back. */
function shownIn(html: string): string {
  const [, shown = ''] = /name="shown" value="([^"]*)"/.exec(html) ?? [];
  return shown.replaceAll('&quot;', '"');
}

/** Chooses, looks at what follows, and confirms it. */
async function decide(fields: Fields): Promise<{ readonly summary: string; readonly sent: Response }> {
  const summary = await (await sendForm(operator, path(), fields)).text();
  expect(await htmlFaults(summary)).toEqual([]);
  const sent = await sendForm(operator, path(), [...fields, ['shown', shownIn(summary)], ['confirm', 'yes']]);
  await trial.runtime.clock.settled();
  return { summary: plain(summary), sent };
}

describe('the go/no-go page of a wave', () => {
  it('is led to by the wave, and shows before its time what is open per customer', async () => {
    const wavePage = await (await operator.get(`/waves/${wave}`)).text();
    expect(wavePage).toContain(`href="${path()}"`);
    expect(plain(wavePage)).toContain('Applications liées à l’annuaire à enregistrer de nouveau (de 1 à 10)');
    const [fr, en] = [await read('fr'), await read('en')];
    expect(fr).toContain('Contrat à enregistrer par l’équipe commerciale');
    expect(fr).toContain('Décision pas encore ouverte.');
    expect(fr).toContain('un client sans décision à 18 h est en no-go');
    expect(fr).not.toContain('Voir ce qui va être décidé');
    expect(en).toContain('Contract for sales to record A go takes two people');
    expect(en).toContain(
      'Directory-connected applications to register again (1 to 10) , by 23 February 2027',
    );
    expect(en).toContain('Decision not open yet.');
  });

  it('is there for waves with a cutover only', async () => {
    expect((await operator.get('/waves/prep-paris-2027-01-11/go-no-go')).status).toBe(404);
    expect((await operator.get('/waves/nowhere/go-no-go')).status).toBe(404);
    const sales = await trial.staff({ roles: ['sales'], team: 'state' });
    expect((await sales.get(path())).status).toBe(403);
  });

  it('records from a week before what is to be applied, and asks for a second person where one is needed', async () => {
    await trial.runtime.clock.jumpTo(instantAt(addDays(cutover, -6), '09:00'));
    await signIn();
    const page = await (await operator.get(path())).text();
    // A go stands where nothing is against it, and nothing else is chosen by itself.
    expect(page).toMatch(new RegExp(`name="choice.${ready}"[^>]*><option value="go" selected`));
    expect(page).toMatch(new RegExp(`name="choice.${without}"[^>]*>(?:(?!</select>).)*"later" selected`));
    expect(page).not.toContain('value="no_go"');

    const refused = await sendForm(operator, path(), [[`choice.${ready}`, 'go']]);
    const problems = problemsOf(await refused.text());
    expect([refused.status, JSON.stringify(problems.links)]).toEqual([
      422,
      expect.stringContaining('Motif pour tous'),
    ]);

    const { summary, sent } = await decide([
      [`choice.${ready}`, 'go'],
      [`choice.${without}`, 'ask_go'],
      [`reason.${without}`, 'contrat attendu demain'],
      ['reason', 'réunion de vague du jour'],
    ]);
    expect(summary).toContain('Go (1) : ');
    expect(summary).toContain('Go, à faire accepter par une seconde personne (1) : ');
    expect([sent.status, sent.headers.get('Location')]).toEqual([303, path()]);
    expect((await now(ready)).state.goInAdvance?.wave).toBe(wave);
    const { approval } = await now(without);
    expect([approval?.kind, approval?.reason, approval?.status]).toEqual([
      'go',
      'contrat attendu demain',
      'waiting',
    ]);
    const after = await read();
    // What was chosen is not possible any more: nothing else is chosen in its place.
    const again = await sendForm(operator, path(), [
      [`choice.${ready}`, 'go'],
      ['reason', 'motif'],
    ]);
    expect(await again.text()).toMatch(
      new RegExp(`name="choice.${ready}"[^>]*>(?:(?!</select>).)*"later" selected`),
    );
    expect(after).toContain('Go enregistré à l’avance.');
    expect(after).toContain('Un go attend l’accord d’une seconde personne.');
  });

  it('decides nothing that was not shown, and nothing without a choice', async () => {
    const nothing = await sendForm(operator, path(), [
      [`choice.${ready}`, 'later'],
      ['reason', 'motif'],
    ]);
    expect(nothing.status).toBe(422);
    expect(plain(await nothing.text())).toContain('Rien n’est décidé : choisissez une décision');
    const unseen = await sendForm(operator, path(), [
      [`choice.${ready}`, 'take_back'],
      ['reason', 'motif'],
      ['confirm', 'yes'],
    ]);
    expect(unseen.status).toBe(200);
    expect((await now(ready)).state.goInAdvance).toBeDefined();
    const forged = await sendForm(operator, path(), [
      [`choice.${without}`, 'go'],
      ['reason', 'motif'],
    ]);
    expect(forged.status).toBe(422);
    expect(plain(await forged.text())).toContain('cette décision n’est plus possible');
  });

  it('decides each customer by itself on the day: what another has decided meanwhile is named, the rest is carried out', async () => {
    await trial.runtime.clock.jumpTo(instantAt(goNoGoDay(cutover), '10:00'));
    await signIn();
    // The go recorded in advance was applied when the decision opened.
    expect(await cast.stageOf(ready)).toBe('HANDED_OVER');
    expect(await cast.stageOf(without)).toBe('GO_NO_GO');
    const fields: Fields = [
      [`choice.${without}`, 'no_go'],
      ['reason', 'sans contrat'],
    ];
    const summary = await (await sendForm(operator, path(), fields)).text();
    expect(plain(summary)).toContain('Le client quitte cette vague et est placé en priorité dans une autre');
    const stale = await (await operator.get(path())).text();
    expect(stale).toContain('value="no_go"');
    const { reviews } = (await now(without)).state;
    const other = { kind: 'operator', id: 'op-2' } as const;
    const answer = { kind: 'go_no_go', decision: 'no_go', reason: 'décidé par un collègue' } as const;
    // A colleague decides between the summary and the confirmation.
    const confirm: Fields = [
      ...fields,
      [`seen.${without}`, String(reviews)],
      [`seenGo.${without}`, '0'],
      ['shown', shownIn(summary)],
    ];
    await decideReview(trial.runtime, without, answer, other);
    const sent = await sendForm(operator, path(), [...confirm, ['confirm', 'yes']]);
    expect(sent.status).toBe(409);
    expect(plain(await sent.text())).toContain('Une décision a déjà été enregistrée');
    await trial.runtime.clock.settled();
    const decided = (await trial.runtime.store.onboardings.events(without)).filter(
      ({ type }) => type === 'GO_NO_GO_DECIDED',
    );
    expect(decided.map(({ reason }) => reason)).toEqual(['décidé par un collègue']);
    // It was put back, in another wave.
    const { state, booking } = await now(without);
    expect([state.avoid, booking?.wave === wave]).toEqual([[wave], false]);
  });
});
