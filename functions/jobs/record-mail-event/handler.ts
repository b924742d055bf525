import * as z from 'zod/mini';
import { recordUndeliveredMail } from '../../application/change-contact.ts';
import { OnboardingNotFoundError } from '../../domain/errors.ts';
import { parseMessageId } from '../../domain/onboarding/message-id.ts';
import { wholeOf } from '../../domain/onboarding/reference.ts';
import type { UndeliveredMail } from '../../domain/onboarding/transitions/contact.ts';
import { lazily } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { type Metrics, standardMetrics } from '../../platform/metrics.ts';
import type { TaskHandler } from '../../platform/task.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { Store } from '../../store/store.ts';

interface Dependencies {
  readonly store: Store;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/**
 * The fields used of the event that SES sends to EventBridge:
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
const mailEvent = z.object({
  source: z.literal('aws.ses'),
  detail: z.object({
    eventType: z.string(),
    mail: z.object({
      destination: z.array(z.string()),
      tags: z.object({ mail: z.array(z.string()) }),
    }),
    bounce: z.optional(
      z.object({
        bounceType: z.string(),
        bounceSubType: z.optional(z.string()),
        bouncedRecipients: z.optional(
          z.array(
            z.object({
              emailAddress: z.string(),
              action: z.optional(z.string()),
              /** Of RFC 3463: 5.1.1 is an address that does not exist. */
              status: z.optional(z.string()),
            }),
          ),
        ),
      }),
    ),
    complaint: z.optional(z.object({ complaintFeedbackType: z.optional(z.nullable(z.string())) })),
  }),
});
type MailEvent = z.infer<typeof mailEvent>['detail'];

interface NotDelivered extends UndeliveredMail {
  readonly reference: string;
  readonly destination: readonly string[];
}

const bounceTypes = ['Permanent', 'Transient', 'Undetermined'] as const;

function failureOfBounce(bounce: MailEvent['bounce']): Pick<NotDelivered, 'why' | 'bounceType'> | undefined {
  const bounceType = bounceTypes.find((type) => type === bounce?.bounceType) ?? 'Undetermined';
  // SES calls some refusals for good transient: the receiving server says so itself.
  const isForGood = bounce?.bouncedRecipients?.some(
    ({ action, status = '' }) => action === 'failed' && status.startsWith('5.'),
  );
  if (isForGood === true) return { why: 'bounce', bounceType: 'Permanent' };
  // Absence notes of people on holiday come as transient bounces without a further kind: the mail did arrive.
  const isNote = bounceType === 'Transient' && (bounce?.bounceSubType ?? 'General') === 'General';
  return isNote ? undefined : { why: 'bounce', bounceType };
}

/** Why a mail did not arrive, or was not wanted; undefined for every other event. */
function failureOf(event: MailEvent): Pick<NotDelivered, 'why' | 'bounceType'> | undefined {
  switch (event.eventType) {
    case 'Bounce':
      return failureOfBounce(event.bounce);
    case 'Complaint':
      // The person has said that an earlier report was a mistake.
      return event.complaint?.complaintFeedbackType === 'not-spam' ? undefined : { why: 'complaint' };
    case 'Reject':
      return { why: 'reject' };
    default:
      return undefined;
  }
}

function readEvent(event: unknown): NotDelivered | undefined {
  const parsed = z.safeParse(mailEvent, event);
  if (!parsed.success) return undefined;
  const { mail, bounce } = parsed.data.detail;
  const id = mail.tags.mail[0] ?? '';
  const message = parseMessageId(id);
  const failure = failureOf(parsed.data.detail);
  if (message === undefined || failure === undefined) return undefined;
  const bounced = bounce?.bouncedRecipients?.map(({ emailAddress }) => emailAddress) ?? [];
  const destination = bounced.length > 0 ? bounced : mail.destination;
  return { reference: message.reference, mail: id, destination, ...failure };
}

function isOneOf(address: string, destinations: readonly string[]): boolean {
  const wanted = address.toLowerCase();
  // SES may give an address with a name in front of it.
  return destinations.some((each) => each.toLowerCase().replace(/^.*<(.*)>$/, '$1') === wanted);
}

/**
 * Records that mail does not reach the customer's contact: sales must act until the contact is changed. Only a mail to
 * the present contact counts, and each mail once. An account owner whose address refuses mail for good is recorded too.
 * Every other event of SES is logged and ignored.
 */
export function createHandler({ store, logger, metrics }: Dependencies): TaskHandler {
  function record({ reference, destination, ...undelivered }: NotDelivered): Promise<boolean> {
    return recordUndeliveredMail({ store }, wholeOf(reference), undelivered, (address) =>
      isOneOf(address, destination),
    );
  }

  return async (event) => {
    const failed = readEvent(event);
    if (failed === undefined) return logger.log('mail_event_ignored', {});
    const fields = { onboardingId: failed.reference, kind: failed.why };
    try {
      if (!(await record(failed))) return logger.log('mail_event_ignored', fields);
    } catch (error) {
      // A mail of another system with the same tag, or of a table that was replaced.
      if (!(error instanceof OnboardingNotFoundError)) throw error;
      return logger.log('mail_event_ignored', { ...fields, error: error.name });
    }
    metrics.upkeep({ MailNotDelivered: 1 });
    logger.log('mail_not_delivered', fields);
  };
}

export const handler: TaskHandler = lazily(() =>
  createHandler({ ...storeFromEnvironment(), metrics: standardMetrics }),
);
