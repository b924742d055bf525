import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { WrittenKey } from '@onboarding/dynamodb-local';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { remindInTime } from '../../functions/application/remind-in-time.ts';
import { savePage } from '../../functions/application/save-page.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import {
  AnswerConflictError,
  AnswersChangedError,
  BusinessError,
  NotExpectedNowError,
} from '../../functions/domain/errors.ts';
import type { Actor } from '../../functions/domain/onboarding/actor.ts';
import { noDraft, presentAnswers } from '../../functions/domain/onboarding/draft.ts';
import type { SeenPage } from '../../functions/domain/onboarding/merge-page.ts';
import type { Answers, QuestionId } from '../../functions/domain/questionnaire/answers.ts';
import type { SectionId } from '../../functions/domain/questionnaire/question.ts';
import { sections, visibleQuestions } from '../../functions/domain/questionnaire/questionnaire.ts';
import { keys } from '../../functions/store/keys.ts';
import { writeUnits } from '../../tools/bench/capacity-units.ts';
import { pageOf } from '../support/page-of.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { customer, invited, newToken, openTaskBench, type TaskBench } from '../tasks/bench.ts';

const colleague: Actor = { kind: 'customer', id: 'colleague' };

let bench: TaskBench;
const written: WrittenKey[] = [];
beforeAll(async () => {
  bench = await openTaskBench((keysWritten) => written.push(...keysWritten));
  await bench.addWave('2027-03-09');
});
beforeEach(() => bench.clock.set('2026-11-23T08:00:00.000Z'));
afterAll(() => bench.close());

function sectionOf(section: SectionId, answers: Answers = plainAnswers): Partial<Answers> {
  return Object.fromEntries(Object.entries(answers).filter(([id]) => id.startsWith(section) && id !== 'E6'));
}

async function presentOf(reference: string) {
  const { dossiers } = bench.store;
  const draft = (await dossiers.draft(reference)) ?? noDraft;
  return { draft, ...presentAnswers(draft, await dossiers.submission(reference)) };
}

/** A page that was opened now: a save of it is judged by what it showed. */
async function open(reference: string, changes: readonly QuestionId[]): Promise<SeenPage> {
  const { origin } = await presentOf(reference);
  const versions = new Map(
    sections.flatMap(({ questions }) => questions.map(({ id }) => [id, origin(id).version])),
  );
  const untouched = [...versions.keys()].filter((id) => !changes.includes(id));
  return { versionOf: (id) => versions.get(id) ?? 0, untouched: new Set(untouched) };
}

const save = (
  reference: string,
  section: SectionId,
  answers: Answers,
  seen?: SeenPage,
  by: Actor = customer,
) => savePage(bench, reference, { ...pageOf(section, answers), ...(seen === undefined ? {} : { seen }) }, by);

async function filled(): Promise<string> {
  const reference = await invited(bench);
  for (const { id } of sections) await save(reference, id, plainAnswers);
  return reference;
}

describe('A page that was opened before a colleague saved', () => {
  it('undoes nothing that its sender did not touch', async () => {
    const reference = await filled();
    const mine = await open(reference, ['B12']);
    const theirs = await open(reference, ['B9', 'B11']);
    await save(
      reference,
      'B',
      { ...plainAnswers, B9: ['ordinary', 'minors'], B9b: 'under_10k', B11: 'done' },
      theirs,
      colleague,
    );
    await save(reference, 'B', { ...plainAnswers, B12: ['research'] }, mine);
    const { answers } = await presentOf(reference);
    expect(answers).toMatchObject({
      B9: ['ordinary', 'minors'],
      B9b: 'under_10k',
      B11: 'done',
      B12: ['research'],
    });
  });

  it('is refused with both values where both have answered differently, and stores nothing', async () => {
    const reference = await filled();
    const seen = await open(reference, ['B11', 'B12']);
    bench.clock.set('2026-11-23T09:00:00.000Z');
    await save(reference, 'B', { ...plainAnswers, B11: 'done' }, await open(reference, ['B11']), colleague);
    const mine = { ...plainAnswers, B11: 'unknown', B12: ['research'] } as const;
    const refused = await save(reference, 'B', mine, seen).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AnswerConflictError);
    expect(refused).toMatchObject({
      conflicts: [
        {
          ...{ question: 'B11', mine: 'unknown', theirs: 'done' },
          ...{ at: '2026-11-23T09:00:00.000Z', by: 'colleague' },
        },
      ],
    });
    expect((await presentOf(reference)).answers).toMatchObject({ B11: 'done', B12: ['none'] });
  });

  it('is saved where both say the same, whatever the order of the ticked boxes', async () => {
    const reference = await filled();
    const seen = await open(reference, ['B12']);
    await save(reference, 'B', { ...plainAnswers, B12: ['research', 'trade_secrets'] }, undefined, colleague);
    const { version } = await presentOf(reference);
    await save(reference, 'B', { ...plainAnswers, B12: ['trade_secrets', 'research'] }, seen);
    expect((await presentOf(reference)).version).toBe(version);
  });

  it('is refused by what was saved in the very moment of its own save', async () => {
    const reference = await filled();
    const seen = await open(reference, ['B11']);
    bench.justBeforeWriting(() =>
      save(reference, 'B', { ...plainAnswers, B11: 'done' }, undefined, colleague),
    );
    await expect(save(reference, 'B', { ...plainAnswers, B11: 'unknown' }, seen)).rejects.toThrow(
      AnswerConflictError,
    );
    expect((await presentOf(reference)).answers.B11).toBe('done');
  });

  it('sees a change and its undoing as a change: the version tells', async () => {
    const reference = await filled();
    const seen = await open(reference, ['A7']);
    await save(reference, 'A', { ...plainAnswers, A6: 'yes', A6b: 'yes' }, undefined, colleague);
    await save(reference, 'A', plainAnswers, undefined, colleague);
    const { draft } = await presentOf(reference);
    expect(draft.saved.get('A6b')).toMatchObject({ version: 2 });
    expect(draft.saved.get('A6b')?.value).toBeUndefined();
    await save(reference, 'A', { ...plainAnswers, A7: 'yes' }, seen);
    expect((await presentOf(reference)).answers).toMatchObject({ A6: 'no', A7: 'yes' });
  });
});

describe('A save', () => {
  it('writes the answers that changed and no other', async () => {
    const reference = await filled();
    written.length = 0;
    expect(await save(reference, 'B', plainAnswers)).toMatchObject({ changed: false });
    expect(written).toEqual([]);
    expect(await save(reference, 'B', { ...plainAnswers, B11: 'done' })).toMatchObject({ changed: true });
    expect(written.map(({ key }) => key['sk']?.S)).toEqual(['ANSWER#B11']);
  });

  it('writes the sign of life once a day, and each accepted page of a new day counts', async () => {
    const reference = await invited(bench);
    const waits = async (section: SectionId) => {
      written.length = 0;
      await save(reference, section, plainAnswers);
      return written.filter(({ key }) => key['sk']?.S === 'NOW#WAIT').length;
    };
    expect(await waits('A')).toBe(0);
    bench.clock.set('2026-11-24T07:00:00.000Z');
    expect([await waits('A'), await waits('B'), await waits('C')]).toEqual([1, 0, 0]);
    bench.clock.set('2026-11-25T07:00:00.000Z');
    expect([await waits('C'), await waits('D')]).toEqual([1, 0]);
    const { wait } = await bench.store.onboardings.now(reference);
    expect([wait?.activeAt, wait?.until]).toEqual(['2026-11-25T07:00:00.000Z', '2026-12-09T07:00:00.000Z']);
  });

  it('of the whole form takes at most 100 write units, of the longest form too', async () => {
    const longest: Answers = {
      ...plainAnswers,
      ...{ A3: 'gip', A3b: 'unknown', A6: 'yes', A6b: 'yes' },
      ...{ B9: ['art9', 'minors'], B9b: 'over_100k', B11: 'done' },
    };
    const units: number[] = [];
    for (const answers of [plainAnswers, longest]) {
      const reference = await invited(bench);
      bench.clock.set('2026-11-24T07:00:00.000Z');
      written.length = 0;
      for (const question of visibleQuestions(answers).filter(({ id }) => id !== 'E6')) {
        const page = {
          questions: [question.id],
          given: { [question.id]: Object.entries(answers).find(([id]) => id === question.id)?.[1] },
        };
        await savePage(bench, reference, page, customer);
      }
      units.push(written.reduce((sum, change) => sum + writeUnits(change), 0));
    }
    expect(Math.max(...units), units.join(', ')).toBeLessThanOrEqual(60);
  });

  it('stores all of a page or nothing when it dies, and the repeat finishes it', async () => {
    let calls = 0;
    for (let died = true; died; ) {
      calls += 1;
      const reference = await filled();
      const page = { ...plainAnswers, B11: 'done', B12: ['research'] } as const;
      bench.clock.set('2026-11-24T08:00:00.000Z');
      died = await bench.dies({ call: calls, when: 'before' }, () => save(reference, 'B', page));
      const { B11, B12 } = (await presentOf(reference)).answers;
      expect([
        ['not_applicable', ['none']],
        ['done', ['research']],
      ]).toContainEqual([B11, B12]);
      await save(reference, 'B', page, await open(reference, ['B11', 'B12']));
      expect((await presentOf(reference)).answers).toMatchObject({ B11: 'done', B12: ['research'] });
      bench.clock.set('2026-11-23T08:00:00.000Z');
    }
    expect(calls).toBeGreaterThan(3);
  });
});

describe('A draft of an earlier release', () => {
  const at = '2026-11-20T08:00:00.000Z';

  /** One item with all answers, as it was stored. */
  async function earlier(): Promise<string> {
    const reference = await invited(bench);
    await bench.documents.send(
      new PutCommand({
        TableName: bench.tableName,
        Item: {
          ...keys.wholeDraft(reference),
          questionnaireVersion: 1,
          answers: { ...sectionOf('A'), ...sectionOf('B') },
          saved: { A: { at, by: reference }, B: { at, by: reference } },
          version: 4,
        },
      }),
    );
    return reference;
  }

  async function sortKeys(reference: string): Promise<readonly unknown[]> {
    const { Items = [] } = await bench.documents.send(
      new QueryCommand({
        TableName: bench.tableName,
        KeyConditionExpression: 'pk = :pk AND sk <= :upTo',
        ExpressionAttributeValues: { ':pk': keys.answers(reference).pk, ':upTo': 'DRAFT' },
        ConsistentRead: true,
      }),
    );
    return Items.map(({ sk }) => sk);
  }

  it('opens as it was, and is split by the first save', async () => {
    const reference = await earlier();
    const before = await presentOf(reference);
    expect(before.answers).toEqual({ ...sectionOf('A'), ...sectionOf('B') });
    expect(before.origin('B11')).toMatchObject({ at, by: reference, version: 4 });
    await save(reference, 'B', { ...plainAnswers, B11: 'done' });
    const after = await presentOf(reference);
    expect(after.answers).toEqual({ ...before.answers, B11: 'done' });
    expect([after.origin('B10').version, after.origin('B11').version]).toEqual([4, 5]);
    expect(await sortKeys(reference)).not.toContain('DRAFT');
  });

  it('is never lost, wherever the save that splits it dies', async () => {
    let calls = 0;
    for (let died = true; died; ) {
      calls += 1;
      const reference = await earlier();
      const { answers: before } = await presentOf(reference);
      died = await bench.dies({ call: calls, when: 'before' }, () =>
        save(reference, 'B', { ...plainAnswers, B11: 'done' }),
      );
      const { answers } = await presentOf(reference);
      expect([before, { ...before, B11: 'done' }]).toContainEqual(answers);
    }
    expect(calls).toBeGreaterThan(3);
  });

  it('is kept when two people save at once', async () => {
    const reference = await earlier();
    await Promise.all([
      save(reference, 'A', { ...plainAnswers, A7: 'yes' }, await open(reference, ['A7'])),
      save(reference, 'B', { ...plainAnswers, B11: 'done' }, await open(reference, ['B11']), colleague),
    ]);
    const expected = { ...sectionOf('A'), ...sectionOf('B'), A7: 'yes', B11: 'done' };
    expect((await presentOf(reference)).answers).toEqual(expected);
  });
});

describe('A submission', () => {
  it('misses no answer that is saved at the same moment', async () => {
    const reference = await filled();
    const { tag } = await presentOf(reference);
    bench.justBeforeWriting(() =>
      save(reference, 'B', { ...plainAnswers, B11: 'done' }, undefined, colleague),
    );
    await expect(
      submitAnswers(bench, reference, plainAnswers, customer, { known: { tags: [tag] } }),
    ).rejects.toThrow(AnswersChangedError);
    expect((await bench.store.onboardings.now(reference)).state.stage).toBe('ANSWERING');
  });

  it('and a save never both succeed without each other, wherever one comes into the other', async () => {
    for (let call = 1, isOver = false; !isOver; call += 1) {
      const reference = await filled();
      const { tag } = await presentOf(reference);
      const page = { questions: ['B11' as const], given: { B11: 'done' } };
      let saved: Promise<boolean> | undefined;
      isOver = !(await bench.between(
        call,
        () =>
          submitAnswers(bench, reference, plainAnswers, customer, { known: { tags: [tag] } }).catch(
            () => false,
          ),
        () => {
          saved = savePage(bench, reference, page, colleague).then(
            () => true,
            () => false,
          );
          return saved;
        },
      ));
      const { state } = await bench.store.onboardings.now(reference);
      if (!isOver) expect([call, state.submission === 1]).toEqual([call, (await saved) !== true]);
      expect((await presentOf(reference)).answers.B11).toBe(
        (await saved) === true ? 'done' : 'not_applicable',
      );
    }
  });

  it('that comes into a save has its answer, or the save is refused, wherever it comes', async () => {
    for (let call = 1, isOver = false; !isOver; call += 1) {
      const reference = await filled();
      const page = { questions: ['B11' as const], given: { B11: 'done' } };
      let isSaved = true;
      const save = () => savePage(bench, reference, page, colleague).catch(() => (isSaved = false));
      isOver = !(await bench.between(call, save, async () => {
        const { answers, tag } = await presentOf(reference);
        const known = { tags: [tag] };
        await submitAnswers(bench, reference, { ...answers, E6: true }, customer, { known });
      }));
      const submission = await bench.store.dossiers.submission(reference);
      // The other way round is no loss: a save may be refused whose answer the submission has read.
      if (!isOver && isSaved) expect([call, submission?.answers.B11]).toEqual([call, 'done']);
      if (call === 1) expect(isSaved).toBe(false);
    }
  });

  it('goes on after one that died at any moment, and so do the saves', async () => {
    for (let call = 1, died = true; died; call += 1) {
      const reference = await filled();
      died = await bench.dies({ call, when: 'after' }, () =>
        submitAnswers(bench, reference, plainAnswers, customer),
      );
      const { state } = await bench.store.onboardings.now(reference);
      if (state.submission === 1) continue;
      await save(reference, 'B', { ...plainAnswers, B11: 'done' });
      expect((await presentOf(reference)).answers.B11).toBe('done');
      const { tag } = await presentOf(reference);
      await submitAnswers(bench, reference, { ...plainAnswers, B11: 'done' }, customer, {
        known: { tags: [tag] },
      });
    }
  });

  it('ends the saves: one that comes at the same moment, and one that comes later', async () => {
    const reference = await filled();
    bench.justBeforeWriting(() => submitAnswers(bench, reference, plainAnswers, customer));
    await expect(save(reference, 'B', { ...plainAnswers, B11: 'done' })).rejects.toThrow(BusinessError);
    await expect(save(reference, 'B', { ...plainAnswers, B11: 'done' })).rejects.toThrow(NotExpectedNowError);
    expect((await presentOf(reference)).answers.B11).toBe('not_applicable');
  });

  it('of two people while a third one saves: one is stored, with every answer that was saved before it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const reference = await filled();
      const { tag } = await presentOf(reference);
      const page = { ...plainAnswers, B11: 'done' } as const;
      const results = await Promise.allSettled([
        submitAnswers(bench, reference, plainAnswers, customer, { known: { tags: [tag] } }),
        save(reference, 'B', page, undefined, colleague),
        submitAnswers(bench, reference, plainAnswers, colleague, { known: { tags: [tag] } }),
      ]);
      const [first, saved, second] = results.map(({ status }) => status === 'fulfilled');
      const { answers } = await presentOf(reference);
      expect(answers.B11).toBe(saved === true ? 'done' : 'not_applicable');
      expect([first, saved, second].filter((won) => won === true)).toHaveLength(1);
    }
  });
});

describe('A heartbeat that was lost', () => {
  /** A page is saved on the tenth day; the process dies before the workflow hears of it. */
  async function dyingAfterTheSave(): Promise<string> {
    const reference = await invited(bench);
    bench.clock.set('2026-12-03T08:00:00.000Z');
    const died = {
      ...bench,
      workflow: { ...bench.workflow, heartbeat: () => Promise.reject(new Error('died')) },
    };
    await expect(savePage(died, reference, pageOf('A', plainAnswers), customer)).rejects.toThrow('died');
    return reference;
  }

  async function eventsOf(reference: string): Promise<readonly string[]> {
    return (await bench.store.onboardings.events(reference)).map(({ type }) => type);
  }

  it('puts off no reminder: fourteen days after the page, whenever the workflow calls', async () => {
    const reference = await dyingAfterTheSave();
    // The workflow's timer still runs from the invitation: it calls on the fourteenth day, and next on the 28th.
    bench.clock.set('2026-12-07T08:00:00.000Z');
    await bench.run('InviteCustomer', { reference, run: 1, token: newToken() });
    const { wait } = await bench.store.onboardings.now(reference);
    expect(wait?.until).toBe('2026-12-17T08:00:00.000Z');
    bench.clock.set('2026-12-17T07:59:00.000Z');
    expect(await remindInTime(bench, reference)).toBe(false);
    bench.clock.set('2026-12-17T08:16:00.000Z');
    expect(await remindInTime(bench, reference)).toBe(true);
    expect(await remindInTime(bench, reference)).toBe(false);
    bench.clock.set('2026-12-21T08:00:00.000Z');
    await bench.run('InviteCustomer', { reference, run: 1, token: newToken() });
    expect((await eventsOf(reference)).filter((type) => type === 'REMINDED')).toHaveLength(1);
  });

  it('puts off no end of silence: seventy days after the page', async () => {
    const reference = await dyingAfterTheSave();
    const page = Date.parse('2026-12-03T08:00:00.000Z');
    const day = 86_400_000;
    for (let days = 4; days <= 70; days += 1) {
      bench.clock.set(new Date(page + days * day + 16 * 60_000).toISOString());
      // The workflow calls every fourteenth day after the invitation, the sweeper when the date is past.
      if ((days + 10) % 14 === 0) await bench.run('InviteCustomer', { reference, run: 1, token: newToken() });
      const { wait } = await bench.store.onboardings.now(reference);
      const overdue = Date.parse(wait?.until ?? '') <= page + days * day;
      if (overdue && wait?.decision === undefined) await remindInTime(bench, reference);
      const silent = wait?.decision === undefined ? 'open' : 'ended';
      expect([days, silent]).toEqual([days, 'open']);
    }
    const events = await eventsOf(reference);
    expect(events.filter((type) => type === 'REMINDED')).toHaveLength(3);
    expect(events.slice(-2)).toEqual(['LAST_NOTICE_GIVEN', 'LEFT_UNANSWERED']);
  });
});
