import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import { sections } from '../../functions/domain/questionnaire/questionnaire.ts';
import { entriesOfAnswer } from '../../functions/web/customer/entries.ts';
import { fieldsOf } from './page-reader.ts';
import { type Browser, origin, type Trial } from './trial.ts';

export type Fields = readonly (readonly [string, string])[];

/** A customer's contact in front of a browser. */
export interface Visitor {
  readonly reference: string;
  readonly browser: Browser;
  /** Every page seen, by its address. */
  readonly seen: Map<string, string>;
  /** A page, which must be there. */
  page(path: string): Promise<string>;
  /** Sends the form of the page at `path` as a browser would, with these fields changed; gives the raw answer. */
  send(path: string, changes?: Fields, action?: string): Promise<Response>;
  /** Sends fields without looking at the page before. */
  sendRaw(path: string, fields: Fields): Promise<Response>;
  /** Fills in and saves one section. */
  fill(section: string, answers: Answers): Promise<Response>;
}

/** The fields of a section that say these answers. */
export function fieldsFor(id: string, answers: Answers): Fields {
  const section = sections.find((each) => each.id === id);
  return (section?.questions ?? []).flatMap((question) =>
    entriesOfAnswer(question, answers).flatMap(([name, values]) =>
      values.map((value): readonly [string, string] => [name, value]),
    ),
  );
}

function changed(fields: Fields, changes: Fields): Fields {
  const names = new Set(changes.map(([name]) => name));
  return [...fields.filter(([name]) => !names.has(name)), ...changes];
}

/** Opens the personal link in a browser of its own. */
export async function openLink(
  trial: Trial,
  reference: string,
  language: 'fr' | 'en' = 'fr',
): Promise<Visitor> {
  const browser = trial.browser();
  const link = await trial.linkOf(reference);
  const seen = new Map<string, string>();
  await browser.get(`${link}?lang=${language}`);
  await browser.post(link);

  async function page(path: string): Promise<string> {
    const response = await browser.get(path);
    const html = await response.text();
    if (response.status !== 200) throw new Error(`${path} answers ${response.status}`);
    seen.set(path, html);
    return html;
  }
  async function sendRaw(path: string, fields: Fields): Promise<Response> {
    const status = await (await browser.get('/status')).text();
    const proof = /name="_csrf" value="([^"]+)"/.exec(status)?.[1] ?? '';
    const body = new URLSearchParams([
      ...fields.map(([name, value]): [string, string] => [name, value]),
      ['_csrf', proof],
    ]);
    return browser.send(path.replace(/[?#].*/, ''), { method: 'POST', body, headers: { Origin: origin } });
  }
  async function send(path: string, changes: Fields = [], action = path): Promise<Response> {
    const fields = fieldsOf(await page(path)).filter(([name]) => name !== '_csrf');
    return sendRaw(action, changed(fields, changes));
  }
  return {
    reference,
    browser,
    seen,
    page,
    send,
    sendRaw,
    fill: (section, answers) => send(`/questionnaire/${section}`, fieldsFor(section, answers)),
  };
}
