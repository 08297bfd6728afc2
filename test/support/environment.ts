import { randomUUID } from 'node:crypto';
import { afterAll, inject } from 'vitest';
import { aws } from './stand-ins/aws.ts';
import { standIn } from './stand-ins/connections.ts';
import { fcm } from './stand-ins/fcm.ts';
import { google } from './stand-ins/google.ts';
import { openai } from './stand-ins/openai.ts';
import { s3 } from './stand-ins/s3.ts';
import { addTokenKey, createControlTable } from './token-key.ts';

const dynamodb = inject('dynamodb');
const controlTable = `Control-${randomUUID()}`;
await createControlTable(dynamodb, controlTable);
// Also in the template's table, for tests that start a runner.
await addTokenKey(aws.secrets, {
  secret: inject('tokenKey'),
  dynamodb,
  tables: [controlTable, inject('controlTable')],
});

/** What Lambda and the template would set, before any function is imported. */
Object.assign(process.env, {
  AWS_REGION: 'local',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
  CHAT_TABLE: inject('chatTable'),
  CONNECTIONS_TABLE: inject('connectionsTable'),
  CONTROL_TABLE: controlTable,
  CONNECTIONS_URL: standIn.url,
  DELIVER_FUNCTION: 'deliver',
  ERASE_REACTIONS_FUNCTION: 'erase-reactions',
  PUSH_QUEUE: 'the push queue',
  FCM_URL: fcm.url,
  FILES_BUCKET: 'files',
  FILES_BUCKET_URL: s3.url,
  FILES_URL: 'https://chat.example.com/files',
  FILES_KEY: 'a files key',
  FILES_KEY_VERSION: '1',
  FILES_QUEUE: 'the files queue',
  MAX_IMAGE_BYTES: '10000000',
  MAX_FILE_BYTES: '25000000',
  DAILY_FILE_BYTES: '100000000',
  PARALLEL_PAGES: '4',
  TYPING_MAX_PARTICIPANTS: '10',
  METRICS_NAMESPACE: 'chat-test',
  STAGE_LANGUAGE: 'en',
  TOKEN_KEY: inject('tokenKey'),
  CODE_KEY: 'a code key',
  REFUSE_COMMON_PASSWORDS: 'true',
  EDGE_KEY: 'an edge key',
  SMS_COUNTRIES: 'RU,KZ',
  SMS_MONTHLY_CAP: '1000000',
  AWS_ENDPOINT_URL: aws.url,
  OPERATOR_SECRET: 'operator',
  OPENAI_BASE_URL: openai.url,
  GOOGLE_KEY: 'google-key',
  GOOGLE_OAUTH_URL: `${google.url}/oauth`,
  GOOGLE_MEET_URL: `${google.url}/`,
  REST_URL: google.url,
  OPENAI_MODEL: 'test-model',
  ASSISTANT_USER_TOKENS: '50000',
  ASSISTANT_CHAT_TOKENS: '100000',
  ASSISTANT_STACK_TOKENS: '1000000000',
});

afterAll(() => s3.removeAll());

/** Through the console, of which Vitest shows what belongs to a test that failed. */
process.stdout.write = (line: string | Uint8Array) => {
  console.log(String(line).trimEnd());
  return true;
};
