/** A piece of an expression: a word, a number, a `#name`, a `:value` or a sign. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN = /#\w+|:\w+|\w+|<=|>=|<>|[^\s\w]/g;
const END_TEXT = '<EOF>';

/** The tokens of an expression, with one more for its end. */
export function tokensOf(expression: string): Token[] {
  const tokens = [...expression.matchAll(TOKEN)].map(({ 0: text, index }) => ({
    text,
    start: index,
    end: index + text.length,
  }));
  return [...tokens, { text: END_TEXT, start: expression.length, end: expression.length }];
}

export const isEnd = (token: Token): boolean => token.start === token.end;

/** What DynamoDB says of the token at a position: the token, and it with its neighbours. */
export function syntaxError(expression: string, position: number): string {
  const tokens = tokensOf(expression);
  const at = tokens.findIndex(({ end }) => end > position);
  const index = at < 0 ? tokens.length - 1 : at;
  const start = tokens[Math.max(0, index - 1)]?.start ?? 0;
  const end = tokens[Math.min(tokens.length - 1, index + 1)]?.end ?? expression.length;
  return `Syntax error; token: "${tokens[index]?.text}", near: "${expression.slice(start, end)}"`;
}
