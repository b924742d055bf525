import type { Edge } from '@onboarding/step-functions-local';
import * as z from 'zod/mini';
import { messageId } from '../../functions/domain/onboarding/message-id.ts';
import { type MailTemplate, mailTemplates } from '../../functions/domain/onboarding/messages.ts';
import type { RuntimeHooks } from '../../infra/local/runtime.ts';

export interface MailSent {
  readonly template: MailTemplate;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly at: string;
}

/** What was seen of a system while a scenario ran. */
export interface Observed {
  readonly edges: Edge[];
  readonly logLines: string[];
  /** Every item that was ever in the outbox, as it was stored. */
  readonly outboxItems: string[];
  readonly references: string[];
  /** Id of a mail to the template it was written from. */
  readonly mailTemplates: Map<string, MailTemplate>;
}

const outboxItem = z.object({
  pk: z.object({ S: z.string().check(z.regex(/^(?:OUTBOX|OUTGOING_MAIL)#/)) }),
  reference: z.object({ S: z.string() }),
  version: z.object({ N: z.string() }),
  places: z.object({ L: z.array(z.object({ N: z.string() })) }),
  messages: z.object({
    L: z.array(z.object({ M: z.object({ template: z.optional(z.object({ S: z.enum(mailTemplates) })) }) })),
  }),
});

/** Writes down what passes through the outbox. */
export function observe(observed: Observed): Pick<RuntimeHooks, 'onWrite'> {
  return {
    onWrite: (written) => {
      for (const { after } of written) {
        const parsed = z.safeParse(outboxItem, after);
        if (!parsed.success) continue;
        observed.outboxItems.push(JSON.stringify(after));
        const { reference, version, messages, places } = parsed.data;
        for (const [index, { M }] of messages.L.entries()) {
          if (M.template === undefined) continue;
          const place = Number(places.L[index]?.N);
          const id = messageId({ reference: reference.S, version: Number(version.N), place });
          observed.mailTemplates.set(id, M.template.S);
        }
      }
    },
  };
}
