import type { Text } from '../../domain/text.ts';
import type { Published } from '../../domain/trust/publication.ts';
import { dayText } from '../shared/layout/dates.ts';
import { html } from '../shared/layout/html.ts';
import { mailLink } from '../shared/layout/mail-link.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { auditedOn, type Standing, selfAudit } from './self-audit.ts';

function count(standing: Standing): number {
  return selfAudit.filter((criterion) => criterion.standing === standing).length;
}

/** The criteria that apply, and the share of them that is met: one that was not tried is not met. */
export function accessibilityRate() {
  const [met, notMet, notTried] = [count('met'), count('not_met'), count('not_tried')];
  const applicable = met + notMet + notTried;
  return { met, applicable, percent: Math.floor((100 * met) / applicable) };
}

const tools: Text = {
  fr: 'Chromium, axe-core et html-validate, sur chaque page et chaque état que parcourent nos essais, à 320 et 1280 pixels, texte agrandi à 200 % et espacé par le lecteur, thèmes clair et sombre, couleurs forcées ; puis lecture des pages dans les deux langues, sans script.',
  en: 'Chromium, axe-core and html-validate on every page and state that our tests walk through, at 320 and 1280 pixels, with text at 200% and spaced by the reader, in the light and dark themes and in forced colours; then the pages were read in both languages, without scripts.',
};

const untried: readonly Text[] = [
  {
    fr: 'un lecteur d’écran employé par une personne (NVDA, JAWS, VoiceOver), la commande vocale ;',
    en: 'a screen reader used by a person (NVDA, JAWS, VoiceOver), voice control;',
  },
  {
    fr: 'des essais avec des personnes handicapées.',
    en: 'tests with people who have disabilities.',
  },
];

/** The accessibility statement, after the State's model; it says that it is our own assessment. */
export function accessibilityPage(view: View, { publisher }: Published): Page {
  const { met, applicable, percent } = accessibilityRate();
  const title: Text = { fr: 'Déclaration d’accessibilité', en: 'Accessibility statement' };
  return {
    title,
    body: html`<h1>${view.t(title)}</h1>
<p>${view.t({
      fr: `${publisher.name} s’engage à rendre ce site accessible, conformément à l’article 47 de la loi n° 2005-102 du 11 février 2005.`,
      en: `${publisher.name} undertakes to make this site accessible, as required by article 47 of the French law 2005-102 of 11 February 2005.`,
    })}</p>
<h2>${view.t({ fr: 'État de conformité', en: 'Compliance status' })}</h2>
<p><strong>${view.t({
      fr: 'Ce site est partiellement conforme au RGAA, version 4.1.2.',
      en: 'This site partially complies with the RGAA, version 4.1.2.',
    })}</strong> ${view.t({
      fr: 'Nous ne lui connaissons aucun défaut, mais nous ne le dirons conforme qu’une fois qu’un tiers et des personnes handicapées l’auront vérifié.',
      en: 'We know of no fault, but will call it compliant only once a third party and people who have disabilities have checked it.',
    })}</p>
<h2>${view.t({ fr: 'Résultat de l’évaluation', en: 'Result of the assessment' })}</h2>
<p>${view.t({
      fr: `Nous l’avons évalué nous-mêmes le ${dayText(view, auditedOn)} ; aucun tiers ne l’a audité. ${met} des ${applicable} critères applicables sont respectés, soit ${percent} %. Un critère non vérifié compte comme non respecté.`,
      en: `We assessed it ourselves on ${dayText(view, auditedOn)}; no third party has audited it. ${met} of the ${applicable} criteria that apply are met: ${percent}%. A criterion that was not tried counts as not met.`,
    })}</p>
<p>${view.t({ fr: 'Moyens : ', en: 'Means: ' })}${view.t(tools)}</p>
<h2>${view.t({ fr: 'Ce qui n’a pas été vérifié', en: 'What was not tried' })}</h2>
<ul>${untried.map((text) => html`<li>${view.t(text)}</li>`)}</ul>
<h2>${view.t({ fr: 'Nous écrire', en: 'Write to us' })}</h2>
<p>${view.t({
      fr: 'Si une page vous résiste, écrivez-nous : nous vous donnerons l’information autrement, ou nous vous aiderons à répondre.',
      en: 'If a page does not work for you, write to us: we will give you the information in another form, or help you to answer.',
    })} ${mailLink(view.contact)}</p>
<h2>${view.t({ fr: 'Voies de recours', en: 'If we do not answer' })}</h2>
<p>${view.t({
      fr: 'Vous nous avez signalé un défaut qui vous empêche d’accéder à un contenu ou à un service, et notre réponse ne vous satisfait pas ? Vous pouvez saisir le Défenseur des droits :',
      en: 'You reported a fault that keeps you from a content or a service, and our answer does not satisfy you? You may turn to the Defender of Rights (Défenseur des droits):',
    })}</p>
<ul><li><a href="https://formulaire.defenseurdesdroits.fr/" rel="noreferrer">${view.t({ fr: 'par son formulaire', en: 'with its form' })}</a></li>
<li><a href="https://www.defenseurdesdroits.fr/carte-des-delegues" rel="noreferrer">${view.t({ fr: 'auprès de son délégué dans votre département', en: 'through its delegate near you' })}</a></li>
<li>${view.t({
      fr: 'par courrier, sans timbre : Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.',
      en: 'by post, without a stamp: Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07, France.',
    })}</li></ul>`,
  };
}
