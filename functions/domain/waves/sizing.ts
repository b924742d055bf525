import { type Figure, upperEnd } from '../input/figure.ts';
import type { Answers } from '../questionnaire/answers.ts';
import type { EffortShare, Sizing } from './effort.ts';

/** A number, and whether it stands in for one that the customer has not given exactly. */
export interface Quantity {
  readonly count: number;
  readonly estimated: boolean;
}

/** The size that sales announced; it stands in for a number that the customer does not know. */
export interface DeclaredSize {
  readonly usersInScope?: number | undefined;
  readonly serversInScope?: number | undefined;
}

/** The numbers of users and servers to plan with; undefined where neither the customer nor sales know one. */
export interface KnownSize {
  readonly users: Quantity | undefined;
  readonly servers: Quantity | undefined;
}

/** A band counts with its upper end; an absent answer is none. Undefined for "I don't know". */
function quantityOf(figure: Figure | undefined): Quantity | undefined {
  if (figure === 'unknown') return undefined;
  if (figure === undefined || typeof figure === 'number') return { count: figure ?? 0, estimated: false };
  return { count: upperEnd(figure), estimated: figure.from !== figure.to };
}

function announced(count: number | undefined): Quantity | undefined {
  return count === undefined ? undefined : { count, estimated: true };
}

export function knownSize({ C2, C6 }: Answers, declared: DeclaredSize): KnownSize {
  return {
    users: quantityOf(C2?.usersInScope) ?? announced(declared.usersInScope),
    servers: quantityOf(C6?.servers) ?? announced(declared.serversInScope),
  };
}

/** The numbers that a customer has given exactly; undefined for those it gave as a band, or does not know. */
export function exactSize({ C2, C3, C6 }: Answers): {
  readonly users: number | undefined;
  readonly mailboxesOver50: number | undefined;
  readonly servers: number | undefined;
} {
  const exact = (figure: Figure | undefined) => {
    const quantity = quantityOf(figure);
    return quantity?.estimated === false ? quantity.count : undefined;
  };
  const mailboxes = [C3?.['50_100'], C3?.['100_200'], C3?.over_200].map(exact);
  return {
    users: exact(C2?.usersInScope),
    mailboxesOver50: mailboxes.some((count) => count === undefined)
      ? undefined
      : mailboxes.reduce((total: number, count) => total + (count ?? 0), 0),
    servers: exact(C6?.servers),
  };
}

/** True when a number has to be taken from what sales announced. */
export function needsDeclaredSize({ C2, C6 }: Answers): boolean {
  return C2?.usersInScope === 'unknown' || C6?.servers === 'unknown';
}

function sum(quantities: readonly Quantity[]): Quantity {
  return {
    count: quantities.reduce((total, { count }) => total + count, 0),
    estimated: quantities.some(({ estimated }) => estimated),
  };
}

/**
 * Mailboxes over 50 GB. When one of their numbers is unknown, a tenth of the users stand in for them, and never fewer
 * than are known [policy].
 */
function largeMailboxes({ C3 }: Answers, users: Quantity): Quantity {
  const given = [C3?.['50_100'], C3?.['100_200'], C3?.over_200].map(quantityOf);
  const known = given.filter((quantity) => quantity !== undefined);
  const total = sum(known);
  if (known.length === given.length) return total;
  return { count: Math.max(total.count, Math.ceil(users.count / 10)), estimated: true };
}

/** Forests that stand in for an unknown number [policy]. */
const assumedForests: Quantity = { count: 2, estimated: true };

/** The quantities that an effort is calculated from; undefined while the size is not known even roughly. */
export function sizingFrom(
  answers: Answers,
  conditions: readonly string[],
  declared: DeclaredSize,
): Sizing | undefined {
  const services = answers.C1 ?? [];
  const wantsAzure = services.some((service) => service.startsWith('azure_'));
  const { users, servers = wantsAzure ? undefined : quantityOf(0) } = knownSize(answers, declared);
  if (users === undefined || servers === undefined) return undefined;
  const mailboxes = largeMailboxes(answers, users);
  const forests = quantityOf(answers.C4?.adForests) ?? assumedForests;
  const counted: readonly (readonly [EffortShare['code'], Quantity])[] = [
    ['USERS', users],
    ['LARGE_MAILBOXES', mailboxes],
    ['SERVERS', servers],
    ['FORESTS', forests],
  ];
  return {
    users: users.count,
    mailboxesOver50GB: mailboxes.count,
    servers: servers.count,
    forests: forests.count,
    services,
    conditions,
    estimated: counted.filter(([, { estimated }]) => estimated).map(([code]) => code),
  };
}

/** Mailboxes over 200 GB, which cannot be migrated; none are known of while their number is unknown. */
export function tooLargeMailboxes({ C1 = [], C3 }: Answers): Quantity {
  if (!C1.includes('exchange')) return { count: 0, estimated: false };
  return quantityOf(C3?.over_200) ?? { count: 0, estimated: true };
}
