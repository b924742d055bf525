import { calendarNow } from '../../application/read-placing.ts';
import { firstWithoutPilot, type WaveChange } from '../../application/wave-refusals.ts';
import { fieldProblem } from '../../domain/input/problem-texts.ts';
import { readDate } from '../../domain/input/written-date.ts';
import type { Text } from '../../domain/text.ts';
import { componentLabels } from '../../domain/waves/capacity.ts';
import { mayChangeCapacity, type Wave, waveLabel, waveTransitions } from '../../domain/waves/wave.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { summaryList } from '../shared/layout/components.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { checkboxes, dateField, datePartsOf, radios } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { bookedList, readBooked } from './booked.ts';
import { capacityFields, componentsOf, readCapacity } from './capacity-fields.ts';
import { loadText, waveStateTag } from './wave-labels.ts';
import { mayCancel, mayMove, type StateChange, stateChangesOf, type WaveStatus } from './wave-status.ts';

const transitionHints: Readonly<Record<StateChange, Text>> = {
  open: { fr: 'Les clients peuvent y être placés.', en: 'Customers can be placed in it.' },
  freeze: {
    fr: 'Plus aucune nouvelle réservation ; celles qui existent sont conservées.',
    en: 'No new bookings; existing ones are kept.',
  },
  reopen: {
    fr: 'De nouveau ouverte ; les clients en attente reçoivent une proposition si la date le permet encore.',
    en: 'Open again; waiting customers receive offers if the date still allows it.',
  },
  start: {
    fr: 'Plus aucune confirmation. Sinon, la vague démarre d’elle-même à sa date.',
    en: 'No further confirmations. Otherwise the wave starts by itself on its date.',
  },
  finish: {
    fr: 'Les bascules de tous ses clients sont enregistrées ; la vague est close.',
    en: 'The cutovers of all its customers are recorded; the wave is closed.',
  },
};

function customersText(count: number): Text {
  return {
    fr: `${count} client${count > 1 ? 's' : ''}`,
    en: `${count} customer${count === 1 ? '' : 's'}`,
  };
}

export interface Given {
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
}

/** A form that changes a wave, but for the reason: all of them have a field for it. */
export interface WaveForm {
  /** Last segment of the path, and the code of the flash message. */
  readonly path: string;
  readonly title: Text;
  readonly first: string;
  readonly content: (view: View, waveStatus: WaveStatus, given: Given) => Html | Promise<Html>;
  readonly button: { readonly label: Text; readonly look?: 'danger' };
  /** Whether a reason has to be given, or when. */
  readonly reason: (waveStatus: WaveStatus) => 'required' | 'optional' | Text;
  /** The form itself shows what the change does; the others do once it is filled in. */
  readonly showsImpact?: true;
  /** Whether the wave allows this change. */
  readonly possible: (waveStatus: WaveStatus) => boolean;
  readonly read: (
    fields: FormFields,
    waveStatus: WaveStatus,
  ) => { change: WaveChange } | { problems: readonly Problem[] };
}

const capacityForm: WaveForm = {
  path: 'capacity',
  title: { fr: 'Changer la capacité', en: 'Change capacity' },
  first: 'customers',
  possible: ({ wave }) => mayChangeCapacity(wave),
  content: (view, { wave }, { fields, problems }) =>
    html`${summaryList(
      view,
      componentsOf(wave.kind).map((name) => ({
        key: componentLabels[name],
        value: loadText(view, wave, name),
      })),
    )}<p>${view.t({ fr: 'Un changement de capacité n’annule jamais de réservation : une capacité inférieure à ce qui est réservé est refusée.', en: 'A change of capacity never cancels bookings: a capacity below what is already booked is refused.' })}</p>${capacityFields(view, { form: fields, problems, shown: componentsOf(wave.kind), before: wave.capacity })}`,
  button: { label: { fr: 'Changer la capacité', en: 'Change capacity' } },
  reason: () => ({
    fr: 'Obligatoire si une capacité diminue, facultatif sinon.',
    en: 'Required where a capacity is lowered, optional otherwise.',
  }),
  read: (fields, { wave }) => {
    const { capacity, problems } = readCapacity(fields, wave.kind);
    return problems.length > 0 ? { problems } : { change: { capacity } };
  },
};

const stateForm: WaveForm = {
  path: 'state',
  title: { fr: 'Changer l’état', en: 'Change state' },
  first: 'transition',
  possible: (waveStatus) => stateChangesOf(waveStatus).length > 0,
  content: (view, waveStatus, { fields, problems }) =>
    html`<p>${view.t({ fr: 'État actuel :', en: 'Current state:' })} ${waveStateTag(view, waveStatus.wave.state)}</p>${radios(
      view,
      {
        name: 'transition',
        label: { fr: 'Nouvel état', en: 'New state' },
        choices: stateChangesOf(waveStatus).map((value) => ({
          value,
          label: waveTransitions[value].label,
          hint: transitionHints[value],
        })),
        value: fields?.get('transition'),
        problem: problemOf(problems, 'transition'),
      },
    )}`,
  button: { label: { fr: 'Changer l’état', en: 'Change state' } },
  reason: (waveStatus) => {
    const changes = stateChangesOf(waveStatus);
    if (!changes.includes('freeze')) return 'optional';
    if (changes.length === 1) return 'required';
    return {
      fr: 'Obligatoire pour figer la vague, facultatif sinon.',
      en: 'Required to freeze the wave, optional otherwise.',
    };
  },
  read: (fields, waveStatus) => {
    const transition = stateChangesOf(waveStatus).find((known) => known === fields.get('transition'));
    if (transition !== undefined) return { change: { transition } };
    const message = { fr: 'Nouvel état : choisissez une option.', en: 'New state: select an option.' };
    return { problems: [{ field: 'transition', message }] };
  },
};

function isTicked(fields: FormFields | undefined): boolean {
  return fields?.get('confirmed') === 'yes';
}

/** The confirmation covers only the customers that were shown, not those who have booked since. */
function confirms(fields: FormFields | undefined, booked: number): boolean {
  return isTicked(fields) && fields?.get('booked') === String(booked);
}

const dateLabel: Text = { fr: 'Nouvelle date', en: 'New date' };

const dateForm: WaveForm = {
  path: 'date',
  title: { fr: 'Changer la date', en: 'Change date' },
  first: 'cutover',
  possible: ({ wave }) => mayMove(wave),
  content: (view, { wave }, { fields, problems }) =>
    dateField(view, {
      name: 'cutover',
      label: dateLabel,
      value: fields?.dateParts('cutover') ?? datePartsOf(wave.cutover),
      problem: problemOf(problems, 'cutover'),
    }),
  button: { label: { fr: 'Changer la date', en: 'Change date' } },
  reason: () => 'required',
  read: (fields) => {
    const typed = fields.date('cutover');
    const cutover = readDate(typed ?? '');
    if (cutover !== undefined) return { change: { cutover } };
    const code = typed === undefined ? 'missing' : 'not_a_date';
    return { problems: [fieldProblem('cutover', dateLabel, code)] };
  },
};

/** That no pilot is left before the other waves of a site, where a wave that is cancelled was the only one. */
async function pilotLost(view: View, deps: WebDependencies, wave: Wave): Promise<Html> {
  if (wave.kind !== 'PILOT') return nothing;
  const calendar = await calendarNow(deps);
  const found = firstWithoutPilot(deps, calendar, { ...wave, state: 'CANCELLED' });
  const first = calendar.find(({ id }) => id === found?.wave);
  if (first === undefined) return nothing;
  const { fr, en } = waveLabel(first, deps.platform);
  return html`<p><strong>${view.t({ fr: 'Aucune vague pilote ne précède plus les autres du site.', en: 'No pilot wave comes before the others of the site any more.' })}</strong> ${view.t({ fr: `La première est alors la ${fr} : ajoutez une vague pilote à une date antérieure.`, en: `The first one is then the ${en}: add a pilot wave at an earlier date.` })}</p>`;
}

function cancellationForm(deps: WebDependencies): WaveForm {
  return {
    path: 'cancellation',
    title: { fr: 'Annuler la vague', en: 'Cancel the wave' },
    first: 'confirmed',
    possible: mayCancel,
    showsImpact: true,
    content: async (view, { wave, today }, { fields, problems }) => {
      const booked = await readBooked(deps, wave);
      const count = wave.booked.customers;
      const clients = customersText(count);
      const impact =
        count === 0
          ? html`<p>${view.t({ fr: 'Aucun client n’a réservé cette vague : personne n’est touché.', en: 'No customer has booked this wave, so no one is affected.' })}</p>`
          : html`<p><strong>${view.t({ fr: `${clients.fr} ${count > 1 ? 'perdent' : 'perd'} cette date.`, en: `${clients.en} ${count === 1 ? 'loses' : 'lose'} this date.` })}</strong> ${view.t({ fr: 'Chaque client est replacé en priorité dans une autre vague, à la première date possible pour lui, même plus proche que celle-ci ; il la confirme, ou en choisit une autre. Faute de place, il rejoint la liste d’attente ; si aucune vague ne lui convient, son dossier revient en revue de placement.', en: 'Each customer is placed in another wave with priority, on the first date possible for it, even one before this; it confirms that date, or chooses another one. If no wave has room, the customer joins the waiting list; if none fits, the onboarding comes back for a placement review.' })}</p>${bookedList(view, wave, booked, today)}`;
      return html`${impact}${await pilotLost(view, deps, wave)}<p>${view.t({ fr: 'Une vague annulée ne peut pas être rouverte.', en: 'A cancelled wave cannot be reopened.' })}</p>${checkboxes(
        view,
        {
          name: 'confirmed',
          label: { fr: 'Confirmation', en: 'Confirmation' },
          choices: [
            {
              value: 'yes',
              label:
                count === 0
                  ? { fr: 'J’annule cette vague', en: 'I cancel this wave' }
                  : {
                      fr: `J’annule cette vague ; ${clients.fr} ${count > 1 ? 'seront replacés' : 'sera replacé'}`,
                      en: `I cancel this wave; ${clients.en} will be placed in another wave`,
                    },
            },
          ],
          values: confirms(fields, count) ? ['yes'] : [],
          problem: problemOf(problems, 'confirmed'),
        },
      )}<input type="hidden" name="booked" value="${count}">`;
    },
    button: { label: { fr: 'Annuler la vague', en: 'Cancel the wave' }, look: 'danger' },
    reason: () => 'required',
    read: (fields, { wave }) => {
      const refused = (message: Text) => ({ problems: [{ field: 'confirmed', message }] });
      if (!isTicked(fields)) {
        return refused({
          fr: 'Confirmation : cochez la case pour annuler la vague.',
          en: 'Confirmation: tick the box to cancel the wave.',
        });
      }
      if (!confirms(fields, wave.booked.customers)) {
        return refused({
          fr: 'Confirmation : les réservations ont changé entre-temps. Vérifiez la liste et confirmez de nouveau.',
          en: 'Confirmation: the bookings have changed in the meantime. Check the list and confirm again.',
        });
      }
      return { change: { transition: 'cancel', moveBooked: wave.booked.customers > 0 } };
    },
  };
}

/** The forms that change a wave. */
export function waveForms(deps: WebDependencies): readonly WaveForm[] {
  return [capacityForm, dateForm, stateForm, cancellationForm(deps)];
}
