import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

const modules = join(import.meta.dirname, '../../node_modules');
const smithy = '@smithy/core/dist-es/submodules';
const core = '@aws-sdk/core/dist-es/submodules';

/** What the bundles have in place of a file of the SDK's: what a Lambda has no use for, in the shortest form that works. */
const replacements: Record<string, string> = {
  // No operation here streams events. The SDK imports this only when one does, and of what is imported that way esbuild
  // leaves nothing out.
  [`${smithy}/event-streams/index.js`]: 'export {};',

  // Settings come from the environment; a Lambda has no ~/.aws.
  [`${smithy}/config/node-config-provider/configLoader.js`]: `
    export const loadConfig = ({ environmentVariableSelector, default: fallback }, options) => async () =>
      environmentVariableSelector(process.env, options) ?? (typeof fallback === 'function' ? fallback() : fallback);`,
  // Nor does it ask the machine it runs on, which is EC2's way.
  [`${smithy}/config/config-resolver/regionConfig/getInstanceMetadataRegion.js`]:
    'export const getInstanceMetadataRegion = async () => undefined;',
  [`${smithy}/config/defaults-mode/resolveDefaultsModeConfig.js`]: `
    export const resolveDefaultsModeConfig = () => async () => 'legacy';`,

  // The rules that find a service's URL in every partition, with FIPS, dual stack and account ids: here there is one.
  ...Object.fromEntries(
    Object.entries({
      dynamodb: 'dynamodb',
      'pinpoint-sms-voice-v2': 'sms-voice',
    }).map(([client, host]) => [
      `@aws-sdk/client-${client}/dist-es/endpoint/endpointResolver.js`,
      `export const defaultEndpointResolver = ({ Endpoint, Region }) => ({
        url: new URL(Endpoint ?? \`https://${host}.\${Region}.amazonaws.com\`),
      });`,
    ]),
  ),
  // What only those rules call, and what only S3 has.
  [`${core}/client/util-endpoints/aws.js`]: 'export const awsEndpointFunctions = {};',
  [`${smithy}/endpoints/middleware-endpoint/service-customizations/index.js`]:
    'export const resolveParamsForS3 = undefined;',

  // Endpoint discovery, which is off unless someone turns it on.
  '@aws-sdk/middleware-endpoint-discovery/dist-es/index.js': `
    export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = { environmentVariableSelector: () => undefined };
    export const resolveEndpointDiscoveryConfig = (config) => config;`,

  // Who is asking, in one word instead of a list of everything in use.
  [`${core}/client/util-user-agent-node/defaultUserAgent.js`]: `
    export const createDefaultUserAgentProvider = ({ clientVersion }) => 'aws-sdk-js/' + clientVersion;
    export const defaultUserAgent = createDefaultUserAgentProvider;
    export const crtAvailability = {};`,
  [`${core}/client/middleware-user-agent/user-agent-middleware.js`]: `
    export const getUserAgentMiddlewareOptions = { name: 'getUserAgentMiddleware', step: 'build', priority: 'low' };
    export const userAgentMiddleware = (config) => (next) => (args) => {
      args.request.headers['user-agent'] = config.defaultUserAgentProvider;
      return next(args);
    };
    export const getUserAgentPlugin = (config) => ({
      applyToStack: (stack) => stack.add(userAgentMiddleware(config), getUserAgentMiddlewareOptions),
    });`,
  [`${core}/client/middleware-user-agent/configurations.js`]: `
    export const DEFAULT_UA_APP_ID = undefined;
    export const resolveUserAgentConfig = (config) => config;`,

  // It hands the trace on to services that invoke functions; none of these does.
  [`${core}/client/middleware-recursion-detection/getRecursionDetectionPlugin.js`]: `
    export const getRecursionDetectionPlugin = () => ({ applyToStack() {} });`,

  // For the signatures of events in a stream.
  '@smithy/signature-v4/dist-es/HeaderFormatter.js': 'export class HeaderFormatter {}',

  // Node has SHA-256 of its own, which is what the SDK takes then.
  [`${smithy}/checksum/sha256/Sha256Js.js`]: 'export class Sha256Js {}',

  // The other retry mode, which nothing here asks for: it becomes the standard one.
  [`${smithy}/retry/util-retry/AdaptiveRetryStrategy.js`]:
    "export { StandardRetryStrategy as AdaptiveRetryStrategy } from './StandardRetryStrategy';",

  // Made when imported, used or not.
  '@aws-sdk/lib-dynamodb/dist-es/pagination/index.js': 'export {};',
};

/** The exceptions of DynamoDB's that only its operations on whole tables throw: without a class they are the general one. */
const tableErrors =
  /^n0_registry\.registerError\((?:Backup|Continuous|Export|GlobalTable|Import|InvalidExport|InvalidRestore|PointInTime|Policy|Replica[A-Z]|Table)\w+\$, \w+\);$/gm;

/** A third of the AWS SDK is for other surroundings. This fails when the SDK's files are no longer where they were. */
export const slimSdk: Plugin = {
  name: 'slim-sdk',
  setup({ onLoad }) {
    for (const file of Object.keys(replacements))
      if (!existsSync(join(modules, file)))
        throw new Error(`infra/bundle/slim-sdk.ts replaces ${file}, which is gone.`);

    onLoad({ filter: /[\\/]node_modules[\\/]@(aws-sdk|smithy)[\\/].*\.js$/ }, ({ path }) => {
      const contents = replacements[path.replaceAll('\\', '/').split('/node_modules/').at(-1) as string];
      return contents === undefined ? undefined : { contents, loader: 'js' };
    });
    // Each client imports the whole of it for its version.
    onLoad({ filter: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    onLoad({ filter: /[\\/]client-dynamodb[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source.replace(tableErrors, '');
      if (contents === source)
        throw new Error('infra/bundle/slim-sdk.ts found no exceptions to leave out of DynamoDB.');
      return { contents, loader: 'js' };
    });
  },
};
