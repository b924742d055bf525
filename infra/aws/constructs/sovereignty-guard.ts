import { Annotations, CfnResource, type IAspect, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Services that are global or run from one place abroad; IAM names are global too, but within the partition. */
const globalServices = [
  'AWS::CloudFront::',
  'AWS::Route53',
  'AWS::GlobalAccelerator::',
  'AWS::NetworkManager::',
  'AWS::Organizations::',
  'AWS::Shield::',
  'AWS::WAF::',
  'AWS::FMS::',
  'AWS::Budgets::',
  'AWS::CE::',
  'AWS::Chatbot::',
  'AWS::CUR::',
  'AWS::ECR::PublicRepository',
  'AWS::S3::MultiRegionAccessPoint',
  'AWS::DynamoDB::GlobalTable',
  'AWS::SSO::',
] as const;

const hardCodedPartition = /arn:aws[a-z-]*:/;
const regionName = /\b(?:af|ap|ca|cn|eu|eusc|il|me|mx|sa|us)(?:-[a-z]+)+-\d\b/g;

/**
 * Stops synthesis when a resource would leave the regions a stage may use: a region that is not allowed, a global
 * service, an edge endpoint, a key or secret replicated abroad, a hard-coded partition or foreign region.
 */
export class SovereigntyGuard implements IAspect {
  private readonly allowedRegions: readonly string[];

  constructor(allowedRegions: readonly string[]) {
    this.allowedRegions = allowedRegions;
  }

  visit(node: IConstruct): void {
    if (Stack.isStack(node)) this.checkStack(node);
    if (CfnResource.isCfnResource(node)) {
      for (const problem of this.problemsOf(node)) Annotations.of(node).addError(`Sovereignty: ${problem}`);
    }
  }

  private checkStack(stack: Stack): void {
    if (Token.isUnresolved(stack.region)) {
      Annotations.of(stack).addError(
        'Sovereignty: the stack has no region, so it could be deployed anywhere',
      );
    } else if (!this.allowedRegions.includes(stack.region)) {
      Annotations.of(stack).addError(`Sovereignty: the region ${stack.region} is not allowed`);
    }
  }

  private problemsOf(resource: CfnResource): string[] {
    const type = resource.cfnResourceType;
    const text = JSON.stringify(rendered(resource));
    const foreign = [...new Set(text.match(regionName) ?? [])].filter(
      (region) => !this.allowedRegions.includes(region),
    );
    return [
      ...(globalServices.some((service) => type.startsWith(service)) ? [`${type} is a global service`] : []),
      ...(/"Scope":"CLOUDFRONT"/.test(text) ? [`${type} has the scope CLOUDFRONT, which is global`] : []),
      ...(/"EDGE"/.test(text) ? [`${type} has an edge endpoint, which is global`] : []),
      ...(/"MultiRegion":true|"ReplicaRegions":\[/.test(text) ? [`${type} has copies in other regions`] : []),
      ...(hardCodedPartition.test(text) ? [`${type} names a partition in an ARN; use the stack's`] : []),
      ...foreign.map((region) => `${type} names the region ${region}, which is not allowed`),
    ];
  }
}

/** The resource as it will appear in the template, rendered in the same way as by the CDK itself. */
function rendered(resource: CfnResource): unknown {
  const render: unknown = Reflect.get(resource, '_toCloudFormation');
  if (typeof render !== 'function')
    throw new Error('This version of the CDK has no _toCloudFormation method to render resources with');
  return Stack.of(resource).resolve(render.call(resource));
}
