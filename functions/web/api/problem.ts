import {
  ActiveOnboardingExistsError,
  BusinessError,
  InvalidInputError,
  WaveChangeRefusedError,
} from '../../domain/errors.ts';
import { shownFieldName } from '../../domain/input/problem-texts.ts';
import { inLanguage, type Language, type Text } from '../../domain/text.ts';
import { WaveTransitionError } from '../../domain/waves/wave.ts';
import { IssuerUnavailableError } from '../shared/identity/access-token.ts';
import { type PlacedProblem, placed, problemsShown } from './field-errors.ts';
import { isProblemCode, type ProblemCode, problemKind } from './problem-catalogue.ts';

interface Particulars {
  readonly errors?: readonly PlacedProblem[];
  readonly headers?: Readonly<Record<string, string>>;
  /** The onboarding that stands in the way. */
  readonly reference?: string;
}

/** A refusal of the API, with what its answer needs. */
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

/** Pointers written out in the sentence about all of them. */
const problemsListed = 5;

/** A pointer as a sentence may show it: its steps may be the sender's own words. */
function shownPointer({ pointer }: PlacedProblem): string {
  return pointer === '' ? '/' : pointer.split('/').map(shownFieldName).join('/');
}

/** Says how many fields are wrong and which; how to mend them stands in `errors`. */
export function invalidFields(
  code: 'invalid_input' | 'invalid_parameter',
  errors: readonly PlacedProblem[],
): ApiProblem {
  const more = errors.length > problemsShown;
  const names = errors.slice(0, problemsListed).map(shownPointer).join(', ');
  const listed = errors.length > problemsListed ? `${names}...` : names;
  const detail = {
    fr: `${errors.length} problème(s) à corriger, décrit(s) dans « errors »${more ? ` (les ${problemsShown} premiers)` : ''} : ${listed}`,
    en: `${errors.length} problem(s) to correct, described in "errors"${more ? ` (the first ${problemsShown})` : ''}: ${listed}`,
  };
  return new ApiProblem(code, detail, { errors: errors.slice(0, problemsShown) });
}

/** Technical faults say nothing of themselves: their names are in the log. */
const internalError = new ApiProblem('internal_error', {
  fr: 'La demande n’a pas pu être traitée. Réessayez ; si cela persiste, transmettez l’en-tête X-Request-Id.',
  en: 'The request could not be dealt with. Try again; if it persists, pass on the X-Request-Id header.',
});

function ofBusinessError(error: BusinessError): ApiProblem {
  // Bodies are read before a command sees them, by the same rules: this is the command's own last look.
  if (error instanceof InvalidInputError) return invalidFields('invalid_input', placed(error.problems, {}));
  if (!isProblemCode(error.code)) return internalError;
  const reference = error instanceof ActiveOnboardingExistsError ? { reference: error.reference } : {};
  const errors = error instanceof WaveChangeRefusedError ? { errors: placed(error.problems, {}) } : {};
  return new ApiProblem(error.code, error.text, { ...reference, ...errors }, { cause: error });
}

/** The problem that whatever was thrown is answered with. */
export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof BusinessError) return ofBusinessError(error);
  if (error instanceof WaveTransitionError) {
    const message = {
      fr: 'L’état de la vague n’admet pas ce passage. Consultez la vague.',
      en: 'The state of the wave does not allow this transition. See the wave.',
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
        en: 'Tokens cannot be verified for the moment. Try again in a few seconds.',
      },
      { headers: { 'retry-after': '5' } },
    );
  }
  return internalError;
}

/** Where a kind of problem is described, relative to the origin: its stable name (RFC 9457, section 3.1.1). */
export function problemType(basePath: string, code: ProblemCode): string {
  return `${basePath}/api/problems/${code}`;
}

export interface Occurrence {
  readonly basePath: string;
  readonly path: string;
  readonly language: Language;
}

/** The answer's body, as RFC 9457 lays it out. */
export function problemBody(problem: ApiProblem, { basePath, path, language }: Occurrence) {
  const { status, title } = problemKind(problem.code);
  const { errors, reference } = problem.particulars;
  return {
    type: problemType(basePath, problem.code),
    title: inLanguage(title, language),
    status,
    detail: inLanguage(problem.detail, language),
    instance: `${basePath}${path}`,
    code: problem.code,
    ...(reference === undefined ? {} : { reference }),
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
