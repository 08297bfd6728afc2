import { anything, ofGroup } from '../../client/shapes.ts';
import { brief, holds, same } from '../../client/unmet.ts';
import { becomes, shortened, without } from '../../faults/changes.ts';
import { answers, answersWith, header, refusals, refusesWith } from '../../faults/kinds.ts';
import type { Requirement } from '../requirement.ts';
import { refused } from './refused.ts';

/** "Requests" and "Answers" in docs/api.md */
export const problems: Requirement[] = [
  {
    id: 'problems.shape',
    text: 'A refusal is application/problem+json with type, title, status, code and requestId.',
    faults: [
      ...refusals('GET /users/me', without('type'), without('title'), without('status'), without('code')),
      ...refusals('GET /users/me', without('requestId'), becomes('code', 'another_code'), becomes('status', 400)),
      header('GET /users/me', 'content-type', 'application/json'),
    ],
    async check(world) {
      await refused(world.stranger(), [401, 'token_missing'], 'GET /users/me');
    },
  },
  {
    id: 'problems.request-id',
    text: 'Every answer has the header x-request-id, and a refusal has the same in its body.',
    faults: [header('GET /users/me', 'x-request-id'), ...refusals('GET /users/me', becomes('requestId', 'another'))],
    async check(world) {
      const { anna } = await world.people();
      const { headers } = await anna.send('GET /users/me');
      holds('a success', (headers['x-request-id'] ?? '') !== '', 'the header x-request-id', headers);
      const problem = await refused(world.stranger(), [401, 'token_missing'], 'GET /users/me');
      same('the header x-request-id', problem.headers['x-request-id'], problem.requestId);
    },
  },
  {
    id: 'problems.fields',
    text: 'invalid_input names each wrong field by its path, with a rule and a message.',
    faults: [
      ...refusals(
        'POST /auth/register',
        without('errors'),
        shortened('errors'),
        without('errors.*.rule'),
        without('errors.*.message'),
        becomes('errors.*.path', 'name'),
      ),
      refusesWith('POST /auth/register', 422),
    ],
    async check(world) {
      const body = { email: 'not an email' };
      const { errors } = await refused(world.stranger(), [400, 'invalid_input'], 'POST /auth/register', { body });
      const rules = errors?.map(({ path, rule }) => `${path}: ${rule}`).toSorted();
      same('the errors', rules, ['email: email', 'password: missing']);
    },
  },
  {
    id: 'problems.malformed-json',
    text: 'A body that is not JSON is refused with 400 malformed_json.',
    faults: [refusesWith('POST /auth/login', 500), ...refusals('POST /auth/login', becomes('code', 'invalid_input'))],
    async check(world) {
      await refused(world.stranger(), [400, 'malformed_json'], 'POST /auth/login', { body: '{"email":' });
    },
  },
  {
    id: 'problems.route-not-found',
    text: 'An unknown path is 404 route_not_found, and another method of a known one 405 method_not_allowed.',
    faults: [refusesWith('GET /no-such-path', 403), refusesWith('DELETE /auth/login', 404)],
    async check(world) {
      const { anna } = await world.people();
      await refused(anna, [404, 'route_not_found'], 'GET /no-such-path');
      await refused(anna, [405, 'method_not_allowed'], 'DELETE /auth/login');
    },
  },
  {
    id: 'problems.success',
    text: 'A successful request is answered with 200, also one that creates something.',
    faults: [answersWith('POST /groups', 201)],
    async check(world) {
      const { anna } = await world.people();
      const { status } = await anna.send('POST /groups', { body: { name: 'Weekend', participantIds: [] } });
      same('the status of POST /groups', status, 200);
    },
  },
  {
    id: 'problems.no-null',
    text: 'Fields without a value are left out of answers, and never null.',
    faults: [
      ...answers('POST /groups', becomes('group.pictureUrl', null)),
      ...answers('GET /chats', becomes('cursor', null)),
    ],
    async check(world) {
      const { anna } = await world.people();
      const body = { name: 'Weekend', participantIds: [] };
      const { group } = await anna.ask(ofGroup, 'POST /groups', body);
      const listed = await anna.ask(anything, 'GET /chats');
      const read = await anna.ask(anything, `GET /chats/${group.id}/messages`);
      for (const answer of [group, listed, read])
        holds('an answer', !/[:,[]null\b/.test(JSON.stringify(answer)), 'no null', brief(answer));
    },
  },
  {
    id: 'problems.nullable',
    text: 'An optional field in a body may be null.',
    faults: [answersWith('POST /groups', 400)],
    async check(world) {
      const { anna } = await world.people();
      await anna.ask(ofGroup, 'POST /groups', { name: 'Weekend', participantIds: [], clientId: null });
    },
  },
  {
    id: 'problems.browsers',
    text: 'Pages of any origin may read answers, and their x-request-id and Retry-After.',
    faults: [
      header('GET /users/me', 'access-control-allow-origin'),
      header('GET /users/me', 'access-control-expose-headers', 'x-request-id'),
      header('OPTIONS /users/me', 'access-control-allow-headers'),
    ],
    async check(world) {
      const origin = 'https://app.example.com';
      const { anna } = await world.people();
      const { headers } = await anna.send('GET /users/me', { headers: { origin } });
      const exposed = headers['access-control-expose-headers']?.toLowerCase().split(/, ?/) ?? [];
      same('access-control-allow-origin', headers['access-control-allow-origin'], '*');
      holds(
        'access-control-expose-headers',
        ['x-request-id', 'retry-after'].every((name) => exposed.includes(name) || exposed.includes('*')),
        'x-request-id and retry-after',
        exposed,
      );
      const asks = { 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'authorization' };
      const preflight = await anna.send('OPTIONS /users/me', { headers: { origin, ...asks }, token: '' });
      const allowed = preflight.headers['access-control-allow-headers']?.toLowerCase() ?? '';
      holds('the preflight', allowed.includes('authorization'), 'authorization among the headers', preflight.headers);
    },
  },
  {
    id: 'problems.health',
    text: 'GET /health answers {"status":"ok"} without a token.',
    faults: [...answers('GET /health', becomes('status', 'down')), answersWith('GET /health', 503)],
    async check(world) {
      same('GET /health', await world.stranger().ask(anything, 'GET /health'), { status: 'ok' });
    },
  },
];
