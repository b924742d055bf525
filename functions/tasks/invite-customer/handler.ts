import { tasks } from '../../../workflows/tasks.ts';
import { renewalInterval } from '../../domain/onboarding/durations.ts';
import type { Clock } from '../../platform/clock.ts';
import { lazily, linksFromEnvironment, workflowFromEnvironment } from '../../platform/environment.ts';
import type { Links } from '../../platform/links.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import type { Workflow } from '../../platform/workflow.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import { linkWrite } from '../../store/link-owners.ts';
import { system } from '../../store/onboardings.ts';
import type { Store } from '../../store/store.ts';
import { createWaits, type WaitChange, type WaitRules } from '../../store/waits.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly workflow: Workflow;
  readonly links: Links;
}

/** What each further turn of silence brings: reminders after 14, 28 and 42 days, a last notice at 56, the end at 70. */
const silence = ['reminder', 'reminder', 'reminder', 'last_notice'] as const;

function afterSilence(turns: number): WaitChange {
  const template = silence[turns];
  if (template === undefined) {
    return { decision: 'UNANSWERED', happening: { type: 'LEFT_UNANSWERED', who: system } };
  }
  return {
    remind: true,
    happening: { type: template === 'reminder' ? 'REMINDED' : 'LAST_NOTICE_GIVEN', who: system },
    messages: [
      { kind: 'mail', template, to: 'customer' },
      ...(template === 'last_notice'
        ? [{ kind: 'mail', template: 'owner_stuck', to: 'owner' } as const]
        : []),
    ],
  };
}

function rulesFor(links: Links, clock: Clock): WaitRules {
  return {
    kind: 'answers',
    enter: async ({ state }) => {
      // A customer who is asked again keeps the link it has.
      const generation = Math.max(state.link, 1);
      const token = await links.token(state.reference, generation);
      return {
        to: 'INVITED',
        set: { link: generation, reviewKind: undefined },
        happening: { type: 'INVITED', who: system, data: { link: generation } },
        writes: [linkWrite(token, state.reference, generation)],
        messages: [
          { kind: 'mail', template: 'invitation', to: 'customer' },
          { kind: 'event', type: 'OnboardingInvited', data: {} },
        ],
      };
    },
    due: async (_now, wait) => {
      const silent = clock.now().getTime() - Date.parse(wait.activeAt);
      if (silent < (wait.reminders + 1) * renewalInterval('answers')) return undefined;
      return afterSilence(wait.reminders);
    },
  };
}

/** Sends the personal link and waits for the answers, with reminders. */
export function createHandler({ store, clock, logger, workflow, links }: Dependencies): TaskHandler {
  const waits = createWaits(store.onboardings, workflow, clock);
  return createTask(tasks.InviteCustomer, logger, (subject) => waits.keep(subject, rulesFor(links, clock)));
}

export const handler: TaskHandler = lazily(() =>
  createHandler({
    ...storeFromEnvironment(),
    workflow: workflowFromEnvironment(),
    links: linksFromEnvironment(),
  }),
);
