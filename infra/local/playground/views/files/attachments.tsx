import type { Texts } from '../../texts/en/index.ts';
import { AudioPlayer, FileRow, Video } from './media.tsx';
import { PictureGrid } from './picture-grid.tsx';
import { type FileProps, lookOf, type ShownFile } from './shown-file.ts';
import { UploadProgress } from './upload-progress.tsx';
import { VoicePlayer } from './voice-player.tsx';

interface AttachmentsProps {
  files: readonly ShownFile[];
  texts: Texts;
  /** A file could not be loaded: its URL may have expired. */
  onFailed?(): void;
  /** Opens a picture in full size. */
  onOpen?(key: string): void;
}

/** The files of a message: its pictures as a grid, then everything else. */
export function Attachments({ files, texts, onFailed = () => {}, onOpen }: AttachmentsProps) {
  const pictures = files.filter((file) => lookOf(file) === 'picture');
  const others = files.filter((file) => lookOf(file) !== 'picture');
  return (
    <div class="files">
      {pictures.length > 0 && <PictureGrid pictures={pictures} texts={texts} onFailed={onFailed} onOpen={onOpen} />}
      {others.map((file) => (
        <div key={file.key} class="file">
          <OtherFile file={file} texts={texts} onFailed={onFailed} />
          <UploadProgress file={file} texts={texts} />
        </div>
      ))}
    </div>
  );
}

function OtherFile(props: FileProps) {
  const look = lookOf(props.file);
  if (look === 'video') return <Video {...props} />;
  if (look === 'voice') return <VoicePlayer {...props} />;
  return look === 'audio' ? <AudioPlayer {...props} /> : <FileRow {...props} />;
}
