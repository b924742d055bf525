import type { Text } from '../../domain/text.ts';
import type { Published } from '../../domain/trust/publication.ts';
import { summaryList } from '../shared/layout/components.ts';
import { html } from '../shared/layout/html.ts';
import { mailLink } from '../shared/layout/mail-link.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';

const hosting: Text = {
  fr: 'Cet hébergement n’est pas lui-même qualifié SecNumCloud. C’est pourquoi le questionnaire ne demande ni information classifiée, ni document, ni texte libre sur ce qui est protégé.',
  en: 'This hosting is not itself SecNumCloud qualified. That is why the questionnaire asks for no classified information, no document and no free text about protected matters.',
};

export const addressLabel: Text = { fr: 'Adresse', en: 'Address' };
const phone: Text = { fr: 'Téléphone', en: 'Telephone' };
const name: Text = { fr: 'Nom', en: 'Name' };

/** Publisher, director of publication and host, as the law on trust in the digital economy asks. */
export function legalNoticesPage(view: View, { publisher, host }: Published): Page {
  const title: Text = { fr: 'Mentions légales', en: 'Legal notices' };
  return {
    title,
    body: html`<h1>${view.t(title)}</h1>
<h2>${view.t({ fr: 'Éditeur', en: 'Publisher' })}</h2>
${summaryList(view, [
  { key: name, value: publisher.name },
  {
    key: { fr: 'Forme et immatriculation', en: 'Legal form and registration' },
    value: view.t(publisher.registration),
  },
  { key: addressLabel, value: publisher.address },
  { key: phone, value: publisher.phone },
  { key: { fr: 'Courriel', en: 'Email' }, value: mailLink(view.contact) },
  { key: { fr: 'Directeur de la publication', en: 'Director of publication' }, value: publisher.director },
])}
<h2>${view.t({ fr: 'Hébergeur', en: 'Host' })}</h2>
${summaryList(view, [
  { key: name, value: host.name },
  { key: addressLabel, value: host.address },
  { key: phone, value: host.phone },
  { key: { fr: 'Lieu d’hébergement', en: 'Place of hosting' }, value: view.t(host.place) },
  {
    key: { fr: 'Droit applicable à l’hébergeur', en: 'Law that the host is under' },
    value: view.t(host.law),
  },
])}
<p>${view.t(hosting)}</p>
<p>${view.t({ fr: 'Voir aussi : ', en: 'See also: ' })}<a href="${view.href('/privacy')}">${view.t({ fr: 'données personnelles', en: 'personal data' })}</a>, <a href="${view.href('/cookies')}">${view.t({ fr: 'cookies', en: 'cookies' })}</a>, <a href="${view.href('/trust')}">${view.t({ fr: 'dossier de confiance', en: 'trust record' })}</a>.</p>`,
  };
}
