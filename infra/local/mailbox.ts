import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { MailSender } from '../../functions/domain/mail-sender.ts';
import { languages } from '../../functions/domain/text.ts';
import type { Clock } from '../../functions/platform/clock.ts';
import { type Mail, type Mailer, mailHeaders } from '../../functions/platform/mail.ts';
import { mimeMessage } from '../../functions/platform/mime-message.ts';
import { openJsonLines } from './json-lines.ts';

/** The sender of the local system's mails. Nothing leaves the machine: the selectors stand for those of a mail service. */
export const localMailSender: MailSender = {
  address: 'onboarding@platform.example',
  dkimSelectors: ['sample1', 'sample2', 'sample3'],
};

/** A received email. */
interface ReceivedMail extends Mail {
  /** When it was last sent, by the system's clock. */
  readonly at: string;
  /** Name of its file in the mailbox's folder. */
  readonly file: string;
}

/** The local mailbox of all recipients: no email leaves the machine. */
export interface Mailbox extends Mailer {
  /** In order of arrival; an email sent again keeps its position. */
  list(): readonly ReceivedMail[];
  read(id: string): ReceivedMail | undefined;
}

export interface MailboxSettings {
  readonly clock: Clock;
  /** Sender address. */
  readonly from: string;
  /** Folder for the `.eml` files; in memory only if absent. */
  readonly folder?: string;
}

const received = z.object({
  id: z.string(),
  to: z.string(),
  replyTo: z.exactOptional(z.string()),
  language: z.enum(languages),
  subject: z.string(),
  text: z.string(),
  attachments: z.exactOptional(
    z.array(z.object({ name: z.string(), type: z.string(), text: z.string() })).readonly(),
  ),
  at: z.string(),
  file: z.string(),
});

/**
 * Opens the mailbox. With a folder, each email is a file that mail programs can open, named after the id of the email so
 * that a repeated delivery replaces it; `mailbox.jsonl` lists them for the next start.
 *
 * @throws DataFolderDamagedError the list is damaged
 */
export function openMailbox({ clock, from, folder }: MailboxSettings): Mailbox {
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const index =
    folder === undefined
      ? undefined
      : openJsonLines(join(folder, 'mailbox.jsonl'), (value) => received.parse(value));
  const mails = new Map<string, ReceivedMail>((index?.kept ?? []).map((mail) => [mail.id, mail]));
  return {
    send: async (mail) => {
      const at = clock.now();
      const arrived: ReceivedMail = { ...mail, at: at.toISOString(), file: fileNameOf(mail.id) };
      if (folder !== undefined) {
        const path = join(folder, arrived.file);
        await writeFile(`${path}.new`, await compose(mail, from, at), { mode: 0o600 });
        await rename(`${path}.new`, path);
      }
      index?.append(arrived);
      mails.set(mail.id, arrived);
    },
    list: () => [...mails.values()],
    read: (id) => mails.get(id),
  };
}

/** The file name of an email: ids that are no safe file names are shortened and distinguished by a hash. */
function fileNameOf(id: string): string {
  const safe = id
    .replace(/[^A-Za-z0-9_.-]+/g, '_')
    .replace(/^[._]+/, '')
    .slice(0, 100);
  const suffix = safe === id ? '' : `-${createHash('sha256').update(id).digest('hex').slice(0, 12)}`;
  return `${safe}${suffix}.eml`;
}

function compose(mail: Mail, from: string, date: Date): Promise<Buffer> {
  const [, domain = 'localhost'] = from.split('@');
  const messageId = `<${fileNameOf(mail.id).replace(/\.eml$/, '')}@${domain}>`;
  return mimeMessage(mail, { from, messageId, headers: mailHeaders(mail), date });
}
