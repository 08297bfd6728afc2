import { type CfnElement, CfnOutput, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct, Node } from 'constructs';
import { methodsOf } from '#shared/contract/endpoint.ts';
import { endpoints } from '#shared/contract/index.ts';
import { websocketRoutes } from '#shared/contract/websocket/index.ts';
import type { Config } from './config.ts';
import { Assistant } from './constructs/assistant.ts';
import { Delivery } from './constructs/delivery.ts';
import { Edge } from './constructs/edge.ts';
import { EndpointFunction, type EndpointFunctionProps } from './constructs/endpoint-function.ts';
import { Erasure } from './constructs/erasure.ts';
import { Files } from './constructs/files.ts';
import { Google } from './constructs/google.ts';
import { Keys } from './constructs/keys.ts';
import { Monitoring } from './constructs/monitoring/monitoring.ts';
import { Operator } from './constructs/operator.ts';
import { OperatorSecret } from './constructs/operator-secret.ts';
import { Passwords } from './constructs/passwords.ts';
import { Push } from './constructs/push.ts';
import { RestApi } from './constructs/rest-api.ts';
import { SocketApi } from './constructs/socket-api.ts';
import { Tables } from './constructs/tables.ts';
import { TextMessages } from './constructs/text-messages.ts';
import { grantsOf } from './grants.ts';
import { acknowledge } from './nag-exceptions.ts';
import { reservedConcurrency } from './reserved-concurrency.ts';
import { warn } from './warnings.ts';

/** The names of all functions, as in `functions/`. */
export const functionNames: readonly string[] = [
  'not-found',
  'deliver',
  'erase-reactions',
  'push',
  'delete-files',
  'rotate-keys',
  'operator',
  'count-reports',
  ...endpoints.map(({ name }) => name),
  ...Object.values(websocketRoutes).map(({ name }) => name),
];

/** The whole system: three tables, the keys, two APIs with one Lambda per endpoint, delivery, monitoring, and one host in front. */
export class ChatStack extends Stack {
  /** `bundles` maps a function's name to the folder of its bundle; `commit` is the version of the sources. */
  constructor(scope: Construct, id: string, config: Config, bundles: (name: string) => string, commit: string) {
    super(scope, id, { terminationProtection: config.keepData });
    const tables = new Tables(this, 'Tables', config);
    const keys = new Keys(this, 'Keys', config);
    const passwords = new Passwords(this, 'Passwords', config);
    const textMessages = new TextMessages(this, 'TextMessages', config);
    const operatorSecret = new OperatorSecret(this, 'OperatorSecret', config);
    const google = new Google(this, 'Google', config);
    const assistant = new Assistant(this, 'Assistant', config);
    const restApi = new RestApi(this, 'RestApi', config);
    const socketApi = new SocketApi(this, 'SocketApi', config);
    const delivery = new Delivery(this, 'Delivery', config);
    const erasure = new Erasure(this, 'Erasure');
    const push = config.push ? new Push(this, 'Push') : undefined;
    const apis = { rest: restApi.api, socket: socketApi.api };
    const edge = config.edge ? new Edge(this, 'Edge', { ...apis, headers: keys.edgeHeaders(), ...config }) : undefined;
    const limits = config.files;
    const files = edge && limits ? new Files(this, 'Files', { ...config, limits, edge, keys }) : undefined;

    const sockets = Object.entries(websocketRoutes);
    const services = { passwords, textMessages, operatorSecret, google, assistant };
    const grants = grantsOf({ tables, keys, restApi, socketApi, delivery, erasure, push, files, ...services });
    const concurrency = reservedConcurrency(config);
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: this.stackName,
      retention: config.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const functions = new Map<string, LambdaFunction>();
    const lambda = (name: string, options: Pick<EndpointFunctionProps, 'wholeCore' | 'functionName'> = {}) => {
      const props = { name, code: bundles(name), grants: grants[name] ?? [], logGroup, ...config, ...options };
      const created = new EndpointFunction(this, name, { ...props, concurrency: concurrency[name] }).lambda;
      functions.set(name, created);
      return created;
    };

    for (const endpoint of endpoints) {
      const { name, path, hashesPassword, needsCore } = endpoint;
      const keys = methodsOf(endpoint).map((method) => `${method} ${path}`);
      const throttle = hashesPassword && config.passwordThrottle;
      restApi.route(keys, lambda(name, { wholeCore: hashesPassword || needsCore }), { throttle });
    }
    restApi.route(['$default'], lambda('not-found'));
    for (const [routeKey, { name, returnResponse }] of sockets) socketApi.route(routeKey, lambda(name), returnResponse);
    keys.rotateBy(lambda('rotate-keys'));
    delivery.configureRetries(lambda('deliver', { wholeCore: true, functionName: delivery.functionName }));
    const eraseReactions = lambda('erase-reactions', { functionName: erasure.functionName });
    erasure.configureRetries(eraseReactions, delivery.deadLetters);
    push?.workOff(lambda('push'));
    files?.workOff(lambda('delete-files'));
    const operator = new Operator(this, 'Operator', { restApi, lambda: lambda('operator') });
    operator.everyHour(lambda('count-reports'));
    const monitored = { functions, logGroup, restApi, socketApi, delivery, push, files, tables, config };
    // The id is part of the alarms' identity: under another id CloudFormation would create alarms whose names are taken.
    const monitoring = new Monitoring(this, 'Watch', monitored);

    const direct = { rest: restApi.url, socket: socketApi.stage.url };
    const app = edge ? { rest: `https://${edge.host}`, socket: `wss://${edge.host}` } : direct;
    const outputs = {
      ApiBaseUrl: app.rest,
      WsBaseUrl: app.socket,
      FlutterRun: `flutter run --dart-define=API_BASE_URL=${app.rest} --dart-define=WS_BASE_URL=${app.socket} --dart-define=GOOGLE_CLIENT_ID=${config.googleClientId}`,
      RestApiUrl: direct.rest,
      SocketApiUrl: direct.socket,
      ...(edge && { EdgeHost: edge.distributionHost }),
      ChatTable: tables.chatTable.tableName,
      ConnectionsTable: tables.connectionsTable.tableName,
      ControlTable: tables.controlTable.tableName,
      LogGroup: logGroup.logGroupName,
      AccessLogGroup: restApi.logGroup.logGroupName,
      OperatorSecretArn: operatorSecret.arn,
      OperatorPolicyArn: operator.policy.managedPolicyArn,
      AlarmTopicArn: monitoring.topicArn,
      DeadLettersUrl: delivery.deadLetters.queueUrl,
      ...(push && { PushDeadLettersUrl: push.deadLetters.queueUrl }),
      ...(files && { FilesBucket: files.bucket.bucketName, FilesDeadLettersUrl: files.deadLetters.queueUrl }),
      Commit: commit,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
    // Only on functions: a new value changes every resource that has the tag.
    Tags.of(this).add('commit', commit, { includeResourceTypes: ['AWS::Lambda::Function'] });
    warn(this, config);
    const idOf = ({ node }: { node: Node }) => this.getLogicalId(node.defaultChild as CfnElement);
    acknowledge(this, {
      restApi: idOf(restApi.api),
      socketApi: idOf(socketApi.api),
      bucket: files && idOf(files.bucket),
    });
  }
}
