import { componentsAbove, room } from './capacity.ts';
import {
  afterOpenings,
  avoidsFreezesAndHolidays,
  conditionsDueInTime,
  followsParent,
  leavesLeadTime,
  meetsDeadlines,
} from './date-constraints.ts';
import type { Demand, SchedulingContext } from './demand.ts';
import { effortPoints, vectorOf } from './effort.ts';
import { releaseDay, roomFrom } from './large-customers.ts';
import { type Constraint, inEach, type Refusal } from './refusal.ts';
import { siteLabel, type Wave, waveStateLabels } from './wave.ts';

/**
 * C1: no component of the capacity vector is ever exceeded. Distinguishes a wave that is full for now (`NO_ROOM`) from
 * a wave that could not hold the customer even when empty (`LARGER_THAN_WAVE`).
 */
export const withinCapacity: Constraint = (demand, wave) => {
  const asked = vectorOf(demand);
  const above = componentsAbove(asked, wave.capacity);
  if (above.length > 0) {
    return {
      constraint: 'C1',
      code: 'LARGER_THAN_WAVE',
      data: { components: above, points: demand.points, capacity: wave.capacity.points },
      text: {
        fr: `Votre migration (${effortPoints(demand).fr}) dépasse la capacité totale de cette vague.`,
        en: `Your migration (${effortPoints(demand).en}) exceeds the total capacity of this wave.`,
      },
    };
  }
  const lacking = componentsAbove(asked, room(wave.capacity, wave.booked));
  if (lacking.length === 0) {
    return demand.points > roomFrom(wave, demand.points).points ? keptForLarge(wave) : undefined;
  }
  return {
    constraint: 'C1',
    code: 'NO_ROOM',
    data: { components: lacking, points: demand.points },
    text: { fr: 'Cette vague n’a plus assez de place.', en: 'This wave does not have enough room left.' },
  };
};

/** What is left of a wave is kept for large customers for a time. */
function keptForLarge(wave: Wave): Refusal {
  const until = releaseDay(wave);
  return {
    constraint: 'C1',
    code: 'KEPT_FOR_LARGE',
    data: { kept: wave.kept ?? 0, until },
    text: inEach(
      {
        fr: (date) => `Ce qui reste de cette vague est gardé jusqu’au ${date} pour les plus grands clients.`,
        en: (date) => `What is left of this wave is kept for the largest customers until ${date}.`,
      },
      until,
    ),
  };
}

/** C5: a site's first wave is a pilot, which admits only READY customers who accept to be pilots. */
export const admittedToPilot: Constraint = (demand, wave) => {
  if (wave.kind !== 'PILOT') return undefined;
  if (demand.tier !== 'READY') {
    return {
      constraint: 'C5',
      code: 'PILOT_NEEDS_READY',
      data: { tier: demand.tier },
      text: {
        fr: 'La vague pilote d’un site n’admet que des clients entièrement prêts.',
        en: 'The pilot wave of a site admits only customers that are fully ready.',
      },
    };
  }
  if (demand.acceptsPilot) return undefined;
  return {
    constraint: 'C5',
    code: 'PILOT_NOT_ACCEPTED',
    data: {},
    text: {
      fr: 'C’est une vague pilote et vous n’avez pas proposé d’utilisateurs pilotes.',
      en: 'This is a pilot wave and you have not offered pilot users.',
    },
  };
};

/**
 * C9: the site the customer requires. One that requires two distinct sites is placed in a wave of its named (or
 * any) site, its primary one, provided that the platform has a second: the wave counts the work of migrating,
 * which is done once; the second site holds the replica.
 */
export const meetsSiteRequirements: Constraint = (demand, wave, context) => {
  if (demand.site !== 'any' && demand.site !== wave.site) {
    const label = siteLabel(context.platform, demand.site);
    return {
      constraint: 'C9',
      code: 'OTHER_SITE',
      data: { required: demand.site, site: wave.site },
      text: { fr: `Vous exigez le site ${label.fr}.`, en: `You require the ${label.en} site.` },
    };
  }
  if (!demand.twoSites || context.platform.sites.length >= 2) return undefined;
  return {
    constraint: 'C9',
    code: 'NO_SECOND_SITE',
    data: {},
    text: {
      fr: 'Vous exigez deux sites distincts ; la plateforme n’en a qu’un.',
      en: 'You require two distinct sites; the platform has only one.',
    },
  };
};

const openForBooking: Constraint = (_demand, wave) => {
  if (wave.state === 'OPEN') return undefined;
  const label = waveStateLabels[wave.state];
  return {
    constraint: 'STATE',
    code: 'WAVE_NOT_OPEN',
    data: { state: wave.state },
    text: {
      fr: `La vague n’est pas ouverte aux réservations (${label.fr.toLowerCase()}).`,
      en: `The wave is not open for booking (${label.en.toLowerCase()}).`,
    },
  };
};

const notTurnedDown: Constraint = (demand, wave) => {
  const turnedDown =
    demand.avoid?.includes(wave.id) === true || demand.avoidDates?.includes(wave.cutover) === true;
  if (!turnedDown) return undefined;
  return {
    constraint: 'CHOICE',
    code: 'TURNED_DOWN',
    data: { wave: wave.id },
    text: { fr: 'Vous avez déjà refusé cette date.', en: 'You have already turned this date down.' },
  };
};

const constraints: readonly Constraint[] = [
  openForBooking,
  notTurnedDown,
  withinCapacity,
  leavesLeadTime,
  avoidsFreezesAndHolidays,
  followsParent,
  admittedToPilot,
  afterOpenings,
  meetsDeadlines,
  conditionsDueInTime,
  meetsSiteRequirements,
];

/** True for a pilot or migration wave that admits a customer: no reason is looked for after the first. */
export function admits(demand: Demand, wave: Wave, context: SchedulingContext): boolean {
  return constraints.every((constraint) => constraint(demand, wave, context) === undefined);
}

/** Every reason why a pilot or migration wave does not admit a customer; none when it does. */
export function judgeWave(demand: Demand, wave: Wave, context: SchedulingContext): readonly Refusal[] {
  return constraints
    .map((constraint) => constraint(demand, wave, context))
    .filter((refusal) => refusal !== undefined);
}
