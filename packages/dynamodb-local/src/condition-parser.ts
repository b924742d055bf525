import type { AttributeValue } from 'dynalite/db/index.js';
import { Findings, isFunctionName } from './condition-checks.ts';
import {
  type Call,
  type Comparator,
  type Condition,
  isCall,
  isPath,
  type Operand,
  type Path,
} from './conditions.ts';
import { isEnd, syntaxError, type Token, tokensOf } from './tokens.ts';

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const MAX_OPERATORS = 300;
/** So many operators need no more parentheses than this. */
const MAX_DEPTH = 2 * MAX_OPERATORS + 1;

const COMPARATORS = ['=', '<>', '<', '<=', '>', '>='] as const;
const isComparator = (text: string): text is Comparator => COMPARATORS.some((one) => one === text);

/** What `#name` and `:value` stand for in the expressions of a request, and which of them were used. */
export interface Names {
  name(reference: string): string | undefined;
  value(reference: string): AttributeValue | undefined;
  isReserved(name: string): boolean;
}

export interface ParsedCondition {
  readonly expression: Condition;
  /** The attributes that the expression looks at, and those of them that it looks into. */
  readonly pathHeads: ReadonlySet<string>;
  readonly nestedPaths: ReadonlySet<string>;
}

class Unreadable extends Error {}

/**
 * Reads a condition, filter or key condition expression; answers with the message of what is wrong with it
 * otherwise. dynalite's own parser takes time that grows tenfold with every second level of parentheses, and
 * does not know `NOT NOT`.
 */
export function parseCondition(expression: string, names: Names): ParsedCondition | string {
  try {
    return new ConditionParser(expression, names).parse();
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}

/** What a part of an expression turned out to be. */
type Node = (
  | { readonly condition: Condition; readonly operand?: never }
  | { readonly operand: Operand; readonly condition?: never }
) & { readonly enclosed?: boolean };

class ConditionParser {
  readonly #expression: string;
  readonly #names: Names;
  readonly #tokens: readonly Token[];
  readonly #findings = new Findings();
  readonly #pathHeads = new Set<string>();
  readonly #nestedPaths = new Set<string>();
  #at = 0;
  #depth = 0;
  #operators = 0;

  constructor(expression: string, names: Names) {
    this.#expression = expression;
    this.#names = names;
    this.#tokens = tokensOf(expression);
  }

  parse(): ParsedCondition {
    const expression = this.#condition(this.#any());
    if (!isEnd(this.#next)) throw this.#unreadable();
    if (this.#operators > MAX_OPERATORS) {
      throw new Unreadable(`The expression contains too many operators; operator count: ${this.#operators}`);
    }
    if (this.#findings.first !== undefined) throw new Unreadable(this.#findings.first);
    return { expression, pathHeads: this.#pathHeads, nestedPaths: this.#nestedPaths };
  }

  /** One condition, or several joined by OR. */
  #any(): Node {
    return this.#joined('or', () => this.#joined('and', () => this.#negated()));
  }

  #joined(type: 'or' | 'and', part: () => Node): Node {
    const first = part();
    if (!this.#isWord(type)) return first;
    const args = [this.#condition(first)];
    while (this.#takeOperator(type)) args.push(this.#condition(part()));
    return { condition: { type, args } };
  }

  #negated(): Node {
    let negations = 0;
    while (this.#takeOperator('not')) negations += 1;
    let node = this.#comparison();
    for (; negations > 0; negations -= 1) {
      node = { condition: { type: 'not', args: [this.#condition(node)] } };
    }
    return node;
  }

  #comparison(): Node {
    const first = this.#term();
    const { text } = this.#next;
    if (isComparator(text)) {
      this.#operators += 1;
      this.#at += 1;
      const args = [this.#operand(first), this.#operand(this.#term())];
      this.#findings.distinct(text, args);
      if (text !== '=' && text !== '<>') this.#findings.ordered(text, args);
      return { condition: { type: text, args } };
    }
    if (this.#takeOperator('between')) {
      const low = this.#operand(this.#term());
      if (!this.#isWord('and')) throw this.#unreadable();
      this.#at += 1;
      const args = [this.#operand(first), low, this.#operand(this.#term())];
      this.#findings.ordered('BETWEEN', args);
      this.#findings.bounds(args);
      return { condition: { type: 'between', args } };
    }
    if (!this.#takeOperator('in')) return first;
    return { condition: { type: 'in', args: [this.#operand(first), ...this.#list()] } };
  }

  /** A path, a value, a function or something in parentheses. */
  #term(): Node {
    const token = this.#next;
    if (token.text === '(') return this.#enclosed();
    if (this.#tokens[this.#at + 1]?.text === '(' && /^[a-z_]\w*$/i.test(token.text)) return this.#call();
    if (token.text.startsWith(':') && token.text.length > 1) {
      this.#at += 1;
      return { operand: this.#value(token.text) };
    }
    return { operand: this.#path() };
  }

  #enclosed(): Node {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new Unreadable('The expression has redundant parentheses;');
    this.#take('(');
    const node = this.#any();
    this.#take(')');
    this.#depth -= 1;
    if (node.enclosed) this.#findings.add('parentheses', 'The expression has redundant parentheses;');
    return { ...node, enclosed: true };
  }

  #call(): Node {
    const name = this.#next.text;
    this.#at += 1;
    this.#depth += 1;
    if (!isFunctionName(name)) {
      const known = name === 'if_not_exists' || name === 'list_append';
      if (known) this.#findings.misuse(name);
      else this.#findings.add('function', `Invalid function name; function: ${name}`);
    }
    // Nothing takes what a function gives but a comparison: so many levels are wrong whatever they are.
    if (this.#depth > MAX_DEPTH) {
      this.#findings.misuse(name);
      throw new Unreadable(this.#findings.first);
    }
    const args = this.#list();
    this.#depth -= 1;
    const call: Call = { type: 'function', name: isFunctionName(name) ? name : 'size', args };
    if (isFunctionName(name)) this.#findings.call(call);
    return call.name === 'size' ? { operand: call } : { condition: call };
  }

  #list(): Operand[] {
    this.#take('(');
    const operands = [this.#operand(this.#term())];
    while (this.#next.text === ',') {
      this.#at += 1;
      operands.push(this.#operand(this.#term()));
    }
    this.#take(')');
    return operands;
  }

  #path(): Path {
    const head = this.#attribute();
    const path: (string | number)[] = [head];
    for (;;) {
      if (this.#next.text === '.') {
        this.#at += 1;
        path.push(this.#attribute());
      } else if (this.#next.text === '[') {
        this.#at += 1;
        if (!/^\d+$/.test(this.#next.text)) throw this.#unreadable();
        path.push(Number(this.#next.text));
        this.#at += 1;
        this.#take(']');
      } else break;
    }
    this.#pathHeads.add(head);
    if (path.length > 1) this.#nestedPaths.add(head);
    return path;
  }

  #attribute(): string {
    const { text } = this.#next;
    if (!/^(#\w+|[a-z_]\w*)$/i.test(text)) throw this.#unreadable();
    this.#at += 1;
    if (!text.startsWith('#')) {
      if (this.#names.isReserved(text)) {
        this.#findings.add('reserved', `Attribute name is a reserved keyword; reserved keyword: ${text}`);
      }
      return text;
    }
    const name = this.#names.name(text);
    if (name === undefined) {
      this.#findings.add(
        'names',
        `An expression attribute name used in the document path is not defined; attribute name: ${text}`,
      );
    }
    return name ?? text;
  }

  #value(reference: string): AttributeValue {
    const value = this.#names.value(reference);
    if (value === undefined) {
      this.#findings.add(
        'names',
        `An expression attribute value used in expression is not defined; attribute value: ${reference}`,
      );
    }
    return value ?? {};
  }

  #condition(node: Node): Condition {
    if (node.condition !== undefined) return node.condition;
    if (isPath(node.operand) || !isCall(node.operand)) throw this.#unreadable();
    this.#findings.misuse(node.operand.name);
    return node.operand;
  }

  #operand(node: Node): Operand {
    if (node.operand !== undefined) return node.operand;
    if (node.condition.type !== 'function') throw this.#unreadable();
    this.#findings.misuse(node.condition.name);
    return node.condition;
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { text: '', start: 0, end: 0 };
  }

  #isWord(word: string): boolean {
    return this.#next.text.toLowerCase() === word;
  }

  #takeOperator(word: string): boolean {
    if (!this.#isWord(word)) return false;
    this.#at += 1;
    this.#operators += 1;
    return true;
  }

  #take(text: string): void {
    if (this.#next.text !== text) throw this.#unreadable();
    this.#at += 1;
  }

  #unreadable(): Unreadable {
    return new Unreadable(syntaxError(this.#expression, this.#next.start));
  }
}
