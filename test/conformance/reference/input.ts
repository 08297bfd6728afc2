import type { NextFunction, Request, Response } from 'express';
import type { Group, Store, User } from './store.ts';

/** A reason for refusing a request. The specification names none: statuses and texts are this server's own. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A field of a body that must be a text with something in it. */
export function textOf(body: unknown, field: string): string {
  const value = (body as Record<string, unknown> | undefined)?.[field];
  if (typeof value !== 'string' || value.trim() === '') throw new Refusal(400, `"${field}" must be a text.`);
  return value;
}

export function callerOf(store: Store, request: Request): User {
  const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  const user = store.userOf('access', token);
  if (!user) throw new Refusal(401, 'Log in first.');
  return user;
}

/** A group that the user is in. */
export function groupOf(store: Store, user: User, id: string): Group {
  const group = store.groups.get(id);
  if (!group?.participantIds.includes(user.id)) throw new Refusal(403, 'You are not in this chat.');
  return group;
}

/** Express knows a handler of errors by its four parameters. */
export function answerErrors(
  error: Error & { status?: number },
  _request: Request,
  response: Response,
  _: NextFunction,
) {
  response.status(error.status ?? 500).json({ error: error.message });
}
