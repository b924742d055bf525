import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { askedIn } from '../../../functions/domain/questionnaire/question-order.ts';
import { sections } from '../../../functions/domain/questionnaire/questionnaire.ts';
import type { StaffSession } from '../../../functions/store/sessions.ts';
import type { Browser, Trial } from '../../support/trial.ts';
import { fieldsFor } from '../../support/visitor.ts';
import { sendForm } from './cast.ts';

/** Whom the operator of these tests speaks with. */
export const interviewed = { name: 'Anne Canarimorel', role: 'RSSI du périmètre' } as const;
export const interviewer: Pick<StaffSession, 'subject' | 'name' | 'roles'> = {
  subject: 'gael',
  name: 'Gaël Lemoine',
  roles: ['operator'],
};

/** An operator in front of the pages of an interview. */
export interface Conversation {
  readonly reference: string;
  readonly browser: Browser;
  /** Where the pages of the form are. */
  readonly root: string;
}

export const day = (name: string, text: string): [string, string][] => {
  const [year = '', month = '', date = ''] = text.split('-');
  return [
    [`${name}.day`, date],
    [`${name}.month`, month],
    [`${name}.year`, year],
  ];
};

/** Begins an interview through its form. */
export async function openConversation(
  trial: Trial,
  reference: string,
  language: 'fr' | 'en' = 'fr',
): Promise<Conversation> {
  const browser = await trial.staff(interviewer);
  const list = `/operations/${reference}/interviews`;
  await browser.get(`${list}?lang=${language}`);
  const begun = await sendForm(browser, list, [
    ['name', interviewed.name],
    ['role', interviewed.role],
    ...day('on', '2026-11-23'),
  ]);
  const root = begun.headers.get('Location') ?? '';
  return { reference, browser, root };
}

export async function enter(
  { browser, root }: Conversation,
  question: Parameters<typeof fieldsFor>[0],
  answers: Answers,
): Promise<Response> {
  return sendForm(browser, `${root}/${question}`, fieldsFor(question, answers));
}

/** Enters every answer, question by question. */
export async function enterAll(conversation: Conversation, answers: Answers): Promise<void> {
  for (const { id: section } of sections) {
    for (const { id } of askedIn(section, answers)) {
      const { status } = await enter(conversation, id, answers);
      if (status !== 303) throw new Error(`${id} answers ${status}`);
    }
  }
}

/** Records the signed letter on the check page. */
export function recordLetter(
  { browser, root }: Conversation,
  reference: string,
  date: string,
): Promise<Response> {
  return sendForm(browser, `${root}/check`, [['letterReference', reference], ...day('letterDate', date)]);
}
