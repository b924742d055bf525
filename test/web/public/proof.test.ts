import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createApp } from '../../../functions/web/app.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { openBrowser, origin, startTrial, type Trial } from '../../support/trial.ts';
import { openLink } from '../../support/visitor.ts';
import { castOf } from '../staff/cast.ts';

let trial: Trial;
let file: string;
let writes = 0;
beforeAll(async () => {
  trial = await startTrial(origin, {
    onWrite: () => {
      writes += 1;
    },
  });
  const reference = await castOf(trial).answered({}, 'state');
  const { browser } = await openLink(trial, reference);
  file = await (await browser.get('/status/record.json')).text();
});
afterAll(() => trial.close());

async function send(record: string, path = '/proof') {
  const body = new URLSearchParams({ record });
  return trial.browser().send(path, { method: 'POST', body, headers: { Origin: origin } });
}

const digestIn = () => /"digest": "([0-9a-f]{64})"/.exec(file)?.[1] ?? '';

describe('the page that checks records', () => {
  it.each(['fr', 'en'])('says in %s what the seal is, and is valid HTML', async (language) => {
    const html = await (await trial.browser().get(`/proof?lang=${language}`)).text();
    expect(await htmlFaults(html)).toEqual([]);
    expect(textOf(html)).toMatch(/qualifiée|not a qualified electronic signature/);
  });

  it('knows a digest, however it was copied', async () => {
    const digest = digestIn();
    for (const copied of [digest, digest.toUpperCase(), digest.replace(/(.{8})/g, '$1 '), ` ${digest}\n`]) {
      expect(textOf(await (await send(copied)).text())).toContain(
        'a été délivré par nous le 23 novembre 2026',
      );
    }
  });

  it('knows a whole file, also when it was formatted anew, and the record alone', async () => {
    const parsed = JSON.parse(file);
    for (const text of [file, JSON.stringify(parsed), JSON.stringify(parsed.record)]) {
      expect(textOf(await (await send(text)).text())).toContain('il est inchangé');
    }
  });

  it('says of a changed file, and of any other, that it is not ours', async () => {
    const changed = file.replace('"number": 1', '"number": 2');
    expect(changed).not.toBe(file);
    for (const text of [changed, '{}', '0'.repeat(64)]) {
      expect(textOf(await (await send(text)).text())).toContain('n’est pas de nous');
    }
  });

  it('refuses what is neither, what is too long and what is nested too deeply', async () => {
    for (const text of [
      '',
      'abc',
      '[1]',
      'null',
      `{"a":${'['.repeat(90_000)}${']'.repeat(90_000)}}`,
      'x'.repeat(300_000),
    ]) {
      const answer = await send(text);
      expect(answer.status).toBe(422);
      expect(await htmlFaults(await answer.text())).toEqual([]);
    }
  });

  it('comes back in the other language with its entry', async () => {
    const html = await (await send(digestIn(), '/proof?lang=en')).text();
    expect(html).toContain(digestIn());
    expect(textOf(html)).toContain('We issued a record with this digest');
  });

  it('makes so many checks a second, and says when to come again', async () => {
    const app = createApp(Object.assign({ elapsed: () => 0 }, trial.deps));
    const browser = openBrowser(async (url, init) => app.request(url, init), origin);
    const answers = await Promise.all(
      Array.from({ length: 21 }, () =>
        browser.send('/proof', {
          method: 'POST',
          body: new URLSearchParams({ record: '' }),
          headers: { Origin: origin },
        }),
      ),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.headers.get('Retry-After')).toBe('1');
    expect(await htmlFaults((await refused[0]?.text()) ?? '')).toEqual([]);
  });

  it('stores nothing of what is sent', async () => {
    const before = writes;
    for (const text of [file, digestIn(), '{}', 'x']) await send(text);
    expect(writes).toBe(before);
  });

  it('publishes the keys with their dates', async () => {
    const text = await (await trial.browser().get('/proof/keys.json')).text();
    const [key] = published.parse(JSON.parse(text)).keys;
    expect(key?.since).toBe('2026-11-23T08:00:00.000Z');
    expect(file).toContain(key?.id);
    expect(file).toContain(JSON.stringify(key?.publicKey));
  });
});

const published = z.object({
  keys: z.array(z.object({ id: z.string(), since: z.string(), publicKey: z.string() })).length(1),
});
