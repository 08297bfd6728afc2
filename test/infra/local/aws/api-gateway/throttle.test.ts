import { afterEach, expect, test, vi } from 'vitest';
import { Throttle } from '../../../../../infra/local/aws/api-gateway/throttle.ts';
import { calm } from '../../../../../infra/local/aws/chaos.ts';
import { Template } from '../../../../../infra/local/aws/cloudformation/template.ts';

afterEach(() => void vi.useRealTimers());

const settings = (ThrottlingRateLimit: number, ThrottlingBurstLimit: number) => ({
  ThrottlingRateLimit,
  ThrottlingBurstLimit,
});

/** The throttle of an API whose stage has these settings. */
function throttleOf(stage: object): Throttle {
  const Resources = {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', ...stage },
    },
  };
  const [api] = new Template({ Resources }, '').apis();
  if (!api) throw new Error('The template has an API.');
  return new Throttle(api, calm);
}

/** Which of this many requests at the same moment are refused. */
const refusals = (throttle: Throttle, routeKey: string, requests: number) =>
  Array.from({ length: requests }, () => throttle.refuses(routeKey)).filter(Boolean).length;

test('accepts a burst, then as many requests as the rate allows, and never saves up more than the burst', () => {
  vi.useFakeTimers();
  const throttle = throttleOf({ DefaultRouteSettings: settings(10, 5) });
  expect(refusals(throttle, 'GET /chats', 7)).toBe(2);
  vi.advanceTimersByTime(200);
  expect(refusals(throttle, 'GET /chats', 3)).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect(refusals(throttle, 'GET /chats', 7)).toBe(2);
});

test('a route with settings of its own is throttled by itself, the others together', () => {
  vi.useFakeTimers();
  const throttle = throttleOf({
    DefaultRouteSettings: settings(10, 5),
    RouteSettings: { 'POST /auth/login': settings(1, 2) },
  });
  expect(refusals(throttle, 'POST /auth/login', 3)).toBe(1);
  expect(refusals(throttle, 'GET /chats', 3) + refusals(throttle, 'POST /chats', 3)).toBe(1);
});

test('a stage without settings refuses nothing', () => {
  expect(refusals(throttleOf({}), 'GET /chats', 10_000)).toBe(0);
});
