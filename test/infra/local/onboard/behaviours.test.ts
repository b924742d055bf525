import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readProspectFile } from '../../../../functions/application/prospect-file.ts';
import type { Intake } from '../../../../functions/domain/intake/intake.ts';
import { siteCodes } from '../../../../functions/domain/platform-configuration.ts';
import { validateAnswers } from '../../../../functions/domain/questionnaire/validate-answers.ts';
import { samplePlatform } from '../../../../functions/domain/waves/sample-platform.ts';
import {
  answersOf,
  BehavioursUnreadableError,
  readBehaviours,
} from '../../../../infra/local/onboard/behaviours.ts';
import { seededIds } from '../../../../infra/local/onboard/seeded-ids.ts';

const examples = (path: string) => fileURLToPath(new URL(`../../../../examples/${path}`, import.meta.url));
const intakes = readProspectFile(readFileSync(examples('prospects.csv'))).rows.map(({ intake }) => intake);
const behaviours = readBehaviours(examples('answers'));
const ordinary = readFileSync(examples('answers/default.json'), 'utf8');
const sites = siteCodes(samplePlatform);

/** A folder with the default profile, an index and other profiles. */
function folderWith(index: unknown, profiles: Readonly<Record<string, unknown>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'answers-'));
  writeFileSync(join(folder, 'default.json'), ordinary);
  writeFileSync(join(folder, 'index.json'), JSON.stringify(index));
  for (const [name, profile] of Object.entries(profiles)) {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(profile));
  }
  return folder;
}

const expected = { tier: 'READY', outcome: 'HANDED_OVER' };

describe('the sample answers', () => {
  it('name every prospect of the sample file', () => {
    expect(intakes.filter(({ siren }) => behaviours.of(siren).expected === undefined)).toEqual([]);
  });

  it.each(intakes.map((intake) => [intake.legalName, intake] as const))(
    'of %s are a valid form at each submission',
    (_, intake) => {
      const { behaviour } = behaviours.of(intake.siren);
      for (let submission = 0; submission <= behaviour.updates.length; submission += 1) {
        const validated = validateAnswers(answersOf(behaviour, intake, submission), {
          complete: true,
          sites,
        });
        expect('problems' in validated ? validated.problems : []).toEqual([]);
      }
    },
  );

  it('use at least ten profiles', () => {
    expect(new Set(intakes.map(({ siren }) => behaviours.of(siren).profile)).size).toBeGreaterThanOrEqual(10);
  });

  it('use the default profile for unnamed prospects, without an expectation', () => {
    expect(behaviours.of('356000000')).toMatchObject({ profile: 'default' });
    expect(behaviours.of('356000000').expected).toBeUndefined();
  });
});

describe('the data of a row', () => {
  const intake: Intake = {
    siren: '356000000',
    legalName: 'La Poste',
    bodyType: 'company',
    contactName: 'Jo Martin',
    contactEmail: 'jo@client.example',
    language: 'fr',
    services: ['exchange'],
    usersInScope: 400,
    serversInScope: 31,
    earliestDate: '2027-06-01',
    latestDate: '2027-12-31',
    deadlineReason: 'contract_end',
  };

  it('is not asked again', () => {
    expect(answersOf(behaviours.of('356000000').behaviour, intake, 0)).toMatchObject({
      A3: 'company',
      C1: ['exchange'],
      C2: { usersInScope: 400, totalStaff: 500 },
      C3: { under_1: 140, '1_10': 180, '10_50': 76, '50_100': 4 },
      C6: { servers: 31 },
      E1: { earliest: '2027-06-01', latest: '2027-12-31', reason: 'contract_end' },
      E5: { projectManager: { name: 'Jo Martin', email: 'jo@client.example' } },
    });
  });

  it('leaves the rest to the profile', () => {
    const { usersInScope: _, serversInScope: __, earliestDate: ___, ...bare } = intake;
    expect(answersOf(behaviours.of('356000000').behaviour, bare, 0)).toMatchObject({
      C2: { usersInScope: 100 },
      C6: { servers: 5 },
      E1: { earliest: '2027-03-01' },
    });
  });
});

describe('a profile', () => {
  it('overrides another profile, down to one question and one act', () => {
    const folder = folderWith(
      { '999000102': { profile: 'child', ...expected, answers: { D1: 1 } } },
      {
        parent: { about: 'Parent', answers: { D1: 2, D2: 2, B9b: 'unknown' }, updates: [{ D1: 4 }] },
        child: {
          about: 'Child',
          like: 'parent',
          answers: { D2: 1, B9b: null },
          customer: { preparation: { after: '90m' } },
        },
      },
    );
    const { behaviour } = readBehaviours(folder).of('999000102');
    expect(behaviour.answers).toMatchObject({ D1: 1, D2: 1, D3: 4 });
    expect(behaviour.answers).not.toHaveProperty('B9b');
    expect(behaviour.updates).toEqual([{ D1: 4 }]);
    expect(behaviour.customer.preparation.after).toBe(90 * 60_000);
    expect(behaviour.customer.invitation.after).toBe(6 * 86_400_000);
  });

  it.each([
    ['is missing', {}, /absent\.json/],
    [
      'is like itself in the end',
      { absent: { about: '', like: 'other' }, other: { about: '', like: 'absent' } },
      /itself/,
    ],
    [
      'has a delay without unit',
      { absent: { about: '', customer: { preparation: { after: '3' } } } },
      /preparation/,
    ],
    ['has a word nobody knows', { absent: { about: '', custommer: {} } }, /custommer/],
  ])('that %s is refused by name', (_, profiles, message) => {
    const folder = folderWith({ '999000102': { profile: 'absent', ...expected } }, profiles);
    expect(() => readBehaviours(folder)).toThrow(BehavioursUnreadableError);
    expect(() => readBehaviours(folder)).toThrow(message);
  });
});

describe('seeded ids', () => {
  it('are the same for the same seed, differ from draw to draw, and are as long as asked', () => {
    const [one, same, other] = [seededIds('a'), seededIds('a'), seededIds('b')];
    const draws = [one.bytes(40), one.bytes(40)].map((bytes) => Buffer.from(bytes).toString('hex'));
    expect([same.bytes(40), same.bytes(40)].map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual(
      draws,
    );
    expect(draws[0]).toHaveLength(80);
    expect(draws[0]).not.toBe(draws[1]);
    expect(Buffer.from(other.bytes(40)).toString('hex')).not.toBe(draws[0]);
  });
});
