import type { Text } from '../text.ts';
import { type CapacityVector, componentLabels, componentsAbove, room } from './capacity.ts';
import { judgeWave } from './constraints.ts';
import { leadTimeInDays } from './date-constraints.ts';
import type { Demand, SchedulingContext } from './demand.ts';
import { vectorOf } from './effort.ts';
import type { Refusal, RefusalCode } from './refusal.ts';
import { conditionsDueInDays, inCalendarOrder, type Wave } from './wave.ts';

/** What a wave lacks to admit a customer: room in one component of its capacity, or a rule that it does not meet. */
export interface Lack extends Pick<Refusal, 'constraint' | 'code'> {
  readonly room?: {
    readonly component: keyof CapacityVector;
    readonly needed: number;
    /** What is left; for a wave that is too small even when empty, its whole capacity. */
    readonly available: number;
  };
  /** For staff. */
  readonly text: Text;
}

export interface NearWave {
  readonly wave: Wave;
  /** None when the wave admits the customer by now. */
  readonly lacks: readonly Lack[];
}

/** How many waves an operator is shown. */
const mostShown = 5;

/** The rules as staff read them: the text of a refusal speaks to the customer. */
const ruleLabels: Readonly<Record<Exclude<RefusalCode, 'LARGER_THAN_WAVE' | 'NO_ROOM'>, Text>> = {
  LEAD_TIME_TOO_SHORT: {
    fr: `moins de ${leadTimeInDays} jours avant la bascule`,
    en: `less than ${leadTimeInDays} days before the cutover`,
  },
  PLATFORM_FREEZE: { fr: 'gel de la plateforme', en: 'freeze of the platform' },
  CUSTOMER_FREEZE: { fr: 'gel indiqué par le client', en: 'freeze declared by the customer' },
  PUBLIC_HOLIDAY: { fr: 'jour férié', en: 'public holiday' },
  PARENT_NOT_BOOKED: {
    fr: 'l’entité de tête du groupe n’a pas encore de date',
    en: 'the parent of the group has no date yet',
  },
  KEPT_FOR_LARGE: {
    fr: 'le reste de la vague est gardé pour les grands clients',
    en: 'what is left of the wave is kept for large customers',
  },
  NOT_AFTER_PARENT: {
    fr: 'pas après la bascule de l’entité de tête du groupe',
    en: 'not after the cutover of the parent of the group',
  },
  PILOT_NEEDS_READY: {
    fr: 'vague pilote : seuls les clients entièrement prêts y entrent',
    en: 'pilot wave: only customers that are fully ready are admitted',
  },
  PILOT_NOT_ACCEPTED: {
    fr: 'vague pilote : le client ne propose pas d’utilisateurs pilotes',
    en: 'pilot wave: the customer offers no pilot users',
  },
  SERVICE_NOT_OPEN: {
    fr: 'service demandé pas encore ouvert à cette date',
    en: 'requested service not open yet on that date',
  },
  BEFORE_EARLIEST_DATE: {
    fr: 'avant la date au plus tôt du client',
    en: 'before the earliest date of the customer',
  },
  AFTER_DEADLINE: { fr: 'après la date limite', en: 'after the deadline' },
  NOT_READY: { fr: 'le client n’est pas prêt', en: 'the customer is not ready' },
  CONDITIONS_DUE_TOO_LATE: {
    fr: `conditions à lever moins de ${conditionsDueInDays} jours avant la bascule`,
    en: `conditions due less than ${conditionsDueInDays} days before the cutover`,
  },
  OTHER_SITE: { fr: 'le client exige un autre site', en: 'the customer requires another site' },
  NO_SECOND_SITE: {
    fr: 'le client exige deux sites ; la plateforme n’en a qu’un',
    en: 'the customer requires two sites; the platform has only one',
  },
  WAVE_NOT_OPEN: { fr: 'vague non ouverte aux réservations', en: 'wave not open for booking' },
  TURNED_DOWN: { fr: 'date déjà refusée par le client', en: 'date turned down by the customer' },
};

/** The components of capacity that are short, each with what is needed and what there is. */
function roomLacks(demand: Demand, { capacity, booked }: Wave, code: 'LARGER_THAN_WAVE' | 'NO_ROOM') {
  const needed = vectorOf(demand);
  const whole = code === 'LARGER_THAN_WAVE';
  const offered = whole ? capacity : room(capacity, booked);
  return componentsAbove(needed, offered).map((component): Lack => {
    const available = Math.max(0, offered[component]);
    const label = componentLabels[component];
    const [asked, fr, en] = [needed[component], whole ? 'en tout' : 'de libre', whole ? 'in all' : 'left'];
    return {
      constraint: 'C1',
      code,
      room: { component, needed: asked, available },
      text: {
        fr: `${label.fr} : ${asked} à placer, ${available} ${fr}`,
        en: `${label.en}: ${asked} to place, ${available} ${en}`,
      },
    };
  });
}

function lacksOf(demand: Demand, wave: Wave, context: SchedulingContext): readonly Lack[] {
  return judgeWave(demand, wave, context).flatMap(({ constraint, code }): readonly Lack[] =>
    code === 'LARGER_THAN_WAVE' || code === 'NO_ROOM'
      ? roomLacks(demand, wave, code)
      : [{ constraint, code, text: ruleLabels[code] }],
  );
}

function pointsMissing({ lacks }: NearWave): number {
  const short = lacks.find((lack) => lack.room?.component === 'points')?.room;
  return short === undefined ? 0 : short.needed - short.available;
}

/**
 * The coming waves that lack least to admit a customer: by how much they lack, then by the points that are missing, then
 * by date.
 */
export function nearestWaves(
  demand: Demand,
  waves: readonly Wave[],
  context: SchedulingContext,
): readonly NearWave[] {
  const coming = waves.filter(
    ({ kind, state, cutover }) =>
      kind !== 'PREPARATION' &&
      (state === 'PLANNED' || state === 'OPEN' || state === 'FROZEN') &&
      cutover > context.asOf,
  );
  return inCalendarOrder(coming, context.platform)
    .map((wave) => ({ wave, lacks: lacksOf(demand, wave, context) }))
    .toSorted((a, b) => a.lacks.length - b.lacks.length || pointsMissing(a) - pointsMissing(b))
    .slice(0, mostShown);
}
