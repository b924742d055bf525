import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { outcomes } from '../../../functions/domain/onboarding/lifecycle.ts';
import type { OnboardingTable } from './onboarding-table.ts';
import type { OnboardingWorkflow } from './onboarding-workflow.ts';
import type { StandardFunction } from './standard-function.ts';
import type { WebApi } from './web-api.ts';

export interface OperationsDashboardProps {
  readonly prefix: string;
  readonly alarms: Alarm[];
  readonly workflow: OnboardingWorkflow;
  readonly table: OnboardingTable;
  readonly api: WebApi;
  readonly web: StandardFunction;
  readonly dispatcher: StandardFunction;
  readonly mailSender: StandardFunction;
}

const funnel = ['Started', 'Qualified', 'Invited', 'Answered', 'Tiered', 'Booked', 'HandedOver', 'Closed'];
const tiers = ['READY', 'CONDITIONAL', 'NOT_READY', 'UNKNOWN'];

/** The state of the system on one page: alarms first, then the funnel, then the infrastructure. */
export class OperationsDashboard extends Construct {
  constructor(scope: Construct, id: string, props: OperationsDashboardProps) {
    super(scope, id);
    const { workflow, api, web, table, dispatcher, mailSender } = props;
    const count = (name: string, codes?: Record<string, string>) => countOf(props.prefix, name, codes);
    new Dashboard(this, 'Page', {
      dashboardName: props.prefix,
      defaultInterval: Duration.days(7),
      widgets: [
        [
          new TextWidget({
            markdown: `# Customer onboarding: ${props.prefix}\nWhat each alarm means and what to do: docs/operations.md`,
            width: 24,
            height: 2,
          }),
        ],
        [new AlarmStatusWidget({ title: 'Alarms', alarms: props.alarms, width: 24, height: 4 })],
        [
          graph(
            'Funnel',
            funnel.map((step) => count(step)),
          ),
          graph(
            'Tiers',
            tiers.map((tier) => count('Tiered', { Tier: tier })),
          ),
          graph(
            'Ends',
            outcomes.map((outcome) => count('Closed', { Outcome: outcome })),
          ),
        ],
        [
          graph('Executions', [
            workflow.machine.metricStarted(),
            workflow.machine.metricSucceeded(),
            workflow.machine.metricFailed(),
          ]),
          graph('Mended by the sweeper and left to people', [count('SweepMended'), count('SweepLeft')]),
          graph('Messages', [
            dispatcher.function.metricInvocations(),
            dispatcher.function.metricErrors(),
            mailSender.function.metricInvocations(),
            mailSender.function.metricErrors(),
            count('OutboxAside'),
            count('MailNotDelivered'),
          ]),
        ],
        [
          graph('Requests', [
            api.api.metricCount(),
            api.api.metricClientError(),
            api.api.metricServerError(),
          ]),
          graph('Time to answer (ms)', [
            api.api.metricLatency({ statistic: Stats.p(50) }),
            api.api.metricLatency({ statistic: Stats.p(95) }),
            web.function.metricDuration({ statistic: Stats.p(95) }),
          ]),
          graph('Table', [
            table.table.metricConsumedReadCapacityUnits(),
            table.table.metricConsumedWriteCapacityUnits(),
          ]),
        ],
      ],
    });
  }
}

function countOf(service: string, metricName: string, codes: Record<string, string> = {}): Metric {
  return new Metric({
    namespace: 'Onboarding',
    metricName,
    dimensionsMap: { Service: service, ...codes },
    statistic: Stats.SUM,
    period: Duration.days(1),
    label: Object.values(codes)[0] ?? metricName,
  });
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, height: 6 });
}
