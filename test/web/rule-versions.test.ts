import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { decideReview } from '../../functions/application/decide-review.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import { wayToClear } from '../../functions/domain/classification/condition-texts.ts';
import { ruleText } from '../../functions/domain/classification/rule-texts.ts';
import type { Actor } from '../../functions/domain/onboarding/actor.ts';
import type { ResultRecord } from '../../functions/domain/onboarding/records.ts';
import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import { type Language, languages, type Text } from '../../functions/domain/text.ts';
import { keys } from '../../functions/store/keys.ts';
import { refusalPart } from '../../functions/web/customer/ended.ts';
import type { View } from '../../functions/web/shared/layout/view.ts';
import { rowOf } from '../../infra/local/onboard/prospect-row.ts';
import { notReady } from '../support/journeys.ts';
import { htmlFaults, textOf } from '../support/page-reader.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { startTrial, type Trial } from '../support/trial.ts';
import { openLink } from '../support/visitor.ts';
import { castOf } from './staff/cast.ts';

const operator: Actor = { kind: 'operator', id: 'operator@platform.example' };
const customer: Actor = { kind: 'customer', id: 'test' };

/** Both versions of the rules review it: for the derogation, and under the later one for the health data, too. */
const disputed = {
  ...notReady,
  A3: 'state_administration',
  B4: ['foreign_policy'],
  B6: ['public_order'],
  B8: { answer: 'yes_without_derogation' },
  B10: 'yes_own',
} as const satisfies Partial<Answers>;

const named = z.object({ reference: z.string() });

/** The submission of an onboarding becomes one of the questionnaire's first version, before anything assesses it. */
let earlierRelease = true;
let documents: DynamoDBDocumentClient;
let trial: Trial;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial(undefined, {
    onClient: (client: DynamoDBClient) => {
      documents = DynamoDBDocumentClient.from(client);
    },
    beforeTask: async (task, payload) => {
      if (task !== 'AssignReadinessTier' || !earlierRelease) return;
      const { reference } = named.parse(payload);
      await documents.send(
        new UpdateCommand({
          TableName: trial.runtime.tableName,
          Key: keys.submission(reference),
          UpdateExpression: 'SET questionnaireVersion = :first',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':first': 1 },
        }),
      );
    },
  });
  cast = castOf(trial);
});
afterAll(() => trial.close());

function viewIn(language: Language): View {
  return {
    language,
    t: (text) => text[language],
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
}

function plain(text: string): string {
  return textOf(text).replaceAll(/\s/g, ' ');
}

async function resultOf(reference: string): Promise<ResultRecord> {
  const result = await trial.runtime.store.dossiers.result(reference);
  if (result === undefined) throw new Error('There is no result');
  return result;
}

async function until(reference: string, stage: string): Promise<void> {
  for (let turns = 0; turns < 1_000 && (await cast.stageOf(reference)) !== stage; turns += 1) {
    await trial.runtime.clock.settled();
    await trial.runtime.clock.jumpToNext();
  }
  expect(await cast.stageOf(reference)).toBe(stage);
}

async function accept(reference: string): Promise<void> {
  await decideReview(
    trial.runtime,
    reference,
    { kind: 'readiness', decision: 'accept', reason: 'examined' },
    operator,
  );
  await trial.runtime.clock.settled();
}

/** Everything that people read about the result: the customer, sales, operators, whoever was refused, the run's report. */
async function pagesOf(reference: string, language: Language): Promise<Record<string, string>> {
  const visitor = await openLink(trial, reference, language);
  const staff = await trial.staff({ roles: ['operator', 'sales'], team: 'state' });
  const read = async (path: string) => {
    const html = await (await staff.get(`${path}?lang=${language}`)).text();
    expect(await htmlFaults(html), path).toEqual([]);
    return plain(html);
  };
  const status = await visitor.page('/status');
  expect(await htmlFaults(status)).toEqual([]);
  const { state } = await trial.runtime.store.onboardings.now(reference);
  const refused = {
    ...state,
    stage: 'CLOSED',
    outcome: 'NOT_ELIGIBLE',
    cause: 'REJECTED_IN_REVIEW',
    reviewKind: 'readiness',
  } as const;
  const row = await rowOf(trial.runtime.store, {
    reference,
    siren: state.siren,
    organisation: state.name,
    profile: 'disputed',
  });
  return {
    report: plain(row.why[language]),
    customer: plain(status),
    sales: await read(`/sales/${reference}`),
    operations: await read(`/operations/${reference}`),
    refused: plain(String(refusalPart(viewIn(language), refused, await resultOf(reference)))),
  };
}

function said(text: Text, language: Language): string {
  return plain(text[language]).replace(/\.$/, '');
}

/** Each page says the rules in the words of one version, and of no other. */
async function expectWords(reference: string, version: string, other: string): Promise<void> {
  for (const language of languages) {
    const pages = await pagesOf(reference, language);
    for (const [name, page] of Object.entries(pages)) {
      expect(page, name).toContain(said(ruleText('R10b', version), language));
      expect(page, name).not.toContain(said(ruleText('R10b', other), language));
    }
    const how = (of: string) => said(wayToClear('DEROGATION_MISSING', of), language);
    for (const name of ['customer', 'sales'] as const) {
      expect(pages[name], name).toContain(how(version));
      expect(pages[name], name).not.toContain(how(other));
      expect(pages[name], name).toContain(version);
      expect(pages[name], name).not.toContain(other);
    }
  }
}

/** The mails about an onboarding after the first so many, each as one text. */
function mailsAfter(reference: string, count: number): readonly string[] {
  const all = trial.runtime.mailbox.list().filter(({ id }) => id.startsWith(`${reference}-`));
  return all.slice(count).map(({ subject, text }) => plain(`${subject} ${text}`));
}

describe('an onboarding that was submitted under the first version of the questionnaire', () => {
  it('is told the rules of its own version, also after a review, and of the new one once it is assessed anew', async () => {
    earlierRelease = true;
    const reference = await cast.answered(disputed);
    expect((await resultOf(reference)).assessment).toMatchObject({
      ruleSetVersion: '2026-11',
      conditions: expect.arrayContaining([expect.objectContaining({ code: 'DEROGATION_MISSING' })]),
    });
    expect((await resultOf(reference)).assessment.reasons.map(({ rule }) => rule)).not.toContain('R11');
    await expectWords(reference, '2026-11', '2026-12');

    // The review keeps the rules; the customer prepares, and answers the questionnaire of today.
    await accept(reference);
    expect((await resultOf(reference)).assessment.ruleSetVersion).toBe('2026-11');
    earlierRelease = false;
    await until(reference, 'PREPARING');
    const before = mailsAfter(reference, 0).length;
    await submitAnswers(trial.runtime, reference, { ...plainAnswers, ...disputed, D1: 4, D2: 4 }, customer);
    await trial.runtime.clock.settled();

    const { assessment, previous } = await resultOf(reference);
    expect(assessment.ruleSetVersion).toBe('2026-12');
    expect(assessment.reasons.map(({ rule }) => rule)).toContain('R11');
    expect(previous).toBeDefined();
    await expectWords(reference, '2026-12', '2026-11');
    const pages = await pagesOf(reference, 'fr');
    expect(pages['customer']).toContain(said(ruleText('R11', '2026-12'), 'fr'));

    // A missing derogation blocks no more: its reminders do not threaten with a no-go.
    await accept(reference);
    while (!mailsAfter(reference, before).some((mail) => mail.includes('Dérogation à obtenir'))) {
      await trial.runtime.clock.jumpToNext();
      await trial.runtime.clock.settled();
    }
    const mails = mailsAfter(reference, before);
    expect(mails[0]).toContain('vos réponses sont bien arrivées');
    expect(mails.filter((mail) => mail.includes('condition bloquante'))).toEqual([]);
  });
});
