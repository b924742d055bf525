import { SESv2Client } from '@aws-sdk/client-sesv2';
import type { Context } from 'aws-lambda';
import { readingOf } from '../../application/reading.ts';
import { relayCall } from '../../application/relay-call.ts';
import { createRelay, NotYetError, type Relay } from '../../application/relay-outbox.ts';
import { reminderMails } from '../../domain/onboarding/messages.ts';
import { mayReminderLeave, reminderLeavesAt } from '../../domain/onboarding/reminder-time.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import type { Clock } from '../../platform/clock.ts';
import { platformFromEnvironment, required } from '../../platform/environment.ts';
import { linksFromEnvironment } from '../../platform/link-client.ts';
import type { Links } from '../../platform/links.ts';
import type { Logger } from '../../platform/log.ts';
import type { Mailer } from '../../platform/mail.ts';
import { createPace } from '../../platform/pace.ts';
import { unlessBusy } from '../../platform/service-busy.ts';
import { sesMailer } from '../../platform/ses-mailer.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { Store } from '../../store/store.ts';
import { type MailSettings, writeMail } from './write-mail.ts';

export interface MailDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly mailer: Mailer;
  readonly links: Links;
  readonly platform: PlatformConfiguration;
  readonly mail: MailSettings;
  /** Passes before each mail: mail services take so many a second. */
  readonly pace?: () => Promise<void>;
}

/** Sends the mails of the outbox, one after the other; a call ends when the mail service is too busy. */
export function createMailRelay(dependencies: MailDependencies): Relay {
  const { store, logger, mailer, pace } = dependencies;
  return createRelay(dependencies, {
    lane: 'mail',
    atOnce: 1,
    stopsWhenBusy: true,
    open: ({ reference, at: writtenAt }) => {
      const reading = readingOf(store, reference);
      return async (message, id) => {
        if (message.kind !== 'mail') throw new NoMailError(`The mails of the outbox hold a ${message.kind}`);
        const at = dependencies.clock.now();
        if (reminderMails.has(message.template) && !mayReminderLeave(at)) {
          throw new NotYetError(reminderLeavesAt(at));
        }
        const mail = await writeMail(dependencies, reading, message, { id, at: writtenAt });
        if (mail === undefined) {
          return logger.log('mail_skipped', { onboardingId: reference, kind: message.template });
        }
        await pace?.();
        await unlessBusy(() => mailer.send(mail));
      };
    },
  });
}

/** A message that this function does not send is among its own: the table was changed by hand. */
class NoMailError extends Error {
  override readonly name = 'NoMailError';
}

let relay: Relay | undefined;

/** One attempt only: a mail service that is too busy is to be left alone. Nothing may outlast a call. */
const clientSettings = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 },
} as const;

/** In AWS: called by the table's stream for new mails of the outbox, and by a schedule. */
export async function handler(event: unknown, context: Context) {
  relay ??= createMailRelay({
    ...storeFromEnvironment(),
    platform: platformFromEnvironment(),
    mailer: sesMailer(new SESv2Client(clientSettings), required('MAIL_FROM')),
    links: linksFromEnvironment(),
    mail: {
      publicUrl: required('PUBLIC_URL'),
      operators: required('OPERATORS_MAIL'),
      onCall: required('ON_CALL_MAIL'),
    },
    pace: createPace(Number(required('MAILS_PER_SECOND'))),
  });
  return relayCall(relay, event, context);
}
