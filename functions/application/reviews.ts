import { qualify } from '../domain/classification/qualify.ts';
import { AlreadyDecidedError, DecisionRefusedError, NotExpectedNowError } from '../domain/errors.ts';
import { lifecycle, type ReviewKind, reviewDecisions } from '../domain/onboarding/lifecycle.ts';
import { sections } from '../domain/questionnaire/questionnaire.ts';
import { closing, decidedWait, refuseClosed } from '../store/decisions.ts';
import type { Now } from '../store/onboarding-state.ts';
import { type Actor, businessStage, type Happening, type Transition } from '../store/onboardings.ts';
import type { CommandDependencies } from './dependencies.ts';
import { isOutOfOrder } from './group-order.ts';
import { bookingWrite } from './placing.ts';
import { isStillTooLarge } from './review-decisions.ts';

/** What an operator decided on a review, in the words of the API. */
export interface ReviewAnswer {
  readonly kind: ReviewKind;
  readonly decision: string;
  readonly reason: string;
  /** With `set_tier`. */
  readonly tier?: 'READY' | 'CONDITIONAL' | 'NOT_READY';
  /** With `ask_customer`: sections to complete. */
  readonly sections?: readonly string[];
  /** How many reviews had been decided when the person looked: a form about an earlier review decides no later one. */
  readonly seen?: number;
}

const outOfOrder = {
  fr: 'L’entité de tête du groupe ne bascule pas avant ce client. Décidez « no-go » pour placer le client après elle.',
  en: 'The parent organisation of the group does not cut over before this customer. Decide no-go to place the customer after it.',
};

const asked = { fr: 'Décider de cette revue', en: 'Deciding this review' };

interface Context extends CommandDependencies {
  readonly now: Now;
  readonly answer: ReviewAnswer;
  readonly happening: Happening;
}

/** The change with the outcome the workflow is woken with. */
function woken(
  { now, clock, happening }: Context,
  outcome: string,
  change: Partial<Transition> = {},
): Transition {
  const kind = happening.type === 'GO_NO_GO_DECIDED' ? 'go_no_go' : 'review';
  return {
    ...change,
    set: { reviews: now.state.reviews + 1, ...change.set },
    wait: decidedWait(now, [kind], asked, outcome, clock.now()),
    happening,
    messages: [...(change.messages ?? []), { kind: 'wake' }],
  };
}

/** Rules of the present result with this effect, which the decision settles. */
async function rulesWith({ store, now }: Context, effect: string): Promise<readonly string[]> {
  const result = await store.dossiers.result(now.state.reference);
  const found = (result?.assessment.reasons ?? []).filter((reason) => reason.effect === effect);
  return found.map(({ rule }) => rule);
}

function settling({ state }: Now, rules: readonly string[]): { settledRules: string[] } {
  return { settledRules: [...new Set([...state.settledRules, ...rules])] };
}

function rejected(context: Context): Transition {
  return woken(context, 'NOT_ELIGIBLE', {
    set: { because: context.now.state.because ?? 'REJECTED_IN_REVIEW' },
  });
}

type Decide = (context: Context) => Promise<Transition>;

const decisions: {
  readonly [K in ReviewKind]: Readonly<Record<(typeof reviewDecisions)[K][number], Decide>>;
} = {
  qualification: {
    accept: async (context) => {
      const { registry } = await context.store.dossiers.intake(context.now.state.reference);
      const { reasons } = qualify({ registryStatus: registry?.status ?? 'unavailable' });
      const rules = reasons.filter(({ effect }) => effect === 'MANUAL_REVIEW').map(({ rule }) => rule);
      return woken(context, 'ACCEPTED', { set: settling(context.now, rules) });
    },
    reject: async (context) => rejected(context),
  },
  confirmation: {
    confirm: async (context) => woken(context, 'NOT_ELIGIBLE', { set: { because: 'REFUSAL_CONFIRMED' } }),
    override: async (context) =>
      woken(context, 'OVERRIDDEN', {
        set: settling(context.now, await rulesWith(context, 'NOT_ELIGIBLE')),
      }),
  },
  readiness: {
    accept: async (context) => {
      if (context.now.state.tier === 'UNKNOWN') {
        throw new DecisionRefusedError({
          fr: 'Le niveau est inconnu et ne peut pas être accepté tel quel. Fixez un niveau ou interrogez le client.',
          en: 'The tier is unknown and cannot be accepted as it is. Set a tier, or ask the customer.',
        });
      }
      return woken(context, 'ACCEPTED', {
        set: settling(context.now, await rulesWith(context, 'MANUAL_REVIEW')),
      });
    },
    set_tier: async (context) => {
      const { answer, now } = context;
      if (answer.tier === undefined) {
        throw new DecisionRefusedError({
          fr: 'Le niveau à fixer manque. Indiquez « tier » : READY, CONDITIONAL ou NOT_READY.',
          en: 'The tier to set is missing. Set "tier" to READY, CONDITIONAL or NOT_READY.',
        });
      }
      return woken(context, 'ACCEPTED', {
        set: {
          ...settling(now, await rulesWith(context, 'MANUAL_REVIEW')),
          tierSet: { tier: answer.tier, submission: now.state.submission },
        },
      });
    },
    ask_customer: async (context) => {
      const known = new Set<string>(sections.map(({ id }) => id));
      const wanted = context.answer.sections ?? [];
      if (wanted.length === 0 || wanted.some((section) => !known.has(section))) {
        throw new DecisionRefusedError({
          fr: `Indiquez dans « sections » les parties à compléter, parmi ${[...known].join(', ')}.`,
          en: `List the sections to complete in "sections": any of ${[...known].join(', ')}.`,
        });
      }
      return woken(context, 'ASK_CUSTOMER', { set: { sectionsAsked: [...wanted] } });
    },
    reject: async (context) => rejected(context),
  },
  placement: {
    wait: async (context) => {
      if (await isStillTooLarge(context, context.now)) {
        throw new DecisionRefusedError({
          fr: 'Ce client dépasse la capacité de toutes les vagues : l’attente serait sans fin. Divisez-le, refusez-le, ou ajoutez d’abord une vague assez grande.',
          en: 'This customer is larger than every wave, so it would wait forever. Split it, reject it, or first add a wave that is large enough.',
        });
      }
      return woken(context, 'WAIT');
    },
    // The parts are started as onboardings of their own, which the SIREN of this one would prevent.
    split_by_hand: async (context) => {
      decidedWait(context.now, ['review'], asked, 'WITHDRAWN', context.clock.now());
      return closing(context.now, 'WITHDRAWN', context.happening, 'SPLIT_BY_HAND');
    },
    reject: async (context) => rejected(context),
  },
  go_no_go: {
    go: async (context) => {
      const { booking } = context.now;
      if (booking?.status !== 'CONFIRMED') {
        throw new NotExpectedNowError(asked, lifecycle[context.now.state.stage].label);
      }
      if (await isOutOfOrder(context.store, context.now)) throw new DecisionRefusedError(outOfOrder);
      return woken(context, 'GO', { messages: [{ kind: 'mail', template: 'go_no_go', to: 'customer' }] });
    },
    no_go: async (context) => leavingWave(context),
  },
};

/** The customer leaves its wave for another: placed before others, since the platform said no. */
function leavingWave(context: Context): Transition {
  const { now } = context;
  const { state, booking } = now;
  if (booking === undefined) throw new NotExpectedNowError(asked, lifecycle[state.stage].label);
  return woken(context, 'NO_GO', {
    set: { priority: true, avoid: [...(state.avoid ?? []), booking.wave] },
    messages: [{ kind: 'mail', template: 'owner_stuck', to: 'owner' }],
    writes: [bookingWrite(state.reference, { ...booking, status: 'TO_MOVE', mayStay: false }, booking)],
  });
}

function decisionOf(answer: ReviewAnswer): Decide {
  const named: Readonly<Record<string, Decide>> = decisions[answer.kind];
  const decide = Object.hasOwn(named, answer.decision) ? named[answer.decision] : undefined;
  if (decide !== undefined) return decide;
  const known = reviewDecisions[answer.kind].join(', ');
  throw new DecisionRefusedError({
    fr: `Cette décision n’est pas possible dans cette revue. Décisions possibles : ${known}.`,
    en: `This decision is not possible in this review. Possible decisions: ${known}.`,
  });
}

/** The review that is open, or undefined. */
export function openReview({ state }: Now): ReviewKind | undefined {
  const stage = businessStage(state);
  if (stage === 'GO_NO_GO') return 'go_no_go';
  return stage === 'IN_REVIEW' ? state.reviewKind : undefined;
}

/**
 * An operator decides the open review.
 *
 * @throws OnboardingClosedError, AlreadyDecidedError
 * @throws NotExpectedNowError when another review is open, or none.
 * @throws DecisionRefusedError when the decision is not one of the review's, or lacks something.
 */
export async function decideReview(
  dependencies: CommandDependencies,
  reference: string,
  answer: ReviewAnswer,
  who: Actor,
): Promise<void> {
  const decide = decisionOf(answer);
  await dependencies.store.onboardings.change<void>(reference, async (now) => {
    refuseClosed(now.state);
    if (answer.seen !== undefined && answer.seen !== now.state.reviews) throw new AlreadyDecidedError();
    if (openReview(now) !== answer.kind) {
      throw new NotExpectedNowError(asked, lifecycle[now.state.stage].label);
    }
    const happening: Happening = {
      type: answer.kind === 'go_no_go' ? 'GO_NO_GO_DECIDED' : 'REVIEW_DECIDED',
      who,
      why: answer.reason,
      data: {
        review: answer.kind,
        decision: answer.decision,
        ...(answer.tier === undefined ? {} : { tier: answer.tier }),
        ...(answer.sections === undefined ? {} : { sections: [...answer.sections] }),
      },
    };
    return { result: undefined, transition: await decide({ ...dependencies, now, answer, happening }) };
  });
}
