import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { deployedFolders } from '../../../../infra/aws/onboarding-stack.ts';
import { templateByApp } from './app-template.ts';
import { functionsOf } from './deployed-functions.ts';
import {
  fileOf,
  functionsFile,
  type RecordedTemplate,
  type Recording,
  readRecorded,
  recordedFolder,
  recordings,
} from './recorded-template.ts';
import { differences, forbidden } from './template-differences.ts';

interface Synthesised {
  readonly recording: Recording;
  readonly present: RecordedTemplate;
}

/** JSON with a line for each resource, so that a change shows as the lines of what it changes. */
function oneLineEach(content: object): string {
  const inOrder = (value: object) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = (value: object) =>
    inOrder(value).map(([key, item]) => `${JSON.stringify(key)}: ${JSON.stringify(item)}`);
  const blocks = Object.entries(content).map(([key, value]: [string, unknown]) => {
    const text =
      typeof value === 'object' && value !== null
        ? `{\n${lines(value).join(',\n')}\n}`
        : JSON.stringify(value);
    return `${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${blocks.join(',\n')}\n}\n`;
}

/**
 * Writes the recorded files as templates are now. When one of them has lost a recorded resource, or would replace it,
 * nothing is written.
 *
 * @returns what changes, or what is refused
 */
export function record(synthesised: readonly Synthesised[], folder = recordedFolder) {
  const found = synthesised.flatMap(({ recording, present }) => {
    const nothing = { StackName: present.StackName, Resources: {}, Outputs: {} };
    const before = existsSync(new URL(fileOf(recording), folder)) ? readRecorded(recording, folder) : nothing;
    return differences(before, present).map((each) => ({ ...each, text: `${recording.name}: ${each.text}` }));
  });
  const refused = forbidden(found);
  if (refused.length > 0) return { written: false, lines: refused };

  mkdirSync(new URL('templates/', folder), { recursive: true });
  for (const { recording, present } of synthesised) {
    writeFileSync(new URL(fileOf(recording), folder), oneLineEach(present));
  }
  const functions = synthesised.map(({ recording, present }) => [
    recording.name,
    functionsOf(present, deployedFolders),
  ]);
  writeFileSync(new URL(functionsFile, folder), oneLineEach(Object.fromEntries(functions)));
  return { written: true, lines: found.map(({ text }) => text) };
}

if (import.meta.main) {
  const { written, lines } = record(
    recordings.map((recording) => ({ recording, present: templateByApp(recording) })),
  );
  for (const line of lines) process.stdout.write(`${line}\n`);
  process.stdout.write(
    written
      ? `Recorded, with ${lines.length} changes\n`
      : 'Nothing is recorded: no release may remove or replace these\n',
  );
  if (!written) process.exitCode = 1;
}
