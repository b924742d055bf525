import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { BusinessEvent, EventData } from '../domain/onboarding/messages.ts';

/** A business event for other systems; contains only ids and codes. */
export interface PublishedEvent {
  /** Stable across repeated deliveries of the event. */
  readonly id: string;
  readonly type: BusinessEvent;
  readonly at: string;
  readonly reference: string;
  readonly data: EventData;
}

export interface EventBus {
  publish(event: PublishedEvent): Promise<void>;
}

/** The bus rejected an event although the call itself succeeded. */
export class EventRefusedError extends Error {
  override readonly name = 'EventRefusedError';
}

const source = 'onboarding';

/** Publishes to an Amazon EventBridge bus. */
export function eventBridgeBus(client: EventBridgeClient, busName: string): EventBus {
  return {
    publish: async ({ id, type, at, reference, data }) => {
      const { FailedEntryCount } = await client.send(
        new PutEventsCommand({
          Entries: [
            {
              EventBusName: busName,
              Source: source,
              DetailType: type,
              Time: new Date(at),
              Detail: JSON.stringify({ id, reference, at, ...data }),
            },
          ],
        }),
      );
      if (FailedEntryCount !== undefined && FailedEntryCount > 0) {
        throw new EventRefusedError('The event bus rejected the event');
      }
    },
  };
}
