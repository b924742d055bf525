import { type SavedPage, saveSection } from '../../application/save-page.ts';
import { AnswerConflictError, BusinessError, InvalidInputError } from '../../domain/errors.ts';
import { shownFieldName } from '../../domain/input/problem-texts.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { siteCodes } from '../../domain/platform-configuration.ts';
import type { QuestionId } from '../../domain/questionnaire/answers.ts';
import type { Section } from '../../domain/questionnaire/question.ts';
import { validateSection } from '../../domain/questionnaire/validate-answers.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
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
import { type Dossier, dossierOf, hasEnded, questionsToRevisit } from './dossier.ts';
import { withAnswers } from './entries.ts';
import { atFields } from './page-problems.ts';
import { prefill } from './prefill.ts';
import { pageFields, type ReadForm, readForm } from './read-form.ts';
import { refusalPage } from './refusal.ts';
import { emptyRows, findSection, type ReturnTo, sectionPage } from './section-page.ts';
import { seenPage, shownIn, shownOf } from './seen-answers.ts';

export async function showSection(c: WebContext, deps: WebDependencies): Promise<Response> {
  const section = findSection(c.req.param('section'));
  if (section === undefined) return notFound(c);
  const { store, platform } = deps;
  const { reference, now } = customerOf(c);
  const [dossier, intake] = await Promise.all([dossierOf(deps, reference), store.dossiers.intake(reference)]);
  const { entries, fromIntake } = prefill(section, dossier.answers, intake);
  const rows = (dossier.answers.E2?.length ?? 0) + emptyRows;
  const returnTo = returnToOf(c.req.query('return'));
  const page = {
    ...{ section, entries, rows, fromIntake, returnTo, platform, reference },
    shown: shownOf(section, entries, dossier),
    asked: askedOf(now, dossier),
    unreadable: dossier.unreadable,
  };
  return answerPage(c, sectionPage(c.get('view'), page));
}

/** The questions that an operator has asked again. */
function askedOf({ state }: Snapshot, dossier: Dossier): readonly QuestionId[] {
  return questionsToRevisit(dossier, state).map(({ question }) => question.id);
}

/** Saves a section, or shows it again with its problems or with more rows. */
export async function saveSectionForm(c: WebContext, deps: WebDependencies): Promise<Response> {
  const section = findSection(c.req.param('section'));
  if (section === undefined) return notFound(c);
  const form = formOf(c);
  const sent = sentPage(section, form, await dossierOf(deps, customerOf(c).reference));
  const { strange } = sent.read;
  if (strange.length > 0) return strangeFields(c, strange);
  if (onlyAsksForLanguage(c)) return redisplay(c, deps, sent, { problems: problemsOf(deps, sent) });
  if (form.get(pageFields.add) !== undefined) return redisplay(c, deps, sent, { moreRows: 2 * emptyRows });
  const saved = await save(c, deps, sent);
  if (saved instanceof Response) return saved;
  const check = returnToOf(form.get(pageFields.returnTo)) === 'check' || endsHere(sent);
  const flash = `${saved.changed ? 'saved' : 'unchanged'}-${section.id}`;
  return leadTo(c, deps.site, check ? '/questionnaire/check' : '/questionnaire', flash);
}

function returnToOf(value: string | undefined): ReturnTo {
  return value === 'check' ? 'check' : 'list';
}

/** A section as it was sent. */
interface SentPage {
  readonly section: Section;
  readonly form: FormFields;
  readonly dossier: Dossier;
  readonly read: ReadForm;
}

function sentPage(section: Section, form: FormFields, dossier: Dossier): SentPage {
  const read = readForm(section, form, mustBeWhole({ section, form, dossier }));
  return { section, form, dossier, read };
}

/** No answer is required once the form has ended, nor when the section is to be finished later. */
function mustBeWhole(sent: Omit<SentPage, 'read'>): boolean {
  const { section, form, dossier } = sent;
  const over = section.id === 'B' ? endsHere(sent) : hasEnded(dossier);
  return !over && !isUnfinished(form);
}

/** The answer on this page that ends the form: classified information in scope. */
function endsHere({ section, form }: Pick<SentPage, 'section' | 'form'>): boolean {
  return section.id === 'B' && form.get('B1') === 'yes';
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
    fr: 'Rien n’a été enregistré : ce formulaire contient des champs inconnus de cette page. Rouvrez la partie depuis le questionnaire, puis recommencez. Champs concernés :',
    en: 'Nothing was saved: this form contains fields that are not on this page. Open the section again from the questionnaire, then try again. Fields concerned:',
  };
  return answerPage(
    c,
    {
      title,
      back: { path: '/questionnaire' },
      body: html`<h1>${view.t(title)}</h1><p>${view.t(text)}</p><ul>${names.slice(0, strangeFieldsShown).map((name) => html`<li>${shownFieldName(name)}</li>`)}${names.length > strangeFieldsShown ? html`<li>…</li>` : nothing}</ul>`,
    },
    400,
  );
}

/** The problems of a page, without storing it. */
function problemsOf({ platform }: WebDependencies, sent: SentPage): readonly Problem[] {
  const { section, form, dossier, read } = sent;
  const sites = siteCodes(platform);
  const complete = !isUnfinished(form);
  const validated = validateSection(section.id, read.given, dossier.answers, { complete, sites });
  return 'problems' in validated ? atFields(section, validated.problems) : [];
}

/** The page with everything as it was typed. */
function redisplay(
  c: WebContext,
  { platform }: WebDependencies,
  { section, form, read, dossier }: SentPage,
  { problems = [], moreRows = emptyRows }: { problems?: readonly Problem[]; moreRows?: number },
) {
  const { entries } = read;
  const rows = read.rows + moreRows;
  const returnTo = returnToOf(form.get(pageFields.returnTo));
  const { reference, now } = customerOf(c);
  const page = {
    ...{ section, entries, returnTo, platform, fromIntake: [], rows, problems, reference },
    shown: shownIn(form.get(pageFields.seen)),
    asked: askedOf(now, dossier),
    unreadable: dossier.unreadable,
  };
  return answerPage(c, sectionPage(c.get('view'), page));
}

/**
 * The page with the answers that someone else has given differently meanwhile, to choose from. Everything else is as it
 * was typed; where nothing was typed it is as others have saved it since.
 */
async function askWhichToKeep(
  c: WebContext,
  deps: WebDependencies,
  { section, form, read }: SentPage,
  { conflicts, problems }: AnswerConflictError,
) {
  const { reference, now: snapshot } = customerOf(c);
  const present = await dossierOf(deps, reference);
  const opened = shownIn(form.get(pageFields.seen));
  const { untouched, versionOf } = seenPage(section, form, opened, read);
  const renewed = section.questions.filter(
    ({ id }) => untouched.has(id) && present.origin(id).version > versionOf(id),
  );
  const entries = withAnswers(read.entries, renewed, present.answers);
  const now = shownOf(section, entries, present);
  const shown = new Map([
    ...opened,
    ...renewed.flatMap(({ id }) => {
      const token = now.get(id);
      return token === undefined ? [] : [[id, token] as const];
    }),
  ]);
  const page = {
    ...{ section, entries, fromIntake: [], shown, conflicts, reference, platform: deps.platform },
    rows: (renewed.some(({ id }) => id === 'E2') ? (present.answers.E2?.length ?? 0) : read.rows) + emptyRows,
    returnTo: returnToOf(form.get(pageFields.returnTo)),
    asked: askedOf(snapshot, present),
    unreadable: present.unreadable,
    problems: [...conflicts.map(conflictProblem), ...atFields(section, problems)],
  };
  return answerPage(c, sectionPage(c.get('view'), page), 409);
}

const notSaved: Text = {
  fr: 'Cette partie n’a pas pu être enregistrée',
  en: 'This section could not be saved',
};

/** Stores the answers of the page, or gives the page that explains the refusal. */
async function save(c: WebContext, deps: WebDependencies, sent: SentPage): Promise<SavedPage | Response> {
  const { section, form, read } = sent;
  const { reference, who } = customerOf(c);
  try {
    const extent = isUnfinished(form) ? 'unfinished' : 'whole';
    const seen = seenPage(section, form, shownIn(form.get(pageFields.seen)), read);
    return await saveSection(deps, reference, section.id, read.given, who, { extent, seen });
  } catch (error) {
    if (error instanceof InvalidInputError) {
      return redisplay(c, deps, sent, { problems: atFields(section, error.problems) });
    }
    if (error instanceof AnswerConflictError) return askWhichToKeep(c, deps, sent, error);
    if (!(error instanceof BusinessError)) throw error;
    return refusalPage(c, notSaved, [error.text], typedAnswers(c, deps, sent));
  }
}

/** What was typed and cannot be saved any more, to be copied. */
function typedAnswers(c: WebContext, { platform }: WebDependencies, { section, read }: SentPage): Html {
  const view = c.get('view');
  const typed = section.questions.flatMap((question) => {
    const value = read.given[question.id];
    if (value === undefined) return [];
    return [{ key: question.label, value: answerLine(view, question, value, platform.sites) }];
  });
  if (typed.length === 0) return nothing;
  const heading: Text = {
    fr: 'Ce que vous aviez saisi sur cette page',
    en: 'What you had entered on this page',
  };
  return html`<h2>${view.t(heading)}</h2>${summaryList(view, typed)}`;
}
