import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { record } from './record-template.ts';
import {
  fileOf,
  functionsFile,
  type RecordedTemplate,
  readRecorded,
  recordedFolder,
  recordings,
} from './recorded-template.ts';

const root = mkdtempSync(join(tmpdir(), 'recorded-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const present = recordings.map((recording) => ({ recording, present: readRecorded(recording) }));
let folder: URL;

beforeEach(() => {
  folder = pathToFileURL(`${mkdtempSync(join(root, 'folder-'))}/`);
  record(present, folder);
});

/** Recorded files that are not as they are in the repository. */
function changedFiles(): readonly string[] {
  const content = (place: URL, file: string) => readFileSync(new URL(file, place), 'utf8');
  return [...recordings.map(fileOf), functionsFile].filter(
    (file) => content(folder, file) !== content(recordedFolder, file),
  );
}

/** All templates, with other resources in each. */
function withResources(change: (resources: RecordedTemplate['Resources']) => RecordedTemplate['Resources']) {
  return present.map(({ recording, present: before }) => ({
    recording,
    present: { ...before, Resources: change(before.Resources) },
  }));
}

it('writes the same files when nothing has changed', () => {
  expect(record(present, folder)).toEqual({ written: true, lines: [] });
  expect(changedFiles()).toEqual([]);
});

it('refuses to drop a recorded resource, and writes nothing', () => {
  const gone = withResources(({ OnboardingsTable0ED0AA84: _, ...others }) => others);
  const { written, lines } = record(gone, folder);
  expect(written).toBe(false);
  expect(lines).toEqual(
    recordings.map(({ name }) => `${name}: OnboardingsTable0ED0AA84, AWS::DynamoDB::Table, is gone`),
  );
  expect(changedFiles()).toEqual([]);
});

const withQueue = (QueueName: string) =>
  withResources((resources) => ({
    ...resources,
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName } },
  }));

it('adds new resources and reports them', () => {
  expect(record(withQueue('a'), folder)).toEqual({
    written: true,
    lines: recordings.map(({ name }) => `${name}: Queue, AWS::SQS::Queue, is new`),
  });
  expect(changedFiles()).toEqual(recordings.map(fileOf));
  for (const recording of recordings) {
    expect(readRecorded(recording, folder).Resources['Queue']?.Properties).toEqual({ QueueName: 'a' });
  }
});

it('refuses a change that would replace a recorded resource', () => {
  record(withQueue('a'), folder);
  expect(record(withQueue('b'), folder)).toEqual({
    written: false,
    lines: recordings.map(
      ({ name }) =>
        `${name}: Queue, AWS::SQS::Queue, would be replaced: Properties.QueueName was "a" and is "b"`,
    ),
  });
});
