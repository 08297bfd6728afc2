// CloudFront (runtime cloudfront-js-2.0) runs this before every request to /files/*. A URL such as
// /files/chats/{chatId}/{seq}/{fileId}?w={day}&v={keyVersion}&s={signature} becomes the key of an object in the bucket.
const crypto = require('crypto');

// infra/constructs/files-at-edge.ts replaces the text by an object: keys that sign URLs, by their version.
const keys = 'FILES_KEYS';
const dayMs = 86400000;

function handler(event) {
  const request = event.request;
  if (request.method === 'OPTIONS') return preflight;
  // Ids need no percent-encoding, so a path that has any is refused with everything else that is not an object's.
  const match = /^\/files\/((?:chats|users)\/[\w-]+)((?:\/[\w-]+){1,2}(?:\.thumbnail)?)$/.exec(request.uri);
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (!match || !reads || !isSigned(match[1], request.querystring)) return refused;
  request.uri = '/' + match[1] + match[2];
  request.querystring = {};
  return request;
}

// A signature is valid for its chat or user, on its day (in UTC) and the next. The clock that made it may be ahead.
function isSigned(scope, querystring) {
  const day = single(querystring, 'w');
  const key = ownValue(keys, single(querystring, 'v'));
  const signature = single(querystring, 's');
  const today = Math.floor(Date.now() / dayMs);
  const accepted = [today - 1, today, today + 1].map(String);
  if (!key || !accepted.includes(day)) return false;
  const hmac = crypto.createHmac('sha256', key).update(scope + '\n' + day);
  return isSame(signature, hmac.digest('base64url'));
}

// The value of a parameter; an empty string if it is missing or there are several.
function single(querystring, name) {
  const parameter = ownValue(querystring, name);
  return parameter && !parameter.multiValue ? parameter.value : '';
}

// Own names only: a client may ask for the version `__proto__`.
function ownValue(object, name) {
  return Object.prototype.hasOwnProperty.call(object, name) ? object[name] : undefined;
}

// Takes the same time wherever the texts differ.
function isSame(text, other) {
  if (text.length !== other.length) return false;
  let difference = 0;
  for (let i = 0; i < text.length; i++) difference |= text.charCodeAt(i) ^ other.charCodeAt(i);
  return difference === 0;
}

// Browsers ask first if a library for tracing has added a header to the request.
const preflight = {
  statusCode: 204,
  headers: {
    'access-control-allow-origin': { value: '*' },
    'access-control-allow-methods': { value: 'GET, HEAD' },
    'access-control-allow-headers': { value: '*' },
    'access-control-max-age': { value: '3600' },
  },
};

// Status, code and title are those of shared/contract/problems.ts.
const refused = {
  statusCode: 403,
  headers: {
    'content-type': { value: 'application/problem+json' },
    'cache-control': { value: 'no-store' },
    'access-control-allow-origin': { value: '*' },
  },
  body: {
    encoding: 'text',
    data: JSON.stringify({
      type: 'about:blank',
      title: 'This URL of a file is wrong or has expired. Read the message, user or chat again for a current one.',
      status: 403,
      code: 'invalid_file_url',
    }),
  },
};
