import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import type { ApplicationDependencies } from '../../application/dependencies.ts';
import { keepGroupOrder } from '../../application/keep-group-order.ts';
import { offerPlaces } from '../../application/offer-places.ts';
import { messageId } from '../../domain/onboarding/message-id.ts';
import type { Message } from '../../domain/onboarding/messages.ts';
import { pendingCompletions } from '../../domain/onboarding/waits.ts';
import {
  linksFromEnvironment,
  platformFromEnvironment,
  required,
  workflowFromEnvironment,
} from '../../platform/environment.ts';
import { type EventBus, eventBridgeBus } from '../../platform/event-bus.ts';
import { randomIds } from '../../platform/ids.ts';
import type { Links } from '../../platform/links.ts';
import { errorName, type Logger } from '../../platform/log.ts';
import { type Mailer, sesMailer } from '../../platform/mail.ts';
import { countFunnel, type Metrics, standardMetrics } from '../../platform/metrics.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { OutboxEntry } from '../../store/outbox.ts';
import { sendMail } from '../send-mail/handler.ts';
import { type MailSettings, type Reading, readingOf } from '../send-mail/write-mail.ts';

export interface DispatchDependencies extends ApplicationDependencies {
  readonly logger: Logger;
  readonly mailer: Mailer;
  readonly bus: EventBus;
  readonly metrics: Metrics;
  readonly links: Links;
  readonly mail: MailSettings;
}

export interface DispatchRun {
  readonly sent: number;
  /** Entries left for the next call, because something of them could not be sent. */
  readonly left: number;
}

const entriesAtOnce = 50;

/**
 * Sends the messages that changes have put in the outbox; nothing else sends. Called for each change and every 15
 * minutes. An entry is removed once all its messages are sent: after a crash some may be sent twice, with the same id.
 */
export function createDispatcher(dependencies: DispatchDependencies): () => Promise<DispatchRun> {
  const { store, logger } = dependencies;
  return async () => {
    let sent = 0;
    let left = 0;
    // Entries that cannot be sent are skipped: the entries after them do not wait.
    let last: OutboxEntry | undefined;
    for (;;) {
      const pending = await store.outbox.pending(entriesAtOnce, last);
      const results = await Promise.all(pending.map((entry) => sendEntry(dependencies, entry)));
      const done = results.filter(Boolean).length;
      sent += done;
      left += results.length - done;
      last = pending.at(-1);
      if (pending.length < entriesAtOnce) {
        if (sent > 0) logger.log('outbox_sent', { count: sent });
        return { sent, left };
      }
    }
  };
}

/**
 * Sends each message of an entry on its own: a mail that cannot be sent does not delay a wake, and the messages that
 * were sent are not sent again with it. False if a message has to be tried again.
 */
async function sendEntry(dependencies: DispatchDependencies, entry: OutboxEntry): Promise<boolean> {
  const { store, logger } = dependencies;
  const sent = new Set(entry.sent);
  const reading = readingOf(store, entry.reference);
  try {
    for (const [index, message] of entry.messages.entries()) {
      if (!sent.has(index) && (await trySend(dependencies, reading, entry, message, index))) sent.add(index);
    }
    if (sent.size === entry.messages.length) {
      await store.outbox.done(entry);
      return true;
    }
    if (sent.size > entry.sent.length) await store.outbox.keep(entry, [...sent]);
  } catch (error) {
    logger.log('outbox_failed', { onboardingId: entry.reference, error: errorName(error) });
  }
  return false;
}

async function trySend(
  dependencies: DispatchDependencies,
  reading: Reading,
  entry: OutboxEntry,
  message: Message,
  index: number,
): Promise<boolean> {
  try {
    await send(dependencies, reading, entry, message, messageId({ ...entry, place: index }));
    return true;
  } catch (error) {
    dependencies.logger.log('outbox_failed', {
      onboardingId: entry.reference,
      kind: message.kind,
      error: errorName(error),
    });
    return false;
  }
}

async function send(
  dependencies: DispatchDependencies,
  reading: Reading,
  { reference, at }: OutboxEntry,
  message: Message,
  id: string,
): Promise<void> {
  switch (message.kind) {
    case 'start':
      return dependencies.workflow.start(reference, message.run, message.resumeAt);
    case 'wake':
      return wake(dependencies, reading, reference);
    case 'mail':
      return sendMail(dependencies, reading, reference, message, id);
    case 'event': {
      await dependencies.bus.publish({ id, type: message.type, at, reference, data: message.data });
      return count(dependencies, reading, reference, message);
    }
    case 'offer_places': {
      const count = await offerPlaces(dependencies);
      if (count > 0) dependencies.logger.log('places_offered', { count });
      return;
    }
    case 'keep_group_order':
      return keepGroupOrder(dependencies, reference);
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
    countFunnel(metrics, type, data, state);
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

let dispatch: (() => Promise<DispatchRun>) | undefined;

/** In AWS: called by the table's stream for new outbox entries, and by a schedule. */
export async function handler(): Promise<DispatchRun> {
  dispatch ??= createDispatcher({
    ...storeFromEnvironment(),
    ids: randomIds,
    workflow: workflowFromEnvironment(),
    platform: platformFromEnvironment(),
    mailer: sesMailer(new SESv2Client({}), required('MAIL_FROM')),
    metrics: standardMetrics,
    bus: eventBridgeBus(new EventBridgeClient({}), required('EVENT_BUS_NAME')),
    links: linksFromEnvironment(),
    mail: { publicUrl: required('PUBLIC_URL'), operators: required('OPERATORS_MAIL') },
  });
  return dispatch();
}
