import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Context } from 'aws-lambda';
import { alignParts } from '../../application/align-parts.ts';
import type { ApplicationDependencies } from '../../application/dependencies.ts';
import { keepGroupOrder } from '../../application/keep-group-order.ts';
import { offerPlaces } from '../../application/offer-places.ts';
import { type Reading, readingOf } from '../../application/reading.ts';
import { refreshWaiting } from '../../application/refresh-waiting.ts';
import { relayCall } from '../../application/relay-call.ts';
import { createRelay, type Relay } from '../../application/relay-outbox.ts';
import { sharedRuns } from '../../application/shared-runs.ts';
import type { Message } from '../../domain/onboarding/messages.ts';
import { pendingCompletions } from '../../domain/onboarding/waits.ts';
import { platformFromEnvironment, required } from '../../platform/environment.ts';
import { type EventBus, eventBridgeBus } from '../../platform/event-bus.ts';
import { randomIds } from '../../platform/ids.ts';
import { errorName, type Logger } from '../../platform/log.ts';
import { countEvent, type Metrics, standardMetrics } from '../../platform/metrics.ts';
import { unlessBusy } from '../../platform/service-busy.ts';
import { workflowFromEnvironment } from '../../platform/workflow-client.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { OutboxEntry, OutboxMessage } from '../../store/stored-outbox.ts';

export interface DispatchDependencies extends ApplicationDependencies {
  readonly logger: Logger;
  readonly bus: EventBus;
  readonly metrics: Metrics;
}

/**
 * Sends what changes have put in the outbox, except mails: none of it waits for one. A call of the schedule also offers
 * what is free.
 */
export function createDispatcher(dependencies: DispatchDependencies): Relay {
  // Many places freed at once are offered by few walks along the waiting list.
  const offer = sharedRuns(async () => {
    const count = await offerPlaces(dependencies);
    if (count > 0) dependencies.logger.log('places_offered', { count });
  });
  const relay = createRelay(dependencies, {
    lane: 'dispatch',
    atOnce: 50,
    stopsWhenBusy: false,
    open: (entry) => {
      const reading = readingOf(dependencies.store, entry.reference);
      return async (message, id) => {
        if (message.kind !== 'offer_places') return send(dependencies, reading, entry, message, id);
        await refreshWaiting(dependencies, entry.reference);
        return offer();
      };
    },
  });
  return {
    ...relay,
    due: async (remaining) => {
      const run = await relay.due(remaining);
      // A request that frees places may be interrupted, and a customer may join the list in the instant one is freed.
      if (remaining() > 0) await offer();
      return run;
    },
  };
}

/** A message that this function does not send is among its own: the table was changed by hand. */
class NotDispatchedError extends Error {
  override readonly name = 'NotDispatchedError';
}

async function send(
  dependencies: DispatchDependencies,
  reading: Reading,
  { reference, at }: OutboxEntry,
  message: OutboxMessage,
  id: string,
): Promise<void> {
  switch (message.kind) {
    case 'start':
      return unlessBusy(() => dependencies.workflow.start(reference, message.run, message.resumeAt));
    case 'wake':
      return unlessBusy(() => wake(dependencies, reading, reference));
    case 'event': {
      const { type, data } = message;
      await unlessBusy(() => dependencies.bus.publish({ id, type, at, reference, data }));
      return count(dependencies, reading, reference, message);
    }
    case 'align_parts':
      return alignParts(dependencies, reference);
    case 'keep_group_order':
      return keepGroupOrder(dependencies, reference);
    default:
      throw new NotDispatchedError(`The outbox holds a message of kind ${message.kind}`);
  }
}

/**
 * Counts the event in the funnel once it is published. A missing count is better than a message sent twice: nothing
 * here throws.
 */
async function count(
  { logger, metrics }: DispatchDependencies,
  reading: Reading,
  reference: string,
  { type, data }: Extract<Message, { kind: 'event' }>,
): Promise<void> {
  try {
    const { state } = await reading.now();
    countEvent(metrics, type, data, state);
  } catch (error) {
    logger.log('outbox_failed', { onboardingId: reference, kind: 'metric', error: errorName(error) });
  }
}

/**
 * Completes the token of a decided wait, and of the wait before it if that is still pending; without a token the wait
 * task finds the decision when it runs.
 */
async function wake(
  { workflow, logger }: DispatchDependencies,
  reading: Reading,
  reference: string,
): Promise<void> {
  const snapshot = await reading.now();
  for (const { kind, token, decision } of pendingCompletions(snapshot)) {
    if (!(await workflow.complete(token, decision))) {
      logger.log('wake_late', { onboardingId: reference, kind });
    }
  }
}

let relay: Relay | undefined;

/** In AWS: called by the table's stream for new outbox entries, and by a schedule. */
export async function handler(event: unknown, context: Context) {
  relay ??= createDispatcher({
    ...storeFromEnvironment(),
    ids: randomIds,
    workflow: workflowFromEnvironment(),
    platform: platformFromEnvironment(),
    metrics: standardMetrics,
    bus: eventBridgeBus(new EventBridgeClient({}), required('EVENT_BUS_NAME')),
  });
  return relayCall(relay, event, context);
}
