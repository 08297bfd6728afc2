import { Icon } from '../parts/icon.tsx';
import type { FileProps } from './shown-file.ts';
import { sizeText } from './size-text.ts';

/** It loads when it is played. Its first frame, if its sender had one, stands for it until then. */
export const Video = ({ file, onFailed }: FileProps) => (
  // biome-ignore lint/a11y/useMediaCaption: a user's own recording has none
  <video
    controls
    playsInline
    preload={file.thumbnailUrl ? 'none' : 'metadata'}
    poster={file.thumbnailUrl}
    src={file.url}
    style={{ aspectRatio: `${file.width ?? 4} / ${file.height ?? 3}` }}
    aria-label={file.name}
    onError={onFailed}
  />
);

export const AudioPlayer = ({ file, texts, onFailed }: FileProps) => (
  <>
    <FileRow file={file} texts={texts} onFailed={onFailed} />
    {/* biome-ignore lint/a11y/useMediaCaption: a user's own recording has none */}
    <audio controls preload="none" src={file.url} aria-label={file.name} onError={onFailed} />
  </>
);

/** What the browser only downloads. */
export const FileRow = ({ file: { name, size, url }, texts }: FileProps) => (
  <div class="file-row">
    <Icon name="file" />
    <span class="about">
      <span dir="auto">{name}</span>
      <small>{sizeText(size, texts.files)}</small>
    </span>
    {url !== undefined && (
      <a href={url} download={name} aria-label={texts.files.download(name)} title={texts.files.download(name)}>
        <Icon name="download" />
      </a>
    )}
  </div>
);
