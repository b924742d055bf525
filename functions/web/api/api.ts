import { type Context, Hono } from 'hono';
import { conditionCodes } from '../../domain/classification/outcomes.ts';
import { parseReference } from '../../domain/onboarding/reference.ts';
import type { Language } from '../../domain/text.ts';
import { errorName, type Logger } from '../../platform/log.ts';
import { chooseLanguage } from '../shared/http/language.ts';
import { createRateLimit } from '../shared/http/rate-limit.ts';
import type { VerifyToken } from '../shared/identity/access-token.ts';
import { authenticate, authorise } from './authorisation.ts';
import { openApiDocument } from './openapi.ts';
import type { Operation, OperationDependencies, ParameterName, Reply } from './operation.ts';
import { ApiProblem, invalidFields, problemBody, problemOf } from './problem.ts';
import { type ProblemCode, problemKind } from './problem-catalogue.ts';
import { readJson } from './request-body.ts';
import { routes } from './routes.ts';

export interface ApiDependencies extends OperationDependencies {
  readonly logger: Logger;
  readonly verifyToken: VerifyToken;
  /** URL of the token endpoint, for the API description. */
  readonly tokenUrl: string;
  /** The path under which the whole product is served; empty by default, for the root of a host. */
  readonly basePath?: string;
  /** Monotonic milliseconds; those of the process by default. */
  readonly elapsed?: () => number;
}

/** Rate limit of one client a second, and the size of a burst. */
const requestsPerSecond = 50;

const headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

const notFound: Readonly<Record<ParameterName, ProblemCode>> = {
  reference: 'onboarding_not_found',
  code: 'condition_not_found',
  id: 'wave_not_found',
  problem: 'problem_not_found',
};

/** A path parameter in canonical form; undefined if no resource can have that name. */
function readParameter(name: ParameterName, given: string): string | undefined {
  if (name === 'reference') return parseReference(given);
  if (name === 'code') return conditionCodes.find((code) => code === given);
  return given === '' ? undefined : given;
}

function parameterReader(context: Context) {
  return (name: ParameterName): string => {
    const value = readParameter(name, context.req.param(name) ?? '');
    if (value !== undefined) return value;
    throw new ApiProblem(notFound[name], {
      fr: 'Cette ressource n’existe pas. Vérifiez l’URL.',
      en: 'No such resource. Check the URL.',
    });
  };
}

function languageOf(context: Context): Language {
  return chooseLanguage({ accepted: context.req.header('accept-language') });
}

const parameterNames: readonly ParameterName[] = ['reference', 'code', 'id', 'problem'];

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
function idempotencyKeyOf(context: Context): string {
  const key = context.req.header('idempotency-key')?.trim() ?? '';
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  const message = {
    fr: 'L’en-tête « Idempotency-Key » est obligatoire : 1 à 255 caractères ASCII visibles, propres à cette requête.',
    en: 'The header "Idempotency-Key" is required: 1 to 255 visible ASCII characters, unique to this request.',
  };
  const code = key === '' ? 'missing' : 'not_text';
  throw new ApiProblem('idempotency_key_missing', message, {
    errors: [{ pointer: '/Idempotency-Key', code, message }],
  });
}

/**
 * The JSON API, to be mounted at `/api`. The scopes of a client decide what it may read and do. Every refusal is a
 * problem (RFC 9457) that says what to do, in French or English.
 */
export function createApi(dependencies: ApiDependencies): Hono {
  const { ids, logger, verifyToken, tokenUrl, basePath = '', elapsed } = dependencies;
  const tokensTaken = createRateLimit({
    requestsPerSecond,
    elapsed: elapsed ?? (() => performance.now()),
  });
  let document: ReturnType<typeof openApiDocument> | undefined;
  const description = () => {
    document ??= openApiDocument(routes, { basePath, tokenUrl, requestsPerSecond });
    return document;
  };

  /** The request id sent by the client if it is well-formed, or a new one. */
  function requestId(context: Context): string {
    const given = context.req.header('x-request-id') ?? '';
    return /^[\w-]{8,64}$/.test(given) ? given : Buffer.from(ids.bytes(12)).toString('base64url');
  }

  async function clientOf(context: Context, { scope }: Operation): Promise<string> {
    if (scope === undefined) return 'anyone';
    const client = await authenticate(context.req.header('authorization'), verifyToken);
    const seconds = tokensTaken(client.subject);
    if (seconds > 0) {
      throw new ApiProblem(
        'too_many_requests',
        {
          fr: `Plus de ${requestsPerSecond} requêtes simultanées ou par seconde. Attendez ${seconds} s avant la suivante.`,
          en: `More than ${requestsPerSecond} requests at once or a second. Wait ${seconds} s before the next one.`,
        },
        { headers: { 'retry-after': String(seconds) } },
      );
    }
    authorise(client, scope);
    return client.subject;
  }

  async function run(context: Context, operation: Operation, language: Language): Promise<Reply> {
    const { method, path, body, idempotent } = operation;
    const client = await clientOf(context, operation);
    const parameter = parameterReader(context);
    for (const name of parameterNames) if (path.includes(`{${name}}`)) parameter(name);
    const query = queryOf(context);
    const idempotencyKey = idempotent === true ? idempotencyKeyOf(context) : '';
    const sent =
      body.schema === undefined || method === 'GET' ? undefined : await readJson(context.req.raw, method);
    return operation.run({
      dependencies,
      language,
      client,
      parameter,
      query,
      idempotencyKey,
      description,
      body: sent,
    });
  }

  function refuse(context: Context, error: unknown, language: Language, operation?: string): Response {
    const problem = problemOf(error);
    const { status } = problemKind(problem.code);
    if (status >= 500) {
      logger.log('request_failed', {
        ...(operation === undefined ? {} : { kind: operation }),
        error: errorName(error),
      });
    }
    const occurrence = { basePath, path: context.req.path, language };
    return context.body(JSON.stringify(problemBody(problem, occurrence)), status, {
      'content-type': 'application/problem+json',
      ...problem.particulars.headers,
    });
  }

  function reply(context: Context, { status, body, location }: Reply): Response {
    return context.body(JSON.stringify(body), status, {
      'content-type': 'application/json',
      ...(location === undefined ? {} : { location: `${basePath}${context.req.path}/${location}` }),
    });
  }

  function methodProblem(allowed: string): ApiProblem {
    return new ApiProblem(
      'method_not_allowed',
      {
        fr: `Méthode non autorisée. Méthodes autorisées : ${allowed}.`,
        en: `Method not allowed. Allowed: ${allowed}.`,
      },
      { headers: { allow: allowed } },
    );
  }

  async function serve(context: Context, operations: readonly Operation[]): Promise<Response> {
    const language = languageOf(context);
    const methods = operations.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    const allowed = [...methods, 'OPTIONS'].join(', ');
    if (context.req.method === 'OPTIONS') return context.body(null, 204, { allow: allowed });
    const asked = context.req.method === 'HEAD' ? 'GET' : context.req.method;
    const operation = operations.find(({ method }) => method === asked);
    if (operation === undefined) return refuse(context, methodProblem(allowed), language);
    try {
      return reply(context, await run(context, operation, language));
    } catch (error) {
      return refuse(context, error, language, operation.id);
    }
  }

  const api = new Hono();
  api.use('*', async (context, next) => {
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    context.header('content-language', languageOf(context));
    context.header('vary', 'Accept-Language');
    context.header('x-request-id', requestId(context));
    await next();
  });
  for (const [path, operations] of Map.groupBy(routes, (operation) => operation.path)) {
    api.all(path.replace(/\{(\w+)\}/g, ':$1'), (context) => serve(context, operations));
  }
  api.all('*', (context) => {
    const problem = new ApiProblem('route_not_found', {
      fr: 'Cette URL n’existe pas. L’API est décrite à /api/openapi.json.',
      en: 'This URL does not exist. The API is described at /api/openapi.json.',
    });
    return refuse(context, problem, languageOf(context));
  });
  return api;
}
