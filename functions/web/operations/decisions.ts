import { silenceDays } from '../../domain/onboarding/durations.ts';
import type { ReviewDecision, ReviewKind } from '../../domain/onboarding/lifecycle.ts';
import type { Text } from '../../domain/text.ts';

/** The question that each review asks. */
export const reviewQuestions: Readonly<Record<ReviewKind, Text>> = {
  qualification: {
    fr: 'Le registre public ne suffit pas à qualifier l’organisme. Faut-il l’inviter ?',
    en: 'The public register is not sufficient to qualify the organisation. Should it be invited?',
  },
  confirmation: {
    fr: 'Les règles suggèrent un refus. Aucun refus n’est automatique : confirmez-le ou écartez-le.',
    en: 'The rules suggest a refusal. Nothing is refused automatically: confirm the refusal or overrule it.',
  },
  readiness: {
    fr: 'Le niveau de préparation ne peut pas être déduit des seules réponses. Quel niveau retenir ?',
    en: 'The readiness tier cannot be derived from the answers alone. Which tier applies?',
  },
  placement: {
    fr: 'Aucune vague ne convient. Que proposer au client ?',
    en: 'No wave fits. What should the customer be offered?',
  },
  go_no_go: {
    fr: 'La bascule approche. Le client bascule-t-il dans cette vague ? Sans décision à 18 h le dernier jour ouvré avant la bascule, c’est un no-go.',
    en: 'The cutover is approaching. Should this customer cut over in this wave? Without a decision by 18:00 on the last working day before the cutover, it is a no-go.',
  },
};

interface DecisionLabel {
  readonly label: Text;
  /** The consequence of the decision. */
  readonly consequence: Text;
}

const closesNotEligible: Text = {
  fr: 'Le dossier est clos comme non éligible ; le client en est informé par courriel.',
  en: 'The onboarding is closed as not eligible; the customer is informed by email.',
};

/** The decisions of each review, with their consequences. */
export const decisionLabels: Readonly<
  Record<ReviewKind, Readonly<Partial<Record<ReviewDecision, DecisionLabel>>>>
> = {
  qualification: {
    accept: {
      label: { fr: 'Accepter', en: 'Accept' },
      consequence: {
        fr: 'L’invitation est envoyée au contact ; ces motifs ne donneront plus lieu à une revue.',
        en: 'The invitation is sent to the contact; these reasons will not trigger another review.',
      },
    },
    reject: { label: { fr: 'Refuser', en: 'Reject' }, consequence: closesNotEligible },
  },
  confirmation: {
    confirm: {
      label: { fr: 'Confirmer le refus', en: 'Confirm the refusal' },
      consequence: closesNotEligible,
    },
    override: {
      label: { fr: 'Écarter le refus', en: 'Overrule the refusal' },
      consequence: {
        fr: 'Le refus suggéré est écarté pour ces règles et le dossier continue.',
        en: 'The suggested refusal is overruled for these rules and the onboarding continues.',
      },
    },
  },
  readiness: {
    accept: {
      label: { fr: 'Retenir le niveau calculé', en: 'Keep the calculated tier' },
      consequence: {
        fr: 'Le dossier continue avec ce niveau : vague de migration, ou préparation si le client n’est pas prêt.',
        en: 'The onboarding continues with this tier: a migration wave, or preparation if the customer is not ready.',
      },
    },
    set_tier: {
      label: { fr: 'Fixer un autre niveau', en: 'Set another tier' },
      consequence: {
        fr: 'Le niveau choisi ci-dessous s’applique jusqu’au prochain envoi de réponses par le client.',
        en: 'The tier chosen below applies until the customer submits new answers.',
      },
    },
    ask_customer: {
      label: { fr: 'Interroger le client', en: 'Ask the customer' },
      consequence: {
        fr: `Le client revoit les questions cochées ci-dessous : il les modifie ou les confirme. Il reçoit un courriel, puis des rappels. Sans réponse en ${silenceDays.answers} jours, le dossier revient ici.`,
        en: `The customer looks again at the questions ticked below: it changes or confirms each answer. It gets an email, then reminders. Without an answer in ${silenceDays.answers} days, the onboarding comes back here.`,
      },
    },
    reject: { label: { fr: 'Refuser', en: 'Reject' }, consequence: closesNotEligible },
  },
  placement: {
    wait: {
      label: { fr: 'Mettre sur liste d’attente', en: 'Put on the waiting list' },
      consequence: {
        fr: 'Le client rejoint la liste d’attente et reçoit une proposition dès qu’une place convient.',
        en: 'The customer joins the waiting list and receives an offer as soon as a place fits.',
      },
    },
    move: {
      label: { fr: 'Placer dans une vague choisie', en: 'Place in a chosen wave' },
      consequence: {
        fr: 'Une place y est réservée au client, qui la confirme ou renonce.',
        en: 'A place is held there for the customer, which confirms it or declines.',
      },
    },
    split: {
      label: { fr: 'Diviser en parties', en: 'Split into parts' },
      consequence: {
        fr: 'Chaque partie a sa place et sa date. Les réponses, le résultat et le lien restent ceux du client : personne ne répond deux fois.',
        en: 'Each part has its own place and date. Answers, result and link stay the customer’s: no one answers twice.',
      },
    },
    reject: { label: { fr: 'Refuser', en: 'Reject' }, consequence: closesNotEligible },
  },
  go_no_go: {
    go: {
      label: { fr: 'Go : la bascule a lieu', en: 'Go: the cutover takes place' },
      consequence: {
        fr: 'Le dossier passe à l’équipe d’exploitation de la plateforme ; le client en est informé.',
        en: 'The onboarding is handed over to the platform’s operations team; the customer is informed.',
      },
    },
    no_go: {
      label: { fr: 'No-go : la bascule n’a pas lieu', en: 'No-go: the cutover does not take place' },
      consequence: {
        fr: 'Le client quitte cette vague et est placé en priorité dans une autre ; l’équipe commerciale en est informée.',
        en: 'The customer leaves this wave and is placed in another one with priority; sales is informed.',
      },
    },
    take_back: {
      label: { fr: 'Retirer le go enregistré à l’avance', en: 'Take the go recorded in advance back' },
      consequence: {
        fr: 'La décision s’ouvre le jour prévu, comme pour tout autre client.',
        en: 'The decision opens on its day, as for any other customer.',
      },
    },
  },
};

function wordsOf(kind: ReviewKind, decision: string): DecisionLabel | undefined {
  const named: Readonly<Partial<Record<string, DecisionLabel>>> = decisionLabels[kind];
  return named[decision];
}

/** A decision in words; a code without words is shown as it is. */
export function decisionLabel(kind: ReviewKind, decision: string): Text {
  return wordsOf(kind, decision)?.label ?? { fr: decision, en: decision };
}

/** What follows from a decision. */
export function decisionConsequence(kind: ReviewKind, decision: string): Text {
  return wordsOf(kind, decision)?.consequence ?? { fr: '', en: '' };
}
