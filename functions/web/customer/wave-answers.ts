import {
  answerOffer,
  answerWave,
  type OfferDecision,
  offerDecisions,
  type WaveDecision,
  waveDecisions,
} from '../../application/wave-answers.ts';
import type { Text } from '../../domain/text.ts';
import { siteLabel } from '../../domain/waves/wave.ts';
import type { Booking } from '../../store/onboarding-state.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import { leadTo } from '../shared/http/flash.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { type Button, form, summaryList } from '../shared/layout/components.ts';
import { dayText, instantText } from '../shared/layout/dates.ts';
import { html } from '../shared/layout/html.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { actOrExplain, refusalPage } from './refusal.ts';
import { placeToAnswer } from './status.ts';

/** A decision and its consequences, stated before it is taken. */
interface Choice {
  readonly title: Text;
  readonly consequences: readonly Text[];
  readonly button: Button;
}

const waveChoices: Readonly<Record<WaveDecision, Choice>> = {
  confirm: {
    title: { fr: 'Confirmer cette date', en: 'Confirm this date' },
    consequences: [
      {
        fr: 'La place devient ferme. Nos équipes préparent votre bascule : réunions quatre puis deux semaines avant, décision la veille, surveillance renforcée la semaine suivante.',
        en: 'The place becomes firm. Our teams prepare your cutover: meetings four and then two weeks before, decision the day before, hypercare the week after.',
      },
      {
        fr: 'Un empêchement plus tard ? Écrivez à votre interlocuteur au plus tôt : la place peut servir à un autre.',
        en: 'Something comes up later? Write to your contact as early as you can: the place may serve somebody else.',
      },
    ],
    button: { label: { fr: 'Confirmer cette date', en: 'Confirm this date' } },
  },
  another_date: {
    title: { fr: 'Demander une autre date', en: 'Ask for another date' },
    consequences: [
      {
        fr: 'Nous cherchons un autre jour, sur le même site ou sur un autre. Votre place actuelle vous est gardée tant qu’aucune autre n’est trouvée.',
        en: 'We look for another day, at the same site or another. Your present place is kept for you until another is found.',
      },
      {
        fr: 'Vous pouvez demander une autre date trois fois au plus. Une date refusée n’est pas proposée de nouveau.',
        en: 'You may ask for another date three times at most. A date you turned down is not offered again.',
      },
    ],
    button: { label: { fr: 'Demander une autre date', en: 'Ask for another date' } },
  },
  decline: {
    title: { fr: 'Renoncer à la migration', en: 'Decline the migration' },
    consequences: [
      {
        fr: 'La place est rendue et votre dossier est clos : il n’y aura pas d’autre proposition. Vos réponses ne servent plus.',
        en: 'The place is given back and your file is closed: there will be no other proposal. Your answers are no longer used.',
      },
      {
        fr: 'Pour changer seulement de date, demandez plutôt une autre date.',
        en: 'If only the date does not suit you, ask for another date instead.',
      },
    ],
    button: {
      label: { fr: 'Renoncer et clore le dossier', en: 'Decline and close the file' },
      look: 'danger',
    },
  },
};

const offerChoices: Readonly<Record<OfferDecision, Choice>> = {
  accept: {
    title: { fr: 'Accepter cette place', en: 'Accept this place' },
    consequences: [
      {
        fr: 'La place est à vous et la date est ferme : vous quittez la liste d’attente.',
        en: 'The place is yours and the date is firm: you leave the waiting list.',
      },
    ],
    button: { label: { fr: 'Accepter cette place', en: 'Accept this place' } },
  },
  refuse: {
    title: { fr: 'Refuser cette place', en: 'Refuse this place' },
    consequences: [
      {
        fr: 'La place est proposée à l’organisme suivant. Vous restez sur la liste d’attente, à votre rang ; cette date ne vous est plus proposée.',
        en: 'The place is offered to the next organisation. You stay on the waiting list, at your rank; this date is not offered to you again.',
      },
    ],
    button: { label: { fr: 'Refuser cette place', en: 'Refuse this place' } },
  },
};

const gone: Text = {
  fr: 'Cette place n’attend pas, ou n’attend plus, de réponse de votre part : vous avez déjà répondu, ou le délai est passé.',
  en: 'This place does not, or no longer, await an answer from you: you have answered already, or the time has passed.',
};
const moved: Text = {
  fr: 'La place a changé depuis que vous avez ouvert cette page. Rien n’a été décidé : regardez la nouvelle date, puis répondez.',
  en: 'The place has changed since you opened this page. Nothing was decided: look at the new date, then answer.',
};

/** Confirmation pages of a customer's answers about a place, and the answers themselves. */
export function registerWaveAnswers(app: WebApp, deps: WebDependencies): void {
  const { site, clock, platform } = deps;

  function choicePage(c: WebContext, kind: 'wave' | 'offer', decision: string, choice: Choice) {
    const view = c.get('view');
    const { now } = customerOf(c);
    const { booking } = now;
    if (booking === undefined || placeToAnswer(now, clock.now()) !== kind) {
      return refusalPage(c, choice.title, [gone]);
    }
    return answerPage(c, {
      title: choice.title,
      back: { path: '/status' },
      body: html`<h1>${view.t(choice.title)}</h1>
${summaryList(view, [
  { key: { fr: 'Bascule', en: 'Cutover' }, value: dayText(view, booking.cutover) },
  { key: { fr: 'Site', en: 'Site' }, value: view.t(siteLabel(platform, booking.site)) },
  {
    key: { fr: 'Réponse attendue avant le', en: 'Answer expected before' },
    value: instantText(view, booking.holdUntil ?? booking.bookedAt),
  },
])}
<h2>${view.t({ fr: 'Ce que cela entraîne', en: 'What follows from it' })}</h2>
${choice.consequences.map((consequence) => html`<p>${view.t(consequence)}</p>`)}
${form(view, {
  action: `/status/${kind}/${decision}`,
  content: html`<input type="hidden" name="wave" value="${booking.wave}">`,
  buttons: [choice.button],
})}`,
    });
  }

  /** The answer applies to the place that was shown, not to another that has replaced it. */
  async function answer(c: WebContext, choice: Choice, flash: string, act: () => Promise<void>) {
    const { booking } = customerOf(c).now;
    if (booking !== undefined && isOther(booking, formOf(c).get('wave'))) {
      return refusalPage(c, choice.title, [moved]);
    }
    return actOrExplain(c, choice.title, async () => {
      await act();
      return leadTo(c, site, '/status', flash);
    });
  }

  function isOther({ wave }: Booking, shown: string | undefined): boolean {
    return wave !== shown;
  }

  app.get('/status/wave/:decision', requireCustomer, (c) => {
    const decision = waveDecisions.find((known) => known === c.req.param('decision'));
    return decision === undefined ? notFound(c) : choicePage(c, 'wave', decision, waveChoices[decision]);
  });

  app.post('/status/wave/:decision', requireCustomer, async (c) => {
    const decision = waveDecisions.find((known) => known === c.req.param('decision'));
    if (decision === undefined) return notFound(c);
    const { reference, who } = customerOf(c);
    return answer(c, waveChoices[decision], `wave-${decision}`, () =>
      answerWave(deps, reference, decision, who),
    );
  });

  app.get('/status/offer/:decision', requireCustomer, (c) => {
    const decision = offerDecisions.find((known) => known === c.req.param('decision'));
    return decision === undefined ? notFound(c) : choicePage(c, 'offer', decision, offerChoices[decision]);
  });

  app.post('/status/offer/:decision', requireCustomer, async (c) => {
    const decision = offerDecisions.find((known) => known === c.req.param('decision'));
    if (decision === undefined) return notFound(c);
    const { reference, who } = customerOf(c);
    return answer(c, offerChoices[decision], `offer-${decision}`, () =>
      answerOffer(deps, reference, decision, who),
    );
  });
}
