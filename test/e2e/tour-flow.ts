import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { endpoints } from '#shared/contract/index.ts';
import { codeStep, frames, picture, socketPath, tour, variables } from '../../infra/specs/tour.ts';
import { ChatSocket, type Json } from '../support/api-client.ts';
import { newPhone } from '../support/people.ts';
import type { World } from './world.ts';

/** What docs/bruno does, from top to bottom. */
export function tourFlow(world: () => World): void {
  test('the tour calls all endpoints, each step with values from the answers before', async () => {
    const w = world();
    const known: Record<string, string> = { ...variables, phone: newPhone() };
    const fill = <T>(json: T): T =>
      JSON.parse(
        JSON.stringify(json ?? null).replace(/\{\{\$?(\w+)\}\}/g, (_, name: string) =>
          name === 'timestamp' ? String(Date.now()) : (known[name] ?? `no ${name}`),
        ),
      );
    const take = (answer: Json, paths: Record<string, string>) => {
      for (const [name, path] of Object.entries(paths)) {
        expect(known, 'each variable is taken once').not.toHaveProperty(name);
        known[name] = path.split('.').reduce((json: Json, key) => json[key], answer);
        expect(known[name], `${name} is in the answer`).toBeTypeOf('string');
      }
    };
    for (const { endpoint, token, needsCode, uploadTo, take: paths = {}, ...input } of tour) {
      if (needsCode) take((await w.call('GET', fill(codeStep.path))).body, codeStep.take);
      const { params = {}, query, body } = fill(input);
      const somebody = token && { token: known[token] as string };
      const answer = await w.do(endpoint, somebody, { params, query: new URLSearchParams(query).toString(), body });
      take(answer, paths);
      if (uploadTo) {
        const headers = { 'content-type': picture.mimeType, 'if-none-match': '*' };
        const body = readFileSync(join(import.meta.dirname, '../../docs/bruno', picture.file));
        const { status } = await fetch(known[uploadTo] ?? '', { method: 'PUT', headers, body });
        expect(status).toBe(200);
      }
      if (paths.ticket) {
        const [path = '', asked = ''] = fill(socketPath).split('?');
        const socket = await ChatSocket.openWith(w.runner.url, path.split('/').at(-1) ?? '', asked);
        for (const frame of frames) {
          socket.send(fill(frame));
          // Nothing answers it.
          if (frame.type !== 'typing') expect((await socket.next()).type).not.toBe('error');
        }
        socket.close();
      }
    }
    w.secrets.push(known.token ?? '', known.borisToken ?? '', known.refreshToken ?? '', known.code ?? '');
    expect(new Set(tour.map(({ endpoint }) => endpoint))).toEqual(new Set(endpoints));
  });
}
