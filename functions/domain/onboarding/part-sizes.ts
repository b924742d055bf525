import type { FieldProblem } from '../input/field-problem.ts';
import { fieldProblem } from '../input/problem-texts.ts';
import type { Answers } from '../questionnaire/answers.ts';
import type { Assessment } from '../readiness/assessment.ts';
import { formatNumber, type Text } from '../text.ts';
import { effortFrom } from '../waves/demand-of.ts';
import { type Effort, effortPoints } from '../waves/effort.ts';
import { type DeclaredSize, exactSize } from '../waves/sizing.ts';
import type { PartOfWhole, PartSize, PlannedPart, Split } from './part.ts';

/**
 * The answers of the whole with the size of one part. Extra forests count in the first part only; the conditions of the
 * whole count in each.
 */
export function answersOfPart(
  answers: Answers,
  { number, users, mailboxesOver50, servers }: PartSize & Pick<PartOfWhole, 'number'>,
): Answers {
  const { C2, C4, C6 } = answers;
  return {
    ...answers,
    C2: { totalStaff: C2?.totalStaff ?? 'unknown', usersInScope: users },
    C3: { under_1: 0, '1_10': 0, '10_50': 0, '50_100': mailboxesOver50, '100_200': 0, over_200: 0 },
    C4: {
      tenants: C4?.tenants ?? 'unknown',
      domains: C4?.domains ?? 'unknown',
      adForests: number === 1 ? (C4?.adForests ?? 0) : 1,
    },
    C6: { applications: C6?.applications ?? 'unknown', dependencies: C6?.dependencies ?? 'unknown', servers },
  };
}

/** The answers that the size of an onboarding is computed from: of a part, those of the whole with the part's numbers. */
export function answersForSize(answers: Answers, part: PartOfWhole | undefined): Answers {
  return part === undefined ? answers : answersOfPart(answers, part);
}

/** What a split is checked against. */
export interface Splittable {
  readonly answers: Answers;
  readonly declared: DeclaredSize;
  readonly assessment: Assessment;
  /** Points of the largest wave at a site that the customer accepts; undefined while there is none. */
  readonly largestWave: number | undefined;
}

/** The effort of each part, in order. */
export function effortsOfParts(
  { parts }: Split,
  { answers, assessment }: Pick<Splittable, 'answers' | 'assessment'>,
): readonly Effort[] {
  return parts.map((part, index) =>
    effortFrom(answersOfPart(answers, { ...part, number: index + 1 }), assessment, {}),
  );
}

export const sizeNames = [
  'users',
  'mailboxesOver50',
  'servers',
] as const satisfies readonly (keyof PartSize)[];

export const sizeLabels: Readonly<Record<keyof PartSize, Text>> = {
  users: { fr: 'Utilisateurs', en: 'Users' },
  mailboxesOver50: { fr: 'Boîtes de plus de 50 Go', en: 'Mailboxes over 50 GB' },
  servers: { fr: 'Serveurs', en: 'Servers' },
};

/** "Part 2": how a part is named by its place in a split, counted from 0. */
export function partText(index: number): Text {
  return { fr: `Partie ${index + 1}`, en: `Part ${index + 1}` };
}

/** A field of one part, where the fields of all parts stand together. */
export function fieldOfPart(index: number, label: Text): Text {
  const part = partText(index);
  return { fr: `${part.fr}, ${label.fr}`, en: `${part.en}, ${label.en}` };
}

function counts(sum: number, whole: number): Text {
  const say = (language: 'fr' | 'en') =>
    [formatNumber(sum, language), formatNumber(whole, language)] as const;
  const [fr, en] = [say('fr'), say('en')];
  return {
    fr: `${fr[0]} au lieu de ${fr[1]}`,
    en: `${en[0]} instead of ${en[1]}`,
  };
}

/** Numbers that the whole gives exactly and that its parts do not add up to. */
function sumProblems({ parts }: Split, { answers }: Splittable): readonly FieldProblem[] {
  const whole = exactSize(answers);
  return sizeNames.flatMap((name) => {
    const sum = parts.reduce((total, part) => total + part[name], 0);
    const known = whole[name];
    return known === undefined || known === sum
      ? []
      : [fieldProblem('parts', sizeLabels[name], 'does_not_add_up', counts(sum, known))];
  });
}

/** Parts that no wave could take. */
function sizeProblems(split: Split, whole: Splittable): readonly FieldProblem[] {
  const { largestWave: largest } = whole;
  if (largest === undefined) return [];
  return effortsOfParts(split, whole).flatMap((effort, index) => {
    if (effort.points <= largest) return [];
    const [points, room] = [effortPoints(effort), effortPoints({ points: largest })];
    return [
      fieldProblem(`parts[${index}]`, partText(index), 'larger_than_every_wave', {
        fr: `${points.fr}, ${room.fr} au plus`,
        en: `${points.en}, at most ${room.en}`,
      }),
    ];
  });
}

/** Parts without a user, mailbox or server. */
function emptyProblems({ parts }: Split): readonly FieldProblem[] {
  return parts.flatMap((part, index) =>
    sizeNames.some((name) => part[name] > 0)
      ? []
      : [fieldProblem(`parts[${index}].users`, fieldOfPart(index, sizeLabels.users), 'part_is_empty')],
  );
}

/**
 * Why a split cannot be made (domain rule: 2 to 20 parts whose users, mailboxes and servers add up exactly to those of the
 * whole; a number that the whole gives as a band, or not at all, is replaced by the sum of the parts). Empty when it can.
 * Scopes are compared by the caller, which knows those that are active.
 */
export function splitProblems(split: Split, whole: Splittable): readonly FieldProblem[] {
  const problems = [...emptyProblems(split), ...sumProblems(split, whole)];
  return problems.length > 0 ? problems : sizeProblems(split, whole);
}

/** Equal parts as a first proposal: their numbers add up to those of the whole that are known. */
export function equalParts(count: number, whole: Pick<Splittable, 'answers'>): readonly PlannedPart[] {
  const known = exactSize(whole.answers);
  const share = (total: number | undefined, index: number) => {
    const each = Math.floor((total ?? 0) / count);
    return index < (total ?? 0) - each * count ? each + 1 : each;
  };
  return Array.from({ length: count }, (_, index) => ({
    scope: '',
    users: share(known.users, index),
    mailboxesOver50: share(known.mailboxesOver50, index),
    servers: share(known.servers, index),
  }));
}
