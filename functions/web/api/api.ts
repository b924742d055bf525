import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Language } from '../../domain/text.ts';
import { errorName } from '../../platform/log.ts';
import { chooseLanguage } from '../shared/http/language.ts';
import { type Admit, requestsPerSecond } from './admission.ts';
import type { Operation, OperationDependencies, RawCall, Reply } from './operation.ts';
import { ApiProblem, problemBody, problemOf } from './problem.ts';
import { problemKind } from './problem-catalogue.ts';
import { readJson } from './request-body.ts';
import { readParameters } from './request-parameters.ts';

export interface ApiDependencies extends OperationDependencies {
  /** URL of the token endpoint, for the API description. */
  readonly tokenUrl: string;
  /** The path under which the whole product is served; empty by default, for the root of a host. */
  readonly basePath?: string;
  /** Who is let in; shared by the areas of one API, so that a client has one allowance for all of them. */
  readonly admit: Admit;
}

/** What serves the requests. */
interface Service {
  readonly dependencies: ApiDependencies;
  readonly basePath: string;
  readonly description: RawCall['description'];
}

/**
 * The JSON API with some of its operations, or all, to be mounted at `/api`. The scopes of a client decide what it may
 * read and do. Every refusal is a problem (RFC 9457) that says what to do, in French or English.
 */
export function createApi(dependencies: ApiDependencies, operations: readonly Operation[]): Hono {
  const { basePath = '' } = dependencies;
  const service: Service = {
    dependencies,
    basePath,
    description: describedOnce(dependencies, basePath),
  };
  const api = new Hono();
  api.use('*', commonHeaders(dependencies));
  for (const [path, atPath] of Map.groupBy(operations, (operation) => operation.path)) {
    api.all(path.replace(/\{(\w+)\}/g, ':$1'), (context) => serve(service, context, atPath));
  }
  api.all('*', (context) => refuse(service, context, routeNotFound));
  return api;
}

/** The API description, made when it is first asked for. */
function describedOnce(
  { tokenUrl }: Pick<ApiDependencies, 'tokenUrl'>,
  basePath: string,
): RawCall['description'] {
  // Loaded then, with the operations of every area: it is rarely asked for, and would be a part of every cold start.
  const describe = async () => {
    const [{ openApiDocument }, { routes }] = await Promise.all([
      import('./openapi.ts'),
      import('./routes.ts'),
    ]);
    return openApiDocument(routes, { basePath, tokenUrl, requestsPerSecond });
  };
  let document: ReturnType<typeof describe> | undefined;
  return () => {
    document ??= describe();
    return document;
  };
}

const headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

function commonHeaders({ ids }: Pick<ApiDependencies, 'ids'>): MiddlewareHandler {
  return async (context, next) => {
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    context.header('content-language', languageOf(context));
    context.header('vary', 'Accept-Language');
    context.header('x-request-id', requestId(context, ids));
    await next();
  };
}

/** The request id sent by the client if it is well-formed, or a new one. */
function requestId(context: Context, ids: ApiDependencies['ids']): string {
  const given = context.req.header('x-request-id') ?? '';
  return /^[\w-]{8,64}$/.test(given) ? given : Buffer.from(ids.bytes(12)).toString('base64url');
}

function languageOf(context: Context): Language {
  return chooseLanguage({ accepted: context.req.header('accept-language') });
}

/** Answers a request to a path of the API. */
async function serve(
  service: Service,
  context: Context,
  operations: readonly Operation[],
): Promise<Response> {
  const methods = operations.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  const allowed = [...methods, 'OPTIONS'].join(', ');
  if (context.req.method === 'OPTIONS') return context.body(null, 204, { allow: allowed });
  const asked = context.req.method === 'HEAD' ? 'GET' : context.req.method;
  const operation = operations.find(({ method }) => method === asked);
  if (operation === undefined) return refuse(service, context, methodNotAllowed(allowed));
  try {
    return reply(service, context, operation, await run(service, context, operation));
  } catch (error) {
    return refuse(service, context, error, operation.id);
  }
}

async function run(service: Service, context: Context, operation: Operation): Promise<Reply> {
  const { dependencies, description } = service;
  const { method, body } = operation;
  const who = await dependencies.admit(context, operation);
  const parameters = readParameters(context, operation);
  const sent =
    body.schema === undefined || method === 'GET' ? undefined : await readJson(context.req.raw, method);
  return operation.run({
    dependencies,
    language: languageOf(context),
    who,
    ...parameters,
    description,
    body: sent,
  });
}

/** True if the client says that it has this representation already (RFC 9110, section 13.1.2). */
function isKnown(context: Context, etag: string | undefined): boolean {
  const known = (context.req.header('if-none-match') ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  return etag !== undefined && known.includes(etag);
}

function reply(
  { basePath }: Service,
  context: Context,
  { cacheSeconds }: Operation,
  { status, body, location, etag }: Reply,
): Response {
  if (cacheSeconds !== undefined) {
    context.header('cache-control', `public, max-age=${cacheSeconds}`);
    if (isKnown(context, etag)) return context.body(null, 304, etag === undefined ? {} : { etag });
  }
  return context.body(JSON.stringify(body), status, {
    'content-type': 'application/json',
    ...(location === undefined ? {} : { location: `${basePath}${context.req.path}/${location}` }),
    ...(etag === undefined ? {} : { etag }),
  });
}

/** Answers with the problem that an error stands for; a fault of ours is logged. */
function refuse(
  { dependencies, basePath }: Service,
  context: Context,
  error: unknown,
  operation?: string,
): Response {
  const problem = problemOf(error);
  const { status } = problemKind(problem.code);
  if (status >= 500) {
    dependencies.logger.log('request_failed', {
      ...(operation === undefined ? {} : { kind: operation }),
      error: errorName(error),
    });
  }
  const occurrence = { basePath, path: context.req.path, language: languageOf(context) };
  return context.body(JSON.stringify(problemBody(problem, occurrence)), status, {
    'content-type': 'application/problem+json',
    ...problem.particulars.headers,
  });
}

function methodNotAllowed(allowed: string): ApiProblem {
  return new ApiProblem(
    'method_not_allowed',
    {
      fr: `Méthode non autorisée. Méthodes autorisées : ${allowed}.`,
      en: `Method not allowed. Allowed: ${allowed}.`,
    },
    { headers: { allow: allowed } },
  );
}

const routeNotFound = new ApiProblem('route_not_found', {
  fr: 'Cette URL n’existe pas. L’API est décrite à /api/openapi.json.',
  en: 'This URL does not exist. The API is described at /api/openapi.json.',
});
