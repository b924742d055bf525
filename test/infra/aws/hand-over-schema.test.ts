import { readFileSync } from 'node:fs';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { eventBridgeBus } from '../../../functions/platform/event-bus.ts';
import { journeys } from '../../support/journeys.ts';
import { inScenario } from '../../support/scenario.ts';

const file: unknown = JSON.parse(
  readFileSync(new URL('../../../docs/schemas/onboarding-handed-over.json', import.meta.url), 'utf8'),
);
const schema = z.fromJSONSchema(z.record(z.string(), z.json()).parse(file));
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

describe('the published schema of the hand-over event', () => {
  it(
    'is what a hand-over publishes, and knows every property of it',
    inScenario(async (s) => {
      await journeys.handedOver(s);
      const event = s.runtime.events.list().find(({ type }) => type === 'OnboardingHandedOver');
      if (event === undefined) throw new Error('Nothing was handed over');
      const { client, details } = recorded();
      await eventBridgeBus(client, 'onboarding').publish(event);
      const [sent] = details;
      expect(sent?.type).toBe('OnboardingHandedOver');
      expect(schema.safeParse(sent?.detail).error).toBeUndefined();
      expect(
        Object.keys(z.object({ properties: z.record(z.string(), z.unknown()) }).parse(file).properties),
      ).toEqual(expect.arrayContaining(Object.keys(sent?.detail ?? {})));
    }),
  );

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
