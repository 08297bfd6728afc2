import { defineEndpoint } from '../endpoint.ts';
import { userResponse } from './user.ts';

export const getMe = defineEndpoint({
  name: 'users/get-me',
  method: 'GET',
  path: '/users/me',
  access: 'session',
  summary: 'Read my profile',
  response: userResponse,
  problems: [],
});
