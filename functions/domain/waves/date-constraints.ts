import { addDays, type CalendarDate, type DateRange, daysBetween, formatDate } from '../calendar-date.ts';
import type { Language, Text } from '../text.ts';
import { publicHolidayOn } from '../working-days.ts';
import { type DeadlineSource, firstDeadline } from './demand.ts';
import { latestOpening, servicesNotOpen } from './platform-phase.ts';
import { type Constraint, inEach, type Refusal } from './refusal.ts';
import { conditionsDueInDays, type Wave } from './wave.ts';

/** Days that must lie between the booking and the cutover. */
export const leadTimeInDays = 35;

/** The last day on which a customer can be placed in a wave; in a preparation, which has no cutover, its first day. */
export function bookableUntil({ kind, cutover }: Pick<Wave, 'kind' | 'cutover'>): CalendarDate {
  return kind === 'PREPARATION' ? cutover : addDays(cutover, -leadTimeInDays);
}

/** C2: at least 35 days between the day of booking and the cutover. */
export const leavesLeadTime: Constraint = (_demand, wave, context) => {
  const days = daysBetween(context.asOf, wave.cutover);
  if (days >= leadTimeInDays) return undefined;
  return {
    constraint: 'C2',
    code: 'LEAD_TIME_TOO_SHORT',
    data: { days, needed: leadTimeInDays },
    text: {
      fr: `Il faut au moins ${leadTimeInDays} jours entre la réservation et la bascule.`,
      en: `At least ${leadTimeInDays} days are needed between booking and cutover.`,
    },
  };
};

function rangeHolding(date: CalendarDate, ranges: readonly DateRange[]): DateRange | undefined {
  return ranges.find((range) => range.from <= date && date <= range.to);
}

function frozen(code: 'PLATFORM_FREEZE' | 'CUSTOMER_FREEZE', range: DateRange): Refusal {
  const whose =
    code === 'PLATFORM_FREEZE'
      ? { fr: 'de la plateforme', en: 'of the platform' }
      : { fr: 'que vous avez indiqué', en: 'that you declared' };
  return {
    constraint: 'C3',
    code,
    data: { from: range.from, to: range.to },
    text: {
      fr: `La bascule tomberait dans un gel ${whose.fr}, du ${formatDate(range.from, 'fr')} au ${formatDate(range.to, 'fr')}.`,
      en: `The cutover would fall in a freeze ${whose.en}, from ${formatDate(range.from, 'en')} to ${formatDate(range.to, 'en')}.`,
    },
  };
}

/** C3: no cutover in a platform freeze, in a customer freeze or on a French public holiday. */
export const avoidsFreezesAndHolidays: Constraint = (demand, wave, context) => {
  const platformFreeze = rangeHolding(wave.cutover, context.platform.freezes);
  if (platformFreeze !== undefined) return frozen('PLATFORM_FREEZE', platformFreeze);
  const customerFreeze = rangeHolding(wave.cutover, demand.freezes);
  if (customerFreeze !== undefined) return frozen('CUSTOMER_FREEZE', customerFreeze);
  const holiday = publicHolidayOn(wave.cutover);
  if (holiday === undefined) return undefined;
  return {
    constraint: 'C3',
    code: 'PUBLIC_HOLIDAY',
    data: { date: wave.cutover },
    text: {
      fr: `La bascule tomberait un jour férié (${holiday.fr}).`,
      en: `The cutover would fall on a public holiday (${holiday.en}).`,
    },
  };
};

/** C4: a member of a group cuts over on a later day than its parent, which must have a date first. */
export const followsParent: Constraint = (demand, wave) =>
  notAfterParent(demand.parentCutover, wave.cutover, demand.followsPart);

const parentNotBooked: Text = {
  fr: 'L’entité de tête de votre groupe n’a pas encore de date de bascule.',
  en: 'The parent organisation of your group has no cutover date yet.',
};

const partNotBooked: Text = {
  fr: 'La partie qui précède celle-ci n’a pas encore de date de bascule.',
  en: 'The part before this one has no cutover date yet.',
};

/** The day that a member of a group has to come after; undefined when there is none to follow. */
export type ParentDate = CalendarDate | 'unbooked' | undefined;

/** The latest of the dates to follow, which is none while one of them is not booked. */
export function latestDate(dates: readonly ParentDate[]): ParentDate {
  if (dates.includes('unbooked')) return 'unbooked';
  return dates
    .flatMap((date) => date ?? [])
    .reduce<ParentDate>((a, b) => (a === undefined || b > a ? b : a), undefined);
}

/**
 * Why a member cannot cut over on a day, given its parent's; undefined when it can, or has no parent to follow.
 *
 * @param isPart what it follows is the part before it
 */
export function notAfterParent(
  parent: ParentDate,
  cutover: CalendarDate,
  isPart = false,
): Refusal | undefined {
  if (parent === undefined) return undefined;
  if (parent === 'unbooked') {
    return {
      constraint: 'C4',
      code: 'PARENT_NOT_BOOKED',
      data: {},
      text: isPart ? partNotBooked : parentNotBooked,
    };
  }
  if (cutover > parent) return undefined;
  return {
    constraint: 'C4',
    code: 'NOT_AFTER_PARENT',
    data: { parentCutover: parent },
    text: isPart ? afterPartText(parent) : afterParentText(parent),
  };
}

/** That a customer has to come after the date of its parent. */
export function afterParentText(parent: CalendarDate): Text {
  return inEach(
    {
      fr: (date) => `L’entité de tête de votre groupe bascule le ${date} ; vous devez basculer après elle.`,
      en: (date) => `The parent organisation of your group cuts over on ${date}; you must cut over after it.`,
    },
    parent,
  );
}

/** That a part has to come after the date of the part before it. */
export function afterPartText(before: CalendarDate): Text {
  return inEach(
    {
      fr: (date) => `La partie qui précède celle-ci bascule le ${date} ; celle-ci doit basculer après elle.`,
      en: (date) => `The part before this one cuts over on ${date}; this one must cut over after it.`,
    },
    before,
  );
}

/** C6: cutover on or after the opening of every wanted service and the customer's earliest date. */
export const afterOpenings: Constraint = (demand, wave, context) => {
  const missing = servicesNotOpen(context.platform, demand.wantedServices, wave.cutover);
  const opens = latestOpening(missing);
  if (opens !== undefined) {
    const names = (language: Language) => missing.map((service) => service.label[language]).join(', ');
    return {
      constraint: 'C6',
      code: 'SERVICE_NOT_OPEN',
      data: { services: missing.map((service) => service.code), opens },
      text: inEach(
        {
          fr: (date) => `Service pas encore ouvert à cette date : ${names('fr')} (ouverture le ${date}).`,
          en: (date) => `Service not open yet on that date: ${names('en')} (opens on ${date}).`,
        },
        opens,
      ),
    };
  }
  if (demand.earliest === undefined || demand.earliest <= wave.cutover) return undefined;
  return {
    constraint: 'C6',
    code: 'BEFORE_EARLIEST_DATE',
    data: { earliest: demand.earliest },
    text: inEach(
      {
        fr: (date) => `Vous avez demandé à ne pas basculer avant le ${date}.`,
        en: (date) => `You asked not to cut over before ${date}.`,
      },
      demand.earliest,
    ),
  };
};

/** Why a deadline is hard, in mid-sentence. */
export const deadlineLabels: Readonly<Record<DeadlineSource, Text>> = {
  derogation: { fr: 'fin de dérogation', en: 'end of derogation' },
  contract_end: { fr: 'fin de contrat', en: 'end of contract' },
  end_of_support: { fr: 'fin de support', en: 'end of support' },
};

/** C7: no cutover after a hard deadline; the deadline's own day is still in time. */
export const meetsDeadlines: Constraint = (demand, wave) => {
  const deadline = firstDeadline(demand);
  if (deadline === undefined || wave.cutover <= deadline.date) return undefined;
  const why = deadlineLabels[deadline.source];
  return {
    constraint: 'C7',
    code: 'AFTER_DEADLINE',
    data: { deadline: deadline.date, source: deadline.source },
    text: inEach(
      {
        fr: (date) => `La bascule aurait lieu après votre date limite du ${date} (${why.fr}).`,
        en: (date) => `The cutover would be after your deadline of ${date} (${why.en}).`,
      },
      deadline.date,
    ),
  };
};

/**
 * C8: a CONDITIONAL customer goes into a wave whose T-28 is on or after the due date of its open conditions.
 * A customer that is NOT_READY goes into no migration wave at all.
 */
export const conditionsDueInTime: Constraint = (demand, wave) => {
  if (demand.tier === 'NOT_READY') {
    return {
      constraint: 'C8',
      code: 'NOT_READY',
      data: {},
      text: {
        fr: 'Vous devez passer par une vague de préparation avant toute vague de migration.',
        en: 'You need to complete a preparation wave before any migration wave.',
      },
    };
  }
  const due = demand.tier === 'CONDITIONAL' ? demand.conditionsDueDates.toSorted().at(-1) : undefined;
  if (due === undefined || due <= addDays(wave.cutover, -conditionsDueInDays)) return undefined;
  return {
    constraint: 'C8',
    code: 'CONDITIONS_DUE_TOO_LATE',
    data: { due, needed: addDays(wave.cutover, -conditionsDueInDays) },
    text: inEach(
      {
        fr: (date) =>
          `Vos conditions sont à lever au plus tard le ${date}, trop tard pour cette vague (limite : ${conditionsDueInDays} jours avant la bascule).`,
        en: (date) =>
          `Your conditions are due by ${date}, too late for this wave (limit: ${conditionsDueInDays} days before cutover).`,
      },
      due,
    ),
  };
};
