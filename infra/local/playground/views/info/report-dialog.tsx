import { useState } from 'preact/hooks';
import type { Message } from '#shared/contract/chats/message.ts';
import { quoteOf } from '../../client/realtime/states.ts';
import { block } from '../../state/blocking.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import { isolated } from '../../texts/fill.ts';
import { QuoteText } from '../chat/text/quote-text.tsx';
import type { AppContext } from '../context.ts';
import { authorName } from '../message-words.ts';
import { useUniqueId } from '../parts/fields/use-unique-id.ts';
import { askToConfirm, FormDialog, showDialog } from '../parts/sheets/dialog.tsx';
import { isOther } from './person/person.ts';

/** The server's limit of the whole reason, less the longest of `reasons`. */
const maxDetails = 900;

interface Report {
  message: Message;
  open: OpenChat;
  app: AppContext;
}

/** Reports a message to the operator, with a reason. In a direct chat the user may block its author after that. */
export async function askToReport(report: Report): Promise<void> {
  const { message, open, app } = report;
  if (!(await showDialog((onClose) => <ReportDialog {...report} onClose={onClose} />))) return;
  app.notify(({ info }) => info.reported);
  if (open.chat.type === 'direct' && isOther(message, open.userId)) await offerBlock(report);
}

async function offerBlock({ message, open, app: { texts, attempt } }: Report): Promise<void> {
  const { blockToo, block: verb } = texts.info;
  const question = blockToo(isolated(authorName(message, texts)));
  if (!(await askToConfirm({ question, verb, texts, isDangerous: true }))) return;
  await attempt(() => block(open, message.userId));
}

function ReportDialog({ message, open, app: { api, texts }, onClose }: Report & { onClose(done: boolean): void }) {
  const { info } = texts;
  const name = useUniqueId();
  const [reason, setReason] = useState(info.reasons[0] ?? '');
  const [details, setDetails] = useState('');
  const act = async () => {
    const text = details.trim();
    await api.chats.report(open.chat.id, message.id, text ? `${reason}: ${text}` : reason);
    return undefined;
  };
  return (
    <FormDialog label={info.reportMessage} texts={texts} verb={info.report} act={act} onClose={onClose}>
      <div class="reported">
        <QuoteText quote={quoteOf(message)} texts={texts} />
      </div>
      <fieldset class="reasons">
        <legend>{info.reason}</legend>
        {info.reasons.map((one) => (
          <label key={one}>
            <input type="radio" name={name} checked={one === reason} onChange={() => setReason(one)} />
            {one}
          </label>
        ))}
      </fieldset>
      <label>
        {info.details}
        <textarea
          rows={2}
          maxLength={maxDetails}
          value={details}
          onInput={({ currentTarget }) => setDetails(currentTarget.value)}
        />
      </label>
      <p>
        <small>{info.reportHint}</small>
      </p>
    </FormDialog>
  );
}
