import type { Texts } from '../../texts/en/index.ts';
import type { ShownFile } from './shown-file.ts';
import { UploadProgress } from './upload-progress.tsx';

interface GridProps {
  pictures: readonly ShownFile[];
  texts: Texts;
  onFailed(): void;
  /** Opens a picture in full size. Undefined for those on their way. */
  onOpen: ((key: string) => void) | undefined;
}

/** One picture in its own proportions, several as squares. Their places have their size before they are loaded. */
export const PictureGrid = ({ pictures, texts, onFailed, onOpen }: GridProps) => (
  <div class={`pictures ${pictures.length === 1 ? 'single' : ''}`}>
    {pictures.map((picture) => {
      const style = pictures.length === 1 ? { aspectRatio: String(proportions(picture)) } : {};
      return onOpen ? (
        <button
          key={picture.key}
          type="button"
          class="picture"
          style={style}
          aria-label={texts.files.openPicture(picture.name)}
          onClick={() => onOpen(picture.key)}
        >
          <img src={smallUrl(picture)} alt="" loading="lazy" decoding="async" onError={onFailed} />
        </button>
      ) : (
        <div key={picture.key} class="picture" style={style}>
          <img src={smallUrl(picture)} alt={picture.name} />
          <UploadProgress file={picture} texts={texts} />
        </div>
      );
    })}
  </div>
);

/** Width by height. A panorama or a long screenshot shows its middle. */
const proportions = ({ width = 4, height = 3 }: ShownFile): number => Math.min(3, Math.max(0.6, width / height));

/** A GIF moves only in full. */
const smallUrl = ({ mimeType, url, thumbnailUrl }: ShownFile) =>
  mimeType === 'image/gif' ? url : (thumbnailUrl ?? url);
