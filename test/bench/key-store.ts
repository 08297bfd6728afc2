import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { marshall } from '@aws-sdk/util-dynamodb';

/**
 * DynamoDB in a process of its own: no switches, and the public keys, given as an argument in JSON. It serves so many
 * reads a second as a GET of /{number} said last, and throttles those beyond, without any burst.
 */
const keys: object[] = JSON.parse(process.argv[2] ?? '[]');
const answer = JSON.stringify({ Items: keys.map((key) => marshall(key)), Count: keys.length });
const throttled = JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException', message: 'Rate' });

let perSecond = 0;
let tokens = 0;
let filledAt = performance.now();

function takeToken(): boolean {
  const now = performance.now();
  tokens = Math.min(perSecond, tokens + ((now - filledAt) / 1000) * perSecond);
  filledAt = now;
  if (tokens < 1) return false;
  tokens--;
  return true;
}

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    if (request.method === 'GET') {
      perSecond = tokens = Number(request.url?.slice(1));
      return void response.end();
    }
    const served = takeToken();
    response.writeHead(served ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
    const isQuery = String(request.headers['x-amz-target']).endsWith('Query');
    response.end(!served ? throttled : isQuery ? answer : '{}');
  });
}).listen(0, '127.0.0.1', () => console.log(`listening ${(server.address() as AddressInfo).port}`));
