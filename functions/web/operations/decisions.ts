import type { ReviewDecision, ReviewKind } from '../../domain/onboarding/lifecycle.ts';
import type { Text } from '../../domain/text.ts';

export const reviewLabels: Readonly<Record<ReviewKind, Text>> = {
  qualification: { fr: 'Revue de qualification', en: 'Qualification review' },
  confirmation: { fr: 'Confirmation d’un refus', en: 'Confirmation of a refusal' },
  readiness: { fr: 'Revue de préparation', en: 'Readiness review' },
  placement: { fr: 'Revue de placement', en: 'Placement review' },
  go_no_go: { fr: 'Décision de bascule (go/no-go)', en: 'Go/no-go decision' },
};

/** Why the question comes to a person. */
export const reviewQuestions: Readonly<Record<ReviewKind, Text>> = {
  qualification: {
    fr: 'Le registre public ne permet pas de qualifier l’organisme seul. Faut-il l’inviter ?',
    en: 'The public register is not enough to qualify the organisation. Is it to be invited?',
  },
  confirmation: {
    fr: 'Les règles suggèrent un refus. Une machine ne refuse personne : confirmez-le ou écartez-le.',
    en: 'The rules suggest a refusal. No machine refuses anybody: confirm it or set it aside.',
  },
  readiness: {
    fr: 'Le niveau de préparation ne se déduit pas seul des réponses. Que faut-il retenir ?',
    en: 'The readiness tier does not follow from the answers alone. What is to be kept?',
  },
  placement: {
    fr: 'Aucune vague ne convient. Que proposer au client ?',
    en: 'No wave suits. What is to be offered to the customer?',
  },
  go_no_go: {
    fr: 'La bascule approche. Le client passe-t-il dans cette vague ? Le silence, la veille à 18 h, vaut « non ».',
    en: 'The cutover is near. Does the customer go in this wave? Silence, the day before at 18:00, is no-go.',
  },
};

interface DecisionWords {
  readonly label: Text;
  /** What it leads to. */
  readonly leadsTo: Text;
}

const closesNotEligible: Text = {
  fr: 'Le dossier est clos comme non éligible ; le client en est averti par courriel.',
  en: 'The onboarding is closed as not eligible; the customer is told by mail.',
};

/** The named decisions, and what each leads to. */
export const decisionWords: Readonly<
  Record<ReviewKind, Readonly<Partial<Record<ReviewDecision, DecisionWords>>>>
> = {
  qualification: {
    accept: {
      label: { fr: 'Accepter', en: 'Accept' },
      leadsTo: {
        fr: 'L’invitation part au contact ; la question n’est plus posée sur ces motifs.',
        en: 'The invitation goes to the contact; the question is not asked again for these reasons.',
      },
    },
    reject: { label: { fr: 'Refuser', en: 'Reject' }, leadsTo: closesNotEligible },
  },
  confirmation: {
    confirm: { label: { fr: 'Confirmer le refus', en: 'Confirm the refusal' }, leadsTo: closesNotEligible },
    override: {
      label: { fr: 'Écarter le refus', en: 'Set the refusal aside' },
      leadsTo: {
        fr: 'Le refus suggéré est écarté pour ces règles et le dossier continue.',
        en: 'The refusal suggested is set aside for these rules and the onboarding goes on.',
      },
    },
  },
  readiness: {
    accept: {
      label: { fr: 'Retenir le niveau calculé', en: 'Keep the computed tier' },
      leadsTo: {
        fr: 'Le dossier continue avec ce niveau : vague de migration, ou préparation s’il n’est pas prêt.',
        en: 'The onboarding goes on with this tier: a migration wave, or preparation if it is not ready.',
      },
    },
    set_tier: {
      label: { fr: 'Fixer un autre niveau', en: 'Set another tier' },
      leadsTo: {
        fr: 'Le niveau choisi ci-dessous vaut jusqu’aux prochaines réponses du client.',
        en: 'The tier chosen below holds until the customer’s next answers.',
      },
    },
    ask_customer: {
      label: { fr: 'Interroger le client', en: 'Ask the customer' },
      leadsTo: {
        fr: 'Le questionnaire est rouvert sur les parties choisies ci-dessous ; le client en est averti.',
        en: 'The questionnaire is opened again on the sections chosen below; the customer is told.',
      },
    },
    reject: { label: { fr: 'Refuser', en: 'Reject' }, leadsTo: closesNotEligible },
  },
  placement: {
    wait: {
      label: { fr: 'Faire attendre', en: 'Let it wait' },
      leadsTo: {
        fr: 'Le client entre sur la liste d’attente et reçoit une proposition dès qu’une place convient.',
        en: 'The customer goes on the waiting list and is made an offer as soon as a place suits.',
      },
    },
    split_by_hand: {
      label: { fr: 'Partager à la main', en: 'Split by hand' },
      leadsTo: {
        fr: 'Ce dossier est clos ; l’équipe commerciale en ouvre un par partie.',
        en: 'This onboarding is closed; sales start one for each part.',
      },
    },
    reject: { label: { fr: 'Refuser', en: 'Reject' }, leadsTo: closesNotEligible },
  },
  go_no_go: {
    go: {
      label: { fr: 'Go : la bascule a lieu', en: 'Go: the cutover takes place' },
      leadsTo: {
        fr: 'Le dossier passe à l’équipe d’exploitation de la plateforme ; le client en est averti.',
        en: 'The onboarding is handed over to the platform’s operations; the customer is told.',
      },
    },
    no_go: {
      label: { fr: 'No-go : la bascule n’a pas lieu', en: 'No-go: the cutover does not take place' },
      leadsTo: {
        fr: 'Le client quitte cette vague et est placé en priorité dans une autre ; l’équipe commerciale en est avertie.',
        en: 'The customer leaves this wave and is placed in another with priority; sales are told.',
      },
    },
  },
};
