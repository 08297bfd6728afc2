import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { expect, test } from 'vitest';
import { modules, replacements } from '../../infra/bundle/slim-sdk.ts';

/** The exports that a replacement does without, because no bundled code imports them. */
const leftOut: Record<string, string> = {
  '@aws-sdk/credential-provider-node/dist-es/index.js': 'credentialsTreatedAsExpired credentialsWillNeedRefresh',
  '@aws-sdk/lib-dynamodb/dist-es/pagination/index.js': 'paginateQuery paginateScan paginatedBatchGet',
  '@aws-sdk/middleware-endpoint-discovery/dist-es/index.js': `endpointDiscoveryMiddlewareOptions
    getEndpointDiscoveryOptionalPlugin getEndpointDiscoveryPlugin getEndpointDiscoveryRequiredPlugin`,
  '@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/service-customizations/index.js': `DOT_PATTERN
    S3_HOSTNAME_PATTERN isArnBucketName isDnsCompatibleBucketName`,
  '@smithy/core/dist-es/submodules/event-streams/index.js': `EventStreamCodec EventStreamMarshaller EventStreamSerde
    HeaderMarshaller Int64 MessageDecoderStream MessageEncoderStream SmithyMessageDecoderStream
    SmithyMessageEncoderStream UniversalEventStreamMarshaller eventStreamSerdeProvider getChunkedStream
    getMessageUnmarshaller getUnmarshalledStream iterableToReadableStream readableStreamToIterable
    resolveEventStreamSerdeConfig universalEventStreamSerdeProvider`,
  '@smithy/node-http-handler/dist-es/index.js': 'DEFAULT_REQUEST_TIMEOUT NodeHttp2Handler',
  '@smithy/signature-v4/dist-es/index.js': `ALGORITHM_IDENTIFIER ALGORITHM_IDENTIFIER_V4A ALGORITHM_QUERY_PARAM
    ALWAYS_UNSIGNABLE_HEADERS AMZ_DATE_HEADER AMZ_DATE_QUERY_PARAM AUTH_HEADER CREDENTIAL_QUERY_PARAM DATE_HEADER
    EVENT_ALGORITHM_IDENTIFIER EXPIRES_QUERY_PARAM GENERATED_HEADERS HOST_HEADER KEY_TYPE_IDENTIFIER MAX_CACHE_SIZE
    MAX_PRESIGNED_TTL PROXY_HEADER_PATTERN REGION_SET_PARAM SEC_HEADER_PATTERN SHA256_HEADER SIGNATURE_HEADER
    SIGNATURE_QUERY_PARAM SIGNED_HEADERS_QUERY_PARAM SignatureV4Base TOKEN_HEADER TOKEN_QUERY_PARAM
    UNSIGNABLE_PATTERNS UNSIGNED_PAYLOAD clearCredentialCache createScope getCanonicalHeaders getCanonicalQuery
    getPayloadHash getSigningKey hasHeader moveHeadersToQuery prepareRequest signatureV4aContainer`,
};

async function exportsOf(source: BuildOptions): Promise<string[]> {
  const options = { bundle: true, platform: 'node', format: 'esm', write: false, metafile: true } as const;
  const { metafile } = await build({ ...source, ...options, mainFields: ['module', 'main'], outdir: 'unused' });
  return Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint)?.exports ?? [];
}

test.each(Object.entries(replacements))('%s has the exports of the original', async (file, contents) => {
  const original = join(modules, file);
  const replacement = await exportsOf({ stdin: { contents, resolveDir: dirname(original) } });
  const without = leftOut[file]?.split(/\s+/) ?? [];
  expect([...replacement, ...without].sort()).toEqual((await exportsOf({ entryPoints: [original] })).sort());
});

test('every package of the SDK is pinned, because its files are replaced by name', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(modules, '../package.json'), 'utf8'));
  const versions = Object.entries<string>({ ...dependencies, ...devDependencies });
  const sdk = versions.filter(([name]) => /^@(aws-sdk|smithy)\//.test(name));
  expect(sdk.length).toBeGreaterThan(2);
  for (const [name, version] of sdk) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
});
