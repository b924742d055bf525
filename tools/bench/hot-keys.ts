import { changesAtOnce, placementsAtOnce } from '../../functions/application/in-batches.ts';
import { formatNumber } from '../../functions/domain/text.ts';
import { stageNamed } from '../../infra/aws/config/stages.ts';
import { assumptions, daysPerMonth, openOnboardings } from '../cost/assumptions.ts';
import { readQuotas } from '../cost/tables.ts';
import { markdownTable } from '../marked-block.ts';
import { type Act, type ActName, isOwn, measureActs } from './acts.ts';

/** Rate of each act a second. */
type Rates = Readonly<Partial<Record<ActName, number>>>;

interface Load {
  readonly name: string;
  /** Explanation of the rates. */
  readonly why: string;
  readonly rates: (open: number) => Rates;
}

const quotas = readQuotas();
const openDays = assumptions.openMonths * daysPerMonth;
const workingDay = 8 * 3_600;
const { changeMilliseconds, offersAtOnce } = assumptions;
/** Pace at which jobs process a list of onboardings. */
const listPace = (changesAtOnce * 1_000) / changeMilliseconds;
const placementPace = (placementsAtOnce * 1_000) / changeMilliseconds;
const offerPace = (offersAtOnce * 1_000) / changeMilliseconds;
const startPace = quotas.of('start-rate');

const programPace = stageNamed('prod').quotas.perClient / 60;

function ordinaryDay(open: number): Rates {
  const each = (assumptions.peakOverMean * open) / openDays / workingDay;
  return {
    start: each,
    'save a page': 5 * each,
    answer: each,
    'confirm the wave': each,
    'open the go/no-go': each,
    go: each,
    remind: each,
  };
}

const loads: readonly Load[] = [
  {
    name: 'an ordinary day',
    why: `each onboarding stays open ${assumptions.openMonths} months and does everything once, in working hours, with peaks of ${assumptions.peakOverMean} times the mean`,
    rates: ordinaryDay,
  },
  {
    name: 'Monday morning',
    why: 'one customer in twenty saves five pages within the same hour, and one in a hundred submits',
    rates: (open) => ({
      'save a page': (open * 0.05 * 5) / 3_600,
      answer: (open * 0.01) / 3_600,
    }),
  },
  {
    name: 'Monday at eight',
    why: `Monday morning on top of an ordinary day, while the gate job runs and two API clients start onboardings at the rate limit of the firewall, ${programPace} a second`,
    rates: (open) => ({
      ...ordinaryDay(open),
      'save a page': (ordinaryDay(open)['save a page'] ?? 0) + (open * 0.05 * 5) / 3_600,
      answer: (ordinaryDay(open).answer ?? 0) + (open * 0.01) / 3_600,
      start: (ordinaryDay(open).start ?? 0) + 2 * programPace,
      'open the go/no-go': listPace,
    }),
  },
  {
    name: 'an intake of 10,000 rows',
    why: `as fast as Step Functions starts executions, ${startPace} a second; all rows with one owner, one team and names with the same first letters`,
    rates: () => ({ start: startPace }),
  },
  {
    name: 'the reminders of that intake',
    why: 'they fall due at the pace of the starts',
    rates: () => ({ remind: startPace }),
  },
  {
    name: 'a wave opens and the whole waiting list receives offers',
    why: `offers are made one after the other, by at most ${offersAtOnce} callers`,
    rates: () => ({ 'offer a place': offerPace }),
  },
  {
    name: 'the gate job opens the go/no-go',
    why: `${changesAtOnce} parallel changes of ${changeMilliseconds} ms each, all in one wave`,
    rates: () => ({ 'open the go/no-go': listPace }),
  },
  {
    name: 'no go/no-go is decided by 18:00',
    why: `${placementsAtOnce} parallel changes; all customers are placed again at the same site`,
    rates: () => ({ 'silence is no-go': placementPace }),
  },
  {
    name: 'a full wave is cancelled',
    why: 'the same pace; all customers are placed again at the same site',
    rates: () => ({ 'move out of a cancelled wave': placementPace }),
  },
];

export interface KeyLoad {
  readonly key: string;
  /** Units a second. */
  readonly units: number;
}

export interface HotKeys {
  readonly load: string;
  readonly why: string;
  readonly open: number;
  /** Sum of all acts. */
  readonly actsPerSecond: number;
  /** The three hottest keys. */
  readonly writes: readonly KeyLoad[];
  readonly reads: readonly KeyLoad[];
  /** Factor by which the load of the hottest key could grow. */
  readonly headroom: number;
  readonly withinLimits: boolean;
}

const rounded = (number: number): number => Math.round(number * 10) / 10;

function loadOf(acts: readonly Act[], rates: Rates, side: 'writes' | 'reads'): readonly KeyLoad[] {
  const sums = new Map<string, number>();
  for (const act of acts) {
    const rate = rates[act.act] ?? 0;
    if (rate === 0) continue;
    for (const taken of act[side]) {
      // Keys of a single onboarding are left out: none acts more than once a second.
      if (isOwn(taken)) continue;
      const key = taken.index === undefined ? taken.partition : `${taken.partition} of ${taken.index}`;
      sums.set(key, (sums.get(key) ?? 0) + rate * taken.units);
    }
  }
  return [...sums]
    .map(([key, units]) => ({ key, units: Math.round(units * 100) / 100 }))
    .toSorted((a, b) => b.units - a.units)
    .slice(0, 3);
}

/** Units a second of every partition key under each load. */
export function hotKeys(acts: readonly Act[]): readonly HotKeys[] {
  return loads.flatMap(({ name, why, rates }) =>
    openOnboardings.map((open) => {
      const now = rates(open);
      const [writes, reads] = [loadOf(acts, now, 'writes'), loadOf(acts, now, 'reads')];
      const used = Math.max(
        (writes[0]?.units ?? 0) / quotas.of('partition-writes'),
        (reads[0]?.units ?? 0) / quotas.of('partition-reads'),
      );
      return {
        load: name,
        why,
        open,
        actsPerSecond: rounded(Object.values(now).reduce((sum, rate) => sum + rate, 0)),
        writes,
        reads,
        headroom: rounded(1 / used),
        withinLimits: used <= 1,
      };
    }),
  );
}

/** The rate at which one act alone fills the key it writes most to. */
export interface ActLimit {
  readonly act: ActName;
  readonly key: string;
  /** Write units that it puts on the key. */
  readonly units: number;
  readonly perSecond: number;
}

export function actLimits(acts: readonly Act[]): readonly ActLimit[] {
  return acts.map((act) => {
    const [hottest] = loadOf([act], { [act.act]: 1 }, 'writes');
    const { key, units } = hottest ?? { key: 'none', units: 0 };
    return { act: act.act, key, units, perSecond: Math.floor(quotas.of('partition-writes') / units) };
  });
}

/** What bench/hot-keys.json holds. */
export function hotKeysOf(acts: readonly Act[]) {
  return { acts: actLimits(acts), loads: hotKeys(acts) };
}

export async function measureHotKeys() {
  return hotKeysOf(await measureActs());
}

export function hotKeysReport({ acts, loads: found }: Awaited<ReturnType<typeof measureHotKeys>>): string {
  return [
    markdownTable(
      [
        'Load',
        'Open onboardings',
        'Acts a second',
        'Hottest key',
        'Write units a second',
        'Read units a second, most',
        'Headroom',
      ],
      found.map(({ load, open, actsPerSecond, writes, reads, headroom }) => [
        load,
        formatNumber(open, 'en'),
        actsPerSecond,
        writes[0]?.key ?? '',
        writes[0]?.units ?? 0,
        reads[0]?.units ?? 0,
        `× ${headroom}`,
      ]),
    ),
    markdownTable(
      ['Act', 'Key it writes most to', 'Write units', 'Full at, a second'],
      acts.map(({ act, key, units, perSecond }) => [act, key, units, perSecond]),
    ),
  ].join('\n\n');
}
