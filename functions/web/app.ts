import { routes } from './api/routes.ts';
import { createAppOf } from './app-frame.ts';
import { apiOf } from './parts/api.ts';
import { registerApprovalsPart } from './parts/approvals.ts';
import { registerBeforeCutoverPart } from './parts/before-cutover.ts';
import { registerBelowStatusPart } from './parts/below-status.ts';
import { registerCalendarPart } from './parts/calendar.ts';
import { registerDecisionsPart } from './parts/decisions.ts';
import { registerIdentityPart } from './parts/identity.ts';
import { registerInterviewsPart } from './parts/interviews.ts';
import { registerLinkPart } from './parts/link.ts';
import { registerOperationsPart } from './parts/operations.ts';
import { registerOperatorActsPart } from './parts/operator-acts.ts';
import { registerPublicPart } from './parts/public.ts';
import { registerQuestionnairePart } from './parts/questionnaire.ts';
import { registerSalesPart } from './parts/sales.ts';
import { registerSignInPart } from './parts/sign-in.ts';
import { registerSplittingPart } from './parts/splitting.ts';
import { registerStatusPart } from './parts/status.ts';
import { registerUnsentAndAccessPart } from './parts/unsent-and-access.ts';
import { registerWavesPart } from './parts/waves.ts';
import { registerWorkListPart } from './parts/work-list.ts';
import type { WebDependencies } from './shared/dependencies.ts';
import type { WebApp } from './shared/http/web-app.ts';

/** The one app with all its parts, as on one machine. In AWS each part is loaded when it is needed. */
export function createApp(deps: WebDependencies): WebApp {
  return createAppOf(deps, [
    apiOf(deps)(routes),
    registerLinkPart,
    registerQuestionnairePart,
    registerStatusPart,
    registerBelowStatusPart,
    registerIdentityPart,
    registerPublicPart,
    registerSignInPart,
    registerSalesPart,
    // Before the onboardings, whose addresses would otherwise hold that of a list.
    registerWorkListPart,
    registerUnsentAndAccessPart,
    registerApprovalsPart,
    registerOperationsPart,
    registerOperatorActsPart,
    registerDecisionsPart,
    registerInterviewsPart,
    registerSplittingPart,
    registerBeforeCutoverPart,
    registerWavesPart,
    registerCalendarPart,
  ]);
}
