import { completeSection } from '../../application/complete-section.ts';
import { BusinessError } from '../../domain/errors.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import type { QuestionId } from '../../domain/questionnaire/answers.ts';
import type { Question, Section, SectionId } from '../../domain/questionnaire/question.ts';
import { askedIn } from '../../domain/questionnaire/question-order.ts';
import { sections } from '../../domain/questionnaire/questionnaire.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebContext } from '../shared/http/web-app.ts';
import { form, linkButton, type Pair, summaryList, tag } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { radios } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { customerOf } from '../shared/session/access.ts';
import { senderText } from './answer-conflicts.ts';
import { answerText } from './answer-text.ts';
import { type Dossier, dossierOf, hasEnded, isLost } from './dossier.ts';
import { checkPath, questionPath, type ReturnTo, sectionPath, taskListPath } from './form-paths.ts';
import { sectionTitle } from './question-page.ts';
import { refusalPage } from './refusal.ts';
import { lastSavedText, savedLine } from './saved-line.ts';

export function findSection(id: string | undefined): Section | undefined {
  return sections.find((section) => section.id === id);
}

/** The section with this id, which is there. */
export function sectionOf(id: SectionId): Section {
  const found = findSection(id);
  if (found === undefined) throw new Error(`There is no section ${id}`);
  return found;
}

interface Shown {
  readonly dossier: Dossier;
  readonly platform: PlatformConfiguration;
  readonly reference: string;
  /** What the form says of the section. */
  readonly given?: string | undefined;
}

/** The questions to show with their answers: all that are asked, or, once the form has ended, those answered. */
export function questionsShown(section: Section, dossier: Dossier): readonly Question[] {
  const ended = hasEnded(dossier);
  return askedIn(section.id, dossier.answers).filter(({ id }) => !ended || dossier.answers[id] !== undefined);
}

/** Who saved an answer, and when; nothing for one that was submitted. */
function savedBy(view: View, { id }: Question, { dossier, reference }: Shown): Html {
  const { at, by } = dossier.origin(id);
  if (at === undefined || by === undefined) return nothing;
  return html`<br><span class="soft">${instantText(view, at)}, ${view.t(senderText(by, reference, dossier.nameOf))}</span>`;
}

/** That all these answers were saved by the same person, said once; undefined when each is to say by whom. */
function savedByOne(view: View, asked: readonly Question[], { dossier, reference }: Shown): Html | undefined {
  const origins = asked.filter((question) => isSaved(dossier, question)).map(({ id }) => dossier.origin(id));
  const times = origins.flatMap(({ at }) => at ?? []);
  const [by, ...others] = new Set(origins.map((origin) => origin.by));
  const last = times.toSorted().at(-1);
  if (by === undefined || others.length > 0 || last === undefined || times.length < 2) return undefined;
  return html`<p class="soft">${lastSavedText(view, { at: last, by }, { ...dossier, reference })}.</p>`;
}

/** What stands in place of an answer. Of one that is of no use any more, the page of the question says why. */
export function noAnswer(view: View, dossier: Dossier, id: QuestionId): Html {
  if (isLost(dossier, id))
    return tag(view, { fr: 'À répondre de nouveau', en: 'To be answered again' }, 'bad');
  const none: Text = dossier.unfinished.has(id)
    ? { fr: 'Réponse à compléter', en: 'Answer to be completed' }
    : { fr: 'Pas encore de réponse', en: 'No answer yet' };
  return html`<span class="soft">${view.t(none)}</span>`;
}

function isSaved({ answers, unfinished }: Dossier, { id }: Question): boolean {
  return answers[id] !== undefined || unfinished.has(id);
}

/** A question with its answer, the link to change it, and who saved it. */
function answerRow(view: View, question: Question, returnTo: ReturnTo, shown: Shown, by: Html): Pair {
  const { dossier, platform } = shown;
  const { id, label } = question;
  const path = questionPath(view, id, returnTo);
  const text = answerText(view, question, dossier.answers, platform.sites);
  if (text !== undefined) {
    return {
      key: label,
      value: html`${text}${by}`,
      action: { path, label: { fr: 'Modifier', en: 'Change' } },
    };
  }
  return {
    key: label,
    value: html`${noAnswer(view, dossier, id)}${dossier.unfinished.has(id) ? by : nothing}`,
    action: { path, label: { fr: 'Répondre', en: 'Answer' } },
  };
}

/** The answers of a section, each with the link to change it, with who saved them. */
export function sectionAnswers(view: View, section: Section, returnTo: ReturnTo, shown: Shown): Html {
  const asked = questionsShown(section, shown.dossier);
  const once = savedByOne(view, asked, shown);
  const rows = asked.map((question) =>
    answerRow(view, question, returnTo, shown, once === undefined ? savedBy(view, question, shown) : nothing),
  );
  return html`${once ?? nothing}${summaryList(view, rows)}`;
}

const completedField = 'completed';

/** The answer to "have you completed this section?". */
function completion(
  view: View,
  section: Section,
  { dossier, given }: Shown,
  problems: readonly Problem[],
): Html {
  const mark = dossier.completed.get(section.id);
  return form(view, {
    kept: true,
    action: sectionPath(view, section.id),
    content: radios(view, {
      name: completedField,
      label: { fr: 'Avez-vous terminé cette partie ?', en: 'Have you completed this section?' },
      value: given ?? (mark === undefined ? undefined : 'yes'),
      problem: problemOf(problems, completedField),
      choices: [
        { value: 'yes', label: { fr: 'Oui, elle est terminée', en: 'Yes, it is completed' } },
        { value: 'no', label: { fr: 'Non, j’y reviendrai', en: 'No, I will come back to it' } },
      ],
    }),
    buttons: [{ label: { fr: 'Continuer', en: 'Continue' } }],
  });
}

/** The questions of a section that are still to be answered, in order. */
function missingIn(section: Section, { answers }: Dossier): readonly Question[] {
  return askedIn(section.id, answers).filter(({ id }) => answers[id] === undefined);
}

function wayOn(view: View, section: Section, shown: Shown, problems: readonly Problem[]): Html {
  const missing = missingIn(section, shown.dossier);
  const [next] = missing;
  if (hasEnded(shown.dossier)) {
    return linkButton(view, checkPath(view), { fr: 'Relire et envoyer', en: 'Check and submit' });
  }
  if (next === undefined) return completion(view, section, shown, problems);
  const left: Text =
    missing.length === 1
      ? { fr: 'Il reste une question sans réponse.', en: 'One question is still unanswered.' }
      : {
          fr: `Il reste ${missing.length} questions sans réponse.`,
          en: `${missing.length} questions are still unanswered.`,
        };
  return html`<p>${view.t(left)}</p><p>${linkButton(view, questionPath(view, next.id), { fr: 'Continuer', en: 'Continue' })}</p>`;
}

/** The answers of one section, each with a link to change it, and whether the section is completed. */
function sectionPage(view: View, section: Section, shown: Shown, problems: readonly Problem[] = []): Page {
  const title = sectionTitle(section);
  return {
    title,
    ...(hasEnded(shown.dossier) || missingIn(section, shown.dossier).length > 0 ? {} : { problems }),
    back: {
      path: taskListPath(view),
      label: { fr: 'Retour au questionnaire', en: 'Back to the questionnaire' },
    },
    body: html`${savedLine(view, { ...shown.dossier, reference: shown.reference })}<h1>${view.t(title)}</h1>
${sectionAnswers(view, section, 'section', shown)}
${wayOn(view, section, shown, problems)}`,
  };
}

export async function showSection(c: WebContext, deps: WebDependencies, section: Section): Promise<Response> {
  return answerPage(c, sectionPage(c.get('view'), section, await shownNow(c, deps)));
}

async function shownNow(c: WebContext, deps: WebDependencies): Promise<Shown> {
  const { reference } = customerOf(c);
  return { dossier: await dossierOf(deps, customerOf(c)), platform: deps.platform, reference };
}

/** Notes whether a section is completed. */
export async function markSection(c: WebContext, deps: WebDependencies, section: Section): Promise<Response> {
  const view = c.get('view');
  const { reference, savedAs } = customerOf(c);
  const given = formOf(c).get(completedField);
  const isValid = given === 'yes' || given === 'no';
  if (onlyAsksForLanguage(c) && isValid) {
    return answerPage(c, sectionPage(view, section, { ...(await shownNow(c, deps)), given }));
  }
  if (!isValid) {
    const message: Text = {
      fr: 'Avez-vous terminé cette partie : choisissez une réponse.',
      en: 'Have you completed this section: choose an answer.',
    };
    const page = sectionPage(view, section, await shownNow(c, deps), [{ field: completedField, message }]);
    return answerPage(c, page);
  }
  try {
    await completeSection(deps, reference, section.id, given === 'yes', savedAs);
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
    const title: Text = {
      fr: 'Cette partie n’a pas pu être enregistrée',
      en: 'This section could not be saved',
    };
    return refusalPage(c, title, [error.text]);
  }
  return leadTo(c, deps.site, taskListPath(view));
}
