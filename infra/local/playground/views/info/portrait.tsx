import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';

interface PortraitProps {
  /** Whose colour it has without a picture. */
  id: string;
  name: string;
  url: string | undefined;
  /** Below the name. */
  about: string;
  /** What the user may change, with what the buttons say. */
  picture?: { label: string; change(): unknown } | undefined;
  rename?: { label: string; change(): unknown } | undefined;
}

/** Who or what a sheet is about. */
export const Portrait = ({ id, name, url, about, picture, rename }: PortraitProps) => (
  <div class="portrait-of">
    {picture ? (
      <Button id="info-picture" class="sets-picture" aria-label={picture.label} onPress={picture.change}>
        <Avatar id={id} name={name} url={url} />
        <Icon name="picture" />
      </Button>
    ) : (
      <Avatar id={id} name={name} url={url} />
    )}
    <p class="name">
      <strong dir="auto">{name}</strong>
      {rename && (
        <Button id="info-rename" class="quiet" aria-label={rename.label} onPress={rename.change}>
          <Icon name="pencil" />
        </Button>
      )}
    </p>
    <small>{about}</small>
  </div>
);
