import type { Context } from 'hono';
import { conditionCodes } from '../../domain/classification/outcomes.ts';
import { approvalId, parseApprovalId } from '../../domain/onboarding/approvals.ts';
import { parseReference } from '../../domain/onboarding/reference.ts';
import { waveGates } from '../../domain/waves/wave.ts';
import type { Operation, ParameterName, RawCall } from './operation.ts';
import { ApiProblem, invalidFields } from './problem.ts';
import type { ProblemCode } from './problem-catalogue.ts';

const parameterNames: readonly ParameterName[] = ['reference', 'code', 'id', 'gate', 'approval', 'problem'];

const notFound: Readonly<Record<ParameterName, ProblemCode>> = {
  reference: 'onboarding_not_found',
  code: 'condition_not_found',
  id: 'wave_not_found',
  gate: 'task_not_found',
  approval: 'approval_not_found',
  problem: 'problem_not_found',
};

/**
 * The parameters of a request: of its path, of its query and in its headers.
 *
 * @throws ApiProblem
 */
export function readParameters(
  context: Context,
  { method, path, idempotent, conditional }: Operation,
): Pick<RawCall, 'parameter' | 'query' | 'idempotencyKey' | 'ifMatch'> {
  const parameter = pathParameterOf(context);
  for (const name of parameterNames) if (path.includes(`{${name}}`)) parameter(name);
  const query = queryOf(context);
  return {
    parameter,
    query,
    idempotencyKey: method === 'POST' ? idempotencyKeyOf(context, idempotent === true) : undefined,
    ifMatch: conditional === true ? context.req.header('if-match') : undefined,
  };
}

function pathParameterOf(context: Context) {
  return (name: ParameterName): string => {
    const value = readPathParameter(name, context.req.param(name) ?? '');
    if (value !== undefined) return value;
    throw new ApiProblem(notFound[name], {
      fr: 'Cette ressource n’existe pas. Vérifiez l’URL.',
      en: 'No such resource. Check the URL.',
    });
  };
}

/** A path parameter in canonical form; undefined if no resource can have that name. */
function readPathParameter(name: ParameterName, given: string): string | undefined {
  if (name === 'reference') return parseReference(given);
  if (name === 'approval') return readApprovalId(given);
  if (name === 'code') return conditionCodes.find((code) => code === given);
  if (name === 'gate') return waveGates.find(({ code }) => code === given)?.code;
  return given === '' ? undefined : given;
}

function readApprovalId(given: string): string | undefined {
  const read = parseApprovalId(given);
  return read === undefined ? undefined : approvalId(read);
}

/** Query parameters as their schema expects them: `limit` as a number, without empty ones. */
function queryOf(context: Context): Readonly<Record<string, unknown>> {
  const entries = Object.entries(context.req.queries()).filter(([, values]) => values.join('') !== '');
  return Object.fromEntries(
    entries.map(([name, values]) => {
      const [value = ''] = values;
      if (values.length > 1) throw repeated(name);
      return [name, name === 'limit' && /^-?[0-9]{1,15}$/.test(value) ? Number(value) : value];
    }),
  );
}

function repeated(name: string): ApiProblem {
  const message = {
    fr: 'ce paramètre est présent deux fois ; indiquez-le une seule fois.',
    en: 'this parameter appears twice; send it only once.',
  };
  return invalidFields('invalid_parameter', [{ pointer: `/${name}`, code: 'duplicate', message }]);
}

/** Reads the Idempotency-Key header: visible ASCII only. */
function idempotencyKeyOf(context: Context, isRequired: boolean): string | undefined {
  if (!isRequired && context.req.header('idempotency-key') === undefined) return undefined;
  const key = context.req.header('idempotency-key')?.trim() ?? '';
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  const message = {
    fr: 'L’en-tête « Idempotency-Key » est attendu : 1 à 255 caractères ASCII visibles, propres à cette requête.',
    en: 'The header "Idempotency-Key" is expected: 1 to 255 visible ASCII characters, unique to this request.',
  };
  const code = key === '' ? 'missing' : 'not_text';
  throw new ApiProblem('idempotency_key_missing', message, {
    errors: [{ pointer: '/Idempotency-Key', code, message }],
  });
}
