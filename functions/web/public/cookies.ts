import { waitingLife } from '../../domain/onboarding/presented-organisation.ts';
import type { Text } from '../../domain/text.ts';
import { second } from '../../domain/time.ts';
import { sessionLimits } from '../../store/sessions.ts';
import { flashCookie, flashSeconds } from '../shared/http/flash.ts';
import { languageCookie, languageSeconds } from '../shared/http/language.ts';
import { resumeCookie, resumeSeconds, waitingCookie } from '../shared/http/resume-form.ts';
import type { Site } from '../shared/http/site.ts';
import { proConnectCookie, signOutSeconds } from '../shared/identity/proconnect-cookie.ts';
import { table } from '../shared/layout/components.ts';
import { html } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { deviceCookie, deviceSeconds } from '../shared/session/known-device.ts';
import { sessionCookie } from '../shared/session/sessions.ts';
import { attemptCookie, attemptSeconds } from '../sign-in/attempts.ts';
import { periodOf } from './periods.ts';

/** A cookie that the server sets. */
export interface KnownCookie {
  /** As the browser knows it; the first part of it, where `family` says so. */
  readonly name: string;
  /** One cookie per attempt, told apart by the end of its name. */
  readonly family?: true;
  /** Seconds for which the browser keeps it; without it, until the browser is closed. */
  readonly seconds?: number;
  readonly purpose: Text;
  /** What ends it earlier. */
  readonly ends?: Text;
}

function sessionEnds(): Text {
  const { customer, staff } = sessionLimits;
  const [idle, longest] = [periodOf(customer.idle), periodOf(customer.absolute)];
  const [staffIdle, staffLongest] = [periodOf(staff.idle), periodOf(staff.absolute)];
  return {
    fr: `Le serveur la clôt après ${idle.fr} sans visite et au plus tard après ${longest.fr} (pour notre personnel : ${staffIdle.fr} et ${staffLongest.fr}). Le lien personnel en ouvre une autre.`,
    en: `The server ends it after ${idle.en} without a visit and after ${longest.en} at the latest (for our staff: ${staffIdle.en} and ${staffLongest.en}). The personal link opens another one.`,
  };
}

/** All cookies of the site. Each is needed for what the visitor has asked for, so none needs consent. */
export function cookiesOf({ cookie }: Pick<Site, 'cookie'>): readonly KnownCookie[] {
  return [
    {
      name: cookie.name(sessionCookie),
      purpose: {
        fr: 'Vous reconnaître d’une page à l’autre après l’ouverture de votre lien personnel ou la connexion. Elle contient un numéro tiré au hasard, rien d’autre.',
        en: 'To recognise you from page to page after you open your personal link or sign in. It holds a random number and nothing else.',
      },
      ends: sessionEnds(),
    },
    {
      name: cookie.name(languageCookie),
      seconds: languageSeconds,
      purpose: {
        fr: 'Retenir la langue que vous avez choisie. Il n’est déposé que si vous la changez.',
        en: 'To remember the language you chose. It is set only when you change it.',
      },
    },
    {
      name: cookie.name(flashCookie),
      seconds: flashSeconds,
      purpose: {
        fr: 'Afficher une fois la confirmation de ce que vous venez de faire. Il est effacé dès que la page est affichée.',
        en: 'To show once the confirmation of what you have just done. It is deleted as soon as the page is shown.',
      },
    },
    {
      name: cookie.name(resumeCookie),
      seconds: resumeSeconds,
      purpose: {
        fr: 'Reprendre l’envoi d’une page dont la session a expiré. Il contient un numéro tiré au hasard, et rien de ce que vous avez saisi.',
        en: 'To send again a page whose session has expired. It holds a random number, and nothing of what you typed.',
      },
    },
    {
      name: cookie.name(deviceCookie),
      family: true,
      seconds: deviceSeconds,
      purpose: {
        fr: 'Reconnaître l’appareil sur lequel vous avez confirmé qui vous êtes, là où nous le demandons. Un par dossier, au nom duquel s’ajoute la référence ; il contient une date et une empreinte, rien d’autre.',
        en: 'To recognise the device on which you confirmed who you are, where we ask for it. One for each onboarding, whose reference is part of the name; it holds a date and a digest and nothing else.',
      },
      ends: {
        fr: 'Un nouveau lien personnel le rend sans effet.',
        en: 'A new personal link makes it void.',
      },
    },
    {
      name: cookie.name(proConnectCookie),
      family: true,
      seconds: signOutSeconds,
      purpose: {
        fr: 'Là où nous demandons ProConnect : mener à terme une identification en cours, dire quel organisme vous avez présenté, et vous permettre de vous déconnecter de ProConnect. Les deux premiers sont effacés après une heure ; aucun ne contient votre nom ni votre adresse.',
        en: 'Where we ask for ProConnect: to complete a sign-in in progress, to say which organisation you presented, and to let you sign out of ProConnect. The first two are deleted after an hour; none holds your name or your address.',
      },
    },
    {
      name: cookie.name(waitingCookie),
      family: true,
      seconds: waitingLife / second,
      purpose: {
        fr: 'Retrouver ce que vous avez saisi, quand votre interlocuteur doit d’abord accepter votre organisme. Il contient un numéro tiré au hasard.',
        en: 'To find again what you typed, when your contact has to accept your organisation first. It holds a random number.',
      },
    },
    {
      name: cookie.name(attemptCookie),
      family: true,
      seconds: attemptSeconds,
      purpose: {
        fr: 'Pour notre personnel seulement : mener à terme une connexion en cours.',
        en: 'For our staff only: to complete a sign-in in progress.',
      },
    },
  ];
}

function lifetime({ seconds, ends }: KnownCookie): Text {
  const kept =
    seconds === undefined
      ? { fr: 'Jusqu’à la fermeture du navigateur.', en: 'Until the browser is closed.' }
      : { fr: `${periodOf(seconds * second).fr}.`, en: `${periodOf(seconds * second).en}.` };
  return ends === undefined ? kept : { fr: `${kept.fr} ${ends.fr}`, en: `${kept.en} ${ends.en}` };
}

export function cookiesPage(view: View, site: Site): Page {
  const title: Text = { fr: 'Cookies', en: 'Cookies' };
  return {
    title,
    body: html`<h1>${view.t(title)}</h1>
<p>${view.t({
      fr: 'Ce site ne dépose que les cookies strictement nécessaires à ce que vous lui demandez. Il ne mesure pas l’audience, n’affiche pas de publicité et ne charge rien d’un autre site : la loi n’exige donc pas votre consentement (article 82 de la loi Informatique et Libertés).',
      en: 'This site sets only the cookies that are strictly necessary for what you ask of it. It measures no audience, shows no advertising and loads nothing from another site: the law therefore requires no consent (article 82 of the French data protection act).',
    })}</p>
${table(view, {
  caption: { fr: 'Cookies de ce site', en: 'Cookies of this site' },
  rows: cookiesOf(site),
  columns: [
    { name: { fr: 'Nom', en: 'Name' }, cell: ({ name, family }) => (family === true ? `${name}…` : name) },
    { name: { fr: 'À quoi il sert', en: 'What it is for' }, cell: ({ purpose }) => view.t(purpose) },
    { name: { fr: 'Durée', en: 'Lifetime' }, cell: (cookie) => view.t(lifetime(cookie)) },
  ],
})}
<p>${view.t({
      fr: 'Aucun n’est lisible par un script ni envoyé à un autre site. Rien n’est inscrit dans le stockage de votre navigateur. Vous pouvez les effacer à tout moment : vos réponses enregistrées restent sur le serveur.',
      en: 'None can be read by a script or is sent to another site. Nothing is written to your browser’s storage. You may delete them at any time: the answers you have saved stay on the server.',
    })}</p>`,
  };
}
