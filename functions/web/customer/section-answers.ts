import { saveSection } from '../../application/save-page.ts';
import { BusinessError, InvalidInputError } from '../../domain/errors.ts';
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
import type { Problem } from '../shared/layout/error-summary.ts';
import { html, nothing } from '../shared/layout/html.ts';
import { customerOf } from '../shared/session/access.ts';
import { type Dossier, dossierOf, hasEnded, questionsToRevisit } from './dossier.ts';
import { atFields } from './page-problems.ts';
import { prefill } from './prefill.ts';
import { pageFields, type ReadForm, readForm } from './read-form.ts';
import { refusalPage } from './refusal.ts';
import { emptyRows, findSection, type ReturnTo, sectionPage } from './section-page.ts';

export async function showSection(c: WebContext, deps: WebDependencies): Promise<Response> {
  const section = findSection(c.req.param('section'));
  if (section === undefined) return notFound(c);
  const { store, platform } = deps;
  const { reference, now } = customerOf(c);
  const [dossier, intake] = await Promise.all([dossierOf(deps, reference), store.dossiers.intake(reference)]);
  const { entries, fromIntake } = prefill(section, dossier.answers, intake);
  const rows = (dossier.answers.E2?.length ?? 0) + emptyRows;
  const returnTo = returnToOf(c.req.query('return'));
  return answerPage(
    c,
    sectionPage(c.get('view'), {
      ...{ section, entries, rows, fromIntake, returnTo, platform },
      asked: askedOf(now, dossier),
    }),
  );
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
  const refused = await refusedSave(c, deps, sent);
  if (refused !== undefined) return refused;
  const check = returnToOf(form.get(pageFields.returnTo)) === 'check' || endsHere(sent);
  return leadTo(c, deps.site, check ? '/questionnaire/check' : '/questionnaire', `saved-${section.id}`);
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
  const asked = askedOf(customerOf(c).now, dossier);
  const page = { section, entries, returnTo, platform, fromIntake: [], asked, rows, problems };
  return answerPage(c, sectionPage(c.get('view'), page));
}

const notSaved: Text = {
  fr: 'Cette partie n’a pas pu être enregistrée',
  en: 'This section could not be saved',
};

/** Stores the answers of the page; returns undefined, or the page that explains the refusal. */
async function refusedSave(
  c: WebContext,
  deps: WebDependencies,
  sent: SentPage,
): Promise<Response | undefined> {
  const { section, form, read } = sent;
  const { reference, who } = customerOf(c);
  try {
    const extent = isUnfinished(form) ? 'unfinished' : 'whole';
    await saveSection(deps, reference, section.id, read.given, who, extent);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInputError) {
      return redisplay(c, deps, sent, { problems: atFields(section, error.problems) });
    }
    if (!(error instanceof BusinessError)) throw error;
    return refusalPage(c, notSaved, [error.text]);
  }
}
