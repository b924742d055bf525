import {
  answerOffer,
  answerWave,
  type OfferDecision,
  offerDecisions,
} from '../../application/answer-wave.ts';
import { proposedMove } from '../../domain/onboarding/group-moves.ts';
import { mayMoveText } from '../../domain/onboarding/may-move.ts';
import { placeToAnswer } from '../../domain/onboarding/place-due.ts';
import type { Booking, OnboardingState } from '../../domain/onboarding/state.ts';
import type { MeantPlace, WaveDecision } from '../../domain/onboarding/transitions/confirmation.ts';
import type { Text } from '../../domain/text.ts';
import { siteLabel } from '../../domain/waves/wave.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { type Button, form, summaryList } from '../shared/layout/components.ts';
import { dayText, limitText } from '../shared/layout/dates.ts';
import { html } from '../shared/layout/html.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { declineMigration, declinePart } from './decline-words.ts';
import { actOrExplain, refusalPage } from './refusal.ts';
import { statusPath, statusRoots } from './status-path.ts';

/** The answers about a held place that have a page of their own; another date is chosen on that of the dates. */
const placeAnswers = ['confirm', 'decline'] as const satisfies readonly WaveDecision[];
type PlaceAnswer = (typeof placeAnswers)[number];

/** A decision and its consequences, stated before it is taken. */
interface Choice {
  readonly title: Text;
  readonly consequences: readonly Text[];
  readonly button: Button;
}

/** A confirmed place is not a promise of its cutover: what the last decision may still change. */
export const ifNoGo: Text = {
  fr: 'Si la décision de bascule est défavorable, vous quittez cette date et une autre place est recherchée en priorité. Une condition bloquante encore ouverte ce jour-là la rend en principe défavorable.',
  en: 'If the go/no-go decision is a no-go, you leave this date and another place is looked for with priority. A blocking condition that is still open on that day normally makes it a no-go.',
};

const ratherChoose: Text = {
  fr: 'Si seules ces dates ne vous conviennent pas, ne renoncez pas : écrivez à votre interlocuteur avant la fin de votre réservation.',
  en: 'If only these dates do not suit you, do not decline: write to your contact before your hold ends.',
};

const waveChoices: Readonly<Record<PlaceAnswer, Choice>> = {
  confirm: {
    title: { fr: 'Confirmer cette date', en: 'Confirm this date' },
    consequences: [
      {
        fr: 'La place est à vous. Nos équipes préparent votre bascule : réunions quatre puis deux semaines avant, décision le dernier jour ouvré avant elle, surveillance renforcée la semaine suivante.',
        en: 'The place is yours. Our teams will prepare your cutover: meetings four weeks and two weeks before, the decision on the last working day before it, hypercare the week after.',
      },
      ifNoGo,
      {
        fr: 'En cas d’empêchement, écrivez au plus tôt à votre interlocuteur : la place pourra servir à un autre organisme.',
        en: 'If something comes up later, write to your contact as soon as you can: another organisation may be able to use the place.',
      },
    ],
    button: { label: { fr: 'Confirmer cette date', en: 'Confirm this date' } },
  },
  decline: {
    title: declineMigration,
    consequences: [
      {
        fr: 'La place sera rendue et votre dossier sera clos : il n’y aura pas d’autre proposition. Vos réponses ne seront plus utilisées.',
        en: 'The place will be released and your onboarding will be closed: there will be no other offer. Your answers will no longer be used.',
      },
      ratherChoose,
    ],
    button: {
      label: { fr: 'Renoncer et clore le dossier', en: 'Decline and close the onboarding' },
      look: 'danger',
    },
  },
};

/** A part ends by itself: what is declined is that part of the migration. */
const declinedPart: Choice = {
  title: declinePart,
  consequences: [
    {
      fr: 'La place sera rendue et cette partie de votre migration sera close : il n’y aura pas d’autre proposition pour elle. Les autres parties ne changent pas.',
      en: 'The place will be released and this part of your migration will be closed: there will be no other offer for it. The other parts do not change.',
    },
    ratherChoose,
  ],
  button: { label: declinePart, look: 'danger' },
};

function waveChoice(decision: PlaceAnswer, { part }: OnboardingState): Choice {
  return decision === 'decline' && part !== undefined ? declinedPart : waveChoices[decision];
}

const offerChoices: Readonly<Record<OfferDecision, Choice>> = {
  accept: {
    title: { fr: 'Accepter cette place', en: 'Accept this place' },
    consequences: [
      {
        fr: 'La place à cette date est à vous : vous quittez la liste d’attente.',
        en: 'The place on this date is yours: you leave the waiting list.',
      },
      ifNoGo,
    ],
    button: { label: { fr: 'Accepter cette place', en: 'Accept this place' } },
  },
  refuse: {
    title: { fr: 'Refuser cette place', en: 'Refuse this place' },
    consequences: [
      {
        fr: 'La place sera proposée à l’organisme suivant. Vous gardez votre rang sur la liste d’attente ; cette date ne vous sera plus proposée, mais vous pourrez encore la choisir tant qu’elle a de la place.',
        en: 'The place will be offered to the next organisation. You keep your position on the waiting list; this date will not be offered to you again, but you can still choose it while it has room.',
      },
    ],
    button: { label: { fr: 'Refuser cette place', en: 'Refuse this place' } },
  },
};

const notAwaited: Text = {
  fr: 'Aucune réponse n’est attendue de votre part pour cette place : vous avez déjà répondu, ou le délai est dépassé.',
  en: 'No answer is expected from you for this place: you have already answered, or the deadline has passed.',
};
const placeChanged: Text = {
  fr: 'La place a changé depuis que vous avez ouvert cette page. Rien n’a été décidé : consultez la nouvelle date, puis répondez.',
  en: 'The place has changed since you opened this page. Nothing was decided: check the new date, then answer.',
};

/** The place that the page showed. */
export function meantPlace(form: FormFields): MeantPlace {
  const heldAt = Number(form.get('held'));
  return { wave: form.get('wave'), ...(Number.isSafeInteger(heldAt) ? { heldAt } : {}) };
}

/** Confirmation pages of a customer's answers about a place, and the answers themselves. */
export function registerWaveAnswers(app: WebApp, deps: WebDependencies): void {
  const { site, clock, platform } = deps;

  function choicePage(c: WebContext, kind: 'wave' | 'offer', decision: string, choice: Choice) {
    const view = c.get('view');
    const { now } = customerOf(c);
    const { booking } = now;
    const at = clock.now();
    if (booking === undefined || placeToAnswer(now, at) !== kind) {
      return refusalPage(c, choice.title, [notAwaited]);
    }
    const proposed = decision === 'confirm' ? proposedMove(now, at) : undefined;
    const consequences = [
      ...(proposed === undefined ? [] : [mayMoveText(proposed, now.state.territory)]),
      ...choice.consequences,
    ];
    return answerPage(c, {
      title: choice.title,
      back: { path: statusPath(now.state) },
      body: html`<h1>${view.t(choice.title)}</h1>
${summaryList(view, [
  { key: { fr: 'Bascule', en: 'Cutover' }, value: dayText(view, booking.cutover) },
  { key: { fr: 'Site', en: 'Site' }, value: view.t(siteLabel(platform, booking.site)) },
  {
    key: { fr: 'Réponse attendue', en: 'Answer expected' },
    value: limitText(view, booking.holdUntil ?? booking.bookedAt),
  },
])}
<h2>${view.t({ fr: 'Ce que cela entraîne', en: 'What this means' })}</h2>
${consequences.map((consequence) => html`<p>${view.t(consequence)}</p>`)}
${form(view, {
  action: `${statusPath(now.state)}/${kind}/${decision}`,
  content: html`<input type="hidden" name="wave" value="${booking.wave}"><input type="hidden" name="held" value="${String(now.state.episode)}">`,
  buttons: [choice.button],
})}`,
    });
  }

  /** The answer applies to the place that was shown, not to another that has replaced it. */
  async function answer(c: WebContext, choice: Choice, flash: string, act: () => Promise<void>) {
    const { booking, state } = customerOf(c).now;
    if (booking !== undefined && isOther(booking, formOf(c).get('wave'))) {
      return refusalPage(c, choice.title, [placeChanged]);
    }
    return actOrExplain(c, choice.title, async () => {
      await act();
      return leadTo(c, site, statusPath(state), flash);
    });
  }

  function isOther({ wave }: Booking, shown: string | undefined): boolean {
    return wave !== shown;
  }

  // A page of an earlier release may still be open.
  app.all('/status/wave/another_date', requireCustomer, (c) => c.redirect(site.href('/status/dates'), 303));

  for (const root of statusRoots) register(root);

  function register(root: string): void {
    app.get(`${root}/wave/:decision`, requireCustomer, (c) => {
      const decision = placeAnswers.find((known) => known === c.req.param('decision'));
      return decision === undefined
        ? notFound(c)
        : choicePage(c, 'wave', decision, waveChoice(decision, customerOf(c).now.state));
    });

    app.post(`${root}/wave/:decision`, requireCustomer, async (c) => {
      const decision = placeAnswers.find((known) => known === c.req.param('decision'));
      if (decision === undefined) return notFound(c);
      const { reference, who, now } = customerOf(c);
      return answer(c, waveChoice(decision, now.state), `wave-${decision}`, () =>
        answerWave(deps, reference, decision, who, meantPlace(formOf(c))),
      );
    });

    app.get(`${root}/offer/:decision`, requireCustomer, (c) => {
      const decision = offerDecisions.find((known) => known === c.req.param('decision'));
      return decision === undefined ? notFound(c) : choicePage(c, 'offer', decision, offerChoices[decision]);
    });

    app.post(`${root}/offer/:decision`, requireCustomer, async (c) => {
      const decision = offerDecisions.find((known) => known === c.req.param('decision'));
      if (decision === undefined) return notFound(c);
      const { reference, who } = customerOf(c);
      return answer(c, offerChoices[decision], `offer-${decision}`, () =>
        answerOffer(deps, reference, decision, who, meantPlace(formOf(c))),
      );
    });
  }
}
