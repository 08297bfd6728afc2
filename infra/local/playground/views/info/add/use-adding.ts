import { useState } from 'preact/hooks';
import type { FieldError } from '#shared/contract/problem.ts';
import { ApiProblem } from '../../../client/rest/api-problem.ts';
import { findPerson } from '../../../client/rest/find-person.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { useApp } from '../../context.ts';
import type { Candidate } from './candidates.ts';

/** The server's limit for one request. */
const maxAtOnce = 45;

/** The people whom the user has found and chosen for a group, and why some can't be added. */
export function useAdding({ chat }: OpenChat, onDone: () => void) {
  const { api, texts, attempt } = useApp();
  const [found, setFound] = useState<readonly Candidate[]>([]);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [refused, setRefused] = useState<ReadonlyMap<string, FieldError>>(new Map());
  const [complaint, setComplaint] = useState('');

  const toggle = (id: string) =>
    setChosen((ids) => (ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]));

  const find = (contact: string) =>
    attempt(async () => {
      setComplaint('');
      const user = await findPerson(api, contact);
      if (!user) setComplaint(texts.home.nobodyFound);
      else if (chat.participantIds.includes(user.id)) setComplaint(texts.info.isHere);
      else {
        const { id, name, avatarUrl } = user;
        // The user may have chosen others meanwhile.
        setFound((people) => [{ id, name, avatarUrl }, ...people.filter((one) => one.id !== id)]);
        setChosen((ids) => (ids.includes(id) ? ids : [...ids, id]));
      }
    });

  /** Those who can't be added stay in the list with the reason; the others stay chosen. */
  const refuse = (ids: readonly string[], errors: readonly FieldError[]) => {
    const reasons = new Map(refused);
    for (const error of errors) {
      const id = ids[Number(error.path.split('.')[1])];
      if (id !== undefined) reasons.set(id, error);
    }
    setRefused(reasons);
    setChosen(ids.filter((id) => !reasons.has(id)));
  };

  const add = () =>
    attempt(async () => {
      for (let ids = chosen; ids.length > 0; ids = ids.slice(maxAtOnce)) {
        try {
          await api.groups.addMembers(chat.id, ids.slice(0, maxAtOnce));
        } catch (error) {
          if (!(error instanceof ApiProblem) || error.errors.length === 0) throw error;
          return refuse(ids, error.errors);
        }
      }
      onDone();
      return undefined;
    });

  return { found, chosen, refused, complaint, toggle, find, add };
}
