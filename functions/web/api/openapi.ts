import * as z from 'zod/mini';
import { conditionCodes } from '../../domain/classification/outcomes.ts';
import { waveGates } from '../../domain/waves/wave.ts';
import { isPublic } from './authorisation.ts';
import type { Operation, ParameterName } from './operation.ts';
import { problemType } from './problem.ts';
import { type ProblemCode, problemKind } from './problem-catalogue.ts';
import { problemSchema } from './schemas/problem-schema.ts';
import { descriptions } from './schemas/registry.ts';
import { scopes } from './scopes.ts';

export interface DocumentSettings {
  /** The path under which the whole product is served; empty at the root of a host. */
  readonly basePath: string;
  /** URL of the token endpoint. */
  readonly tokenUrl: string;
  /** Rate limit of each client. */
  readonly requestsPerSecond: number;
}

type Json = Readonly<Record<string, unknown>>;

/** A schema used by an operation has no name, so it cannot be referenced: a bug. */
class UnnamedSchemaError extends Error {
  override readonly name = 'UnnamedSchemaError';
}

const parameters: Readonly<Record<ParameterName, Json>> = {
  reference: {
    description: 'Reference of the onboarding, with its check character.',
    schema: { type: 'string' },
    example: 'K7F4-M3XJ',
  },
  code: { description: 'Code of the condition.', schema: { type: 'string', enum: conditionCodes } },
  id: {
    description: 'Id of the wave: its site and date.',
    schema: { type: 'string' },
    example: 'paris-2027-03-09',
  },
  gate: {
    description: 'Code of the gate.',
    schema: { type: 'string', enum: waveGates.map(({ code }) => code) },
  },
  approval: {
    description: 'Id of the request for approval.',
    schema: { type: 'string' },
    example: 'K7F4-M3XJ-14',
  },
  problem: { description: 'Code of the problem.', schema: { type: 'string' }, example: 'onboarding_closed' },
};

const parameterNames: readonly ParameterName[] = ['reference', 'code', 'id', 'gate', 'approval', 'problem'];

function pathParameters({ path }: Operation): readonly ParameterName[] {
  return parameterNames.filter((name) => path.includes(`{${name}}`));
}

/**
 * Formats are sufficient; the patterns behind them are long and repetitive. The limits of JavaScript's safe integers are
 * left out as well.
 */
const schemaSettings = {
  metadata: descriptions,
  uri: (id: string) => `#/components/schemas/${id}`,
  override: ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) => {
    if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  },
};

function components(): Json {
  const { schemas } = z.toJSONSchema(descriptions, schemaSettings);
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]),
  );
}

function refTo(schema: z.ZodMiniType): Json {
  const id = descriptions.get(schema)?.id;
  if (id === undefined) throw new UnnamedSchemaError('A schema of the API has no name');
  return { $ref: schemaSettings.uri(id) };
}

/** OpenAPI puts the description of a parameter beside its schema. */
const parameterSchema = z.looseObject({ description: z.string() });

function queryParameters({ query }: Operation): readonly Json[] {
  const { properties = {} } = z.toJSONSchema(query, { ...schemaSettings, io: 'input' });
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = z.parse(parameterSchema, property);
    return { name, in: 'query', description, schema };
  });
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Identifies this request of the client permanently. Repeating the request does nothing more: status and reference are the same, the rest shows the present state. The same key with other content is refused.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  example: 'crm-2026-000117',
};

const ifMatch = {
  name: 'If-Match',
  in: 'header',
  description:
    'The ETag of what the request is based on. If it has been changed since, the request is refused (412).',
  schema: { type: 'string' },
  example: '"3"',
};

const ifNoneMatch = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The ETag of the answer that the client has: if it is still the same, 304 and no body.',
  schema: { type: 'string' },
};

const acceptLanguage = {
  name: 'Accept-Language',
  in: 'header',
  description: 'fr (default) or en.',
  schema: { type: 'string' },
};

/** All problems that an operation may return. */
export function problemsOf(operation: Operation): readonly ProblemCode[] {
  const { method, scope, operators, body, path, problems } = operation;
  return [
    ...problems,
    'invalid_parameter',
    'internal_error',
    'service_unavailable',
    ...(scope === undefined ? [] : (['onboarding_unreadable'] as const)),
    ...(method === 'POST' ? (['idempotency_key_missing', 'idempotency_key_reused'] as const) : []),
    ...(body.schema === undefined
      ? []
      : (['malformed_json', 'body_too_large', 'unsupported_media_type', 'invalid_input'] as const)),
    ...(path.includes('{reference}') ? (['onboarding_not_found'] as const) : []),
    ...(path.includes('{id}') ? (['wave_not_found', 'wave_unreadable'] as const) : []),
    ...(path.includes('{approval}') ? (['approval_not_found'] as const) : []),
    ...(scope === undefined ? [] : (['insufficient_scope'] as const)),
    ...(operators === undefined ? [] : (['operator_required'] as const)),
    ...(isPublic(operation)
      ? []
      : ([
          'authentication_required',
          'invalid_token',
          'too_many_requests',
          'identity_provider_unavailable',
        ] as const)),
  ];
}

function problemExample(code: ProblemCode, { path }: Operation, basePath: string): Json {
  const { status, title } = problemKind(code);
  const type = problemType(basePath, code);
  return {
    value: { type, title: title.en, status, detail: title.en, instance: `${basePath}/api${path}`, code },
  };
}

/** Headers of a status that tell a client how to continue. */
function headersOf(status: number): Json {
  const string = { type: 'string' };
  if (status === 401) {
    const description = 'Bearer, with the error of the token (RFC 6750).';
    return { headers: { 'WWW-Authenticate': { description, schema: string } } };
  }
  if (status !== 429 && status !== 503) return {};
  const description = 'Seconds to wait before the next request.';
  return { headers: { 'Retry-After': { description, schema: { type: 'integer', minimum: 1 } } } };
}

function problemResponses(operation: Operation, basePath: string): Json {
  const byStatus = Map.groupBy(problemsOf(operation), (code) => problemKind(code).status);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => problemKind(code).title.en).join('; '),
        ...headersOf(Number(status)),
        content: {
          'application/problem+json': {
            schema: refTo(problemSchema),
            examples: Object.fromEntries(
              codes.map((code) => [code, problemExample(code, operation, basePath)]),
            ),
          },
        },
      },
    ]),
  );
}

function successResponse({ success }: Operation): Json {
  const { status, description, schema, example, located, tagged } = success;
  const headers = {
    ...(located ? { Location: { description: 'URL of the new resource.', schema: { type: 'string' } } } : {}),
    ...(tagged ? { ETag: { description: 'Version of the resource.', schema: { type: 'string' } } } : {}),
  };
  return {
    [String(status)]: {
      description,
      ...(located || tagged ? { headers } : {}),
      content: { 'application/json': { schema: refTo(schema), example } },
    },
  };
}

function acceptedResponse({ accepted }: Operation): Json {
  if (accepted === undefined) return {};
  const { description, schema, example } = accepted;
  return { '202': { description, content: { 'application/json': { schema: refTo(schema), example } } } };
}

/** Who may use an operation: any one of these suffices. */
function securityOf({ scope, operators }: Operation): readonly Json[] {
  return [
    ...(scope === undefined ? [] : [{ clientCredentials: [scope] }]),
    ...(operators === undefined ? [] : [{ operator: [] }]),
  ];
}

function described(operation: Operation, basePath: string): Json {
  const { id, method, summary, body, idempotent, conditional, cacheSeconds } = operation;
  return {
    operationId: id,
    summary,
    security: securityOf(operation),
    parameters: [
      ...pathParameters(operation).map((name) => ({
        name,
        in: 'path',
        required: true,
        ...parameters[name],
      })),
      ...queryParameters(operation),
      ...(method === 'POST' ? [{ ...idempotencyKey, required: idempotent === true }] : []),
      ...(conditional === true ? [ifMatch] : []),
      ...(cacheSeconds === undefined ? [] : [ifNoneMatch]),
      acceptLanguage,
    ],
    ...(body.schema === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: refTo(body.schema), example: body.example } },
          },
        }),
    responses: {
      ...successResponse(operation),
      ...acceptedResponse(operation),
      ...(cacheSeconds === undefined ? {} : { '304': { description: 'Unchanged.' } }),
      ...problemResponses(operation, basePath),
    },
  };
}

/** The API as an OpenAPI 3.1 document, generated from the route table and its schemas. */
export function openApiDocument(
  operations: readonly Operation[],
  { basePath, tokenUrl, requestsPerSecond }: DocumentSettings,
): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    const path = `/api${operation.path}`;
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: described(operation, basePath) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Trusted cloud onboarding',
      version: '1',
      description: `Onboarding of customers into a trusted cloud: start, answer, review, book, hand over. Errors are RFC 9457 problems, in French or English by Accept-Language. Answers are not cached, unless they say for how long, and name the request in X-Request-Id. A client may make ${requestsPerSecond} requests at once, then ${requestsPerSecond} a second; what goes beyond is answered with 429 and Retry-After.`,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    // Relative to where this document is served: right behind every name of the host.
    servers: [{ url: basePath === '' ? '/' : basePath }],
    paths,
    components: {
      schemas: components(),
      securitySchemes: {
        operator: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The access token of an operator, from their own sign-in at the identity provider.',
        },
        clientCredentials: {
          type: 'oauth2',
          flows: {
            clientCredentials: {
              tokenUrl,
              scopes: Object.fromEntries(Object.entries(scopes).map(([name, text]) => [name, text.en])),
            },
          },
        },
      },
    },
  };
}
