import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import MailComposer from 'nodemailer/lib/mail-composer';
import * as z from 'zod';
import { languages } from '../../functions/domain/text.ts';
import type { Clock } from '../../functions/platform/clock.ts';
import type { Mail, Mailer } from '../../functions/platform/mail.ts';
import { openJsonLines } from './json-lines.ts';

/** A mail as it arrived. */
interface ReceivedMail extends Mail {
  /** When it was sent last, by the system's clock. */
  readonly at: string;
  /** Name of its file in the mailbox's folder. */
  readonly file: string;
}

/** Everybody's mail on one machine: nothing leaves it. */
export interface Mailbox extends Mailer {
  /** In the order of arrival; a mail that is sent again keeps its place. */
  list(): readonly ReceivedMail[];
  read(id: string): ReceivedMail | undefined;
}

export interface MailboxSettings {
  readonly clock: Clock;
  /** Address that mails come from. */
  readonly from: string;
  /** Where mails are kept as `.eml` files; in memory only when absent. */
  readonly folder?: string;
}

const received = z.object({
  id: z.string(),
  to: z.string(),
  language: z.enum(languages),
  subject: z.string(),
  text: z.string(),
  at: z.string(),
  file: z.string(),
});

/**
 * Opens the mailbox. With a folder, each mail is a file that mail programs open, named after the mail's id so that a
 * repeated send replaces it, and `mailbox.jsonl` lists them for the next start.
 *
 * @throws DataFolderDamagedError the list does not hold what was written to it
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

/** The file of a mail: ids that make no safe name are shortened to one and told apart by their hash. */
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
  return new MailComposer({
    from: { name: '', address: from },
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    date,
    messageId: `<${fileNameOf(mail.id).replace(/\.eml$/, '')}@${domain}>`,
    // RFC 3834: absence notices must not answer a machine.
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.language },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}
