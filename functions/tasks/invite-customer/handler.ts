import { tasks } from '../../../workflows/tasks.ts';
import { keepWait, type WaitDependencies } from '../../application/keep-wait.ts';
import {
  inviteCustomer,
  linkToInviteWith,
  remindToAnswer,
} from '../../domain/onboarding/transitions/answers.ts';
import { lazily } from '../../platform/environment.ts';
import { linksFromEnvironment } from '../../platform/link-client.ts';
import type { Links } from '../../platform/links.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { workflowFromEnvironment } from '../../platform/workflow-client.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';

interface Dependencies extends WaitDependencies {
  readonly logger: Logger;
  readonly links: Links;
}

/** Sends the personal link and waits for the answers, with reminders. */
export function createHandler(dependencies: Dependencies): TaskHandler {
  const { clock, logger, links } = dependencies;
  return createTask(tasks.InviteCustomer, logger, (subject) =>
    keepWait(dependencies, subject, {
      kind: 'answers',
      enter: async ({ state }) => {
        const generation = linkToInviteWith(state);
        return inviteCustomer({ token: await links.token(state.reference, generation), generation });
      },
      due: (snapshot, wait) => remindToAnswer(snapshot, wait, clock.now()),
    }),
  );
}

export const handler: TaskHandler = lazily(() =>
  createHandler({
    ...storeFromEnvironment(),
    workflow: workflowFromEnvironment(),
    links: linksFromEnvironment(),
  }),
);
