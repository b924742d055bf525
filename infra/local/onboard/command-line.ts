import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Language, languages } from '../../../functions/domain/text.ts';

export const exitCodes = { success: 0, failure: 1, usage: 2, interrupted: 130 } as const;

export const usage = `Usage: npm run onboard -- FILE.csv [options]

Runs the onboarding of every prospect in a file to its end, in virtual time, and prints the results.

  --data DIR       keep the data in DIR and resume from there (default: in memory)
  --answers DIR    answers of customers and decisions of operators (default: examples/answers)
  --registry FILE  content of the public register (default: examples/registry.json)
  --returned FILE  where to write rejected rows (default: FILE-refused.csv beside FILE.csv)
  --lang fr|en     language of the output (default: from LANG, else fr)
  --json           print one JSON document instead of the table
  --help           print this

Exit code: 0 if every row ended as the index of the answers folder expects and none was rejected, 1 if not,
2 if the command line is wrong or the file cannot be read.
`;

/** An error of the user, printed in one line. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** What `npm run onboard` was asked to do; all paths as given or by default. */
export interface Command {
  readonly file: string;
  readonly answers: string;
  readonly registry: string;
  readonly returned: string;
  readonly language: Language;
  readonly json: boolean;
  readonly data?: string;
}

/**
 * Reads the arguments of `npm run onboard`; undefined for `--help`.
 *
 * @throws UserError with the usage, for arguments it cannot read
 */
export function commandOf(args: readonly string[]): Command | undefined {
  const { values, positionals } = parsed(args);
  if (values.help) return undefined;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UserError(usage, exitCodes.usage);
  const name = basename(file, extname(file));
  return {
    file,
    answers: values.answers,
    registry: values.registry,
    returned: values.returned ?? join(dirname(file), `${name}-refused.csv`),
    language: languageOf(values.lang),
    json: values.json,
    ...(values.data === undefined ? {} : { data: values.data }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        answers: { type: 'string', default: examples('answers') },
        registry: { type: 'string', default: examples('registry.json') },
        returned: { type: 'string' },
        lang: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new UserError(`${what}\n\n${usage}`, exitCodes.usage, { cause: error });
  }
}

function languageOf(asked: string | undefined): Language {
  if (asked === undefined) return process.env['LANG']?.startsWith('en') === true ? 'en' : 'fr';
  const language = languages.find((known) => known === asked);
  if (language === undefined)
    throw new UserError(`--lang must be ${languages.join(' or ')}\n\n${usage}`, exitCodes.usage);
  return language;
}

const examples = (path: string): string =>
  fileURLToPath(new URL(`../../../examples/${path}`, import.meta.url));
