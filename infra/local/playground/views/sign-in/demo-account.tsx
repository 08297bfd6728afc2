import { useApp } from '../context.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';

export interface Account {
  email: string;
  password: string;
  name: string;
}

interface DemoProps {
  demo: Account;
  friend: Account;
  onEnter(): unknown;
}

/** Signs in to the demo account, for a first look, and says how to try the chat as two people. */
export function DemoAccount({ demo, friend, onEnter }: DemoProps) {
  const { texts } = useApp();
  const { entry } = texts;
  return (
    <section class="card demo" aria-label={entry.tryIt}>
      <h2>{entry.tryIt}</h2>
      <Button onPress={onEnter}>
        <Avatar id={demo.email} name={demo.name} />
        <span>
          <strong>{texts.entry.signInAs(demo.name)}</strong>
          <small>{entry.demoHas}</small>
        </span>
        <Icon name="forward" />
      </Button>
      <details>
        <summary>{entry.secondPersonTitle}</summary>
        <p>{texts.entry.secondPerson(friend.email, friend.password)}</p>
      </details>
    </section>
  );
}
