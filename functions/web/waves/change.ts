import { changeWave } from '../../application/change-wave.ts';
import type { WaveChange } from '../../application/wave-refusals.ts';
import type { Text } from '../../domain/text.ts';
import { componentLabels } from '../../domain/waves/capacity.ts';
import {
  mayChangeCapacity,
  type Wave,
  WaveTransitionError,
  waveStateLabels,
  waveTransitions,
} from '../../domain/waves/wave.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { banner, form, summaryList } from '../shared/layout/components.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { checkboxes, radios } from '../shared/layout/fields.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { actorOf } from '../shared/session/access.ts';
import { refusalOf } from '../shared/staff/acts.ts';
import { bookedList, readBooked } from './booked.ts';
import { capacityFields, componentsOf, readCapacity } from './capacity-fields.ts';
import { loadText, waveStateTag, waveTitle } from './wave-labels.ts';
import {
  mayCancel,
  readWaveStatus,
  type StateChange,
  stateChangesOf,
  type WaveStatus,
} from './wave-status.ts';

const transitionHints: Readonly<Record<StateChange, Text>> = {
  open: { fr: 'Les clients peuvent y être placés.', en: 'Customers can be placed in it.' },
  freeze: {
    fr: 'Plus aucune nouvelle réservation ; celles qui existent sont conservées.',
    en: 'No new bookings; existing ones are kept.',
  },
  reopen: {
    fr: 'De nouveau ouverte ; les clients en attente reçoivent une proposition.',
    en: 'Open again; waiting customers receive offers.',
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

/** The text of a refused change, including changes that the wave's state forbids. */
function refusedChange(error: unknown, field: string, { state }: Wave): Problem {
  if (!(error instanceof WaveTransitionError)) return refusalOf(error, field);
  const label = waveStateLabels[state];
  return {
    field,
    message: {
      fr: `Impossible dans l’état « ${label.fr} ». Rechargez la vague et recommencez.`,
      en: `Not possible in state “${label.en}”. Reload the wave and try again.`,
    },
  };
}

function customersText(count: number): Text {
  return {
    fr: `${count} client${count > 1 ? 's' : ''}`,
    en: `${count} customer${count === 1 ? '' : 's'}`,
  };
}

interface Given {
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
}

interface WaveForm {
  /** Last segment of the path, and the code of the flash message. */
  readonly path: string;
  readonly title: Text;
  readonly first: string;
  readonly content: (view: View, waveStatus: WaveStatus, given: Given) => Html | Promise<Html>;
  readonly button: { readonly label: Text; readonly look?: 'danger' };
  /** Whether the wave allows this change. */
  readonly possible: (waveStatus: WaveStatus) => boolean;
  readonly read: (
    fields: FormFields,
    waveStatus: WaveStatus,
  ) => { change: WaveChange } | { problems: readonly Problem[] };
}

const impossible: Text = {
  fr: 'L’état de la vague ne le permet pas. Revenez à la vague pour voir ce qui est possible.',
  en: 'The state of the wave does not allow this. Go back to the wave to see what is possible.',
};

async function formPage(
  c: WebContext,
  deps: WebDependencies,
  waveStatus: WaveStatus,
  shown: WaveForm,
  given: Given,
  status?: 409,
) {
  const view = c.get('view');
  const { wave } = waveStatus;
  const name = waveTitle(wave, deps.platform);
  const path = `/waves/${wave.id}`;
  const content = shown.possible(waveStatus)
    ? form(view, {
        kept: true,
        action: `${path}/${shown.path}`,
        content: await shown.content(view, waveStatus, given),
        buttons: [shown.button],
      })
    : banner(view, view.t(impossible));
  return answerPage(
    c,
    {
      title: { fr: `${shown.title.fr} – ${name.fr}`, en: `${shown.title.en} – ${name.en}` },
      back: { path },
      ...(shown.possible(waveStatus) ? { problems: given.problems ?? [] } : {}),
      body: html`<h1>${view.t(shown.title)}</h1><p class="soft">${view.t(name)}</p>${content}`,
    },
    status,
  );
}

function registerForm(app: WebApp, deps: WebDependencies, shown: WaveForm): void {
  const path = `/waves/:id/${shown.path}` as const;
  app.get(path, async (c) => {
    const waveStatus = await readWaveStatus(deps, c.req.param('id'));
    return formPage(c, deps, waveStatus, shown, {}, shown.possible(waveStatus) ? undefined : 409);
  });
  app.post(path, async (c) => {
    const waveStatus = await readWaveStatus(deps, c.req.param('id'));
    const { wave } = waveStatus;
    const fields = formOf(c);
    if (!shown.possible(waveStatus)) return formPage(c, deps, waveStatus, shown, { fields }, 409);
    const read = shown.read(fields, waveStatus);
    if ('problems' in read) return formPage(c, deps, waveStatus, shown, { fields, problems: read.problems });
    if (onlyAsksForLanguage(c)) return formPage(c, deps, waveStatus, shown, { fields });
    try {
      await changeWave(deps, wave.site, wave.id, read.change, actorOf(c, 'operator'));
    } catch (error) {
      const now = await readWaveStatus(deps, wave.id);
      const problems = [refusedChange(error, shown.first, now.wave)];
      return formPage(c, deps, now, shown, { fields, problems }, 409);
    }
    return leadTo(c, deps.site, `/waves/${wave.id}`, shown.path);
  });
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

function cancellationForm(deps: WebDependencies): WaveForm {
  return {
    path: 'cancellation',
    title: { fr: 'Annuler la vague', en: 'Cancel the wave' },
    first: 'confirmed',
    possible: mayCancel,
    content: async (view, { wave }, { fields, problems }) => {
      const booked = await readBooked(deps, wave);
      const count = wave.booked.customers;
      const clients = customersText(count);
      const impact =
        count === 0
          ? html`<p>${view.t({ fr: 'Aucun client n’a réservé cette vague : personne n’est touché.', en: 'No customer has booked this wave, so no one is affected.' })}</p>`
          : html`<p><strong>${view.t({ fr: `${clients.fr} ${count > 1 ? 'perdent' : 'perd'} cette date.`, en: `${clients.en} ${count === 1 ? 'loses' : 'lose'} this date.` })}</strong> ${view.t({ fr: 'Chaque client est replacé en priorité dans une autre vague et doit la confirmer ; faute de place, il rejoint la liste d’attente.', en: 'Each customer is placed in another wave with priority and must confirm it; if no wave has room, the customer joins the waiting list.' })}</p>${bookedList(view, wave, booked)}`;
      return html`${impact}<p>${view.t({ fr: 'Une vague annulée ne peut pas être rouverte.', en: 'A cancelled wave cannot be reopened.' })}</p>${checkboxes(
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
export function registerWaveChanges(app: WebApp, deps: WebDependencies): void {
  for (const shown of [capacityForm, stateForm, cancellationForm(deps)]) registerForm(app, deps, shown);
}
