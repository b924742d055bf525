import { reviewDays, sending, silenceDays } from '../../domain/onboarding/durations.ts';
import { erasureDecisionDays } from '../../domain/onboarding/erasure-request.ts';
import type { Text } from '../../domain/text.ts';
import { day } from '../../domain/time.ts';
import type { Published, Retention } from '../../domain/trust/publication.ts';
import { feedKeptDays } from '../../store/calendar-feeds.ts';
import { sessionLimits } from '../../store/sessions.ts';
import { staffKeptDays } from '../../store/staff.ts';
import { summaryList, table } from '../shared/layout/components.ts';
import { type Html, html } from '../shared/layout/html.ts';
import { mailLink } from '../shared/layout/mail-link.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { periodOf } from './periods.ts';

interface Use {
  readonly purpose: Text;
  readonly data: Text;
  readonly basis: Text;
}

const uses: readonly Use[] = [
  {
    purpose: {
      fr: 'Préparer et conduire l’arrivée de votre organisme : questionnaire, résultat, dates, courriels',
      en: 'To prepare and run your organisation’s onboarding: questionnaire, result, dates, emails',
    },
    data: {
      fr: 'Nom, adresse électronique professionnelle, fonction, langue ; auteur et date de chaque réponse ; nom et fonction de la personne avec qui une réponse a été saisie lors d’un entretien',
      en: 'Name, work email address, role, language; who gave each answer and when; name and role of the person with whom an answer was entered in an interview',
    },
    basis: {
      fr: 'Intérêt légitime de l’exploitant et de votre organisme à préparer un contrat, puis à l’exécuter (RGPD, art. 6, § 1, f)',
      en: 'Legitimate interest of the operator and of your organisation in preparing and performing a contract (GDPR, art. 6(1)(f))',
    },
  },
  {
    purpose: {
      fr: 'Prouver qui a décidé quoi, et quand : attestation, historique du dossier',
      en: 'To prove who decided what, and when: attestation, history of the onboarding',
    },
    data: {
      fr: 'Actes et dates, auteur, motifs saisis par notre personnel',
      en: 'Acts and dates, their author, reasons entered by our staff',
    },
    basis: {
      fr: 'Intérêt légitime à conserver la preuve de ses engagements (RGPD, art. 6, § 1, f)',
      en: 'Legitimate interest in keeping proof of commitments (GDPR, art. 6(1)(f))',
    },
  },
  {
    purpose: {
      fr: 'Protéger le site : sessions, limitation des abus, journaux techniques',
      en: 'To protect the site: sessions, limits on abuse, technical logs',
    },
    data: {
      fr: 'Cookie de session, adresse IP des requêtes bloquées par le pare-feu, codes techniques',
      en: 'Session cookie, IP address of requests blocked by the firewall, technical codes',
    },
    basis: {
      fr: 'Intérêt légitime et obligation de sécurité (RGPD, art. 6, § 1, f, et art. 32)',
      en: 'Legitimate interest and duty of security (GDPR, art. 6(1)(f) and art. 32)',
    },
  },
];

interface KeptFor {
  readonly what: Text;
  readonly period: Text;
}

function kept(what: Text, milliseconds: number, after: Text): KeptFor {
  const period = periodOf(milliseconds);
  return { what, period: { fr: `${period.fr} ${after.fr}`, en: `${period.en} ${after.en}` } };
}

/** What is kept for how long: the numbers are those that the system applies. */
export function retentionOf({
  closedOnboardingDays,
  backupDays,
  logDays,
  eventDays,
}: Retention): readonly KeptFor[] {
  const some = (days: number | undefined, what: Text, after: Text) =>
    days === undefined ? [] : [kept(what, days * day, after)];
  return [
    kept(
      {
        fr: 'Questionnaire resté sans réponse : le dossier est clos',
        en: 'Questionnaire left unanswered: the onboarding is closed',
      },
      silenceDays.answers * day,
      {
        fr: 'sans page enregistrée, hors pause pour en parler',
        en: 'without a saved page, a pause to talk not counted',
      },
    ),
    kept(
      {
        fr: 'Réponses, résultat, contrat enregistré, coordonnées, liens personnels',
        en: 'Answers, result, recorded contract, contact details, personal links',
      },
      closedOnboardingDays * day,
      {
        fr: 'après la clôture du dossier, puis effacement',
        en: 'after the onboarding is closed, then erased',
      },
    ),
    {
      what: {
        fr: 'Historique sans nom de personne, SIREN, issue du dossier et preuve de l’effacement',
        en: 'History without names, SIREN, outcome of the onboarding and proof of the erasure',
      },
      period: {
        fr: 'Sans limite : ils ne désignent plus personne',
        en: 'No limit: they name no one any more',
      },
    },
    kept({ fr: 'Session d’un client', en: 'Session of a customer' }, sessionLimits.customer.absolute, {
      fr: 'au plus',
      en: 'at most',
    }),
    kept({ fr: 'Session de notre personnel', en: 'Session of our staff' }, sessionLimits.staff.absolute, {
      fr: 'au plus',
      en: 'at most',
    }),
    kept(
      {
        fr: 'Nom, adresse, équipe et rôles de notre personnel',
        en: 'Name, address, team and roles of our staff',
      },
      staffKeptDays * day,
      { fr: 'après la dernière connexion', en: 'after the last sign-in' },
    ),
    {
      what: {
        fr: 'Nom et équipe de la personne de notre exploitation qui suit un dossier',
        en: 'Name and team of the operator who follows an onboarding',
      },
      period: {
        fr: 'Jusqu’à la clôture du dossier, ou jusqu’à ce qu’une autre personne le suive',
        en: 'Until the onboarding is closed, or someone else follows it',
      },
    },
    kept(
      {
        fr: 'Adresse d’agenda de notre personnel (empreinte)',
        en: 'Calendar address of our staff (hash)',
      },
      feedKeptDays * day,
      { fr: 'après la dernière connexion', en: 'after the last sign-in' },
    ),
    {
      what: {
        fr: 'Nom et équipe de la personne de notre exploitation qui suit un dossier',
        en: 'Name and team of the operator who follows an onboarding',
      },
      period: {
        fr: 'Jusqu’à la clôture du dossier, ou jusqu’à ce qu’une autre personne le suive',
        en: 'Until the onboarding is closed, or someone else follows it',
      },
    },
    kept(
      { fr: 'Courriel qui n’a pas pu être envoyé', en: 'Email that could not be sent' },
      sending.asideDays * day,
      { fr: 'après le dernier essai', en: 'after the last try' },
    ),
    ...some(
      backupDays,
      { fr: 'Sauvegardes', en: 'Backups' },
      { fr: 'après leur création', en: 'after they are made' },
    ),
    ...some(
      logDays,
      { fr: 'Journaux techniques, sans réponse ni nom', en: 'Technical logs, without answers or names' },
      { fr: 'après leur écriture', en: 'after they are written' },
    ),
    ...some(
      eventDays,
      {
        fr: 'Événements transmis à nos systèmes (codes et références)',
        en: 'Events sent to our systems (codes and references)',
      },
      { fr: 'après leur envoi', en: 'after they are sent' },
    ),
  ];
}

function controllerPart(view: View, { publisher, dataProtectionOfficer }: Published): Html {
  return html`<h2>${view.t({ fr: 'Qui est responsable', en: 'Who is responsible' })}</h2>
${summaryList(view, [
  {
    key: { fr: 'Responsable du traitement', en: 'Controller' },
    value: `${publisher.name}, ${publisher.address}`,
  },
  {
    key: { fr: 'Délégué à la protection des données (DPO)', en: 'Data protection officer (DPO)' },
    value: mailLink(dataProtectionOfficer),
  },
])}`;
}

function usesPart(view: View): Html {
  return html`<h2>${view.t({ fr: 'Ce que nous faisons des données', en: 'What we do with the data' })}</h2>
${table(view, {
  caption: { fr: 'Finalités, données et bases légales', en: 'Purposes, data and legal bases' },
  rows: uses,
  columns: [
    { name: { fr: 'Finalité', en: 'Purpose' }, cell: ({ purpose }) => view.t(purpose) },
    { name: { fr: 'Données', en: 'Data' }, cell: ({ data }) => view.t(data) },
    { name: { fr: 'Base légale', en: 'Legal basis' }, cell: ({ basis }) => view.t(basis) },
  ],
})}
<p>${view.t({
    fr: `Les réponses du questionnaire décrivent votre organisme. Aucune décision n’est prise par la machine seule : un refus n’est qu’une proposition, qu’une personne de l’exploitation confirme ou écarte nommément, sous ${reviewDays.decision} jours ouvrés.`,
    en: `The answers to the questionnaire describe your organisation. No decision is taken by the machine alone: a refusal is only a suggestion, which an operator confirms or overrules by name within ${reviewDays.decision} working days.`,
  })}</p>`;
}

function recipientsPart(view: View, { processors, host }: Published): Html {
  return html`<h2>${view.t({ fr: 'Qui les reçoit', en: 'Who receives them' })}</h2>
<ul><li>${view.t({
    fr: 'L’équipe commerciale chargée de votre dossier, et elle seule parmi les commerciaux : coordonnées, étape, résultat et ses motifs, jamais les réponses elles-mêmes.',
    en: 'The sales team in charge of your onboarding, and no other: contact details, stage, result and its reasons, never the answers themselves.',
  })}</li>
<li>${view.t({
    fr: 'Les opérateurs de la plateforme, pour décider et planifier.',
    en: 'The operators of the platform, to decide and to plan.',
  })}</li>
<li>${view.t({
    fr: 'Les programmes de l’exploitant habilités à utiliser l’interface (API), selon leurs droits.',
    en: 'The operator’s programs that may use the API, within their rights.',
  })}</li></ul>
${table(view, {
  caption: { fr: 'Sous-traitants', en: 'Processors' },
  rows: processors,
  columns: [
    { name: { fr: 'Société', en: 'Company' }, cell: ({ name }) => name },
    { name: { fr: 'Ce qu’elle fait', en: 'What it does' }, cell: ({ purpose }) => view.t(purpose) },
    { name: { fr: 'Où', en: 'Where' }, cell: ({ place }) => view.t(place) },
  ],
})}
<p>${view.t(host.law)} ${view.t({
    fr: 'Les données sont chiffrées avec des clés que l’exploitant gère. Aucun transfert hors de l’Union européenne n’est organisé.',
    en: 'Data is encrypted with keys that the operator manages. No transfer outside the European Union is arranged.',
  })}</p>`;
}

function retentionPart(view: View, { retention }: Published): Html {
  return html`<h2 id="retention">${view.t({ fr: 'Combien de temps', en: 'How long' })}</h2>
${table(view, {
  caption: { fr: 'Durées de conservation', en: 'Retention periods' },
  rows: retentionOf(retention),
  columns: [
    { name: { fr: 'Quoi', en: 'What' }, cell: ({ what }) => view.t(what) },
    { name: { fr: 'Combien de temps', en: 'How long' }, cell: ({ period }) => view.t(period) },
  ],
})}`;
}

function rightsPart(view: View, { dataProtectionOfficer }: Published): Html {
  return html`<h2>${view.t({ fr: 'Vos droits', en: 'Your rights' })}</h2>
<p>${view.t({
    fr: 'Vous pouvez demander l’accès à vos données, leur rectification, leur effacement, la limitation de leur usage, et vous opposer à celui-ci. Écrivez au délégué à la protection des données, à l’adresse suivante, en rappelant la référence du dossier si vous la connaissez :',
    en: 'You may ask for access to your data, for their correction, erasure or restriction, and you may object to their use. Write to the data protection officer at the following address, and quote the reference of the onboarding if you know it:',
  })} ${mailLink(dataProtectionOfficer)}. ${view.t({
    fr: `Nous répondons dans un délai d’un mois. Une fois le dossier clos, son contact principal ou un suppléant peut aussi en demander l’effacement par son lien personnel : une personne en décide dans les ${erasureDecisionDays} jours.`,
    en: `We answer within one month. Once the onboarding is closed, its main contact or a deputy can also ask for it to be erased with their personal link: a person decides within ${erasureDecisionDays} days.`,
  })}</p>
<p>${view.t({
    fr: 'Si la réponse ne vous convient pas, vous pouvez saisir la CNIL :',
    en: 'If the answer does not satisfy you, you may complain to the CNIL, the French data protection authority:',
  })} <a href="https://www.cnil.fr/fr/plaintes" rel="noreferrer">cnil.fr/fr/plaintes</a>, ${view.t({
    fr: '3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07.',
    en: '3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07, France.',
  })}</p>`;
}

function namedByOthersPart(view: View, { dataProtectionOfficer }: Published): Html {
  return html`<h2 id="named">${view.t({ fr: 'Un collègue vous a désigné comme contact', en: 'A colleague has named you as a contact' })}</h2>
<p>${view.t({
    fr: 'Vous n’avez rien rempli, et nous avons pourtant votre nom et votre adresse électronique : ils viennent de la personne qui répond pour votre organisme (partie E du questionnaire), ou de l’équipe commerciale qui a ouvert le dossier avec votre organisme. Nous n’avons que votre nom, votre adresse professionnelle et votre fonction dans le projet (commanditaire, chef de projet, DSI, RSSI ou DPO).',
    en: 'You have filled in nothing, and yet we have your name and email address: they come from the person who answers for your organisation (section E of the questionnaire), or from the sales team that started the onboarding with your organisation. We hold only your name, your work address and your role in the project (sponsor, project manager, CIO, CISO or DPO).',
  })}</p>
<p>${view.t({
    fr: 'Elles servent à vous écrire au sujet de ce projet, et à rien d’autre. Les durées et les droits indiqués ici valent pour vous. Pour vous opposer à cet usage, sans avoir à vous justifier :',
    en: 'They are used to write to you about this project and for nothing else. The periods and rights on this page apply to you. To object to this use, without having to give a reason:',
  })} ${mailLink(dataProtectionOfficer)}. ${view.t({
    fr: 'Votre organisme devra alors désigner quelqu’un d’autre. (RGPD, art. 14 et 21)',
    en: 'Your organisation will then have to name someone else. (GDPR, art. 14 and 21)',
  })}</p>`;
}

/** The privacy notice: for those who answer, and for those whom others have named. */
export function privacyPage(view: View, published: Published): Page {
  const title: Text = { fr: 'Données personnelles', en: 'Personal data' };
  return {
    title,
    body: html`<h1>${view.t(title)}</h1>
<p>${view.t({
      fr: 'Ce que nous savons des personnes, pourquoi, pour combien de temps, et ce qu’elles peuvent demander.',
      en: 'What we know about people, why, for how long, and what they may ask for.',
    })} <a href="#named">${view.t({ fr: 'Un collègue vous a désigné comme contact ?', en: 'Has a colleague named you as a contact?' })}</a></p>
${controllerPart(view, published)}
${usesPart(view)}
${recipientsPart(view, published)}
${retentionPart(view, published)}
${rightsPart(view, published)}
${namedByOthersPart(view, published)}`,
  };
}
