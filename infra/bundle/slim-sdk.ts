import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** Where the replaced files are. */
export const modules = join(import.meta.dirname, '../../node_modules');
const smithy = '@smithy/core/dist-es/submodules';
const core = '@aws-sdk/core/dist-es/submodules';

/** Files of the SDK that a Lambda has no use for, and the shortest code that works in their place. */
export const replacements: Record<string, string> = {
  // shared/data/client.ts brings its own transport and signer, which reads the credentials itself.
  '@smithy/node-http-handler/dist-es/index.js': `
    export const NodeHttpHandler = { create: (handler) => handler };
    export const streamCollector = undefined;`,
  '@smithy/signature-v4/dist-es/index.js': 'export class SignatureV4 {}',
  '@aws-sdk/credential-provider-node/dist-es/index.js': 'export const defaultProvider = () => async () => ({});',

  // No operation here streams events. The SDK imports this dynamically, and esbuild includes such a file as a whole.
  [`${smithy}/event-streams/index.js`]: 'export {};',

  // A Lambda's settings come from the environment: it has no ~/.aws, and no EC2 metadata service to ask.
  [`${smithy}/config/node-config-provider/configLoader.js`]: `
    export const loadConfig = ({ environmentVariableSelector, default: fallback }, options) => async () =>
      environmentVariableSelector(process.env, options) ?? (typeof fallback === 'function' ? fallback() : fallback);`,
  [`${smithy}/config/config-resolver/regionConfig/getInstanceMetadataRegion.js`]:
    'export const getInstanceMetadataRegion = async () => undefined;',
  [`${smithy}/config/defaults-mode/resolveDefaultsModeConfig.js`]: `
    export const resolveDefaultsModeConfig = () => async () => 'legacy';`,

  // The original finds the URL in every partition, with FIPS, dual stack and account ids. infra/region.ts rejects the
  // partitions with other host names.
  '@aws-sdk/client-dynamodb/dist-es/endpoint/endpointResolver.js': `
    export const defaultEndpointResolver = ({ Endpoint, Region }) => ({
      url: new URL(Endpoint ?? \`https://dynamodb.\${Region}.amazonaws.com\`),
    });`,
  // Only those rules call the one, and only S3 has the other.
  [`${core}/client/util-endpoints/aws.js`]: 'export const awsEndpointFunctions = {};',
  [`${smithy}/endpoints/middleware-endpoint/service-customizations/index.js`]:
    'export const resolveParamsForS3 = undefined;',

  // Endpoint discovery is off by default.
  '@aws-sdk/middleware-endpoint-discovery/dist-es/index.js': `
    export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = { environmentVariableSelector: () => undefined };
    export const resolveEndpointDiscoveryConfig = (config) => config;`,

  // The original's user agent lists every feature in use.
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

  // The original passes the trace on to services that invoke functions. DynamoDB invokes none.
  [`${core}/client/middleware-recursion-detection/getRecursionDetectionPlugin.js`]: `
    export const getRecursionDetectionPlugin = () => ({ applyToStack() {} });`,

  // The SDK takes Node's SHA-256 where there is one.
  [`${smithy}/checksum/sha256/Sha256Js.js`]: 'export class Sha256Js {}',

  // The standard retry mode takes the place of the other one, which nothing here asks for.
  [`${smithy}/retry/util-retry/AdaptiveRetryStrategy.js`]:
    "export { StandardRetryStrategy as AdaptiveRetryStrategy } from './StandardRetryStrategy';",

  // Runs when it is imported, whether it is used or not.
  '@aws-sdk/lib-dynamodb/dist-es/pagination/index.js': 'export {};',
};

/** Errors that only operations on whole tables throw. Without its own class such an error gets the general one. */
const tableErrors =
  /^n0_registry\.registerError\((?:Backup|Continuous|Export|GlobalTable|Import|InvalidExport|InvalidRestore|PointInTime|Policy|Replica[A-Z]|Table)\w+\$, \w+\);$/gm;

/**
 * Leaves out the third of the AWS SDK that a Lambda does not need. Fails when a replaced file is not there any more;
 * test/infra/bundles.test.ts fails when its exports have changed.
 */
export const slimSdk: Plugin = {
  name: 'slim-sdk',
  setup({ onLoad }) {
    for (const file of Object.keys(replacements))
      if (!existsSync(join(modules, file)))
        throw new Error(`infra/bundle/slim-sdk.ts replaces ${file}, which does not exist.`);

    onLoad({ filter: /[\\/]node_modules[\\/]@(aws-sdk|smithy)[\\/].*\.js$/ }, ({ path }) => {
      const contents = replacements[path.replaceAll('\\', '/').split('/node_modules/').at(-1) as string];
      return contents === undefined ? undefined : { contents, loader: 'js' };
    });
    // The client needs only its version from it, but imports all of it.
    onLoad({ filter: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    onLoad({ filter: /[\\/]client-dynamodb[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source.replace(tableErrors, '');
      if (contents === source)
        throw new Error('infra/bundle/slim-sdk.ts found no errors of table operations to leave out.');
      return { contents, loader: 'js' };
    });
  },
};
