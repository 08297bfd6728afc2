/** An account for trying things out; the runner creates it at every start unless it exists. */
export const demoAccount = { email: 'demo@example.com', password: 'demo password', name: 'Demo' };

export interface DemoAccount {
  email: string;
  password: string;
  accessToken: string;
  chatId: string;
}

/** Logs in over the REST API like any client. Creates the account and a chat unless they exist. */
export async function openDemoAccount(url: string): Promise<DemoAccount> {
  const { email, password } = demoAccount;
  const post = (path: string, body: object, token = '') =>
    fetch(url + path, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: JSON.stringify(body) });
  const login = await post('/auth/login', { email, password });
  const answer = login.ok ? login : await post('/auth/register', demoAccount);
  const { accessToken } = (await answer.json()) as { accessToken: string };
  const listed = await fetch(`${url}/chats`, { headers: { authorization: `Bearer ${accessToken}` } });
  const { chats } = (await listed.json()) as { chats: { id: string }[] };
  if (chats[0]) return { email, password, accessToken, chatId: chats[0].id };
  const made = await post('/groups', { name: 'Demo', participantIds: [] }, accessToken);
  const { group } = (await made.json()) as { group: { id: string } };
  return { email, password, accessToken, chatId: group.id };
}
