import type { Answers, QuestionId } from '../../functions/domain/questionnaire/answers.ts';
import type { SectionId } from '../../functions/domain/questionnaire/question.ts';
import { askedIn } from '../../functions/domain/questionnaire/question-order.ts';
import { findQuestion } from '../../functions/domain/questionnaire/questionnaire.ts';
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
  /** Fills in and saves one question. */
  answer(question: QuestionId, answers: Answers): Promise<Response>;
  /** Fills in and saves each question of a section; gives the last answer. */
  fill(section: SectionId, answers: Answers): Promise<Response>;
}

/** The fields of a question that say its answer. */
export function fieldsFor(id: QuestionId, answers: Answers): Fields {
  const question = findQuestion(id);
  if (question === undefined) throw new Error(`There is no question ${id}`);
  return entriesOfAnswer(question, answers).flatMap(([name, values]) =>
    values.map((value): readonly [string, string] => [name, value]),
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
  const answer = (question: QuestionId, answers: Answers) =>
    send(`/questionnaire/${question}`, fieldsFor(question, answers));
  async function fill(section: SectionId, answers: Answers): Promise<Response> {
    let last: Response | undefined;
    for (const { id } of askedIn(section, answers)) last = await answer(id, answers);
    if (last === undefined) throw new Error(`Section ${section} has no questions`);
    return last;
  }
  return {
    reference,
    browser,
    seen,
    page,
    send,
    sendRaw,
    answer,
    fill,
  };
}
