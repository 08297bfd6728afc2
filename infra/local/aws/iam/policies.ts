/** A statement of a role's policy; `*` in a resource stands for anything. */
export interface Statement {
  actions: string[];
  resources: string[];
}

/** As the template has it. */
interface Written {
  Action: string | string[];
  Resource: string | string[];
}

/**
 * What these policies allow. Throws on what is not evaluated here, as a refusal or a condition: taken for plain leave, it
 * would show something as allowed that AWS refuses.
 */
export function statementsOf(policies: { PolicyDocument: { Statement: Written[] } }[]): Statement[] {
  return policies
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .map(({ Action, Resource, ...more }) => {
      if (JSON.stringify(more) !== '{"Effect":"Allow"}' || !Action || !Resource)
        throw new Error(
          `infra/local/aws/iam/policies.ts knows only statements of "Effect": "Allow", "Action" and "Resource"; this one is ${JSON.stringify({ Action, Resource, ...more })}.`,
        );
      return { actions: [Action].flat(), resources: [Resource].flat() };
    });
}
