import { dmarcPolicy, type MailSender, mailDomainsOf, spfPolicy } from '../../domain/mail-sender.ts';
import type { Text } from '../../domain/text.ts';
import type { Site } from '../shared/http/site.ts';
import { summaryList } from '../shared/layout/components.ts';
import { type Html, html } from '../shared/layout/html.ts';
import { mailLink } from '../shared/layout/mail-link.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';

const title: Text = { fr: 'Recevoir nos courriels', en: 'Receiving our emails' };

const intro: Text = {
  fr: 'Cette page s’adresse aux administrateurs de messagerie. Nos courriels contiennent les liens personnels dont vos collègues ont besoin pour répondre, et des dates à ne pas manquer.',
  en: 'This page is for mail administrators. Our emails contain the personal links that your colleagues need to answer, and dates that they must not miss.',
};

const whyReplyTo: Text = {
  fr: 'Une réponse part vers votre interlocuteur, à une autre adresse que celle de l’expéditeur : il connaît le dossier, peut renvoyer un lien et répondre à une question. Personne ne lit la boîte de l’expéditeur. Un filtre qui se méfie d’un Reply-To différent de l’expéditeur peut donc faire exception pour nous.',
  en: 'A reply goes to your contact, at another address than the sender’s: they know the onboarding, can send a link again and answer a question. No one reads the sender’s mailbox. A filter that distrusts a Reply-To other than the sender may therefore make an exception for us.',
};

const opening: Text = {
  fr: 'Un filtre peut ouvrir tous les liens, y compris avec scripts, autant de fois qu’il le souhaite : ouvrir un lien ne valide rien, ne consomme rien et ne change rien. Un lien n’a d’effet qu’une fois qu’une personne a appuyé sur le bouton de la page. Il peut être réécrit, à condition de mener à l’adresse entière.',
  en: 'A filter may open every link, with scripts too, as often as it likes: opening a link confirms nothing, uses nothing up and changes nothing. A link takes effect only once a person has pressed the button on the page. It may be rewritten, as long as it leads to the whole address.',
};

const neverHeld: readonly Text[] = [
  { fr: 'une pièce jointe, une image, un pixel de suivi', en: 'an attachment, an image, a tracking pixel' },
  { fr: 'une réponse au questionnaire', en: 'an answer to the questionnaire' },
  { fr: 'un mot de passe, ou la demande d’en envoyer un', en: 'a password, or a request to send one' },
  { fr: 'un lien vers un autre site que celui-ci', en: 'a link to any site but this one' },
];

/** What to know a mail of ours by, as a mail server names it. */
function marks({ address, dkimSelectors }: MailSender): readonly { key: Text; value: Text }[] {
  const { from, envelope } = mailDomainsOf(address);
  const selectors = dkimSelectors.join(', ');
  return [
    { key: { fr: 'Expéditeur (From)', en: 'Sender (From)' }, value: { fr: address, en: address } },
    {
      key: { fr: 'Réponses (Reply-To)', en: 'Replies (Reply-To)' },
      value: {
        fr: 'l’interlocuteur de votre organisme ou, s’il n’en a pas, notre adresse d’aide, au bas de cette page',
        en: 'your organisation’s contact or, if it has none, our help address at the foot of this page',
      },
    },
    {
      key: { fr: 'Expéditeur d’enveloppe (MAIL FROM)', en: 'Envelope sender (MAIL FROM)' },
      value: { fr: `une adresse de ${envelope}`, en: `an address of ${envelope}` },
    },
    {
      key: { fr: 'SPF', en: 'SPF' },
      value: {
        fr: `${spfPolicy}, publié pour ${envelope}, aligné sur ${from} en mode relâché`,
        en: `${spfPolicy}, published for ${envelope}, aligned with ${from} in relaxed mode`,
      },
    },
    {
      key: { fr: 'DKIM', en: 'DKIM' },
      value: {
        fr: `signé pour ${from} ; sélecteurs : ${selectors}`,
        en: `signed for ${from}; selectors: ${selectors}`,
      },
    },
    {
      key: { fr: 'DMARC', en: 'DMARC' },
      value: {
        fr: `${dmarcPolicy}, publié pour ${from} : mettez en quarantaine ce qui échoue`,
        en: `${dmarcPolicy}, published for ${from}: quarantine what fails`,
      },
    },
    {
      key: { fr: 'Transport', en: 'Transport' },
      value: {
        fr: 'TLS exigé : un serveur qui n’en propose pas ne reçoit rien',
        en: 'TLS required: a server that does not offer it receives nothing',
      },
    },
    {
      key: { fr: 'Forme', en: 'Form' },
      value: {
        fr: 'texte brut, en français ou en anglais ; l’en-tête Auto-Submitted: auto-generated dispense les répondeurs d’absence de répondre',
        en: 'plain text, in French or English; the header Auto-Submitted: auto-generated keeps absence responders from answering',
      },
    },
  ];
}

/** What a mail administrator needs to let our mail through, and to tell it from mail that is not ours. */
export function mailSetupPage(view: View, { origin }: Site, sender: MailSender): Page {
  const { from } = mailDomainsOf(sender.address);
  const t = (fr: string, en: string) => view.t({ fr, en });
  const list = (texts: readonly Text[]): Html =>
    html`<ul>${texts.map((text) => html`<li>${view.t(text)}</li>`)}</ul>`;
  return {
    title,
    body: html`<h1>${view.t(title)}</h1>
<p>${view.t(intro)}</p>
<h2>${t('Ce que nous envoyons', 'What we send')}</h2>
${summaryList(
  view,
  marks(sender).map(({ key, value }) => ({ key, value: view.t(value) })),
)}
<h2>${t('Ce qu’il faut autoriser', 'What to allow')}</h2>
${list([
  {
    fr: `les courriels de ${from} qui passent DMARC, sans autre exception`,
    en: `mail from ${from} that passes DMARC, with no other exception`,
  },
  { fr: `les liens vers ${origin}`, en: `links to ${origin}` },
  {
    fr: 'aucune adresse IP : celles du service d’envoi changent et servent à d’autres',
    en: 'no IP address: those of the sending service change and serve others too',
  },
])}
<h2>${t('Ce qu’ils ne contiennent jamais', 'What they never contain')}</h2>
${list(neverHeld)}
<p>${t('Un courriel en notre nom qui en contient n’est pas de nous.', 'An email in our name that contains any of these is not ours.')}</p>
<h2>${t('Pourquoi la réponse va à votre interlocuteur', 'Why a reply goes to your contact')}</h2>
<p>${view.t(whyReplyTo)}</p>
<h2>${t('Filtres qui ouvrent les liens', 'Filters that open links')}</h2>
<p>${view.t(opening)}</p>
<h2>${t('Un courriel n’arrive pas ?', 'An email does not arrive?')}</h2>
<p>${t('Votre interlocuteur peut le renvoyer ; vous pouvez aussi écrire à ', 'Your contact can send it again; you can also write to ')}${mailLink(view.contact)}.</p>`,
  };
}
