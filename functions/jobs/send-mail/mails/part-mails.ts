import { oneLine } from '../../../domain/text.ts';
import type { CustomerTemplate, MailContext, MailWording } from './mail-context.ts';
import { linkLine, reasonLine } from './phrases.ts';

function partList({ parts, language }: MailContext): string | undefined {
  return parts
    ?.map(({ scope, users }, index) =>
      language === 'fr'
        ? `– Partie ${index + 1} : ${oneLine(scope)} (${users} utilisateurs)`
        : `– Part ${index + 1}: ${oneLine(scope)} (${users} users)`,
    )
    .join('\n');
}

function goesOn({ outcome, language }: MailContext): string {
  if (outcome === 'HANDED_OVER') {
    return language === 'fr'
      ? 'Sa bascule est faite et sa surveillance renforcée est terminée.'
      : 'Its cutover is done and its hypercare is over.';
  }
  return language === 'fr'
    ? 'Elle n’aura pas de bascule ; si elle avait une place, celle-ci est rendue.'
    : 'It will have no cutover; if it had a place, that has been given back.';
}

/** Mails about a migration that was split into parts. */
export const partMails = {
  split: {
    fr: (c) => ({
      subject: 'votre migration se fait en parties',
      body: [
        `La migration de votre organisme, ${c.organisation}, est divisée en parties, qui ont chacune leur date.`,
        partList(c),
        'Vos réponses, votre résultat et vos contacts valent pour toutes : personne n’a à répondre de nouveau. Si une place vous était réservée pour l’ensemble, elle est rendue.',
        'Un courriel vous dira pour chaque partie sa date à confirmer, ou pourquoi elle n’en a pas encore.',
        linkLine('Suivre les parties de votre migration :', c),
      ],
    }),
    en: (c) => ({
      subject: 'your migration takes place in parts',
      body: [
        `The migration of ${c.organisation} is split into parts, each with a date of its own.`,
        partList(c),
        'Your answers, your result and your contacts hold for all of them: no one has to answer again. If a place was held for the whole, it has been given back.',
        'An email will tell you for each part the date to confirm, or why it has none yet.',
        linkLine('Follow the parts of your migration:', c),
      ],
    }),
  },
  part_closed: {
    fr: (c) => ({
      subject: 'une partie de votre migration est close',
      body: [
        `Cette partie de la migration de votre organisme, ${c.organisation}, est close. ${goesOn(c)}`,
        c.outcome === 'HANDED_OVER' ? undefined : reasonLine(c),
        'Les autres parties en cours ne changent pas ; votre dossier est clos avec la dernière.',
        linkLine('Suivre les parties de votre migration :', c),
      ],
    }),
    en: (c) => ({
      subject: 'a part of your migration is closed',
      body: [
        `This part of the migration of ${c.organisation} is closed. ${goesOn(c)}`,
        c.outcome === 'HANDED_OVER' ? undefined : reasonLine(c),
        'Other parts in progress do not change; your onboarding is closed with the last one.',
        linkLine('Follow the parts of your migration:', c),
      ],
    }),
  },
} satisfies Partial<Record<CustomerTemplate, MailWording>>;
