import { formatLimit } from '../paris-time.ts';
import type { Language, Text } from '../text.ts';
import { followsText, type ProposedMove } from './group-moves.ts';

/** That its date may change, as a member of a group reads it while an operator is asked to move it. */
export function mayMoveText({ group, until }: ProposedMove, territory: string | undefined): Text {
  const why = followsText(group);
  const limit = (language: Language) => formatLimit(until, language, territory);
  return {
    fr: `${why.fr} Votre date peut donc changer : l’équipe d’exploitation examine ce déplacement ${limit('fr')} ; un courriel vous dira toute nouvelle date.`,
    en: `${why.en} So your date may change: the operations team considers this move ${limit('en')}; an email will tell you any new date.`,
  };
}
