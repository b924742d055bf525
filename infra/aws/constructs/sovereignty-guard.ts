import { Annotations, CfnResource, type IAspect, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Services that run everywhere or from one place abroad; IAM's names are global too, but within the partition. */
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
 * Stops synthesis when something would leave the places a stage may use: a region that is not allowed, a global
 * service, an edge endpoint, a key or secret with copies abroad, a partition or foreign region written into a template.
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
      Annotations.of(stack).addError('Sovereignty: the stack names no region, so it could go anywhere');
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

/** A resource as it will stand in the template, asked for the way the CDK itself does. */
function rendered(resource: CfnResource): unknown {
  const render: unknown = Reflect.get(resource, '_toCloudFormation');
  if (typeof render !== 'function')
    throw new Error('This version of the CDK renders resources in another way');
  return Stack.of(resource).resolve(render.call(resource));
}
