import { useEffect } from 'preact/hooks';
import { block, unblock } from '../../../state/blocking.ts';
import type { ChatStore } from '../../../state/chat-store.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { isolated } from '../../../texts/fill.ts';
import { useApp } from '../../context.ts';
import { askToConfirm } from '../../parts/sheets/dialog.tsx';
import { InfoRow } from '../info-row.tsx';
import { askToReport } from '../report-dialog.tsx';
import { lastMessageOf } from './person.ts';

interface RowsProps {
  open: OpenChat;
  store: ChatStore;
  person: { id: string; name: string };
}

/** Blocks somebody or unblocks them, and reports their newest message: the server has no reports of people. */
export function PersonRows({ open, store, person: { id, name } }: RowsProps) {
  const app = useApp();
  const { texts, attempt } = app;
  const { info } = texts;
  const { blocks } = store;
  const reported = lastMessageOf(open, id);
  useEffect(() => {
    void attempt(() => blocks.load());
  }, [blocks, id]);
  const askToBlock = async () => {
    const question = info.blockQuestion(isolated(name));
    if (!(await askToConfirm({ question, verb: info.block, texts, isDangerous: true }))) return;
    await attempt(() => block(open, id));
  };
  return (
    <>
      {blocks.has(id) === true && (
        <InfoRow
          icon="block"
          label={info.unblock}
          hint={info.youBlocked}
          onPress={() => attempt(() => unblock(store, id))}
        />
      )}
      {blocks.has(id) === false && <InfoRow icon="block" label={info.block} isDangerous onPress={askToBlock} />}
      {reported && (
        <InfoRow
          icon="flag"
          label={info.reportLast}
          isDangerous
          onPress={() => askToReport({ message: reported, open, app })}
        />
      )}
    </>
  );
}
