import { createHandler as askCustomerToConfirmWave } from '../../functions/tasks/ask-customer-to-confirm-wave/handler.ts';
import { createHandler as askForReview } from '../../functions/tasks/ask-for-review/handler.ts';
import { createHandler as assignReadinessTier } from '../../functions/tasks/assign-readiness-tier/handler.ts';
import { createHandler as bookPreparationWave } from '../../functions/tasks/book-preparation-wave/handler.ts';
import { createHandler as closeOnboarding } from '../../functions/tasks/close-onboarding/handler.ts';
import { createHandler as continueInSuccessor } from '../../functions/tasks/continue-in-successor/handler.ts';
import type { PlatformConfiguration } from '../../functions/domain/platform-configuration.ts';
import { createHandler as handOver } from '../../functions/tasks/hand-over/handler.ts';
import { createHandler as inviteCustomer } from '../../functions/tasks/invite-customer/handler.ts';
import type { Clock } from '../../functions/platform/clock.ts';
import type { Links } from '../../functions/platform/links.ts';
import type { Logger } from '../../functions/platform/log.ts';
import type { Registry } from '../../functions/platform/registry.ts';
import type { TaskHandler } from '../../functions/platform/task.ts';
import type { Workflow } from '../../functions/platform/workflow.ts';
import { createHandler as qualifyProspect } from '../../functions/tasks/qualify-prospect/handler.ts';
import { createHandler as scheduleWave } from '../../functions/tasks/schedule-wave/handler.ts';
import type { Store } from '../../functions/store/store.ts';
import { createHandler as waitForGoNoGo } from '../../functions/tasks/wait-for-go-no-go/handler.ts';
import { createHandler as waitForReassessment } from '../../functions/tasks/wait-for-reassessment/handler.ts';
import { createHandler as waitForSlot } from '../../functions/tasks/wait-for-slot/handler.ts';
import type { TaskName } from '../../workflows/tasks.ts';

export interface TaskDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly workflow: Workflow;
  readonly links: Links;
  readonly platform: PlatformConfiguration;
}

/** Every task of the workflow, made with what this machine gives it. */
export function createTasks(dependencies: TaskDependencies): Readonly<Record<TaskName, TaskHandler>> {
  return {
    QualifyProspect: qualifyProspect(dependencies),
    AskForReview: askForReview(dependencies),
    InviteCustomer: inviteCustomer(dependencies),
    AssignReadinessTier: assignReadinessTier(dependencies),
    BookPreparationWave: bookPreparationWave(dependencies),
    WaitForReassessment: waitForReassessment(dependencies),
    ScheduleWave: scheduleWave(dependencies),
    WaitForSlot: waitForSlot(dependencies),
    AskCustomerToConfirmWave: askCustomerToConfirmWave(dependencies),
    WaitForGoNoGo: waitForGoNoGo(dependencies),
    HandOver: handOver(dependencies),
    CloseOnboarding: closeOnboarding(dependencies),
    ContinueInSuccessor: continueInSuccessor(dependencies),
  };
}
