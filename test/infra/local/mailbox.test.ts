import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mail } from '../../../functions/platform/mail.ts';
import { DataFolderDamagedError } from '../../../infra/local/data-folder.ts';
import { type Mailbox, openMailbox } from '../../../infra/local/mailbox.ts';

const clock = { now: () => new Date('2026-11-23T08:00:00Z') };
const from = 'accueil@plateforme.example';
const mail: Mail = {
  id: 'ONB-7K4M-2Q9D.3.invitation',
  to: 'dsi@organisme.example',
  language: 'fr',
  subject: 'Préparer votre entrée – référence ONB-7K4M-2Q9D',
  text: 'Bonjour,\n\nVoici l’étape suivante.\n',
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mailbox-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function open(): Mailbox {
  return openMailbox({ clock, from, folder });
}

function emlFiles(): readonly string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.eml'));
}

describe('the mailbox', () => {
  it('keeps an email as a file that mail programs open', async () => {
    await open().send(mail);
    const eml = readFileSync(join(folder, 'ONB-7K4M-2Q9D.3.invitation.eml'), 'utf8');
    expect(eml).toContain('From: accueil@plateforme.example\r\n');
    expect(eml).toContain('To: dsi@organisme.example\r\n');
    expect(eml).toMatch(/Subject: =\?UTF-8\?Q\?Pr=C3=A9parer/);
    expect(eml).toContain('Date: Mon, 23 Nov 2026 08:00:00 +0000');
    expect(eml).toContain('Message-ID: <ONB-7K4M-2Q9D.3.invitation@plateforme.example>');
    expect(eml).toContain('Auto-Submitted: auto-generated');
    expect(eml).toContain('Content-Type: text/plain; charset=utf-8');
    expect(eml).toContain('Voici l=E2=80=99=C3=A9tape suivante.');
  });

  it('keeps whom an answer reaches, also across a restart', async () => {
    const replyTo = 'lou@platform.example';
    await open().send({ ...mail, replyTo });
    const eml = readFileSync(join(folder, 'ONB-7K4M-2Q9D.3.invitation.eml'), 'utf8');
    expect(eml).toContain('Reply-To: lou@platform.example\r\n');
    expect(open().read(mail.id)).toMatchObject({ replyTo });
  });

  it('keeps the files of an email, also across a restart', async () => {
    const attachments = [
      {
        name: 'bascule.ics',
        type: 'text/calendar; charset=utf-8; method=CANCEL',
        text: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n',
      },
    ];
    await open().send({ ...mail, attachments });
    const eml = readFileSync(join(folder, 'ONB-7K4M-2Q9D.3.invitation.eml'), 'utf8');
    expect(eml).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=CANCEL;\s+name=bascule\.ics/);
    expect(open().read(mail.id)).toMatchObject({ attachments });
  });

  it('replaces an email that is sent again, in its position', async () => {
    const mailbox = open();
    await mailbox.send(mail);
    await mailbox.send({ ...mail, id: 'other' });
    await mailbox.send({ ...mail, text: 'Again' });
    expect(mailbox.list().map(({ id, text }) => [id, text])).toEqual([
      [mail.id, 'Again'],
      ['other', mail.text],
    ]);
    expect(emlFiles()).toHaveLength(2);
  });

  it('keeps its emails across a restart', async () => {
    await open().send(mail);
    await open().send({ ...mail, id: 'other' });
    expect(
      open()
        .list()
        .map(({ id }) => id),
    ).toEqual([mail.id, 'other']);
    expect(open().read(mail.id)).toEqual({
      ...mail,
      at: '2026-11-23T08:00:00.000Z',
      file: 'ONB-7K4M-2Q9D.3.invitation.eml',
    });
  });

  it('drops a line cut off by a crash, and reports any other damage', async () => {
    await open().send(mail);
    const list = join(folder, 'mailbox.jsonl');
    const whole = readFileSync(list, 'utf8');
    writeFileSync(list, `${whole}{"id":"cut`);
    expect(open().list()).toHaveLength(1);
    await open().send({ ...mail, id: 'next' });
    const lines = readFileSync(list, 'utf8').split('\n').slice(0, -1);
    expect(lines.map((line) => JSON.parse(line).id)).toEqual([mail.id, 'next']);
    writeFileSync(list, `{"id":\n${whole}`);
    expect(open).toThrow(DataFolderDamagedError);
  });

  it('writes no file without a folder', async () => {
    const mailbox = openMailbox({ clock, from });
    await mailbox.send(mail);
    expect(mailbox.read(mail.id)?.subject).toBe(mail.subject);
    expect(mailbox.read('other')).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['../../etc/passwd', 'a/b', 'a:b', '..', 'x'.repeat(300), 'ONB#1\n'])(
    'keeps the mail %j inside its folder',
    async (id) => {
      const mailbox = open();
      await mailbox.send({ ...mail, id });
      expect(emlFiles()).toEqual([mailbox.read(id)?.file]);
    },
  );

  it('distinguishes emails whose ids would give the same file name', async () => {
    const mailbox = open();
    for (const id of ['a/b', 'a:b', 'a_b']) await mailbox.send({ ...mail, id });
    expect(emlFiles()).toHaveLength(3);
  });

  it('prevents header injection by subject or address', async () => {
    await open().send({
      ...mail,
      id: 'x',
      subject: 'A\r\nBcc: a@b.example',
      to: 'a@b.example\r\nCc: c@d.example',
    });
    const [head = ''] = readFileSync(join(folder, 'x.eml'), 'utf8').split('\r\n\r\n');
    expect(head).not.toMatch(/^b?cc:/im);
  });
});
