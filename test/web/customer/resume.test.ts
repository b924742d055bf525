import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sirens } from '../../support/canaries.ts';
import { fieldsOf, htmlFaults, problemsOf, textOf, unescaped } from '../../support/page-reader.ts';
import { type Browser, origin, startTrial, type Trial } from '../../support/trial.ts';
import type { Fields } from '../../support/visitor.ts';

let trial: Trial;
let references: readonly string[];
beforeAll(async () => {
  trial = await startTrial();
  references = [await trial.start(sirens[0] ?? ''), await trial.start(sirens[1] ?? '')];
});
afterAll(() => trial.close());

let browser: Browser;
let typed: Fields;
beforeEach(async () => {
  browser = trial.browser();
  await open(0);
  typed = [
    ...fieldsOf(await (await browser.get('/questionnaire/C2')).text()).filter(
      ([name]) => !name.startsWith('C2'),
    ),
    ['C2.usersInScope', '41'],
    ['C2.totalStaff', '"<b>42'],
  ];
});

/** Opens the personal link of an onboarding, in another tab of the same browser. */
async function open(index: number): Promise<void> {
  await browser.post(await trial.linkOf(references[index] ?? ''));
}

function send(
  fields: Fields,
  headers: Readonly<Record<string, string>> = { Origin: origin },
  to = '/questionnaire/C2',
) {
  const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value]));
  return browser.send(to, { method: 'POST', body, headers });
}

async function expire(): Promise<void> {
  const { clock } = trial.runtime;
  await clock.jumpTo(new Date(clock.now().getTime() + 25 * 3_600_000));
}

const saved = async (index = 0) =>
  (await trial.runtime.store.dossiers.draft(references[index] ?? ''))?.saved.get('C2')?.value;

describe('A page that is sent after its session', () => {
  it('comes back with what was typed, which is sent once the link is open again', async () => {
    await expire();
    const ended = await send(typed);
    const html = await ended.text();
    expect([ended.status, await htmlFaults(html)]).toEqual([401, []]);
    expect(textOf(html)).toContain('Votre session a expiré');
    const carried = fieldsOf(html);
    expect(carried).toEqual(expect.arrayContaining(typed.filter(([name]) => name !== '_csrf')));
    expect(await saved()).toBeUndefined();

    await open(0);
    const sent = await send(carried);
    expect([sent.status, textOf(await sent.text()).includes('nombre entier')]).toEqual([422, true]);
    const corrected = carried.map(([name, value]): readonly [string, string] =>
      name === 'C2.totalStaff' ? [name, '42'] : [name, value],
    );
    expect((await send(corrected)).headers.get('Location')).toBe('/questionnaire/C3');
    expect(await saved()).toEqual({ usersInScope: 41, totalStaff: 42 });
  });

  it('comes back so too when the browser has lost its session, and as often as it is sent too early', async () => {
    browser.cookies.delete('session');
    const first = await send(typed);
    const carried = fieldsOf(await first.text());
    expect(first.status).toBe(401);
    const again = await send(carried);
    expect(again.status).toBe(401);
    expect(fieldsOf(await again.text())).toEqual(carried);
  });

  it('is sent by one button when the link was opened again meanwhile', async () => {
    await open(0);
    const replaced = await send(typed);
    const html = await replaced.text();
    expect([replaced.status, textOf(html).includes('Votre lien a été ouvert de nouveau')]).toEqual([
      409,
      true,
    ]);
    expect((await send(fieldsOf(html))).status).toBe(422);
  });

  it('is only shown when the language alone was asked for, on its page and on the one that resumes it', async () => {
    await expire();
    const to = '/questionnaire/C2?lang=en&unsent=yes';
    const ended = await (await send(typed, undefined, to)).text();
    expect(ended).toContain('<html lang="en">');
    expect(ended).toContain('formaction="/questionnaire/C2?lang=fr&amp;unsent=yes"');
    expect(unescaped(/<form id="kept" method="post" action="([^"]*)"/.exec(ended)?.[1] ?? '')).toBe(to);
    const again = await (await send(fieldsOf(ended), undefined, to.replace('en', 'fr'))).text();
    expect([textOf(again).includes('Reprendre'), await htmlFaults(again)]).toEqual([true, []]);

    await open(1);
    await open(0);
    const shown = await send(fieldsOf(again), undefined, to);
    const html = await shown.text();
    expect([shown.status, problemsOf(html).links]).toEqual([200, []]);
    expect(html).toContain('value="41"');
  });

  it('is never saved into another onboarding', async () => {
    await open(1);
    const other = await send(typed);
    const html = await other.text();
    expect([other.status, textOf(html).includes('appartient à un autre dossier')]).toEqual([409, true]);
    const still = await send(fieldsOf(html));
    expect([still.status, await saved(1)]).toEqual([409, undefined]);
    await open(0);
    expect((await send(fieldsOf(html))).status).toBe(422);
  });

  it('is not sent for another site, nor with a proof that this browser was not given', async () => {
    await expire();
    const carried = fieldsOf(await (await send(typed)).text());
    await open(0);
    expect((await send(carried, { Origin: 'https://elsewhere.example' })).status).toBe(403);
    browser.cookies.delete('resume');
    const unproven = await send(carried);
    expect([unproven.status, (await unproven.text()).includes('Reprendre')]).toEqual([409, true]);
  });
});
