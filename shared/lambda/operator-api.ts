import type { APIGatewayProxyEventV2WithIAMAuthorizer } from 'aws-lambda';
import type { AnswerOf, InputOf } from '#shared/contract/operator/command.ts';
import { type OperatorCommand, operatorCommands } from '#shared/contract/operator/index.ts';
import { type Action, recordAction, recordOutcome } from '#shared/data/operator/audit.ts';
import { findPerson } from '#shared/people/find-person.ts';
import { log } from '#shared/platform/log.ts';
import { Problem, toProblem } from '#shared/platform/problem.ts';
import { answerProblems } from './answer-problems.ts';
import { bodyText } from './body-text.ts';
import { chain } from './chain.ts';
import { logRequest, type RestEvent, type RestResult } from './log-request.ts';
import { parse, parseJson } from './validation.ts';

type Named<Name> = Extract<OperatorCommand, { name: Name }>;

/** What a command gets: its input, with the user's id in the place of `who`. */
export type CommandInput<C extends OperatorCommand> = 'who' extends keyof InputOf<C>
  ? Omit<InputOf<C>, 'who'> & { userId: string }
  : InputOf<C>;

type Commands = {
  [Name in OperatorCommand['name']]: (input: CommandInput<Named<Name>>) => Promise<AnswerOf<Named<Name>>>;
};

/** API Gateway lets nobody through without AWS credentials that allow it. The switches are not asked: this is who uses them. */
export function operatorApi(commands: Commands) {
  return chain<RestEvent, RestResult>()
    .use(logRequest())
    .use(answerProblems())
    .handler(async (event) => {
      const command = operatorCommands.find(({ name }) => name === event.pathParameters?.command);
      if (!command) throw new Problem('route_not_found');
      const parsed = parse(command.input, parseJson(bodyText(event) || '{}') ?? {});
      const input = await withUser(parsed);
      const { requestId } = event.requestContext;
      const action = { ...begun(input ?? {}), by: callerOf(event), command: command.name, requestId };
      log.info('operator', { by: action.by, command: action.command, about: action.about });
      await recordAction(action);
      // The name selects the function together with the input that it takes.
      const run = commands[command.name] as (checked: object) => Promise<object>;
      const answer = await (input ? run(input) : Promise.reject(new Problem('user_not_found'))).catch(async (error) => {
        await recordEnd(action, toProblem(error).code);
        throw error;
      });
      await recordEnd(action, 'done');
      return {
        statusCode: 200,
        headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
        body: JSON.stringify(answer),
      };
    });
}

function callerOf(event: RestEvent): string {
  const { authorizer } = event.requestContext as Partial<APIGatewayProxyEventV2WithIAMAuthorizer['requestContext']>;
  const arn = authorizer?.iam?.userArn;
  if (!arn) throw new Error('The route of the operator is open: API Gateway has not checked who calls.');
  return arn;
}

/** The input with the user's id in the place of `who`; undefined if there is no such user. */
async function withUser(checked: object): Promise<object | undefined> {
  const { who, ...input } = checked as { who?: string };
  if (who === undefined) return input;
  const userId = await findPerson(who);
  return userId === undefined ? undefined : { userId, ...input };
}

/** Never throws: the command is over, and somebody who is told otherwise would repeat it. */
async function recordEnd(action: Action, outcome: string): Promise<void> {
  await recordOutcome(action, outcome).catch((error: unknown) => log.error('outcome not recorded', { outcome, error }));
}

/** Without the email or phone that was asked for: the record outlives an account that is erased. */
function begun({
  reason,
  cursor: _,
  ...about
}: {
  reason?: string;
  cursor?: string;
}): Omit<Action, 'by' | 'command' | 'requestId'> {
  const text = JSON.stringify(about);
  return { at: new Date().toISOString(), about: text, reason, outcome: 'begun' };
}
