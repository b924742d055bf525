import {
  CreateStateMachineAliasCommand,
  ListStateMachineAliasesCommand,
  PublishStateMachineVersionCommand,
  SFNClient,
  UpdateStateMachineAliasCommand,
} from '@aws-sdk/client-sfn';
import { deploy, type Outputs, type Release } from './deployment.ts';
import { type Emulator, emulatedRegion } from './ministack.ts';

/** The alias through which functions start runs, as named in the stack. */
const alias = 'live';

/**
 * Deploys a release, then publishes a version of the workflow and moves the alias to it through the API, because the
 * emulator's CloudFormation cannot.
 */
export async function release(
  emulator: Pick<Emulator, 'settings' | 'endpoint'>,
  wanted: Release,
): Promise<Outputs> {
  const outputs = await deploy(emulator, wanted);
  const client = new SFNClient({
    endpoint: emulator.endpoint,
    region: emulatedRegion,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { StateMachineArn: stateMachineArn } = outputs;
  const { stateMachineVersionArn } = await client.send(
    new PublishStateMachineVersionCommand({ stateMachineArn }),
  );
  const routingConfiguration = [{ stateMachineVersionArn, weight: 100 }];
  const { stateMachineAliases = [] } = await client.send(
    new ListStateMachineAliasesCommand({ stateMachineArn }),
  );
  await (stateMachineAliases.length === 0
    ? client.send(new CreateStateMachineAliasCommand({ name: alias, routingConfiguration }))
    : client.send(
        new UpdateStateMachineAliasCommand({
          stateMachineAliasArn: `${stateMachineArn}:${alias}`,
          routingConfiguration,
        }),
      ));
  client.destroy();
  return outputs;
}
