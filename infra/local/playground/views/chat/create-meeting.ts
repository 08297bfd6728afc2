import { ApiProblem } from '../../client/rest/api-problem.ts';
import type { AppContext } from '../context.ts';
import { askForLine } from '../parts/sheets/dialog.tsx';
import { refusalText } from '../problem-text.ts';

/** With `google_not_configured` too: another account shows whether the server or this one is the cause. */
const needsLink = ['google_not_linked', 'google_link_expired', 'google_blocked', 'google_not_configured'];

/** Creates a meeting, whose link arrives as a message. Asks for a Google account first if none is linked, or one that cannot. */
export function createMeeting({ api, texts, attempt }: AppContext, chatId: string): Promise<boolean> {
  return attempt(async () => {
    try {
      await api.createMeeting(chatId);
    } catch (error) {
      if (!(error instanceof ApiProblem) || !needsLink.includes(error.code)) throw error;
      const act = async (token: string) => void (await api.linkGoogle(token));
      const complaint = error.code === 'google_not_linked' ? undefined : refusalText(texts, error);
      const question = {
        label: texts.chat.linkGoogle,
        verb: texts.settings.link,
        texts,
        value: '4/playground',
        complaint,
        act,
      };
      const linked = await askForLine(question);
      if (linked) await api.createMeeting(chatId);
    }
  });
}
