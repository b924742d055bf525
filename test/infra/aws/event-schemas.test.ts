import { readFileSync } from 'node:fs';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { recordCutover } from '../../../functions/application/record-cutover.ts';
import type { PublishedEvent } from '../../../functions/platform/event-bus.ts';
import { eventBridgeBus } from '../../../functions/platform/event-bus.ts';
import { journeys } from '../../support/journeys.ts';
import { inScenario, operator, type Scenario } from '../../support/scenario.ts';

function published(name: string) {
  const file: unknown = JSON.parse(
    readFileSync(new URL(`../../../docs/schemas/${name}.json`, import.meta.url), 'utf8'),
  );
  const { properties } = z.object({ properties: z.record(z.string(), z.unknown()) }).parse(file);
  return {
    schema: z.fromJSONSchema(z.record(z.string(), z.json()).parse(file)),
    names: Object.keys(properties),
  };
}
const entries = z.object({ Entries: z.array(z.object({ DetailType: z.string(), Detail: z.string() })) });

/** A client that keeps what it would have sent. */
function recorded() {
  const details: { readonly type: string; readonly detail: Record<string, unknown> }[] = [];
  const client = new EventBridgeClient({ region: 'eu-west-3' });
  client.middlewareStack.add(
    () =>
      async ({ input }) => {
        for (const { DetailType, Detail } of entries.parse(input).Entries) {
          details.push({
            type: DetailType,
            detail: z.record(z.string(), z.unknown()).parse(JSON.parse(Detail)),
          });
        }
        return { output: { FailedEntryCount: 0, $metadata: {} }, response: {} };
      },
    { step: 'initialize' },
  );
  return { client, details };
}

/** Finds an event as it is sent to the bus. */
async function sentBy(s: Scenario, type: PublishedEvent['type']) {
  const event = s.runtime.events.list().find((each) => each.type === type);
  if (event === undefined) throw new Error(`No ${type}`);
  const { client, details } = recorded();
  await eventBridgeBus(client, 'onboarding').publish({ ...event, type });
  expect(details.map((each) => each.type)).toEqual([type]);
  return details[0]?.detail;
}

describe.each<[string, PublishedEvent['type'], string | undefined]>([
  ['onboarding-handed-over', 'OnboardingHandedOver', undefined],
  ['onboarding-cutover-failed', 'OnboardingCutoverFailed', 'the storage failed'],
])('the published schema %s', (name, type, reason) => {
  it(
    'is what is published, and knows every property of it',
    inScenario(async (s) => {
      const reference = await journeys.handedOver(s);
      if (reason !== undefined) {
        await recordCutover(s.runtime, reference, { result: 'postponed', reason }, operator);
        await s.settle();
      }
      const { schema, names } = published(name);
      const detail = await sentBy(s, type);
      expect(schema.safeParse(detail).error).toBeUndefined();
      expect(names).toEqual(expect.arrayContaining(Object.keys(detail ?? {})));
    }),
  );
});

describe('the published schema of the hand-over event', () => {
  const { schema } = published('onboarding-handed-over');

  it.each(['id', 'reference', 'siren', 'wave', 'cutover'])('requires %s', (name) => {
    const whole: Record<string, unknown> = {
      id: 'K7F4-M3XJ-9-0',
      reference: 'K7F4-M3XJ',
      at: '2027-03-08T07:00:00.000Z',
      siren: '130025265',
      wave: 'paris-2027-03-09',
      site: 'paris',
      cutover: '2027-03-09',
    };
    expect(schema.safeParse(whole).success).toBe(true);
    delete whole[name];
    expect(schema.safeParse(whole).success).toBe(false);
  });
});
