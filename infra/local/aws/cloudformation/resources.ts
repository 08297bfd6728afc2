import * as z from 'zod/mini';
import { account, bucketHost, distributionHost, region, resourceArn, stackArn } from './arns.ts';

const templateSchema = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.optional(z.unknown()) })),
});

const getAttArgument = z.tuple([z.string(), z.string()]);
const joinArgument = z.tuple([z.string(), z.array(z.string())]);

const pseudoParameters: Record<string, string> = {
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::StackId': stackArn,
  'AWS::URLSuffix': 'amazonaws.com',
};

/** What `Fn::GetAtt` gives for a resource of this type; undefined for the types of which the runner does not know it. */
const attributes: Record<string, (type: string, id: string) => string | undefined> = {
  Arn: resourceArn,
  FunctionARN: resourceArn,
  Id: (type, id) => (type === 'AWS::CloudFront::OriginAccessControl' ? id : undefined),
  DomainName: (type, id) => (type === 'AWS::CloudFront::Distribution' ? distributionHost(id) : undefined),
  RegionalDomainName: (type, id) => (type === 'AWS::S3::Bucket' ? bucketHost(id) : undefined),
};

export interface Resource<Schema extends z.ZodMiniType> {
  id: string;
  properties: z.output<Schema>;
}

/**
 * The resources of a template with CloudFormation's intrinsic functions evaluated. Each resource has its logical id as
 * its name. Throws on a function or a property that the runner does not know: a guess could show something working that
 * fails on AWS.
 */
export class Resources {
  private readonly resources: z.output<typeof templateSchema>['Resources'];

  constructor(template: unknown) {
    this.resources = z.parse(templateSchema, template).Resources;
  }

  ofType<Schema extends z.ZodMiniType>(type: string, schema: Schema): Resource<Schema>[] {
    return Object.keys(this.resources)
      .filter((id) => this.typeOf(id) === type)
      .map((id) => ({ id, properties: this.propertiesOf(id, schema) }));
  }

  propertiesOf<Schema extends z.ZodMiniType>(id: string, schema: Schema): z.output<Schema> {
    const type = this.typeOf(id);
    const parsed = z.safeParse(schema, this.evaluate(this.resources[id]?.Properties));
    if (parsed.success) return parsed.data;
    throw new Error(`The runner can't read the ${type} ${id}:\n${z.prettifyError(parsed.error)}`);
  }

  private typeOf(id: string): string {
    const resource = this.resources[id];
    if (!resource) throw new Error(`The template refers to "${id}", which is not one of its resources.`);
    return resource.Type;
  }

  private evaluate(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.evaluate(item));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [[name = '', argument] = []] = entries;
    if (name === 'Ref' || name.startsWith('Fn::')) return this.call(name, argument);
    return Object.fromEntries(entries.map(([key, item]) => [key, this.evaluate(item)]));
  }

  private call(name: string, argument: unknown): string {
    if (name === 'Ref' && typeof argument === 'string') return this.ref(argument);
    if (name === 'Fn::Sub' && typeof argument === 'string')
      return argument.replace(/\$\{([^}]*)\}/g, (_, reference: string) => this.ref(reference));
    if (name === 'Fn::GetAtt') {
      const [id = '', attribute = ''] = z.safeParse(getAttArgument, argument).data ?? [];
      const value = attributes[attribute]?.(this.typeOf(id), id);
      if (value !== undefined) return value;
    }
    if (name === 'Fn::Join') {
      const { data } = z.safeParse(joinArgument, this.evaluate(argument));
      if (data) return data[1].join(data[0]);
    }
    throw new Error(`The runner can't evaluate ${JSON.stringify({ [name]: argument })}.`);
  }

  private ref(name: string): string {
    if (pseudoParameters[name]) return pseudoParameters[name];
    this.typeOf(name);
    return name;
  }
}
