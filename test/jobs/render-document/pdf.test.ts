import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../../functions/web/app.ts';
import { answerCanary, secretiveAnswers } from '../../support/canaries.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { openBrowser, origin, startTrial, type Trial } from '../../support/trial.ts';
import { openLink, type Visitor } from '../../support/visitor.ts';
import { castOf } from '../../web/staff/cast.ts';

let trial: Trial;
let visitor: Visitor;
beforeAll(async () => {
  trial = await startTrial();
  visitor = await openLink(trial, await castOf(trial).answered(secretiveAnswers, 'state'));
});
afterAll(() => trial.close());

/** Reads a PDF as a browser's viewer does. */
async function read(bytes: Uint8Array) {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const pdf = await getDocument({ data: bytes }).promise;
  const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, index) => pdf.getPage(index + 1)));
  const texts = await Promise.all(pages.map((page) => page.getTextContent()));
  const trees = await Promise.all(pages.map((page) => page.getStructTree()));
  const items = texts.flatMap(({ items: found }) =>
    found.flatMap((item) => ('str' in item ? [item.str] : [])),
  );
  return {
    text: items.join(' '),
    roles: new Set(JSON.stringify(trees).match(/(?<="role":")\w+/g)),
    outline: (await pdf.getOutline()).map(({ title }) => title),
    info: JSON.stringify(await pdf.getMetadata()),
    marked: await pdf.getMarkInfo(),
  };
}

const letters = (text: string) => text.replace(/\s+/g, '');

async function pdf(): Promise<Uint8Array> {
  const answer = await visitor.browser.get('/status/record.pdf');
  expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'application/pdf']);
  return new Uint8Array(await answer.arrayBuffer());
}

describe('the PDF of a record', () => {
  it('is tagged, has a language, a title and a bookmark for each section', async () => {
    const { roles, outline, info, marked } = await read(await pdf());
    expect(marked).toMatchObject({ Marked: true });
    expect([...roles]).toEqual(
      expect.arrayContaining(['Document', 'H1', 'H2', 'Sect', 'L', 'LI', 'Lbl', 'LBody']),
    );
    expect(info).toContain('"Language":"fr-FR"');
    expect(info).toContain(`"Title":"Relevé de vos réponses – ${visitor.reference}"`);
    const html = await visitor.page('/status/record');
    const headings = [...html.matchAll(/<h2 id="[^"]+">([^<]+)<\/h2>/g)].map(([, heading = '']) =>
      textOf(heading),
    );
    expect(outline.map(letters)).toEqual(headings.map(letters));
    expect(outline.length).toBeGreaterThan(6);
  });

  it('says what the page says, in the same order', async () => {
    const found = letters((await read(await pdf())).text).replace(/Référence[A-Z0-9-]{9}–page\d+\/\d+/g, '');
    const html = await visitor.page('/status/record');
    const facts = [...html.matchAll(/<d[td]>(.*?)<\/d[td]>/gs)].map(([, fact = '']) => letters(textOf(fact)));
    expect(facts.length).toBeGreaterThan(100);
    let from = 0;
    for (const fact of facts) {
      const at = found.indexOf(fact, from);
      expect(at, fact).toBeGreaterThanOrEqual(0);
      from = at + fact.length;
    }
  });

  it('is far smaller than a function may answer, and is the same for the same record', async () => {
    const [one, other] = [await pdf(), await pdf()];
    expect(one.length).toBeLessThan(500_000);
    expect(letters((await read(one)).text)).toBe(letters((await read(other)).text));
  });

  it('is opened by the customer alone', async () => {
    for (const other of [
      trial.browser(),
      await trial.staff({ roles: ['sales'], team: 'state' }),
      await trial.staff({ roles: ['operator'] }),
    ]) {
      expect((await other.get('/status/record.pdf')).status).toBe(401);
    }
  });

  it('is replaced by a page that leads to the record when it cannot be made', async () => {
    const app = createApp({
      ...trial.deps,
      renderDocument: () => Promise.reject(new Error('Noa Canarijaune')),
    });
    const browser = openBrowser(async (url, init) => app.request(url, init), origin);
    for (const [name, value] of visitor.browser.cookies) browser.cookies.set(name, value);
    const answer = await browser.get('/status/record.pdf');
    const html = await answer.text();
    expect(answer.status).toBe(503);
    expect(await htmlFaults(html)).toEqual([]);
    expect(html).toContain('/status/record?submission=1');
    expect(trial.log.join('')).toContain('document_failed');
    expect(trial.log.join('')).not.toMatch(answerCanary);
  });

  it('of a submission that is not there is refused without a word about anyone', async () => {
    await expect(trial.runtime.renderDocument(visitor.reference, 9)).rejects.toThrow(
      'The document could not be made',
    );
    await expect(trial.runtime.renderDocument('Canarijaune', 1)).rejects.not.toThrow(answerCanary);
  });
});
