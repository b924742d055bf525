import { validationError } from 'dynalite/db/index.js';
import projectionParser from 'dynalite/db/projectionParser.js';
import updateParser from 'dynalite/db/updateParser.js';
import {
  type ExpressionParameters,
  type Projection,
  type Updates,
  validateAttributeValue,
  validateExpressions,
} from 'dynalite/validations/index.js';
import { type Names, type ParsedCondition, parseCondition } from './condition-parser.ts';
import { isNestedTooDeep, NESTED_TOO_DEEP } from './item-size.ts';
import { syntaxError } from './tokens.ts';

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const MAX_EXPRESSION_BYTES = 4096;

/** The expressions of a request, read. */
export interface Expressions {
  readonly updates: Updates | undefined;
  readonly condition: ParsedCondition | undefined;
  readonly keyCondition: ParsedCondition | undefined;
  readonly filter: ParsedCondition | undefined;
  readonly projection: Projection | undefined;
}

export const NO_EXPRESSIONS: Expressions = {
  updates: undefined,
  condition: undefined,
  keyCondition: undefined,
  filter: undefined,
  projection: undefined,
};

const reserved = new Map<string, boolean>();

/** dynalite keeps the list of reserved words to itself, but refuses to project an attribute of such a name. */
function isReserved(name: string): boolean {
  const known = reserved.get(name);
  if (known !== undefined) return known;
  const found = validateExpressions({ ProjectionExpression: name }) !== undefined;
  if (reserved.size < 10_000) reserved.set(name, found);
  return found;
}

/** @throws a ValidationException */
export function parseExpressions(request: ExpressionParameters): Expressions {
  const { ExpressionAttributeNames: attrNames = {}, ExpressionAttributeValues: attrVals = {} } = request;
  checkReferences(request);
  const unusedAttrNames: { [reference: string]: unknown } = { ...attrNames };
  const unusedAttrVals: { [reference: string]: unknown } = { ...attrVals };
  const names: Names = {
    name: (reference) => {
      delete unusedAttrNames[reference];
      return attrNames[reference];
    },
    value: (reference) => {
      delete unusedAttrVals[reference];
      return attrVals[reference];
    },
    isReserved,
  };
  const context = { attrNames, attrVals, unusedAttrNames, unusedAttrVals, isReserved };
  const condition = (text: string) => parseCondition(text, names);
  const parsed = {
    updates: read('UpdateExpression', request, readBy(updateParser.parse, context)),
    condition: read('ConditionExpression', request, condition),
    keyCondition: read('KeyConditionExpression', request, condition),
    filter: read('FilterExpression', request, condition),
    projection: read('ProjectionExpression', request, readBy(projectionParser.parse, context)),
  };
  checkAllUsed('ExpressionAttributeNames', unusedAttrNames);
  checkAllUsed('ExpressionAttributeValues', unusedAttrVals);
  return parsed;
}

function read<Parsed>(
  name: keyof ExpressionParameters & `${string}Expression`,
  request: ExpressionParameters,
  parse: (text: string) => Parsed | string,
): Parsed | undefined {
  const text = request[name];
  if (text === undefined) return undefined;
  const size = Buffer.byteLength(text);
  let parsed: Parsed | string = 'The expression can not be empty;';
  if (size > MAX_EXPRESSION_BYTES) {
    parsed = `Expression size has exceeded the maximum allowed size; expression size: ${size}`;
  } else if (text !== '') {
    parsed = parse(text);
  }
  if (typeof parsed === 'string') throw validationError(`Invalid ${name}: ${parsed}`);
  return parsed;
}

/** dynalite's parsers say what they expected and where; DynamoDB names the token it found there. */
function readBy<Parsed>(
  parse: (text: string, options: { readonly context: object }) => Parsed | string,
  context: object,
): (text: string) => Parsed | string {
  return (text) => {
    try {
      return parse(text, { context });
    } catch (error) {
      if (error instanceof Error && isLocated(error)) return syntaxError(text, error.location.start.offset);
      throw error;
    }
  };
}

function isLocated(error: Error): error is Error & { location: { start: { offset: number } } } {
  return error.name === 'SyntaxError' && 'location' in error;
}

function checkReferences({
  ExpressionAttributeNames,
  ExpressionAttributeValues,
}: ExpressionParameters): void {
  checkKeys('ExpressionAttributeNames', ExpressionAttributeNames, /^#\w+$/);
  checkKeys('ExpressionAttributeValues', ExpressionAttributeValues, /^:\w+$/);
  for (const [reference, value] of Object.entries(ExpressionAttributeValues ?? {})) {
    const message = isNestedTooDeep(value) ? NESTED_TOO_DEEP : validateAttributeValue(value);
    if (message !== undefined) {
      throw validationError(
        `ExpressionAttributeValues contains invalid value: ${message} for key ${reference}`,
      );
    }
  }
}

function checkKeys(parameter: string, references: object | undefined, form: RegExp): void {
  if (references === undefined) return;
  const keys = Object.keys(references);
  if (keys.length === 0) throw validationError(`${parameter} must not be empty`);
  const wrong = keys.find((key) => !form.test(key));
  if (wrong !== undefined) {
    throw validationError(`${parameter} contains invalid key: Syntax error; key: "${wrong}"`);
  }
}

function checkAllUsed(parameter: string, unused: object): void {
  const keys = Object.keys(unused);
  if (keys.length === 0) return;
  throw validationError(`Value provided in ${parameter} unused in expressions: keys: {${keys.join(', ')}}`);
}
