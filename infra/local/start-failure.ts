import { DamagedFileError, PortInUseError as DynamoDbPortInUseError } from '@onboarding/dynamodb-local';
import { JournalError } from '@onboarding/step-functions-local';
import {
  DataFolderDamagedError,
  DataFolderInUseError,
  DataFolderUnusableError,
  DataFolderVersionError,
} from './data-folder.ts';
import { PortInUseError } from './web/server.ts';

/** Errors that the user can correct; their message is one line. */
const correctable = [
  PortInUseError,
  DynamoDbPortInUseError,
  DataFolderInUseError,
  DataFolderDamagedError,
  DamagedFileError,
  JournalError,
  DataFolderUnusableError,
  DataFolderVersionError,
];

/** A file that the operating system does not let us read or write. */
function isFileError(error: unknown): error is Error & { readonly path: string } {
  return error instanceof Error && 'syscall' in error && 'path' in error && typeof error.path === 'string';
}

/** The one line to print for an error that the user can correct; undefined for one of ours. */
export function failureLine(error: unknown): string | undefined {
  if (correctable.some((kind) => error instanceof kind)) {
    return error instanceof Error ? error.message : String(error);
  }
  if (isFileError(error)) return `${error.path} cannot be used: ${error.message}`;
  return undefined;
}

/** Runs a command with the arguments of this process; an error that the user can correct is one line, and exit code 1. */
export async function runCommand(
  command: (args: readonly string[], print: (text: string) => void) => Promise<number>,
): Promise<void> {
  try {
    process.exitCode = await command(process.argv.slice(2), (text) => process.stdout.write(text));
  } catch (error) {
    const line = failureLine(error);
    if (line === undefined) throw error;
    process.stderr.write(`${line}\n`);
    process.exitCode = 1;
  }
}
