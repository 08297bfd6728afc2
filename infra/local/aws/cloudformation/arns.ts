/** The account and region that the runner stands in for, and the names that things have there. */

export const account = '000000000000';
export const region = 'local';

export const tableArn = (name: string): string => `arn:aws:dynamodb:${region}:${account}:table/${name}`;
/** `path` begins with the stage and the method: "$default/POST/chats". */
export const invokeArn = (apiId: string, path: string): string =>
  `arn:aws:execute-api:${region}:${account}:${apiId}/${path}`;
export const userArn = (name: string): string => `arn:aws:iam::${account}:user/${name}`;
export const functionArn = (name: string): string => `arn:aws:lambda:${region}:${account}:function:${name}`;
export const stackArn = `arn:aws:cloudformation:${region}:${account}:stack/local/0`;
export const anyPhoneNumberArn = `arn:aws:sms-voice:${region}:${account}:phone-number/local`;
export const bucketArn = (bucket: string): string => `arn:aws:s3:::${bucket}`;
export const objectArn = (bucket: string, key: string): string => `${bucketArn(bucket)}/${key}`;
export const bucketHost = (bucket: string): string => `${bucket}.s3.${region}.amazonaws.com`;
export const distributionHost = (id: string): string => `${id}.cloudfront.net`;
export const apiHost = (apiId: string): string => `${apiId}.execute-api.${region}.amazonaws.com`;

/** The ARN that `Fn::GetAtt` gives for a resource of the template. It ends with the resource's logical id. */
export function resourceArn(type: string, id: string): string {
  if (type === 'AWS::DynamoDB::GlobalTable') return tableArn(id);
  if (type === 'AWS::S3::Bucket') return bucketArn(id);
  const [, service = '', kind = ''] = type.toLowerCase().split('::');
  return `arn:aws:${service}:${region}:${account}:${kind}/${id}`;
}

/** The logical id at the end of an ARN, or of a route's target such as "integrations/Id". */
export const idIn = (arn: string): string => arn.split('/').at(-1) ?? '';
