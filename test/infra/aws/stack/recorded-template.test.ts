import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { describe, expect, it } from 'vitest';
import { stageNamed, stageNames } from '../../../../infra/aws/config/stages.ts';
import { deployedFolders } from '../../../../infra/aws/onboarding-stack.ts';
import { templateByApp } from './app-template.ts';
import { functionsOf, recordedFunctions } from './deployed-functions.ts';
import {
  functionsFile,
  normalised,
  type Recording,
  readRecorded,
  recordedFolder,
  recordings,
} from './recorded-template.ts';
import { knownTypes } from './replacing-properties.ts';
import { stackOf } from './synthesised.ts';
import { differences, forbidden } from './template-differences.ts';

const functions = recordedFunctions.parse(
  JSON.parse(readFileSync(new URL(functionsFile, recordedFolder), 'utf8')),
);

function synthesised({ stage, region }: Recording) {
  const { stack } = stackOf(stageNamed(stage, region));
  return normalised(stack.stackName, Template.fromStack(stack).toJSON());
}

/** A change that is meant is recorded by `npx node test/infra/aws/stack/record-template.ts`. */
function changes(found: ReturnType<typeof differences>): readonly string[] {
  return found.filter(({ kind }) => kind === 'changed').map(({ text }) => text);
}

describe.each(recordings)('the template of $name', (recording) => {
  const recorded = readRecorded(recording);
  const present = synthesised(recording);
  const found = differences(recorded, present);

  it('keeps every resource of the recorded template under its logical id, and replaces none', () => {
    expect(Object.keys(recorded.Resources).length).toBeGreaterThan(200);
    expect(forbidden(found)).toEqual([]);
  });

  it('changes no property of a recorded resource and no recorded output', () => {
    expect(Object.keys(recorded.Outputs).length).toBeGreaterThan(7);
    expect(changes(found)).toEqual([]);
  });

  it('deploys every recorded function under its name, with its handler, memory and time-out', () => {
    expect(functionsOf(present, deployedFolders)).toMatchObject(functions[recording.name] ?? {});
    expect(Object.keys(functions[recording.name] ?? {}).length).toBeGreaterThan(20);
  });

  it('contains no type with unknown replacement behaviour', () => {
    const types = new Set(Object.values(recorded.Resources).map(({ Type }) => Type));
    expect([...types].filter((type) => !knownTypes.includes(type))).toEqual([]);
  });
});

describe('the recorded templates', () => {
  it('cover every stage and both partitions', () => {
    expect(new Set(recordings.map(({ stage }) => stage))).toEqual(new Set(stageNames));
    const partitions = recordings.map(({ region }) => RegionInfo.get(region).partition);
    expect(new Set(partitions)).toEqual(new Set(['aws', 'aws-eusc']));
  });

  it.each(recordings.slice(0, 1))(
    'are what the app makes with the real code, stack name and all: $name',
    (one) => {
      const found = differences(readRecorded(one), templateByApp(one));
      expect([...forbidden(found), ...changes(found)]).toEqual([]);
    },
    // The app bundles every function: seconds on an idle machine, much more on a busy one.
    180_000,
  );
});
