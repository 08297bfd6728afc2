import { useState } from 'preact/hooks';
import type { Chat } from '#shared/contract/chats/chat.ts';
import { Button } from '../views/parts/controls.tsx';
import { Select } from '../views/parts/fields/select.tsx';
import type { AsyncApi } from './asyncapi.ts';
import type { Connection } from './connection.ts';
import type { Visitor } from './docs-session.ts';
import { errorText } from './error-text.ts';
import { Line } from './prose.tsx';

interface ConnectProps {
  spec: AsyncApi;
  channel: string;
  onChannel(channel: string): void;
  chats: readonly Chat[];
  chatId: string;
  onChat(chatId: string): void;
  visitor: Visitor | undefined;
  connection: Connection;
}

/** How a client says who it is. The page does this by itself. */
const credentials = ['token', 'ticket'];

/** Chooses a channel and its options, and connects with a ticket of the person who is signed in. */
export function ConnectForm(props: ConnectProps) {
  const { spec, channel, chats, chatId, visitor, connection } = props;
  const [options, setOptions] = useState<readonly string[]>(['events']);
  const [problem, setProblem] = useState('');
  const { address = '', bindings } = spec.channels[channel] ?? {};
  const needsChat = address.includes('{chatId}');
  const query = Object.entries(bindings?.ws.query.properties ?? {}).filter(([name]) => !credentials.includes(name));
  const connect = async () => {
    setProblem('');
    if (!visitor) return setProblem('Sign in in the chat, then reload this page.');
    try {
      const { ticket } = await visitor.api.createTicket();
      const chosen = query.filter(([name]) => options.includes(name)).map(([name]) => `&${name}=1`);
      const url = socketUrl(visitor.api.wsUrl, needsChat ? chatId : undefined) + chosen.join('');
      connection.open(url.replace('ticket=', `ticket=${ticket}`), url.replace('ticket=', 'ticket=…'));
      return undefined;
    } catch (error) {
      return setProblem(errorText(error));
    }
  };
  const switchOption = (name: string) =>
    setOptions(options.includes(name) ? options.filter((one) => one !== name) : [...options, name]);
  return (
    <div class="connect">
      <Select
        label="Channel"
        value={channel}
        options={Object.entries(spec.channels).map(([value, { title, address: path }]) => ({
          value,
          label: `${title}: ${path}`,
        }))}
        onChoose={props.onChannel}
      />
      <Select
        label={needsChat ? 'Chat' : 'Chat in the frames below'}
        value={chatId}
        options={chats.map(({ id, name }) => ({ value: id, label: name }))}
        onChoose={props.onChat}
      />
      {query.map(([name, { description }]) => (
        <label key={name} class="option">
          <input type="checkbox" checked={options.includes(name)} onChange={() => switchOption(name)} />
          <span>
            <code>{name}=1</code>{' '}
            <small>
              <Line text={description ?? ''} />
            </small>
          </span>
        </label>
      ))}
      {connection.state === 'closed' ? (
        <Button class="primary" onPress={connect}>
          Connect
        </Button>
      ) : (
        <Button onPress={() => connection.close()}>Disconnect</Button>
      )}
      <p class="complaint" role="alert">
        {problem}
      </p>
    </div>
  );
}

/** The URL of a socket, without its ticket. A base URL that ends with /live is API Gateway's own, which takes no path. */
function socketUrl(wsUrl: string, chatId: string | undefined): string {
  if (wsUrl.endsWith('/live')) return `${wsUrl}?${chatId ? `chatId=${chatId}` : 'inbox=1'}&ticket=`;
  return `${wsUrl}/ws/${chatId ? `chat/${chatId}` : 'inbox'}?ticket=`;
}
