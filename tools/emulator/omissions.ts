import { readFileSync } from 'node:fs';
import { type CfnElement, CfnOutput, CfnResource, type IAspect, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import * as z from 'zod';

/** Something that the emulator cannot create, and why leaving it out is acceptable there. */
export interface Omission {
  /** CloudFormation's name of the kind of resource. */
  readonly type: string;
  /**
   * Attributes of a resource that the emulator creates without them, by the beginning of their names. Then only the
   * stack's outputs that tell them are left out.
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

/** Everything that is left out on the emulator; nothing else may differ from what is deployed to AWS. */
export const omissions: readonly Omission[] = omissionsFile.parse(
  JSON.parse(readFileSync(new URL('omissions.json', import.meta.url), 'utf8')),
);

/** Whether a kind of resource is left out whole, and not only what outputs tell of it. */
export function isWhole({ attributes }: Omission): boolean {
  return attributes === undefined;
}

/** Takes what is listed out of the stack: applied by the emulator's app, and only there. */
export class LeaveOut implements IAspect {
  private readonly types: ReadonlySet<string>;
  private readonly attributes: readonly Omission[];

  constructor(left: readonly Omission[]) {
    this.types = new Set(left.filter(isWhole).map(({ type }) => type));
    this.attributes = left.filter((each) => !isWhole(each));
  }

  visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node) && this.types.has(node.cfnResourceType)) remove(node);
    if (node instanceof CfnOutput && this.tellsWhatIsMissing(node)) remove(node);
  }

  private tellsWhatIsMissing(output: CfnOutput): boolean {
    const stack = Stack.of(output);
    const value = JSON.stringify(stack.resolve(output.value));
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
