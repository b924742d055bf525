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
import { bookedTable, readBooked } from './booked.ts';
import { capacityFields, componentsOf, readCapacity } from './capacity-fields.ts';
import {
  mayCancel,
  readWaveStanding,
  type StateChange,
  stateChangesOf,
  type WaveStanding,
} from './wave-standing.ts';
import { loadText, waveStateTag, waveTitle } from './wave-words.ts';

const transitionHints: Readonly<Record<StateChange, Text>> = {
  open: { fr: 'Les clients peuvent y être placés.', en: 'Customers can be placed in it.' },
  freeze: {
    fr: 'Plus aucune réservation nouvelle ; celles qui sont prises restent.',
    en: 'No new booking; those that are made stay.',
  },
  reopen: {
    fr: 'De nouveau ouverte ; ceux qui attendent reçoivent une proposition.',
    en: 'Open again; those who wait are made an offer.',
  },
  start: {
    fr: 'Plus aucune confirmation ; le calendrier la démarre sinon de lui-même le jour venu.',
    en: 'No confirmation any more; otherwise the calendar starts it by itself on its day.',
  },
  finish: {
    fr: 'La bascule de tous ses clients est enregistrée ; la vague est close.',
    en: 'The cutover of all its customers is recorded; the wave is closed.',
  },
};

/** A refusal of a change in words, also where the wave's state forbids it. */
function refusedChange(error: unknown, field: string, { state }: Wave): Problem {
  if (!(error instanceof WaveTransitionError)) return refusalOf(error, field);
  const label = waveStateLabels[state];
  return {
    field,
    message: {
      fr: `Impossible dans l’état « ${label.fr} ». Rechargez la vague et recommencez.`,
      en: `Not possible in the state “${label.en}”. Load the wave again and retry.`,
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
  /** Last part of the address, and the code of what was done. */
  readonly path: string;
  readonly title: Text;
  readonly first: string;
  readonly content: (view: View, standing: WaveStanding, given: Given) => Html | Promise<Html>;
  readonly button: { readonly label: Text; readonly look?: 'danger' };
  /** Nothing when the wave does not admit it. */
  readonly possible: (standing: WaveStanding) => boolean;
  readonly read: (
    fields: FormFields,
    standing: WaveStanding,
  ) => { change: WaveChange } | { problems: readonly Problem[] };
}

const impossible: Text = {
  fr: 'L’état de la vague ne le permet pas. Revenez à la vague pour voir ce qui est possible.',
  en: 'The state of the wave does not admit it. Go back to the wave to see what is possible.',
};

async function formPage(
  c: WebContext,
  deps: WebDependencies,
  standing: WaveStanding,
  shown: WaveForm,
  given: Given,
  status?: 409,
) {
  const view = c.get('view');
  const { wave } = standing;
  const name = waveTitle(wave, deps.platform);
  const path = `/waves/${wave.id}`;
  const content = shown.possible(standing)
    ? form(view, {
        kept: true,
        action: `${path}/${shown.path}`,
        content: await shown.content(view, standing, given),
        buttons: [shown.button],
      })
    : banner(view, view.t(impossible));
  return answerPage(
    c,
    {
      title: { fr: `${shown.title.fr} – ${name.fr}`, en: `${shown.title.en} – ${name.en}` },
      back: { path },
      ...(shown.possible(standing) ? { problems: given.problems ?? [] } : {}),
      body: html`<h1>${view.t(shown.title)}</h1><p class="soft">${view.t(name)}</p>${content}`,
    },
    status,
  );
}

function registerForm(app: WebApp, deps: WebDependencies, shown: WaveForm): void {
  const path = `/waves/:id/${shown.path}` as const;
  app.get(path, async (c) => {
    const standing = await readWaveStanding(deps, c.req.param('id'));
    return formPage(c, deps, standing, shown, {}, shown.possible(standing) ? undefined : 409);
  });
  app.post(path, async (c) => {
    const standing = await readWaveStanding(deps, c.req.param('id'));
    const { wave } = standing;
    const fields = formOf(c);
    if (!shown.possible(standing)) return formPage(c, deps, standing, shown, { fields }, 409);
    const read = shown.read(fields, standing);
    if ('problems' in read) return formPage(c, deps, standing, shown, { fields, problems: read.problems });
    if (onlyAsksForLanguage(c)) return formPage(c, deps, standing, shown, { fields });
    try {
      await changeWave(deps, wave.site, wave.id, read.change, actorOf(c, 'operator'));
    } catch (error) {
      const now = await readWaveStanding(deps, wave.id);
      const problems = [refusedChange(error, shown.first, now.wave)];
      return formPage(c, deps, now, shown, { fields, problems }, 409);
    }
    return leadTo(c, deps.site, `/waves/${wave.id}`, shown.path);
  });
}

const capacityForm: WaveForm = {
  path: 'capacity',
  title: { fr: 'Changer la capacité', en: 'Change the capacity' },
  first: 'customers',
  possible: ({ wave }) => mayChangeCapacity(wave),
  content: (view, { wave }, { fields, problems }) =>
    html`${summaryList(
      view,
      componentsOf(wave.kind).map((name) => ({
        key: componentLabels[name],
        value: loadText(view, wave, name),
      })),
    )}<p>${view.t({ fr: 'Ce qui est réservé n’est jamais annulé par un changement de capacité : en dessous, le changement est refusé.', en: 'What is booked is never voided by a change of capacity: below it, the change is refused.' })}</p>${capacityFields(view, { form: fields, problems, shown: componentsOf(wave.kind), before: wave.capacity })}`,
  button: { label: { fr: 'Changer la capacité', en: 'Change the capacity' } },
  read: (fields, { wave }) => {
    const { capacity, problems } = readCapacity(fields, wave.kind);
    return problems.length > 0 ? { problems } : { change: { capacity } };
  },
};

const stateForm: WaveForm = {
  path: 'state',
  title: { fr: 'Changer l’état', en: 'Change the state' },
  first: 'transition',
  possible: (standing) => stateChangesOf(standing).length > 0,
  content: (view, standing, { fields, problems }) =>
    html`<p>${view.t({ fr: 'État actuel :', en: 'Present state:' })} ${waveStateTag(view, standing.wave.state)}</p>${radios(
      view,
      {
        name: 'transition',
        label: { fr: 'Nouvel état', en: 'New state' },
        choices: stateChangesOf(standing).map((value) => ({
          value,
          label: waveTransitions[value].label,
          hint: transitionHints[value],
        })),
        value: fields?.get('transition'),
        problem: problemOf(problems, 'transition'),
      },
    )}`,
  button: { label: { fr: 'Changer l’état', en: 'Change the state' } },
  read: (fields, standing) => {
    const transition = stateChangesOf(standing).find((known) => known === fields.get('transition'));
    if (transition !== undefined) return { change: { transition } };
    const message = { fr: 'Nouvel état : choisissez une réponse.', en: 'New state: choose an answer.' };
    return { problems: [{ field: 'transition', message }] };
  },
};

function cancellationForm(deps: WebDependencies): WaveForm {
  return {
    path: 'cancellation',
    title: { fr: 'Annuler la vague', en: 'Cancel the wave' },
    first: 'confirmed',
    possible: mayCancel,
    content: async (view, { wave }, { problems }) => {
      const booked = await readBooked(deps, wave);
      const count = wave.booked.customers;
      const clients = customersText(count);
      const impact =
        count === 0
          ? html`<p>${view.t({ fr: 'Personne n’y a réservé : personne n’est touché.', en: 'Nobody has booked it: nobody is touched.' })}</p>`
          : html`<p><strong>${view.t({ fr: `${clients.fr} ${count > 1 ? 'perdent' : 'perd'} cette date.`, en: `${clients.en} ${count === 1 ? 'loses' : 'lose'} this date.` })}</strong> ${view.t({ fr: 'Chacun est replacé en priorité dans une autre vague et doit la confirmer ; faute de place, il passe sur la liste d’attente.', en: 'Each is placed in another wave with priority and must confirm it; without room, it goes on the waiting list.' })}</p>${bookedTable(view, booked)}`;
      return html`${impact}<p>${view.t({ fr: 'Une vague annulée ne se rouvre pas.', en: 'A cancelled wave is not opened again.' })}</p>${checkboxes(
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
                      fr: `J’annule cette vague et fais replacer ${clients.fr}`,
                      en: `I cancel this wave and have ${clients.en} placed elsewhere`,
                    },
            },
          ],
          values: [],
          problem: problemOf(problems, 'confirmed'),
        },
      )}<input type="hidden" name="booked" value="${count}">`;
    },
    button: { label: { fr: 'Annuler la vague', en: 'Cancel the wave' }, look: 'danger' },
    read: (fields, { wave }) => {
      const refused = (message: Text) => ({ problems: [{ field: 'confirmed', message }] });
      if (fields.get('confirmed') !== 'yes') {
        return refused({
          fr: 'Confirmation : cochez la case pour annuler la vague.',
          en: 'Confirmation: tick the box to cancel the wave.',
        });
      }
      // The confirmation is for the customers that were shown, not for others that have booked since.
      if (fields.get('booked') !== String(wave.booked.customers)) {
        return refused({
          fr: 'Confirmation : les réservations ont changé depuis. Relisez la liste et confirmez de nouveau.',
          en: 'Confirmation: bookings have changed since. Read the list again and confirm once more.',
        });
      }
      return { change: { transition: 'cancel', moveBooked: wave.booked.customers > 0 } };
    },
  };
}

/** What may be done with a wave, once its page was seen. */
export function registerWaveChanges(app: WebApp, deps: WebDependencies): void {
  for (const shown of [capacityForm, stateForm, cancellationForm(deps)]) registerForm(app, deps, shown);
}
