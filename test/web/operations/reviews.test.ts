import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerWave } from '../../../functions/application/answer-wave.ts';
import { changeWave } from '../../../functions/application/change-wave.ts';
import { decideReview } from '../../../functions/application/decide-review.ts';
import { addDays, formatDate, instantAt } from '../../../functions/domain/calendar-date.ts';
import { formatSiren } from '../../../functions/domain/input/identifiers.ts';
import { system } from '../../../functions/domain/onboarding/actor.ts';
import { type ReviewKind, reviewDecisions } from '../../../functions/domain/onboarding/lifecycle.ts';
import { formatLimit } from '../../../functions/domain/paris-time.ts';
import { typeset } from '../../../functions/domain/text.ts';
import { ceasedSiren, unlistedSiren } from '../../support/canaries.ts';
import { classified, doubtful, tooLarge, tooLate } from '../../support/journeys.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { castOf, sendForm } from '../staff/cast.ts';

let trial: Trial;
let cast: ReturnType<typeof castOf>;
let operator: Browser;

function ownTrial(): void {
  beforeAll(async () => {
    trial = await startTrial();
    cast = castOf(trial);
    operator = await trial.staff({ roles: ['operator'], subject: 'op' });
  });
  afterAll(() => trial.close());
}

const bring: Readonly<Record<Exclude<ReviewKind, 'qualification'>, () => Promise<string>>> = {
  confirmation: () => cast.answered(classified),
  readiness: () => cast.answered(doubtful),
  placement: () => cast.answered(tooLarge),
  go_no_go: () => cast.inGoNoGo(),
};

const withIt: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  set_tier: [['tier', 'READY']],
  ask_customer: [
    ['questions', 'A5'],
    ['questions', 'B2'],
    ['message', 'Dites-nous ce qui est concerné.'],
  ],
};

const leadsTo: Readonly<Record<string, string>> = {
  'confirmation confirm': 'CLOSED',
  'readiness accept': 'WAVE_HELD',
  'readiness set_tier': 'WAVE_HELD',
  'readiness ask_customer': 'INVITED',
  'readiness reject': 'CLOSED',
  'placement wait': 'WAITING_LIST',
  'placement reject': 'CLOSED',
};

async function decide(reference: string, decision: string, reason = 'vu avec l’équipe') {
  return sendForm(operator, `/operations/${reference}/review`, [
    ['decision', decision],
    ['reason', reason],
    ...(withIt[decision] ?? []),
  ]);
}

describe('each decision of each review', () => {
  ownTrial();

  const named = (['confirmation', 'readiness', 'placement'] as const).flatMap((kind) =>
    // An overruled refusal takes two people: approvals.test.ts. A wave is chosen on a page of its own, and so are the
    // parts: move.test.ts, split.test.ts.
    reviewDecisions[kind].flatMap((decision) =>
      ['override', 'move', 'split'].includes(decision) ? [] : [{ kind, decision }],
    ),
  );
  it.each(named)('$kind: $decision is recorded from its page', async ({ kind, decision }) => {
    const reference = await (decision === 'wait' ? cast.answered(tooLate) : bring[kind]());
    const page = await (await operator.get(`/operations/${reference}/review`)).text();
    expect(await htmlFaults(page)).toEqual([]);
    expect(page).toContain(`value="${decision}"`);
    const done = await decide(reference, decision);
    expect([done.status, done.headers.get('Location')]).toEqual([303, `/operations/${reference}`]);
    await trial.runtime.clock.settled();
    expect([kind, decision, await cast.stageOf(reference)]).toEqual([
      kind,
      decision,
      leadsTo[`${kind} ${decision}`],
    ]);
    const log = textOf(await (await operator.get(`/operations/${reference}`)).text());
    expect(log).toContain('vu avec l’équipe');
    expect(log).toContain('Exploitation op');
  });

  it.each([
    { decision: 'accept', siren: unlistedSiren, words: 'absent du registre public', stage: 'INVITED' },
    { decision: 'reject', siren: ceasedSiren, words: 'activité cessée', stage: 'CLOSED' },
  ])('qualification: $decision is recorded from its page', async ({ decision, siren, words, stage }) => {
    const reference = await trial.start(siren);
    const page = await (await operator.get(`/operations/${reference}/review`)).text();
    expect(textOf(page)).toContain(words);
    expect(await htmlFaults(page)).toEqual([]);
    expect((await decide(reference, decision)).status).toBe(303);
    await trial.runtime.clock.settled();
    expect(await cast.stageOf(reference)).toBe(stage);
  });
});

describe('a customer larger than every wave', () => {
  ownTrial();

  it('cannot be put on the waiting list until a wave is large enough', async () => {
    const reference = await cast.answered(tooLarge);
    const path = `/operations/${reference}/review`;
    expect(await (await operator.get(path)).text()).not.toContain('value="wait"');
    const answer = { kind: 'placement', decision: 'wait', reason: 'x' } as const;
    await expect(decideReview(trial.runtime, reference, answer, system)).rejects.toThrow(
      'larger than every wave',
    );
    const wave = await trial.runtime.store.waves.get('paris', 'paris-2027-06-29');
    const larger = { capacity: { ...wave.capacity, points: 1_000 }, growthReason: 'a large customer' };
    await changeWave(trial.runtime, 'paris', wave.id, larger, system);
    expect((await decide(reference, 'wait')).status).toBe(303);
  });
});

describe('the questions of a readiness review', () => {
  ownTrial();

  it('are those that have caused it, ticked to be asked again; the others that apply may be asked too', async () => {
    const reference = await cast.answered({ ...doubtful, A5: 'unknown', A7: 'yes' });
    const page = await (await operator.get(`/operations/${reference}/review`)).text();
    const text = textOf(page);
    expect(text).toMatch(
      /Questions restées sans réponse B2 – Informations « Diffusion Restreinte » \? A5 – NIS 2/,
    );
    expect(text).toMatch(/Autres questions à l’origine de la revue A7 – /);
    const ticked = [...page.matchAll(/name="questions" value="(\w+)" checked/g)].map(([, id]) => id);
    expect(ticked).toEqual(['A5', 'B2']);
    expect(page).toContain('name="questions" value="D4"');
    expect(page).not.toMatch(/name="questions" value="(?:E6|A3b)"/);
  });

  it('are the dimensions without an answer when too few are known', async () => {
    const reference = await cast.answered({ D2: 'unknown', D3: 'unknown' });
    const text = textOf(await (await operator.get(`/operations/${reference}/review`)).text());
    expect(text).toMatch(/Questions restées sans réponse D2 – .* D3 – /);
  });

  it('and the message stay out of the history, but for the names of the questions', async () => {
    const reference = await cast.answered(doubtful);
    expect((await decide(reference, 'ask_customer')).status).toBe(303);
    await trial.runtime.clock.settled();
    const text = textOf(await (await operator.get(`/operations/${reference}`)).text());
    expect(text).toContain('Questions : NIS 2');
    expect(text).not.toContain('Dites-nous ce qui est concerné');
  });

  it('are asked as whole sections by a form that was opened in the release before', async () => {
    const reference = await cast.answered(doubtful);
    const done = await sendForm(operator, `/operations/${reference}/review`, [
      ['decision', 'ask_customer'],
      ['reason', 'x'],
      ['sections', 'B'],
    ]);
    expect(done.status).toBe(303);
    expect((await trial.runtime.store.onboardings.now(reference)).state.sectionsAsked).toEqual(['B']);
  });
});

describe('a go/no-go', () => {
  it.each([
    ['go', 'HANDED_OVER'],
    ['no_go', 'WAVE_HELD'],
  ])('decided %s leads to %s, and the cutover is recorded after a go', async (decision, stage) => {
    trial = await startTrial();
    cast = castOf(trial);
    const reference = await cast.inGoNoGo();
    operator = await trial.staff({ roles: ['operator'], subject: 'op' });
    expect((await decide(reference, decision)).status).toBe(303);
    await trial.runtime.clock.settled();
    expect(await cast.stageOf(reference)).toBe(stage);
    if (decision === 'go') {
      const path = `/operations/${reference}/cutover`;
      expect(await (await operator.get(path)).text()).not.toContain('value="done"');
      const { state } = await trial.runtime.store.onboardings.now(reference);
      await trial.runtime.clock.jumpTo(instantAt(state.cutover ?? '', '12:00'));
      operator = await trial.staff({ roles: ['operator'], subject: 'op' });
      const past = await sendForm(operator, path, [
        ['result', 'done'],
        ['hypercareEnd.day', '1'],
        ['hypercareEnd.month', '1'],
        ['hypercareEnd.year', '2026'],
      ]);
      expect([past.status, textOf(await past.text()).includes('indiquez un jour du')]).toEqual([422, true]);
      expect((await sendForm(operator, path, [['result', 'done']])).status).toBe(303);
      expect(await cast.stageOf(reference)).toBe('CUT_OVER');
      const unreasoned = await sendForm(operator, path, [['result', 'rolled_back']]);
      expect([unreasoned.status, textOf(await unreasoned.text()).includes('écrivez une phrase')]).toEqual([
        422,
        true,
      ]);
      const reasoned = [
        ['result', 'rolled_back'],
        ['reason', 'the storage failed'],
      ] as const;
      expect((await sendForm(operator, path, reasoned)).status).toBe(303);
      await trial.runtime.clock.settled();
      expect(await cast.stageOf(reference)).toBe('WAVE_HELD');
    }
    await trial.close();
  });
});

describe('a go/no-go of a customer that comes before its parent', () => {
  ownTrial();

  it('says so, offers only a no-go, and refuses a submitted go', async () => {
    const reference = await cast.answered();
    await answerWave(trial.runtime, reference, 'confirm', { kind: 'customer', id: 'test' });
    await trial.runtime.clock.settled();
    await trial.runtime.store.onboardings.change<void>(reference, async () => ({
      result: undefined,
      change: {
        to: 'GO_NO_GO',
        set: { cause: 'PARENT_NOT_BEFORE' },
        event: { type: 'PARENT_MOVED', actor: system, data: { wave: '' } },
      },
    }));
    const page = await (await operator.get(`/operations/${reference}/review`)).text();
    expect(await htmlFaults(page)).toEqual([]);
    expect(textOf(page)).toContain('L’entité de tête du groupe ne bascule pas en premier');
    expect([page.includes('value="no_go"'), page.includes('value="go"')]).toEqual([true, false]);
    expect((await decide(reference, 'go')).status).toBe(422);
    expect(await cast.stageOf(reference)).toBe('GO_NO_GO');
    expect((await decide(reference, 'no_go')).status).toBe(303);
    await trial.runtime.clock.settled();
    expect(await cast.stageOf(reference)).toBe('WAVE_HELD');
  });
});

describe('the page of an onboarding', () => {
  ownTrial();

  /** Signed in for the moment: the clock goes far. */
  async function read(path: string): Promise<string> {
    const present = await trial.staff({ roles: ['operator'] });
    return textOf(await (await present.get(path)).text());
  }

  it('shows the due date of the review, not the next renewal of the wait', async () => {
    const reference = await cast.answered(doubtful);
    expect(await read(`/operations/${reference}`)).toContain('Échéance 30 novembre 2026');
    expect(await read(`/operations/${reference}`)).not.toContain('Échéance dépassée');
    await trial.runtime.clock.jumpTo(new Date('2026-12-01T08:00:00Z'));
    expect(await read(`/operations/${reference}`)).toContain('En revue Échéance dépassée');
    expect(await read('/operations?stage=IN_REVIEW')).toContain('Échéance dépassée');
  });

  it('shows the exact time by which a go/no-go must be decided', async () => {
    const reference = await cast.inGoNoGo();
    const { state } = await trial.runtime.store.onboardings.now(reference);
    expect(await read(`/operations/${reference}`)).toContain(
      `Échéance ${formatDate(addDays(state.cutover ?? '', -1), 'fr')} à 18 h`,
    );
    const mail = trial.runtime.mailbox
      .list()
      .findLast(({ subject }) => subject.includes('décision de bascule'));
    const limit = instantAt(addDays(state.cutover ?? '', -1), '18:00').toISOString();
    expect(mail?.text).toContain(typeset(formatLimit(limit, 'fr', undefined), 'fr'));
  });

  it('shows the SIREN in groups of three that do not break', async () => {
    const reference = await cast.answered({});
    const { state } = await trial.runtime.store.onboardings.now(reference);
    operator = await trial.staff({ roles: ['operator'], subject: 'op' });
    const page = await (await operator.get(`/operations/${reference}`)).text();
    expect(page).toContain(`<dd>${formatSiren(state.siren)}</dd>`);
  });

  it('shows its history as text, without codes', async () => {
    const reference = await cast.answered({ A6: 'yes', A6b: 'yes' });
    const page = await read(`/operations/${reference}`);
    const { booking } = await trial.runtime.store.onboardings.now(reference);
    expect(page).toContain(`Vague : ${formatDate(booking?.cutover ?? '', 'fr')}, `);
    expect(page).toContain('Éligibilité : Éligible');
    expect(page).not.toMatch(/[A-Z]{3,}_[A-Z]{3,}|ELIGIBLE|\d{4}-\d{2}-\d{2}|workflow|requirementLevel/);
  });

  it('shows the hand-over as text too', async () => {
    const reference = await cast.inGoNoGo();
    // What a person types is text, also where it is called as something that every object has.
    const decision = { kind: 'go_no_go', decision: 'go', reason: 'constructor' } as const;
    await decideReview(trial.runtime, reference, decision, { kind: 'operator', id: 'test' });
    await trial.runtime.clock.settled();
    const page = await read(`/operations/${reference}`);
    expect(page).toMatch(/Site : Paris ; Services : Messagerie \(Exchange\)/);
    expect(page).toContain('Client complexe : non');
    expect(page).toContain('constructor');
  });
});

describe('a review', () => {
  ownTrial();

  it('is decided once when two operators decide at the same moment', async () => {
    const reference = await cast.answered(doubtful);
    const other = await trial.staff({ roles: ['operator'], subject: 'other' });
    const path = `/operations/${reference}/review`;
    const answers = await Promise.all([
      decide(reference, 'accept'),
      sendForm(other, path, [
        ['decision', 'reject'],
        ['reason', 'motif du second'],
      ]),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    const events = await trial.runtime.store.onboardings.events(reference);
    expect(events.filter(({ type }) => type === 'REVIEW_DECIDED')).toHaveLength(1);
  });

  it('shows the later operator the entered reason, and that it was not recorded', async () => {
    const reference = await cast.answered(doubtful);
    const path = `/operations/${reference}/review`;
    const stale = [
      ...(await (await operator.get(path)).text()).matchAll(/name="(kind|seen)" value="([^"]*)"/g),
    ];
    expect(stale).toHaveLength(2);
    await decide(reference, 'accept');
    const late = await sendForm(
      operator,
      '/operations',
      [
        ...stale.map(([, name = '', value = '']): [string, string] => [name, value]),
        ['decision', 'reject'],
        ['reason', 'mon motif soigné'],
      ],
      path,
    );
    const text = textOf(await late.text());
    expect([
      late.status,
      text.includes('mon motif soigné'),
      text.includes('Décision non enregistrée'),
    ]).toEqual([409, true, true]);
  });

  it('is not decided by a form opened for an earlier review', async () => {
    const reference = await cast.answered(doubtful);
    const late = await sendForm(operator, `/operations/${reference}/review`, [
      ['seen', '7'],
      ['decision', 'accept'],
      ['reason', 'x'],
    ]);
    expect(late.status).toBe(409);
    expect(await cast.stageOf(reference)).toBe('IN_REVIEW');
  });

  const refused: readonly { what: string; fields: readonly (readonly [string, string])[]; ids: string[] }[] =
    [
      { what: 'nothing', fields: [], ids: ['field-decision', 'field-reason'] },
      {
        what: 'a decision of another review',
        fields: [['decision', 'go']],
        ids: ['field-decision', 'field-reason'],
      },
      { what: 'no tier to set', fields: [['decision', 'set_tier']], ids: ['field-tier', 'field-reason'] },
      {
        what: 'no question to ask and no message',
        fields: [
          ['decision', 'ask_customer'],
          ['reason', 'x'],
        ],
        ids: ['field-questions', 'field-message'],
      },
      {
        what: 'too long a reason',
        fields: [
          ['decision', 'accept'],
          ['reason', 'x'.repeat(1_001)],
        ],
        ids: ['field-reason'],
      },
      {
        what: 'a reason that reads otherwise than it is written',
        fields: [
          ['decision', 'accept'],
          ['reason', 'good \u202ewon'],
        ],
        ids: ['field-reason'],
      },
    ];
  it.each(refused)(
    'form that says $what names its problems and keeps what was typed',
    async ({ fields, ids }) => {
      const reference = await cast.answered(doubtful);
      const answer = await sendForm(operator, `/operations/${reference}/review`, fields);
      const page = await answer.text();
      expect(answer.status).toBe(422);
      expect([...page.matchAll(/<li><a href="#([^"]+)"/g)].map(([, id]) => id)).toEqual(ids);
      expect(await htmlFaults(page)).toEqual([]);
      if (fields.some(([, value]) => value === 'accept')) expect(page).toMatch(/value="accept" checked/);
    },
  );

  it('that is not open is answered with a page, never with a form', async () => {
    const reference = await cast.invited();
    const page = await operator.get(`/operations/${reference}/review`);
    expect([page.status, (await page.text()).includes('name="decision"')]).toEqual([409, false]);
  });
});
