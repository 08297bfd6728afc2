import type { Api } from '../cloudformation/apis.ts';
import { resourceArn } from '../cloudformation/arns.ts';
import type { Roles } from '../iam/roles.ts';
import type { LocalLambda } from '../lambda/lambda.ts';

export type Invocable = Pick<LocalLambda, 'invoke'>;

/**
 * The functions behind an API, by logical id. An invocation throws unless the role of the route's integration allows it,
 * so that the API answers 500, as on AWS.
 */
export function invocable(api: Api, lambdas: ReadonlyMap<string, Invocable>, roles: Roles): Map<string, Invocable> {
  const routes = api.routes.map(({ key, functionId, invoker }): [string, Invocable] => {
    const lambda = lambdas.get(functionId);
    if (!lambda) throw new Error(`The route ${key} invokes ${functionId}, which is not a function.`);
    const permission = { action: 'lambda:InvokeFunction', resource: resourceArn('AWS::Lambda::Function', functionId) };
    const invoke: Invocable['invoke'] = async (...event) => {
      if (!roles.allows(invoker, permission))
        throw new Error(`${key}: the role ${invoker.name} is not allowed to invoke the function ${functionId}`);
      return lambda.invoke(...event);
    };
    return [functionId, { invoke }];
  });
  return new Map(routes);
}
