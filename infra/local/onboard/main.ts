import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { ProspectFileError } from '../../../functions/application/prospect-file/prospect-file-error.ts';
import { returnedFile } from '../../../functions/application/prospect-file/returned-file.ts';
import {
  type ProspectFile,
  type RefusedRow,
  readProspectFile,
} from '../../../functions/application/prospect-file.ts';
import { instantAt } from '../../../functions/domain/calendar-date.ts';
import type { OwnedIntake } from '../../../functions/domain/onboarding/transitions/start.ts';
import type { Language, Text } from '../../../functions/domain/text.ts';
import { sampleCalendar } from '../../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import { openDataFolder } from '../data-folder.ts';
import { failureLine } from '../start-failure.ts';
import { BehavioursUnreadableError, readBehaviours } from './behaviours.ts';
import { type Command, commandOf, exitCodes, UserError, usage } from './command-line.ts';
import {
  detectedText,
  isSuccess,
  type Report,
  refusedAtStart,
  refusedText,
  toJson,
  toTable,
  totalsText,
} from './report.ts';
import { longestRunInDays, type Progress, type ProspectRun, runProspects } from './run-prospects.ts';
import { seededIds } from './seeded-ids.ts';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Clearer messages for the system errors of reading a file. */
const unreadable: Readonly<Record<string, Text>> = {
  ENOENT: {
    fr: 'ce fichier n’existe pas ; vérifiez son nom et le dossier courant.',
    en: 'no such file; check its name and the current folder.',
  },
  EISDIR: {
    fr: 'c’est un dossier ; indiquez un fichier CSV.',
    en: 'this is a folder; name a CSV file.',
  },
  EACCES: {
    fr: 'vous n’avez pas le droit de lire ce fichier ; vérifiez ses permissions.',
    en: 'you are not allowed to read this file; check its permissions.',
  },
};

function whyUnreadable(error: unknown, language: Language): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return unreadable[code]?.[language] ?? reasonOf(error);
}

function readProspects({ file, language }: Command): ProspectFile {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new UserError(`${file}: ${whyUnreadable(error, language)}`, exitCodes.usage, { cause: error });
  }
  try {
    return readProspectFile(bytes);
  } catch (error) {
    if (!(error instanceof ProspectFileError)) throw error;
    throw new UserError(`${file}: ${error.text[language]}`, exitCodes.usage, { cause: error });
  }
}

/** Shows progress: on a terminal in one changing line, elsewhere as a line for each finished onboarding. */
function showProgress({ at, started, ended, of, last }: Progress): void {
  const day = at.toISOString().slice(0, 10);
  if (process.stderr.isTTY) {
    process.stderr.write(`\r\u001B[K${day}  ${started} > ${ended} / ${of}`);
  } else if (last !== undefined) {
    process.stderr.write(
      `${day}  ${ended}/${of}  ${last.reference}  ${last.outcome}  ${last.organisation}\n`,
    );
  }
}

/** Owner and team of rows that name none. */
const starter = { owner: 'onboard@platform.example', team: 'onboard' };

async function run(command: Command, file: ProspectFile, signal: AbortSignal): Promise<ProspectRun> {
  const behaviours = readBehaviours(command.answers);
  // An unreadable registry file is an error of the user, not an outage of the registry.
  try {
    JSON.parse(readFileSync(command.registry, 'utf8'));
  } catch (error) {
    throw new UserError(`${command.registry}: ${reasonOf(error)}`, exitCodes.usage, { cause: error });
  }
  const folder = command.data === undefined ? undefined : openDataFolder(command.data);
  try {
    return await runProspects({
      prospects: file.rows.map(({ line, intake }) => {
        const owned: OwnedIntake = { ...starter, ...intake };
        return { line, intake: owned, ...behaviours.of(intake.siren) };
      }),
      runtime: {
        from: instantAt('2026-11-23', '09:00'),
        platform: samplePlatform,
        calendar: sampleCalendar(samplePlatform),
        registryFile: command.registry,
        // References must differ from those of other runs over the same folder.
        ids: seededIds(folder === undefined ? 'onboard' : randomUUID()),
        ...(folder === undefined ? {} : { dataFolder: folder }),
        onJournalFailure: (failure) => {
          process.stderr.write(`${failure.message}\n`);
          folder?.close();
          process.exit(exitCodes.failure);
        },
      },
      onProgress: showProgress,
      signal,
    });
  } finally {
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
    folder?.close();
  }
}

/** Writes the rejected rows to a file, to be corrected and imported again. */
function writeReturned(
  command: Command,
  file: ProspectFile,
  rows: readonly RefusedRow[],
): string | undefined {
  if (rows.length === 0) return undefined;
  try {
    writeFileSync(command.returned, returnedFile(rows, file.header, file.detected, command.language));
    return command.returned;
  } catch (error) {
    throw new UserError(`${command.returned}: ${reasonOf(error)}`, exitCodes.failure, { cause: error });
  }
}

function print(report: Report, { json, language }: Command): void {
  if (json) {
    process.stdout.write(toJson(report, language));
    return;
  }
  process.stdout.write(detectedText(report.file, language));
  process.stdout.write(toTable(report.run.rows, language));
  process.stdout.write(refusedText(report, language));
  process.stdout.write(totalsText(report, language));
}

function sayWhatIsLeft({ stopped, stuck }: ProspectRun, language: Language): void {
  if (stopped) {
    process.stderr.write(
      language === 'fr'
        ? 'Arrêté avant la fin ; relancez avec le même dossier --data pour reprendre.\n'
        : 'Stopped before the end; run again with the same --data folder to resume.\n',
    );
  } else if (stuck.length > 0) {
    process.stderr.write(
      language === 'fr'
        ? `Non terminés après ${longestRunInDays} jours : ${stuck.join(', ')}\n`
        : `Not finished after ${longestRunInDays} days: ${stuck.join(', ')}\n`,
    );
  }
}

async function main(args: readonly string[]): Promise<number> {
  const command = commandOf(args);
  if (command === undefined) {
    process.stdout.write(usage);
    return exitCodes.success;
  }
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  const file = readProspects(command);
  const atTheDoor = [...file.refused, ...file.duplicates];
  // Written first, so that an unwritable path is reported before the run.
  writeReturned(command, file, atTheDoor);
  const result = await run(command, file, interruption.signal);
  const refused = [...file.refused, ...result.notStarted.map((one) => refusedAtStart(file, one))].toSorted(
    (a, b) => a.line - b.line,
  );
  const returned = writeReturned(command, file, [...refused, ...file.duplicates]);
  const report: Report = { file, run: result, refused, ...(returned === undefined ? {} : { returned }) };
  print(report, command);
  sayWhatIsLeft(result, command.language);
  if (result.stopped) return exitCodes.interrupted;
  return isSuccess(report) ? exitCodes.success : exitCodes.failure;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const known = error instanceof UserError || error instanceof BehavioursUnreadableError;
  const line = known ? error.message.trimEnd() : failureLine(error);
  if (line === undefined) throw error;
  process.stderr.write(`${line}\n`);
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof UserError) return error.exitCode;
  return error instanceof BehavioursUnreadableError ? exitCodes.usage : exitCodes.failure;
}
