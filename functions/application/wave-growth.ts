import { calendarDateOf } from '../domain/calendar-date.ts';
import { WaveChangeRefusedError } from '../domain/errors.ts';
import {
  type ExitStatus,
  exitCriteriaOf,
  exitStatusOf,
  meetsAll,
  tallyOf,
} from '../domain/onboarding/exit-criteria.ts';
import { excessiveGrowth, type Growth, growthText } from '../domain/waves/growth.ts';
import type { Wave } from '../domain/waves/wave.ts';
import { eachPage } from '../store/table.ts';
import type { ApplicationDependencies } from './dependencies.ts';

type Reader = Pick<ApplicationDependencies, 'store' | 'clock'>;

/** Onboardings of a wave read at once, and pages of them: an operator waits for it. */
const pageSize = 100;
const pagesAtMost = 10;

/**
 * Whether a wave is over and has met its exit criteria, as far as that can be said: not of one with more than 1,000
 * customers, nor of one in which some cannot be read. Reads none of a wave still to come.
 */
async function hasMetExitCriteria({ store, clock }: Reader, wave: Wave): Promise<boolean> {
  if (wave.state !== 'RUNNING' && wave.state !== 'DONE') return false;
  const today = calendarDateOf(clock.now());
  const statuses: ExitStatus[] = [];
  let isWhole = false;
  const pages = eachPage((page) => store.lists.byWave(wave.id, { limit: pageSize, ...page }), {
    most: pagesAtMost,
  });
  for await (const { items, unreadable = [], cursor } of pages) {
    const found = items.map((state) => exitStatusOf(state, wave, today));
    const { recorded, hypercare } = exitCriteriaOf(tallyOf(found, wave));
    if (unreadable.length > 0 || !recorded || !hypercare) return false;
    statuses.push(...found);
    isWhole = cursor === undefined;
  }
  return isWhole && meetsAll(exitCriteriaOf(tallyOf(statuses, wave)));
}

/** Which waves have met their exit criteria: each is read once, and only when it is asked about. */
export function exitCriteriaReader(dependencies: Reader): (wave: Wave) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>();
  return (wave) => {
    const asked = known.get(wave.id) ?? hasMetExitCriteria(dependencies, wave);
    known.set(wave.id, asked);
    return asked;
  };
}

/**
 * The growth of a wave over the one before it, where it is more than the rule admits; undefined where it is not, or the
 * one before has met its exit criteria.
 */
export async function growthOf(
  calendar: readonly Wave[],
  wave: Wave,
  hasMet: (wave: Wave) => Promise<boolean>,
): Promise<Growth | undefined> {
  const growth = excessiveGrowth(wave, calendar);
  return growth === undefined || (await hasMet(growth.before)) ? undefined : growth;
}

/**
 * The growth that a reason answers for; undefined where none is needed.
 *
 * @throws WaveChangeRefusedError naming `growthReason` where one is needed and none is given.
 */
export async function checkGrowth(
  dependencies: Reader,
  calendar: readonly Wave[],
  wave: Wave,
  growthReason: string | undefined,
): Promise<Growth | undefined> {
  const growth = await growthOf(calendar, wave, exitCriteriaReader(dependencies));
  if (growth === undefined || growthReason !== undefined) return growth;
  throw new WaveChangeRefusedError(growthRefusal(growth), 'growthReason');
}

/** Why a wave that grows too much is refused, and what to do. */
export function growthRefusal(growth: Growth) {
  const { fr, en } = growthText(growth);
  return {
    fr: `Motif de la croissance : ${fr}. Réduisez les points d’effort, ou indiquez pourquoi ce site peut en traiter davantage.`,
    en: `Reason for the growth: ${en}. Lower the effort points, or state why this site can handle more.`,
  };
}
