import type { AttributeValue } from 'dynalite/db/index.js';
import { type Call, type FunctionName, isCall, isPath, type Operand, order, typeOf } from './conditions.ts';

const OPERANDS: { readonly [name in FunctionName]: number } = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};
export const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(OPERANDS, name);
const TYPES = ['B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'N', 'NS', 'S', 'M'];

/** What may be wrong with an expression that can be read, in the order in which DynamoDB reports it. */
const CHECKS = ['parentheses', 'function', 'use', 'reserved', 'names', 'count', 'distinct', 'types'] as const;
type Check = (typeof CHECKS)[number];

/** What is wrong with a condition that can be read: what it uses where, and with operands of which types. */
export class Findings {
  readonly #findings = new Map<Check, string>();

  /** What DynamoDB reports of all that is wrong. */
  get first(): string | undefined {
    const check = CHECKS.find((one) => this.#findings.has(one));
    return check === undefined ? undefined : this.#findings.get(check);
  }

  add(check: Check, message: string): void {
    if (!this.#findings.has(check)) this.#findings.set(check, message);
  }

  misuse(name: string): void {
    this.add('use', `The function is not allowed to be used this way in an expression; function: ${name}`);
  }

  call({ name, args }: Call): void {
    if (args.length !== OPERANDS[name]) {
      this.add(
        'count',
        `Incorrect number of operands for operator or function; operator or function: ${name}, ` +
          `number of operands: ${args.length}`,
      );
      return;
    }
    this.distinct(name, args);
    const [first, second] = args;
    if (name.endsWith('exists') && first !== undefined && !isPath(first)) {
      this.add('types', `Operator or function requires a document path; operator or function: ${name}`);
    }
    if (name === 'begins_with') this.#types(name, args, (type) => type === 'S' || type === 'B');
    if (name === 'size') this.#types(name, args, (type) => !['N', 'BOOL', 'NULL'].includes(type));
    if (name === 'attribute_type' && second !== undefined) this.#typeName(second);
  }

  #typeName(operand: Operand): void {
    const type = literalType(operand) ?? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}';
    if (type !== 'S') {
      this.add('types', wrongType('attribute_type', type));
    } else if (!isPath(operand) && !isCall(operand) && !TYPES.includes(operand.S ?? '')) {
      this.add(
        'types',
        `Invalid attribute type name found; type: ${operand.S}, valid types: {${TYPES.join(',')}}`,
      );
    }
  }

  ordered(operator: string, args: readonly Operand[]): void {
    this.#types(operator, args, (type) => ['S', 'N', 'B'].includes(type));
  }

  #types(operator: string, args: readonly Operand[], fits: (type: string) => boolean): void {
    for (const operand of args) {
      const type = literalType(operand);
      if (type !== undefined && !fits(type)) this.add('types', wrongType(operator, type));
    }
  }

  bounds([, low, high]: readonly Operand[]): void {
    if (low === undefined || high === undefined || isPath(low) || isPath(high)) return;
    if (isCall(low) || isCall(high)) return;
    const bounds =
      `lower bound operand: AttributeValue: ${shown(low)}, ` +
      `upper bound operand: AttributeValue: ${shown(high)}`;
    if (typeOf(low) !== typeOf(high)) {
      this.add('types', `The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`);
    } else if ((order(low, high) ?? 0) > 0) {
      this.add(
        'types',
        `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`,
      );
    }
  }

  distinct(operator: string, [first, second]: readonly Operand[]): void {
    if (first === undefined || second === undefined || !isPath(first) || !isPath(second)) return;
    if (JSON.stringify(first) !== JSON.stringify(second)) return;
    const path = first.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ');
    this.add(
      'distinct',
      'The first operand must be distinct from the remaining operands for this operator or function; ' +
        `operator: ${operator}, first operand: [${path}]`,
    );
  }
}

const wrongType = (operator: string, type: string): string =>
  `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`;
const shown = (value: AttributeValue): string =>
  `{${Object.entries(value)
    .map(([type, content]) => `${type}:${JSON.stringify(content).replace(/^"(.*)"$/, '$1')}`)
    .join()}}`;

/** The type that an operand has whatever the item. */
function literalType(operand: Operand): string | undefined {
  if (isPath(operand)) return undefined;
  return isCall(operand) ? 'N' : typeOf(operand) || undefined;
}
