import { suggestBodyType } from '../../domain/intake/body-type.ts';
import type { IntakeRecord } from '../../domain/onboarding/records.ts';
import type { QuestionId } from '../../domain/questionnaire/answers.ts';
import { bodyTypes } from '../../domain/questionnaire/option-codes.ts';
import type { Question } from '../../domain/questionnaire/question.ts';
import { dateEntries, type Entries } from './entries.ts';

type Entry = readonly [name: string, values: readonly string[]];

function count(name: string, value: number | undefined): readonly Entry[] {
  return value === undefined ? [] : [[name, [String(value)]]];
}

/** The organisation type that sales entered, or else the one that the public register suggests. */
function bodyType({ bodyType: entered, registry }: IntakeRecord): string | undefined {
  if (bodyTypes.some((known) => known === entered)) return entered;
  const category = registry?.facts?.['legalCategory'];
  return typeof category === 'string' ? suggestBodyType(category) : undefined;
}

/** The facts known from intake and register, by question: the customer is not asked for them twice. */
function knownFrom(intake: IntakeRecord): Readonly<Partial<Record<QuestionId, readonly Entry[]>>> {
  const body = bodyType(intake);
  const dated = intake.earliestDate !== undefined || intake.latestDate !== undefined;
  return {
    A3: body === undefined ? [] : [['A3', [body]]],
    C1: intake.services.length === 0 ? [] : [['C1', intake.services]],
    C2: count('C2.usersInScope', intake.usersInScope),
    C6: count('C6.servers', intake.serversInScope),
    E1: dated
      ? [
          ...dateEntries('E1.earliest', intake.earliestDate),
          ...dateEntries('E1.latest', intake.latestDate),
          ['E1.reason', [intake.deadlineReason]],
        ]
      : [],
    E5: [
      ['E5.projectManager.name', [intake.contactName]],
      ['E5.projectManager.email', [intake.contactEmail]],
    ],
  };
}

export interface Prefilled {
  readonly entries: Entries;
  /** True when they come from intake or the register, for the customer to check. */
  readonly fromIntake: boolean;
}

/** The fields of a question without an answer, as intake and the register know them. */
export function prefill({ id }: Question, intake: IntakeRecord): Prefilled {
  const known = knownFrom(intake)[id] ?? [];
  return { entries: new Map(known), fromIntake: known.length > 0 };
}
