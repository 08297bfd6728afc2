import { ApiProblem } from '../client/api.ts';
import { type App, attempt } from './context.ts';
import { askFor } from './dialog.ts';

const needsLink = ['google_not_linked', 'google_link_expired'];

/** Creates a meeting, whose link comes into the chat; links a Google account first when there is none. */
export function createMeeting({ api, texts }: App, chatId: string): Promise<boolean> {
  return attempt(texts, async () => {
    try {
      await api.createMeeting(chatId);
    } catch (error) {
      if (!(error instanceof ApiProblem) || !needsLink.includes(error.code)) throw error;
      const token = await askFor(texts.linkGoogle, texts, '4/playground');
      if (token === undefined) return;
      await api.linkGoogle(token);
      await api.createMeeting(chatId);
    }
  });
}
