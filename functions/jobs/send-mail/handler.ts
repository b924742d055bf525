import type { Message } from '../../domain/onboarding/messages.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import type { Links } from '../../platform/links.ts';
import type { Logger } from '../../platform/log.ts';
import type { Mailer } from '../../platform/mail.ts';
import { type MailSettings, type Reading, writeMail } from './write-mail.ts';

interface MailDependencies {
  readonly logger: Logger;
  readonly mailer: Mailer;
  readonly links: Links;
  readonly platform: PlatformConfiguration;
  readonly mail: MailSettings;
}

/** Sends the mail of an outbox message, unless its recipient has been erased meanwhile. */
export async function sendMail(
  dependencies: MailDependencies,
  reading: Reading,
  reference: string,
  message: Extract<Message, { kind: 'mail' }>,
  id: string,
): Promise<void> {
  const mail = await writeMail(dependencies, reading, message, id);
  if (mail !== undefined) return dependencies.mailer.send(mail);
  dependencies.logger.log('mail_skipped', { onboardingId: reference, kind: message.template });
}
