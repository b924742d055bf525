import { type SavedPage, savePage } from '../../application/save-page.ts';
import { AnswerConflictError, BusinessError, InvalidInputError } from '../../domain/errors.ts';
import { shownFieldName } from '../../domain/input/problem-texts.ts';
import { speaksForAll } from '../../domain/onboarding/people.ts';
import { siteCodes } from '../../domain/platform-configuration.ts';
import { endsForm } from '../../domain/questionnaire/answers.ts';
import type { Question } from '../../domain/questionnaire/question.ts';
import { placeOf, type QuestionPlace } from '../../domain/questionnaire/question-order.ts';
import { validateQuestions } from '../../domain/questionnaire/validate-answers.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebContext } from '../shared/http/web-app.ts';
import { summaryList } from '../shared/layout/components.ts';
import type { Problem } from '../shared/layout/error-summary.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { customerOf } from '../shared/session/access.ts';
import { conflictProblem } from './answer-conflicts.ts';
import { answerLine } from './answer-text.ts';
import { type Dossier, dossierOf, questionsToRevisit } from './dossier.ts';
import { entriesOfValue } from './entries.ts';
import { pathAfter, pathBefore, returnToOf, sectionPath, taskListPath } from './form-paths.ts';
import { ownPathAfter } from './own-part.ts';
import { atFields } from './page-problems.ts';
import { prefill } from './prefill.ts';
import { emptyRows, type QuestionNotice, type QuestionPage, questionPage } from './question-page.ts';
import { pageFields, type ReadForm, readForm } from './read-form.ts';
import { refusalPage } from './refusal.ts';
import { savedFlash } from './saved-line.ts';
import { sectionOf } from './section-check.ts';
import { seenPage, shownIn, shownOf } from './seen-answers.ts';

/** A question of the form, with the answers so far. */
interface Asked {
  readonly question: Question;
  readonly dossier: Dossier;
  readonly place: QuestionPlace;
}

/** The question as it is asked now; a page that leads on when it does not show. */
async function askedNow(c: WebContext, deps: WebDependencies, question: Question): Promise<Asked | Response> {
  const dossier = await dossierOf(deps, customerOf(c));
  const place = placeOf(question, dossier.answers);
  return place === undefined
    ? leadTo(c, deps.site, sectionPath(c.get('view'), question.section))
    : { question, dossier, place };
}

export async function showQuestion(
  c: WebContext,
  deps: WebDependencies,
  question: Question,
): Promise<Response> {
  const asked = await askedNow(c, deps, question);
  if (asked instanceof Response) return asked;
  const { dossier } = asked;
  const given = dossier.unfinished.get(question.id) ?? dossier.answers[question.id];
  const { entries, fromIntake } =
    given === undefined
      ? prefill(question, await deps.store.dossiers.intake(customerOf(c).reference))
      : { entries: new Map(entriesOfValue(question.input, question.id, given)), fromIntake: false };
  const rows = (Array.isArray(given) ? given.length : 0) + emptyRows;
  const shown = shownOf(question, entries, dossier);
  const more: readonly QuestionNotice[] = fromIntake ? ['from_intake'] : [];
  return answerPage(
    c,
    questionPage(c.get('view'), {
      ...frameOf(c, deps, asked, c.req.query(pageFields.returnTo), more),
      ...{ entries, rows, shown },
    }),
  );
}

type Frame = Omit<QuestionPage, 'entries' | 'rows' | 'shown'>;

/** What surrounds the fields of a question. */
function frameOf(
  c: WebContext,
  { platform }: WebDependencies,
  { question, dossier, place }: Asked,
  back: string | undefined,
  more: readonly QuestionNotice[] = [],
): Frame {
  const { reference, now, acting } = customerOf(c);
  const returnTo = returnToOf(back);
  const revisited = questionsToRevisit(dossier, now.state);
  const isOutdated = dossier.outdated.includes(question.id);
  const notices: readonly QuestionNotice[] = [
    ...(revisited.some((each) => each.question.id === question.id) ? ['asked' as const] : []),
    ...(dossier.unreadable.includes(question.id) ? ['unreadable' as const] : []),
    ...(isOutdated ? ['outdated' as const] : []),
    ...(dossier.unfinished.has(question.id) && !isOutdated ? ['unfinished' as const] : []),
    ...more,
  ];
  return {
    ...{ question, place, returnTo, notices, platform, reference },
    ...{ origin: dossier.origin, nameOf: dossier.nameOf },
    section: sectionOf(question.section),
    before: speaksForAll(acting)
      ? pathBefore(c.get('view'), question, dossier.answers, returnTo)
      : taskListPath(c.get('view')),
  };
}

/** A question as it was sent. */
interface SentQuestion extends Asked {
  readonly form: FormFields;
  readonly read: ReadForm;
}

/** Saves a question, or shows it again with its problems or with more rows. */
export async function saveQuestion(
  c: WebContext,
  deps: WebDependencies,
  question: Question,
): Promise<Response> {
  const form = formOf(c);
  const asked = await askedNow(c, deps, question);
  const read = readForm([question], form, !isUnfinished(form));
  // It no longer shows: what was typed is to be copied.
  if (asked instanceof Response) return noLongerAsked(c, deps, question, read);
  const sent: SentQuestion = { ...asked, form, read };
  if (read.strange.length > 0) return strangeFields(c, read.strange);
  if (onlyAsksForLanguage(c)) {
    return redisplay(c, deps, sent, { problems: problemsOf(deps, sent) });
  }
  if (form.get(pageFields.add) !== undefined) return redisplay(c, deps, sent, { moreRows: 2 * emptyRows });
  const saved = await save(c, deps, sent);
  if (saved instanceof Response) return saved;
  return leadTo(c, deps.site, wayOn(c, sent, saved), savedFlash(question.id, saved.isUnfinished));
}

/** The page after a save; whoever was named for a part goes on to their own questions only. */
function wayOn(c: WebContext, { question, form }: SentQuestion, { answers }: SavedPage): string {
  const { acting } = customerOf(c);
  const view = c.get('view');
  if (isUnfinished(form)) return taskListPath(view);
  return speaksForAll(acting)
    ? pathAfter(view, question, answers, returnToOf(form.get(pageFields.returnTo)))
    : ownPathAfter(view, acting, question, answers);
}

function isUnfinished(form: FormFields): boolean {
  return form.get(pageFields.save) === 'later';
}

/** The most unknown fields that are named. */
const strangeFieldsShown = 20;

/** Unknown fields: the form is from elsewhere, or from another version. None of it is stored. */
function strangeFields(c: WebContext, names: readonly string[]) {
  const view = c.get('view');
  const title: Text = { fr: 'Formulaire non reconnu', en: 'Form not recognised' };
  const text: Text = {
    fr: 'Rien n’a été enregistré : ce formulaire contient des champs inconnus de cette page. Rouvrez la question depuis le questionnaire, puis recommencez. Champs concernés :',
    en: 'Nothing was saved: this form contains fields that are not on this page. Open the question again from the questionnaire, then try again. Fields concerned:',
  };
  return answerPage(
    c,
    {
      title,
      back: { path: taskListPath(view) },
      body: html`<h1>${view.t(title)}</h1><p>${view.t(text)}</p><ul>${names.slice(0, strangeFieldsShown).map((name) => html`<li>${shownFieldName(name)}</li>`)}${names.length > strangeFieldsShown ? html`<li>…</li>` : nothing}</ul>`,
    },
    400,
  );
}

/** No answer is required once the form has ended, nor when the question is to be finished later. */
function mustBeWhole({
  form,
  question,
  dossier,
}: Pick<SentQuestion, 'form' | 'question' | 'dossier'>): boolean {
  return !isUnfinished(form) && (question.id === 'B1' || !endsForm(dossier.answers));
}

/** The problems of a page, without storing it. */
function problemsOf({ platform }: WebDependencies, sent: SentQuestion): readonly Problem[] {
  const { question, dossier, read } = sent;
  const options = { complete: mustBeWhole(sent), sites: siteCodes(platform) };
  const validated = validateQuestions([question.id], read.given, dossier.answers, options);
  return 'problems' in validated ? atFields(validated.problems) : [];
}

/** The page with everything as it was typed. */
function redisplay(
  c: WebContext,
  deps: WebDependencies,
  sent: SentQuestion,
  { problems = [], moreRows = emptyRows }: { problems?: readonly Problem[]; moreRows?: number },
) {
  const { form, read } = sent;
  const page = {
    ...frameOf(c, deps, sent, form.get(pageFields.returnTo)),
    ...{ entries: read.entries, rows: read.rows + moreRows, problems },
    shown: shownIn(form.get(pageFields.seen)),
  };
  return answerPage(c, questionPage(c.get('view'), page));
}

/** The page with both answers to a question that someone else has answered differently meanwhile, to choose from. */
async function askWhichToKeep(
  c: WebContext,
  deps: WebDependencies,
  sent: SentQuestion,
  { conflicts, problems }: AnswerConflictError,
) {
  const { form, read } = sent;
  const page = {
    ...frameOf(c, deps, sent, form.get(pageFields.returnTo)),
    ...{ entries: read.entries, rows: read.rows + emptyRows },
    shown: shownIn(form.get(pageFields.seen)),
    conflict: conflicts[0],
    problems: [...conflicts.map(conflictProblem), ...atFields(problems)],
  };
  return answerPage(c, questionPage(c.get('view'), page), 409);
}

const notSaved: Text = {
  fr: 'Cette réponse n’a pas pu être enregistrée',
  en: 'This answer could not be saved',
};

/** Stores the answer, or gives the page that explains the refusal. */
async function save(c: WebContext, deps: WebDependencies, sent: SentQuestion): Promise<SavedPage | Response> {
  const { question, form, read } = sent;
  const { reference, who, acting, savedAs } = customerOf(c);
  try {
    const page = {
      acting,
      savedAs,
      questions: [question.id],
      given: read.given,
      extent: mustBeWhole(sent) ? ('whole' as const) : ('unfinished' as const),
      seen: seenPage(question, form, shownIn(form.get(pageFields.seen)), read),
    };
    return await savePage(deps, reference, page, who);
  } catch (error) {
    if (error instanceof InvalidInputError) {
      return redisplay(c, deps, sent, { problems: atFields(error.problems) });
    }
    if (error instanceof AnswerConflictError) return askWhichToKeep(c, deps, sent, error);
    if (!(error instanceof BusinessError)) throw error;
    return refusalPage(c, notSaved, [error.text], typedAnswer(c, deps, question, read));
  }
}

/** What was typed and cannot be saved any more, to be copied. */
function typedAnswer(
  c: WebContext,
  { platform }: WebDependencies,
  question: Question,
  { given }: ReadForm,
): Html {
  const view = c.get('view');
  const value = given[question.id];
  if (value === undefined) return nothing;
  const heading: Text = {
    fr: 'Ce que vous aviez saisi sur cette page',
    en: 'What you had entered on this page',
  };
  const typed = { key: question.label, value: answerLine(view, question, value, platform.sites) };
  return html`<h2>${view.t(heading)}</h2>${summaryList(view, [typed])}`;
}

function noLongerAsked(c: WebContext, deps: WebDependencies, question: Question, read: ReadForm) {
  const reason: Text = {
    fr: 'Cette question ne vous concerne plus : la réponse dont elle dépend a changé depuis que vous avez ouvert la page.',
    en: 'This question no longer applies to you: the answer it depends on has changed since you opened the page.',
  };
  return refusalPage(c, notSaved, [reason], typedAnswer(c, deps, question, read));
}
