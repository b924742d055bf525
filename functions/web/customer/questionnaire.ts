import { saveSection } from '../../application/save-page.ts';
import { submitAnswers } from '../../application/submit-answers.ts';
import { BusinessError, InvalidInputError } from '../../domain/errors.ts';
import { fieldProblem, shownFieldName } from '../../domain/input/problem-texts.ts';
import { siteCodes } from '../../domain/platform-configuration.ts';
import type { Section } from '../../domain/questionnaire/question.ts';
import { findQuestion } from '../../domain/questionnaire/questionnaire.ts';
import { validateSection } from '../../domain/questionnaire/validate-answers.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { instantText } from '../shared/layout/dates.ts';
import type { Problem } from '../shared/layout/error-summary.ts';
import { html } from '../shared/layout/html.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { attestation, checkPage } from './check-page.ts';
import { type Dossier, dossierOf, hasEnded, mayBeSubmitted } from './dossier.ts';
import { atFields } from './page-problems.ts';
import { prefill } from './prefill.ts';
import { answersExpected, whileAnswering } from './questionnaire-access.ts';
import { pageFields, type ReadForm, readForm } from './read-form.ts';
import { refusalPage } from './refusal.ts';
import { emptyRows, findSection, type ReturnTo, sectionPage } from './section-page.ts';
import { taskListPage } from './task-list.ts';

const notSaved: Text = {
  fr: 'Cette partie n’a pas pu être enregistrée',
  en: 'This section could not be saved',
};
const otherVersion: Text = {
  fr: 'Des réponses ont changé depuis que vous avez ouvert cette page. Relisez-les, puis attestez de nouveau.',
  en: 'Answers have changed since you opened this page. Check them, then attest again.',
};

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
      body: html`<h1>${view.t(title)}</h1><p>${view.t(text)}</p><ul>${names.map((name) => html`<li>${shownFieldName(name)}</li>`)}</ul>`,
    },
    400,
  );
}

/** An earlier submission, by the same person or by a colleague, remains valid: the page gives its date. */
function notSubmitted(c: WebContext, error: BusinessError, submittedAt: string | undefined) {
  const view = c.get('view');
  if (submittedAt === undefined) {
    return refusalPage(
      c,
      { fr: 'Vos réponses n’ont pas été envoyées', en: 'Your answers were not submitted' },
      [error.text],
    );
  }
  const at = instantText(view, submittedAt);
  return refusalPage(
    c,
    { fr: 'Vos réponses ont déjà été envoyées', en: 'Your answers have already been submitted' },
    [
      {
        fr: `Elles ont été envoyées le ${at}, par vous ou par un collègue : cet envoi reste valable, le second n’a rien changé.`,
        en: `They were submitted on ${at}, by you or by a colleague: that submission remains valid, and this one changed nothing.`,
      },
      error.text,
    ],
  );
}

/** Problems of an attestation: not given, or given on answers that have changed meanwhile. */
function attestationProblems(form: FormFields, version: number): readonly Problem[] {
  const question = findQuestion(attestation);
  if (form.get(attestation) !== 'yes') {
    return [fieldProblem(attestation, question?.label ?? { fr: '', en: '' }, 'not_attested')];
  }
  return form.get('version') === String(version) ? [] : [{ field: attestation, message: otherVersion }];
}

/** A section as it was sent. */
interface SentPage {
  readonly section: Section;
  readonly form: FormFields;
  readonly dossier: Dossier;
}

function isUnfinished(form: FormFields): boolean {
  return form.get(pageFields.save) === 'later';
}

/** The answer on this page that ends the form: classified information in scope. */
function endsHere({ section, form }: SentPage): boolean {
  return section.id === 'B' && form.get('B1') === 'yes';
}

/** No answer is required once the form has ended, nor when the section is to be finished later. */
function mustBeWhole(sent: SentPage): boolean {
  const { section, form, dossier } = sent;
  const over = section.id === 'B' ? endsHere(sent) : hasEnded(dossier);
  return !over && !isUnfinished(form);
}

function returnToOf(value: string | undefined): ReturnTo {
  return value === 'check' ? 'check' : 'list';
}

/** Task list, sections, check page and submission. */
export function registerQuestionnaire(app: WebApp, deps: WebDependencies): void {
  const { site, store, platform } = deps;
  app.use('/questionnaire/*', requireCustomer, whileAnswering(deps));

  app.get('/questionnaire', async (c) => {
    const { reference, now } = customerOf(c);
    return answerPage(c, taskListPage(c.get('view'), now, await dossierOf(deps, reference)));
  });

  app.get('/questionnaire/check', async (c) => {
    const { reference, now } = customerOf(c);
    const dossier = await dossierOf(deps, reference);
    return answerPage(c, checkPage(c.get('view'), now, { dossier, platform }));
  });

  app.post('/questionnaire/check', async (c) => {
    const { reference, now, who } = customerOf(c);
    const form = formOf(c);
    const dossier = await dossierOf(deps, reference);
    const awaited = answersExpected(now) && mayBeSubmitted(dossier, now);
    const problems = awaited ? attestationProblems(form, dossier.version) : [];
    if (problems.length > 0 || onlyAsksForLanguage(c)) {
      return answerPage(c, checkPage(c.get('view'), now, { dossier, platform }, problems));
    }
    try {
      await submitAnswers(deps, reference, { ...dossier.answers, E6: true }, who);
    } catch (error) {
      // Something is missing: the page says what.
      if (error instanceof InvalidInputError) return leadTo(c, site, '/questionnaire/check');
      if (!(error instanceof BusinessError)) throw error;
      return notSubmitted(c, error, dossier.submission?.at);
    }
    return leadTo(c, site, '/status', 'submitted');
  });

  app.get('/questionnaire/:section', async (c) => {
    const section = findSection(c.req.param('section'));
    if (section === undefined) return notFound(c);
    const { reference } = customerOf(c);
    const [dossier, intake] = await Promise.all([
      dossierOf(deps, reference),
      store.dossiers.intake(reference),
    ]);
    const { entries, fromIntake } = prefill(section, dossier.answers, intake);
    const rows = (dossier.answers.E2?.length ?? 0) + emptyRows;
    const returnTo = returnToOf(c.req.query('return'));
    return answerPage(
      c,
      sectionPage(c.get('view'), { section, entries, rows, fromIntake, returnTo, platform }),
    );
  });

  app.post('/questionnaire/:section', async (c) => {
    const section = findSection(c.req.param('section'));
    if (section === undefined) return notFound(c);
    return save(c, section);
  });

  /** The problems of a page, without storing it. */
  function problemsOf({ section, form, dossier }: SentPage, { given }: ReadForm): readonly Problem[] {
    const sites = siteCodes(platform);
    const complete = !isUnfinished(form);
    const validated = validateSection(section.id, given, dossier.answers, { complete, sites });
    return 'problems' in validated ? atFields(section, validated.problems) : [];
  }

  /** Stores the answers of the page; returns undefined, or the page that explains the refusal. */
  async function refusedSave(
    c: WebContext,
    { section, form, dossier }: SentPage,
    read: ReadForm,
  ): Promise<Response | undefined> {
    const { reference, who } = customerOf(c);
    try {
      const extent = isUnfinished(form) ? 'unfinished' : 'whole';
      await saveSection(deps, reference, section.id, read.given, who, extent);
      return undefined;
    } catch (error) {
      if (error instanceof InvalidInputError) {
        const problems = atFields(section, error.problems);
        return redisplay(c, { section, form, dossier }, read, emptyRows, problems);
      }
      if (!(error instanceof BusinessError)) throw error;
      return refusalPage(c, notSaved, [error.text]);
    }
  }

  /** The page with everything as it was typed. */
  function redisplay(
    c: WebContext,
    { section, form }: SentPage,
    { entries, rows }: ReadForm,
    moreRows: number,
    problems: readonly Problem[],
  ) {
    const returnTo = returnToOf(form.get(pageFields.returnTo));
    const page = { section, entries, returnTo, platform, fromIntake: [], rows: rows + moreRows, problems };
    return answerPage(c, sectionPage(c.get('view'), page));
  }

  async function save(c: WebContext, section: Section): Promise<Response> {
    const form = formOf(c);
    const sent = { section, form, dossier: await dossierOf(deps, customerOf(c).reference) };
    const read = readForm(section, form, mustBeWhole(sent));
    if (read.strange.length > 0) return strangeFields(c, read.strange);
    if (onlyAsksForLanguage(c)) return redisplay(c, sent, read, emptyRows, problemsOf(sent, read));
    if (form.get(pageFields.add) !== undefined) return redisplay(c, sent, read, 2 * emptyRows, []);
    const refused = await refusedSave(c, sent, read);
    if (refused !== undefined) return refused;
    const check = returnToOf(form.get(pageFields.returnTo)) === 'check' || endsHere(sent);
    return leadTo(c, site, check ? '/questionnaire/check' : '/questionnaire', `saved-${section.id}`);
  }
}
