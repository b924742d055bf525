import { readHeader } from '../../../functions/application/prospect-file/header.ts';
import { adviceIn } from '../../../functions/application/prospect-file/returned-file.ts';
import {
  intakeProblems,
  type RowProblem,
} from '../../../functions/application/prospect-file/row-problems.ts';
import type { ProspectFile, RefusedRow } from '../../../functions/application/prospect-file.ts';
import {
  ActiveOnboardingExistsError,
  type BusinessError,
  IdempotencyKeyReusedError,
  InvalidInputError,
} from '../../../functions/domain/errors.ts';
import type { IntakeField } from '../../../functions/domain/intake/intake.ts';
import { organisationName } from '../../../functions/domain/intake/scope-names.ts';
import type { Language, Text } from '../../../functions/domain/text.ts';
import type { ProspectRow } from './prospect-row.ts';
import type { NotStarted, ProspectRun } from './run-prospects.ts';

/** The report of a run over a file. */
export interface Report {
  readonly file: ProspectFile;
  readonly run: ProspectRun;
  /** Rows rejected when read or when started, in file order. */
  readonly refused: readonly RefusedRow[];
  /** File with the rejected rows, if there are any. */
  readonly returned?: string;
}

export interface Totals {
  /** Lines with content: the sum of accepted, duplicates and refused. */
  readonly rows: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: number;
  /** Accepted rows by outcome, UNFINISHED without one. Their sum is `accepted`. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** The sum of these three is `accepted` too. */
  readonly asExpected: number;
  readonly unexpected: number;
  readonly withoutExpectation: number;
}

const startedOtherwise: Text = {
  fr: 'ce SIREN a déjà été lancé dans ce dossier avec d’autres valeurs ; rétablissez-les, ou utilisez un autre dossier --data.',
  en: 'this SIREN was already started in this folder with other values; restore them, or use another --data folder.',
};

/** Turns a refusal (what is wrong, then what to do) into the form of the file's problems. */
function adviceOf(problem: BusinessError): Text {
  if (problem instanceof IdempotencyKeyReusedError) return startedOtherwise;
  const { fr, en } = problem.text;
  return { fr: fr.replace(/\. (?=\p{Lu})/u, ' ; '), en: en.replace(/\. (?=\p{Lu})/u, '; ') };
}

/** The problems of a refusal, by column. */
function problemsOf({ prospect, problem }: NotStarted): readonly RowProblem[] {
  if (problem instanceof InvalidInputError) return intakeProblems(problem);
  const inScope = problem instanceof ActiveOnboardingExistsError && prospect.intake.scope !== undefined;
  return [{ column: inScope ? 'scope' : 'siren', code: problem.code, message: adviceOf(problem) }];
}

/** A row that could not be started, in the form of one that could not be read. */
export function refusedAtStart({ header }: ProspectFile, notStarted: NotStarted): RefusedRow {
  const { intake, line: at } = notStarted.prospect;
  const cellOf = (field: IntakeField | undefined): string => {
    const value = field === undefined ? undefined : intake[field];
    return typeof value === 'object' ? value.join('|') : String(value ?? '');
  };
  return {
    line: at ?? 0,
    original: readHeader(header).map(({ field }) => cellOf(field)),
    problems: problemsOf(notStarted),
  };
}

export type Verdict = 'as_expected' | 'unexpected' | 'none_stated';

function verdictOf(row: ProspectRow): Verdict {
  if (row.unexpected.length > 0 || row.outcome === null || row.outcome === 'FAILED') return 'unexpected';
  return row.expected === undefined ? 'none_stated' : 'as_expected';
}

export function totalsOf({ file, run, refused }: Report): Totals {
  const outcomes: Record<string, number> = {};
  const verdicts: Record<Verdict, number> = { as_expected: 0, unexpected: 0, none_stated: 0 };
  for (const row of run.rows) {
    const outcome = row.outcome ?? 'UNFINISHED';
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    verdicts[verdictOf(row)] += 1;
  }
  return {
    rows: file.dataRows,
    accepted: file.dataRows - file.duplicates.length - refused.length,
    duplicates: file.duplicates.length,
    refused: refused.length,
    outcomes,
    asExpected: verdicts.as_expected,
    unexpected: verdicts.unexpected,
    withoutExpectation: verdicts.none_stated,
  };
}

/**
 * True when every row of the file was run and ended as the index expects. A row the index does not name has nothing
 * to fail by: it only has to end, and the report says that nothing was expected of it.
 */
export function isSuccess(report: Report): boolean {
  const { refused, duplicates, unexpected } = totalsOf(report);
  return !report.run.stopped && refused === 0 && duplicates === 0 && unexpected === 0;
}

function refusedForJson({ line, problems }: RefusedRow, language: Language) {
  return {
    line,
    problems: problems.map(({ column, code, message }) => {
      const { what, fix } = adviceIn(message, language);
      return { column, code, problem: what, fix };
    }),
  };
}

/** The report as one JSON document. */
export function toJson(report: Report, language: Language): string {
  const { file, run, refused, returned } = report;
  const { lineEnd: _, ...detected } = file.detected;
  const document = {
    rows: run.rows.map((row) => ({ ...row, why: row.why[language], verdict: verdictOf(row) })),
    refused: refused.map((row) => refusedForJson(row, language)),
    duplicates: file.duplicates.map((row) => ({
      ...refusedForJson(row, language),
      siren: row.siren,
      firstLine: row.firstLine,
    })),
    totals: totalsOf(report),
    detected,
    ...(returned === undefined ? {} : { returned }),
    endedAt: run.endedAt.toISOString(),
    stopped: run.stopped,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const width = 160;

interface Column {
  readonly title: Text;
  readonly width: number;
  readonly cell: (row: ProspectRow) => string;
}

function scoreText({ score }: ProspectRow): string {
  return score === null ? '' : score.toFixed(1);
}

const columns: readonly Column[] = [
  { title: { fr: 'Référence', en: 'Reference' }, width: 9, cell: (row) => row.reference },
  {
    title: { fr: 'Organisme', en: 'Organisation' },
    width: 26,
    cell: ({ organisation: name, scope }) => organisationName({ name, scope }),
  },
  { title: { fr: 'Éligibilité', en: 'Eligibility' }, width: 13, cell: (row) => row.eligibility ?? '-' },
  { title: { fr: 'Exigence', en: 'Requirement' }, width: 12, cell: (row) => row.requirementLevel ?? '-' },
  {
    title: { fr: 'Conditions', en: 'Conditions' },
    width: 29,
    cell: (row) => row.conditions.join(',') || '-',
  },
  {
    title: { fr: 'Niveau et score', en: 'Tier and score' },
    width: 27,
    cell: (row) => `${row.tiers.join('>') || '-'} ${scoreText(row)}`,
  },
  {
    title: { fr: 'Vague et bascule', en: 'Wave and cutover' },
    width: 16,
    // The id of a wave contains its site and its cutover.
    cell: (row) => row.wave ?? '-',
  },
  { title: { fr: 'Issue', en: 'Outcome' }, width: 12, cell: (row) => row.outcome ?? row.stage },
];

function cut(text: string, to: number): string {
  return text.length <= to ? text : `${text.slice(0, to - 1)}…`;
}

function line(cells: readonly string[]): string {
  return cells
    .map((cell, index) => {
      const to = columns[index]?.width ?? width;
      return cut(cell, to).padEnd(to);
    })
    .join('  ')
    .trimEnd();
}

function below(text: string): string[] {
  return text === '' ? [] : [cut(`           ${text}`, width)];
}

const words = {
  none: { fr: 'aucune issue attendue n’est indiquée', en: 'no expected outcome stated' },
  unexpected: { fr: 'inattendu', en: 'unexpected' },
} as const satisfies Readonly<Record<string, Text>>;

/** The table: two lines for each row, the second one with the reason. */
export function toTable(rows: readonly ProspectRow[], language: Language): string {
  const lines = rows.flatMap((row) => [
    line(columns.map(({ cell }) => cell(row))),
    ...below(row.why[language]),
    ...row.unexpected.flatMap((text) => below(`! ${words.unexpected[language]} : ${text}`)),
    ...(verdictOf(row) === 'none_stated' ? below(`(${words.none[language]})`) : []),
  ]);
  const head = line(columns.map(({ title }) => title[language]));
  const why = below(language === 'fr' ? 'Motif' : 'Reason');
  return [head, ...why, '-'.repeat(width), ...lines].map((text) => `${text}\n`).join('');
}

/** The detected format of the file. */
export function detectedText({ detected }: ProspectFile, language: Language): string {
  const separator = { '\t': 'tab', ';': ';', ',': ',' }[detected.separator];
  const unknown = language === 'fr' ? 'non reconnu' : 'not recognised';
  const encoding = detected.encoding === 'unknown' ? unknown : detected.encoding;
  return language === 'fr'
    ? `Fichier lu : séparateur « ${separator} », encodage ${encoding}, dates ${detected.dateFormat}\n`
    : `File read: separator "${separator}", encoding ${encoding}, dates ${detected.dateFormat}\n`;
}

/** Each rejected row: line, column, problem and fix. */
export function refusedText({ file, refused, returned }: Report, language: Language): string {
  const rows = [...refused, ...file.duplicates].toSorted((a, b) => a.line - b.line);
  if (rows.length === 0) return '';
  const title = language === 'fr' ? 'Lignes non traitées :' : 'Rows not processed:';
  const lines = rows.flatMap((row) =>
    refusedForJson(row, language).problems.map(({ column, problem, fix }) => {
      const where = language === 'fr' ? `ligne ${row.line}` : `line ${row.line}`;
      return `  ${where}, ${column || '-'}: ${problem}${fix === '' ? '' : ` -> ${fix}`}`;
    }),
  );
  const correction =
    language === 'fr'
      ? `À corriger puis à réimporter : ${returned ?? '-'}`
      : `To correct and import again: ${returned ?? '-'}`;
  return [title, ...lines, correction].map((text) => `${text}\n`).join('');
}

/** The totals, in sentences that add up. */
export function totalsText(report: Report, language: Language): string {
  const { rows, accepted, duplicates, refused, outcomes, ...verdicts } = totalsOf(report);
  const ends = Object.entries(outcomes)
    .map(([outcome, count]) => `${outcome} ${count}`)
    .join(', ');
  const { asExpected, unexpected, withoutExpectation } = verdicts;
  const lines =
    language === 'fr'
      ? [
          `${rows} ligne${rows > 1 ? 's' : ''} = ${accepted} acceptées + ${duplicates} en double + ${refused} rejetées`,
          `${accepted} acceptées : ${ends || '-'}`,
          `${accepted} acceptées = ${asExpected} comme attendu + ${unexpected} inattendues + ${withoutExpectation} sans issue attendue indiquée`,
        ]
      : [
          `${rows} row${rows === 1 ? '' : 's'} = ${accepted} accepted + ${duplicates} duplicate + ${refused} rejected`,
          `${accepted} accepted: ${ends || '-'}`,
          `${accepted} accepted = ${asExpected} as expected + ${unexpected} unexpected + ${withoutExpectation} without an expected outcome`,
        ];
  return lines.map((text) => `${text}\n`).join('');
}
