import type { Text } from '../../../domain/text.ts';
import { linkButton } from './components.ts';
import type { Html } from './html.ts';
import type { View } from './view.ts';

export const newLinkTitle: Text = { fr: 'Recevoir de nouveau votre lien', en: 'Get your link again' };

/** Leads to the page that mails a lost personal link again. */
export function newLinkButton(view: View): Html {
  return linkButton(view, '/new-link', newLinkTitle);
}
