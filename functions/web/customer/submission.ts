import { submitAnswers } from '../../application/submit-answers.ts';
import { AnswersChangedError, BusinessError, InvalidInputError } from '../../domain/errors.ts';
import { fieldProblem } from '../../domain/input/problem-texts.ts';
import { openCorrection } from '../../domain/onboarding/correction.ts';
import { changedSince } from '../../domain/onboarding/draft.ts';
import { answersBefore } from '../../domain/onboarding/records.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { findQuestion } from '../../domain/questionnaire/questionnaire.ts';
import { unrevisited } from '../../domain/questionnaire/unrevisited.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebContext } from '../shared/http/web-app.ts';
import { instantText } from '../shared/layout/dates.ts';
import type { Problem } from '../shared/layout/error-summary.ts';
import { sealSubmitted } from '../shared/seal-submission.ts';
import { customerOf } from '../shared/session/access.ts';
import { attestation, checkPage, confirmationOf } from './check-page.ts';
import { type Dossier, dossierOf, mayBeSubmitted, questionsToRevisit } from './dossier.ts';
import { checkPath } from './form-paths.ts';
import { answersExpected } from './questionnaire-access.ts';
import { refusalPage } from './refusal.ts';

export async function showCheckPage(c: WebContext, deps: WebDependencies): Promise<Response> {
  const { now } = customerOf(c);
  const dossier = await dossierOf(deps, customerOf(c));
  return answerPage(c, checkPage(c.get('view'), now, { dossier, platform: deps.platform }));
}

/** Submits the answers with the attestation of the check page. */
export async function submitQuestionnaire(c: WebContext, deps: WebDependencies): Promise<Response> {
  const { site, platform } = deps;
  const { reference, now, who } = customerOf(c);
  const form = formOf(c);
  const dossier = await dossierOf(deps, customerOf(c));
  const at = deps.clock.now();
  const awaited = answersExpected(now, at) && mayBeSubmitted(dossier, now);
  const confirmed = confirmedIn(form, dossier, now);
  const problems = awaited
    ? [...confirmationProblems(dossier, now, confirmed), ...attestationProblems(form, dossier)]
    : [];
  const shown = { dossier, platform, confirmed };
  if (onlyAsksForLanguage(c)) {
    const attesting = { ticked: form.get(attestation) === 'yes', version: form.get('version') ?? '' };
    return answerPage(c, checkPage(c.get('view'), now, { ...shown, attesting }, problems));
  }
  if (problems.length > 0) return answerPage(c, checkPage(c.get('view'), now, shown, problems));
  try {
    const known = { tags: [dossier.tag] };
    const { language } = c.get('view');
    const about = { confirmed, known, language };
    await submitAnswers(deps, reference, { ...dossier.answers, E6: true }, who, about);
  } catch (error) {
    if (error instanceof AnswersChangedError) return showChanged(c, deps);
    // Something is missing: the page says what.
    if (error instanceof InvalidInputError) return leadTo(c, site, checkPath(c.get('view')));
    if (!(error instanceof BusinessError)) throw error;
    return isLate(now) ? tooLate(c) : notSubmitted(c, error, dossier.submission?.at);
  }
  await sealSubmitted(deps, reference);
  if (openCorrection(now, at) === undefined) return leadTo(c, site, '/status', 'submitted');
  const after = await deps.store.onboardings.now(reference);
  const isSame = after.state.stage === now.state.stage && after.state.run.number === now.state.run.number;
  return leadTo(c, site, '/status', isSame ? 'corrected' : 'corrected-anew');
}

/** The questions asked again whose answer the form confirms. */
export function confirmedIn(form: FormFields, dossier: Dossier, { state }: Snapshot): readonly string[] {
  return questionsToRevisit(dossier, state)
    .filter(({ question }) => form.get(confirmationOf(question)) === 'yes')
    .map(({ question }) => question.id);
}

/** A problem at each question asked again that was neither answered anew nor confirmed. */
export function confirmationProblems(
  { answers, submission }: Dossier,
  { state }: Snapshot,
  confirmed: readonly string[],
): readonly Problem[] {
  return unrevisited(state, answersBefore(submission), answers, confirmed).map(({ field, message }) => ({
    field: `confirmed.${field}`,
    message,
  }));
}

/** Someone has saved an answer at the moment of the submission: it is to be read first. */
async function showChanged(c: WebContext, deps: WebDependencies) {
  const { now } = customerOf(c);
  const shown = { dossier: await dossierOf(deps, customerOf(c)), platform: deps.platform };
  const problems = [{ field: attestation, message: otherVersion }];
  return answerPage(c, checkPage(c.get('view'), now, shown, problems));
}

export const otherVersion: Text = {
  fr: 'Des réponses ont changé depuis que vous avez ouvert cette page. Relisez-les, puis attestez de nouveau.',
  en: 'Answers have changed since you opened this page. Check them, then attest again.',
};

/** Problems of an attestation: not given, or given on answers that have changed meanwhile. */
function attestationProblems(form: FormFields, dossier: Dossier): readonly Problem[] {
  const question = findQuestion(attestation);
  if (form.get(attestation) !== 'yes') {
    return [fieldProblem(attestation, question?.label ?? { fr: '', en: '' }, 'not_attested')];
  }
  const changed = changedSince(dossier, form.get('version') ?? '');
  return changed.length === 0 ? [] : [{ field: attestation, message: otherVersion }];
}

/** True while an operator reviews the silence of a customer: its new answers come too late. */
function isLate({ state }: Snapshot): boolean {
  return state.cause === 'QUESTIONS_UNANSWERED' && state.stage === 'IN_REVIEW';
}

function tooLate(c: WebContext) {
  return refusalPage(
    c,
    { fr: 'Vos réponses n’ont pas été envoyées', en: 'Your answers were not submitted' },
    [
      {
        fr: 'Le délai pour revoir vos réponses est passé, et une personne de l’équipe examine votre dossier sans elles. Celles que vous avez enregistrées sont conservées : écrivez à l’adresse ci-dessous pour que l’équipe vous les redemande.',
        en: 'The time to look at your answers again is over, and a member of the team is reviewing your onboarding without them. Those you saved are kept: write to the address below so that the team asks for them again.',
      },
    ],
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
