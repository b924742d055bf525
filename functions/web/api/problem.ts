import {
  ActiveOnboardingExistsError,
  ActsOnWholeError,
  AnswersChangedError,
  ApprovalNeededError,
  BusinessError,
  DateNotPossibleError,
  InvalidInputError,
  WaveChangeRefusedError,
} from '../../domain/errors.ts';
import { shownFieldName } from '../../domain/input/problem-texts.ts';
import type { ActiveScope } from '../../domain/intake/scope-names.ts';
import { findQuestion } from '../../domain/questionnaire/questionnaire.ts';
import { inLanguage, type Language, type Text } from '../../domain/text.ts';
import { MailedTooOftenError } from '../../domain/too-often.ts';
import type { CustomerDate } from '../../domain/waves/dates.ts';
import { WaveTransitionError } from '../../domain/waves/wave.ts';
import { isUnavailable } from '../../platform/unavailable.ts';
import { CursorError } from '../../store/table.ts';
import { UnreadableItemError } from '../../store/unreadable.ts';
import { IssuerUnavailableError } from '../shared/identity/access-token.ts';
import { type PlacedProblem, placed, problemsShown } from './field-errors.ts';
import { isProblemCode, type ProblemCode, problemKind } from './problem-catalogue.ts';
import { dateView } from './schemas/date-schemas.ts';

interface Particulars {
  readonly errors?: readonly PlacedProblem[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Reference of the onboarding that prevents the request. */
  readonly reference?: string;
  /** The onboardings of its SIREN that are in progress. */
  readonly activeScopes?: readonly ActiveScope[];
  /** Open blocking conditions that the request goes against. */
  readonly conditions?: readonly string[];
  /** No contract is recorded, which the request goes against. */
  readonly contractMissing?: true;
  /** The dates that may be chosen instead of the one that is refused. */
  readonly dates?: readonly CustomerDate[];
}

/** A refusal of the API, with the content of its response. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: ProblemCode;
  readonly detail: Text;
  readonly particulars: Particulars;

  constructor(code: ProblemCode, detail: Text, particulars: Particulars = {}, options?: ErrorOptions) {
    super(detail.en, options);
    this.code = code;
    this.detail = detail;
    this.particulars = particulars;
  }
}

/** Maximum number of pointers listed in the detail. */
const problemsListed = 5;

/** A pointer made safe for display: its steps may be text of the sender. */
function shownPointer({ pointer }: PlacedProblem): string {
  return pointer === '' ? '/' : pointer.split('/').map(shownFieldName).join('/');
}

/** Problems beyond those that a response has are not counted: there may be as many as a body has bytes. */
function countedProblems(count: number): Text {
  if (count > problemsShown) {
    return {
      fr: `Plus de ${problemsShown} problèmes à corriger ; les ${problemsShown} premiers sont décrits`,
      en: `More than ${problemsShown} problems to correct; the first ${problemsShown} are described`,
    };
  }
  return count === 1
    ? { fr: '1 problème à corriger, décrit', en: '1 problem to correct, described' }
    : { fr: `${count} problèmes à corriger, décrits`, en: `${count} problems to correct, described` };
}

/** States how many fields are wrong and which; `errors` explains how to correct each. */
export function invalidFields(
  code: 'invalid_input' | 'invalid_parameter',
  errors: readonly PlacedProblem[],
): ApiProblem {
  const names = errors.slice(0, problemsListed).map(shownPointer).join(', ');
  const listed = errors.length > problemsListed ? `${names}…` : names;
  const counted = countedProblems(errors.length);
  const detail = {
    fr: `${counted.fr} dans « errors » : ${listed}`,
    en: `${counted.en} in "errors": ${listed}`,
  };
  return new ApiProblem(code, detail, { errors: errors.slice(0, problemsShown) });
}

/** A cursor that no page of this list has. */
export function unknownCursor(): ApiProblem {
  return invalidFields('invalid_parameter', [
    {
      pointer: '/cursor',
      code: 'unknown_cursor',
      message: {
        fr: 'cursor : ce curseur n’appartient pas à cette liste ; recommencez à la première page.',
        en: 'cursor: this cursor does not belong to this list; start again at the first page.',
      },
    },
  ]);
}

/** Internal errors reveal no details: their names are in the log. */
const internalError = new ApiProblem('internal_error', {
  fr: 'La requête n’a pas pu être traitée. Réessayez ; si le problème persiste, transmettez la valeur de l’en-tête X-Request-Id.',
  en: 'The request could not be processed. Try again; if the problem persists, report the value of the X-Request-Id header.',
});

/** The table or the workflow does not answer. */
const unavailable = new ApiProblem(
  'service_unavailable',
  {
    fr: 'Le service ne répond pas pour le moment. Nous ne savons pas si la requête a été enregistrée. Réessayez dans quelques secondes ; avec un en-tête Idempotency-Key, rien n’est fait deux fois.',
    en: 'The service does not answer for the moment. We do not know whether the request was carried out. Try again in a few seconds; with an Idempotency-Key header, nothing is done twice.',
  },
  { headers: { 'retry-after': '5' } },
);

function ofBusinessError(error: BusinessError): ApiProblem {
  // Bodies are validated by the same rules before the use case runs, so this is only a safeguard.
  if (error instanceof InvalidInputError) return invalidFields('invalid_input', placed(error.problems, {}));
  if (!isProblemCode(error.code)) return internalError;
  if (error instanceof ApprovalNeededError) return approvalNeeded(error);
  const existing =
    error instanceof ActiveOnboardingExistsError
      ? { reference: error.reference, activeScopes: error.active }
      : error instanceof ActsOnWholeError
        ? { reference: error.reference }
        : {};
  const errors = errorsOf(error);
  const dates = error instanceof DateNotPossibleError ? { dates: error.dates } : {};
  const headers =
    error instanceof MailedTooOftenError ? { headers: { 'retry-after': String(error.retryAfter) } } : {};
  return new ApiProblem(
    error.code,
    error.text,
    { ...existing, ...errors, ...dates, ...headers },
    { cause: error },
  );
}

/** The places of a request that a refusal is about. */
function errorsOf(error: BusinessError): Pick<Particulars, 'errors'> {
  if (error instanceof WaveChangeRefusedError) return { errors: placed(error.problems, {}) };
  if (error instanceof AnswersChangedError) return { errors: error.questions.map(changedAnswer) };
  return {};
}

function changedAnswer(question: string): PlacedProblem {
  const label = findQuestion(question)?.label ?? { fr: question, en: question };
  return {
    pointer: `/answers/${question}`,
    code: 'changed',
    message: {
      fr: `${label.fr} : une autre réponse a été enregistrée ; relisez-la.`,
      en: `${label.en}: another answer has been saved; read it again.`,
    },
  };
}

/** Says how a client asks for the second person; on pages that is a button. */
function approvalNeeded(error: ApprovalNeededError): ApiProblem {
  const { text, conditions, contractMissing } = error;
  const detail = {
    fr: `${text.fr} Pour le demander, renvoyez la requête avec « approval » à true.`,
    en: `${text.en} To ask for it, send the request again with "approval": true.`,
  };
  const against = {
    ...(conditions.length === 0 ? {} : { conditions }),
    ...(contractMissing ? ({ contractMissing } as const) : {}),
  };
  return new ApiProblem(error.code, detail, against, { cause: error });
}

const laterAgain = { headers: { 'retry-after': '900' } };

/** Another release has saved it: while one is deployed, or after it was taken back. */
const unreadable = {
  onboarding: new ApiProblem(
    'onboarding_unreadable',
    {
      fr: 'Ce dossier a été enregistré par une autre version du service, que celle-ci ne sait pas lire. Rien n’est perdu ; réessayez plus tard.',
      en: 'This onboarding was saved by another version of the service, which this one cannot read. Nothing is lost; try again later.',
    },
    laterAgain,
  ),
  wave: new ApiProblem(
    'wave_unreadable',
    {
      fr: 'Cette vague a été enregistrée par une autre version du service, que celle-ci ne sait pas lire. Rien n’est perdu ; réessayez plus tard.',
      en: 'This wave was saved by another version of the service, which this one cannot read. Nothing is lost; try again later.',
    },
    laterAgain,
  ),
};

/** Turns any error into a problem. */
export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof BusinessError) return ofBusinessError(error);
  if (error instanceof WaveTransitionError) {
    const message = {
      fr: 'L’état de la vague ne permet pas cette transition. Consultez la vague.',
      en: 'The state of the wave does not allow this transition. Check the wave.',
    };
    return new ApiProblem('wave_change_refused', message, {
      errors: [{ pointer: '/transition', code: 'refused', message }],
    });
  }
  if (error instanceof IssuerUnavailableError) {
    return new ApiProblem(
      'identity_provider_unavailable',
      {
        fr: 'Les jetons ne peuvent pas être vérifiés pour l’instant. Réessayez dans quelques secondes.',
        en: 'Tokens cannot be verified at the moment. Try again in a few seconds.',
      },
      { headers: { 'retry-after': '5' } },
    );
  }
  if (error instanceof CursorError) return unknownCursor();
  if (error instanceof UnreadableItemError) return unreadable[error.isWave ? 'wave' : 'onboarding'];
  return isUnavailable(error) ? unavailable : internalError;
}

/** The type URI of a problem, relative to the origin, which also describes it (RFC 9457, section 3.1.1). */
export function problemType(basePath: string, code: ProblemCode): string {
  return `${basePath}/api/problems/${code}`;
}

export interface Occurrence {
  readonly basePath: string;
  readonly path: string;
  readonly language: Language;
}

/** The response body as defined by RFC 9457. */
export function problemBody(problem: ApiProblem, { basePath, path, language }: Occurrence) {
  const { status, title } = problemKind(problem.code);
  const { errors, reference, activeScopes, conditions, contractMissing, dates } = problem.particulars;
  return {
    type: problemType(basePath, problem.code),
    title: inLanguage(title, language),
    status,
    detail: inLanguage(problem.detail, language),
    instance: `${basePath}${path}`,
    code: problem.code,
    ...(reference === undefined ? {} : { reference }),
    ...(activeScopes === undefined
      ? {}
      : { activeScopes: activeScopes.map(({ scope = null, reference: of }) => ({ scope, reference: of })) }),
    ...(conditions === undefined ? {} : { conditions: [...conditions] }),
    ...(contractMissing === undefined ? {} : { contractMissing }),
    ...(dates === undefined ? {} : { dates: dates.map(dateView) }),
    ...(errors === undefined
      ? {}
      : {
          errors: errors.map(({ pointer, code, message }) => ({
            pointer,
            code,
            detail: inLanguage(message, language),
          })),
        }),
  };
}
