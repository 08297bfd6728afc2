import type { ChatStore } from '../../state/chat-store.ts';
import { forgetPanel } from '../address.ts';
import { useApp } from '../context.ts';
import { askToConfirm } from '../parts/sheets/dialog.tsx';

/** Ways to end the user's session in this browser. */
export function useSignOut(store: ChatStore) {
  const { api, session, texts, attempt } = useApp();

  /** Ends the session here: nothing of the user stays in this browser. */
  const forget = () => {
    // First, or the inbox would try to reconnect when the server closes it.
    void store.close();
    store.unsent.forget();
    forgetPanel();
    session.end();
  };
  /** Says what is lost by it, if anything is. */
  const warning = () => {
    const { count, drafts } = store.unsent;
    return count + drafts > 0 ? texts.settings.loseUnsent(count, drafts) : '';
  };
  /** Asks before messages or drafts are lost. */
  const signOut = async () => {
    // Signing out is under way already.
    if (store.closed) return;
    const question = warning();
    if (question && !(await askToConfirm({ question, verb: texts.settings.signOut, texts }))) return;
    // The server would refuse the last read mark and deletions after it.
    void store.close();
    // Before another tab takes over what this one has not sent.
    store.unsent.forget();
    await api.settled();
    await attempt(() => api.logout());
    forget();
  };
  /** Only if the server has ended the other sessions, so that the user does not rely on it in vain. */
  const signOutEverywhere = async () => {
    const question = [texts.settings.askEndAll, warning()].filter(Boolean).join(' ');
    if (!(await askToConfirm({ question, verb: texts.settings.signOut, texts }))) return;
    // Sends read marks and deletions now: the server would refuse them afterwards.
    store.open?.sleep();
    await api.settled();
    if (await attempt(() => api.account.endAllSessions())) forget();
  };
  return { signOut, signOutEverywhere, forget };
}
