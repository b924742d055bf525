import { readFileSync } from 'node:fs';
import { type CfnElement, CfnOutput, CfnResource, type IAspect, Stack } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import * as z from 'zod';

/** A resource that the emulator cannot create, and why leaving it out is acceptable. */
export interface Omission {
  /** CloudFormation resource type. */
  readonly type: string;
  /**
   * Prefix of attributes that the emulator does not support although it creates the resource. In this case only the
   * stack's outputs with these attributes are left out, and settings of functions with them say `leftOut`.
   */
  readonly attributes?: string | undefined;
  readonly reason: string;
}

const omissionsFile = z.array(
  z.strictObject({
    type: z.string().regex(/^AWS::\w+::\w+$/),
    attributes: z.string().min(1).optional(),
    reason: z.string().min(20),
  }),
);

/** Everything left out on the emulator; nothing else may differ from the deployment to AWS. */
export const omissions: readonly Omission[] = omissionsFile.parse(
  JSON.parse(readFileSync(new URL('omissions.json', import.meta.url), 'utf8')),
);

/** Whether the resource itself is left out, and not only outputs. */
export function isWhole({ attributes }: Omission): boolean {
  return attributes === undefined;
}

/** What a setting of a function says in the place of an attribute that is left out. */
export const leftOut = 'left-out';

const environment = z.object({ variables: z.record(z.string(), z.unknown()) });

/** Removes the listed resources from the stack; applied only by the emulator's app. */
export class LeaveOut implements IAspect {
  private readonly types: ReadonlySet<string>;
  private readonly attributes: readonly Omission[];

  constructor(left: readonly Omission[]) {
    this.types = new Set(left.filter(isWhole).map(({ type }) => type));
    this.attributes = left.filter((each) => !isWhole(each));
  }

  visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node) && this.types.has(node.cfnResourceType)) remove(node);
    if (node instanceof CfnOutput && this.tellsWhatIsMissing(node, node.value)) remove(node);
    if (node instanceof CfnFunction) this.replaceSettings(node);
  }

  private replaceSettings(node: CfnFunction): void {
    const { data } = environment.safeParse(Stack.of(node).resolve(node.environment));
    for (const [name, value] of Object.entries(data?.variables ?? {})) {
      if (!this.tellsWhatIsMissing(node, value)) continue;
      node.addPropertyOverride(`Environment.Variables.${name}`, leftOut);
    }
  }

  private tellsWhatIsMissing(node: IConstruct, told: unknown): boolean {
    const stack = Stack.of(node);
    const value = JSON.stringify(stack.resolve(told));
    return this.attributes.some(({ type, attributes }) =>
      stack.node
        .findAll()
        .some(
          (owner) =>
            CfnResource.isCfnResource(owner) &&
            owner.cfnResourceType === type &&
            value.includes(`"Fn::GetAtt":["${logicalId(owner)}","${attributes}`),
        ),
    );
  }
}

function remove(node: IConstruct): void {
  node.node.scope?.node.tryRemoveChild(node.node.id);
}

function logicalId(element: CfnElement): string {
  return String(Stack.of(element).resolve(element.logicalId));
}
