import type { Text } from '../../../domain/text.ts';
import { type Html, html } from './html.ts';
import type { View } from './view.ts';

/** A page, and the words that lead to it everywhere. */
export interface LinkTo {
  readonly path: string;
  readonly label: Text;
}

/** The pages that every page leads to. */
export const publicPages: readonly LinkTo[] = [
  { path: '/trust', label: { fr: 'Dossier de confiance', en: 'Trust record' } },
  { path: '/questions', label: { fr: 'Questionnaire à lire', en: 'Questionnaire for reading' } },
  { path: '/mail-setup', label: { fr: 'Recevoir nos courriels', en: 'Receiving our emails' } },
  { path: '/privacy', label: { fr: 'Données personnelles', en: 'Personal data' } },
  { path: '/legal-notices', label: { fr: 'Mentions légales', en: 'Legal notices' } },
  {
    path: '/accessibility',
    label: { fr: 'Accessibilité : partiellement conforme', en: 'Accessibility: partially compliant' },
  },
  { path: '/cookies', label: { fr: 'Cookies', en: 'Cookies' } },
  { path: '/site-map', label: { fr: 'Plan du site', en: 'Site map' } },
];

export function footerLinks(view: View): Html {
  return html`<nav aria-label="${view.t({ fr: 'Informations', en: 'Information' })}"><ul class="menu">${publicPages.map(
    ({ path, label }) =>
      html`<li><a href="${view.href(path)}"${view.path === path ? html` aria-current="page"` : ''}>${view.t(label)}</a></li>`,
  )}</ul></nav>`;
}
