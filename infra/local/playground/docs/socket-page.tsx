import { useEffect, useMemo, useReducer, useState } from 'preact/hooks';
import type { Chat } from '#shared/contract/chats/chat.ts';
import { type AsyncApi, receivedFrames, sentFrames } from './asyncapi.ts';
import { ConnectForm } from './connect-form.tsx';
import { Connection } from './connection.ts';
import type { Visitor } from './docs-session.ts';
import { errorText } from './error-text.ts';
import { FrameForm } from './frame-form.tsx';
import { FrameLog } from './frame-log.tsx';
import { FrameReference } from './frame-reference.tsx';

interface PageProps {
  spec: AsyncApi;
  visitor: Visitor | undefined;
}

/** A page on which to read about the sockets and try them, made from `/asyncapi.json`. */
export function SocketPage({ spec, visitor }: PageProps) {
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  const connection = useMemo(() => new Connection(() => rerender(0)), []);
  const [channel, setChannel] = useState(Object.keys(spec.channels)[0] ?? '');
  const { chats, problem } = useChats(visitor);
  const [chosen, setChosen] = useState('');
  const chatId = chosen || (chats[0]?.id ?? '');
  const received = receivedFrames(spec, channel);
  return (
    <>
      <header>
        <h1>WebSocket</h1>
        <nav>
          <a href="/docs">REST</a>
          <a href="/">The chat</a>
          <a href="/asyncapi.json">AsyncAPI</a>
        </nav>
        <p>
          {visitor
            ? `Signed in as ${visitor.session.user?.name}.`
            : 'Not signed in: sign in in the chat, then reload this page.'}
        </p>
      </header>
      <main>
        <section aria-label="Send">
          {problem && (
            <p class="complaint" role="alert">
              The chats could not be loaded: {problem}
            </p>
          )}
          <ConnectForm
            spec={spec}
            channel={channel}
            onChannel={setChannel}
            chats={chats}
            chatId={chatId}
            onChat={setChosen}
            visitor={visitor}
            connection={connection}
          />
          <FrameForm key={channel} frames={sentFrames(spec, channel)} chatId={chatId} connection={connection} />
        </section>
        <FrameLog connection={connection} frames={received} />
        <FrameReference frames={received} rules={spec.info.description} />
      </main>
    </>
  );
}

function useChats(visitor: Visitor | undefined) {
  const [chats, setChats] = useState<Chat[]>([]);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    visitor?.api.listChats().then(
      (answer) => setChats(answer.chats),
      (error: unknown) => setProblem(errorText(error)),
    );
  }, [visitor]);
  return { chats, problem };
}
