import { expect } from 'vitest';
import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import type { SectionId } from '../../functions/domain/questionnaire/question.ts';
import { askedIn } from '../../functions/domain/questionnaire/question-order.ts';
import { sections } from '../../functions/domain/questionnaire/questionnaire.ts';
import type { Text } from '../../functions/domain/text.ts';
import { sectionTitle } from '../../functions/web/customer/question-page.ts';
import { fillQuestion } from './fill-in.ts';
import type { Person } from './person.ts';
import type { System } from './system.ts';

/** The page in front of someone says so, in their language. */
export async function expectToRead(person: Person, words: Text | RegExp): Promise<void> {
  const text = await person.text();
  if (words instanceof RegExp) expect(text).toMatch(words);
  else expect(text).toContain(person.t(words));
}

/** From the first page, through the identity provider, to where this member of staff works. */
export async function signIn(person: Person, account: string): Promise<void> {
  await person.open('/');
  await person.follow({ fr: 'Se connecter', en: 'Sign in' });
  await person.page.getByLabel(account).check();
  await person.press({ fr: 'Se connecter', en: 'Sign in' });
}

/** Comes back after hours away: the identity provider still knows who it is. */
export async function signInAgain(person: Person): Promise<void> {
  await person.open('/');
  await person.follow({ fr: 'Se connecter', en: 'Sign in' });
}

/** Opens the newest mail to somebody on the page that shows everybody's mail. */
export async function readNewestMail(person: Person, to: string): Promise<void> {
  await person.open('/local');
  const row = person.page.getByRole('row').filter({ hasText: to }).first();
  await person.go(row.getByRole('link'));
}

/** Opens the first mail that somebody was sent: the invitation, which people keep. */
export async function readInvitation(person: Person, to: string): Promise<void> {
  await person.open('/local');
  const row = person.page.getByRole('row').filter({ hasText: to }).last();
  await person.go(row.getByRole('link'));
}

/** Follows the personal link of the mail that is open. */
export function followLink(person: Person): Promise<void> {
  return person.follow(/\/f\//);
}

/** Follows the personal link of the mail that is open, and opens the onboarding behind it. */
export async function openFile(person: Person): Promise<void> {
  await followLink(person);
  await person.press({ fr: 'Ouvrir mon dossier', en: 'Open my onboarding' });
  // Until something is saved, another page comes first.
  const go = { fr: 'Aller au questionnaire', en: 'Go to the questionnaire' };
  if (new URL(person.page.url()).pathname === '/questionnaire/before') await person.follow(go);
}

/** Follows the personal link of someone who was named, and opens their part of the onboarding. */
export async function openPart(person: Person): Promise<void> {
  await followLink(person);
  await person.press({ fr: 'Ouvrir ma partie', en: 'Open my part' });
}

/** Opens an onboarding by its personal link, where it does not matter what is seen on the way. */
export async function enter({ page }: Person, { origin }: System, token: string): Promise<void> {
  await page.goto(`${origin}/f/${token}`);
  const first = page.locator('main button[type="submit"]').first();
  await Promise.all([page.waitForEvent('load'), first.click()]);
}

const goOn: Text = { fr: 'Continuer', en: 'Continue' };

/** Answers the questions of a section one by one, from the first, and says that it is completed. */
export async function answerSection(person: Person, section: SectionId, answers: Answers): Promise<void> {
  for (const { id } of askedIn(section, answers)) {
    await fillQuestion(person.page, id, answers);
    await person.press(goOn);
  }
  await person.page.locator('[name="completed"][value="yes"]').check();
  await person.press(goOn);
}

/** Fills in the five sections, each from the list of sections. */
export async function answerEverySection(person: Person, answers: Answers): Promise<void> {
  for (const section of sections) {
    await person.follow(sectionTitle(section));
    await answerSection(person, section.id, answers);
  }
}

/** Reads everything again, attests and submits. */
export async function checkAndSubmit(person: Person): Promise<void> {
  await person.follow({ fr: 'Relire et envoyer', en: 'Check and submit' });
  await person.page.locator('[name="E6"]').check();
  await person.press({ fr: 'Envoyer nos réponses', en: 'Submit our answers' });
}

/** Moves the system's clock on the demonstration page. */
export async function moveClockTo(person: Person, day: string): Promise<void> {
  await person.open('/local');
  const [year = '', month = '', date = ''] = day.split('-');
  const parts = { day: date, month, year };
  for (const [part, value] of Object.entries(parts)) {
    await person.page.locator(`[name="to.${part}"]`).fill(value);
  }
  await person.press({ fr: 'Avancer à cette date', en: 'Go to this date' });
}

/** Opens a confirmation page from the status page, and confirms there. */
export async function decide(person: Person, words: Text, confirmation: Text = words): Promise<void> {
  await person.follow(words);
  await person.press(confirmation);
}
