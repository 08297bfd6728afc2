import 'dart:io';
import 'dart:typed_data';

/// Phones write where a video was taken into these boxes.
const _metadata = ['udta', 'meta', 'uuid'];

/// Those that contain others.
const _containers = ['moov', 'trak'];

/// Overwrites the metadata of an MP4 or QuickTime file, such as its position. Nothing moves, so the file stays playable.
Future<void> eraseMp4Metadata(File file) async {
  // Despite its name, this mode writes wherever the position is set to, and keeps the rest.
  final media = await file.open(mode: FileMode.append);
  try {
    await _eraseIn(media, 0, await media.length());
  } finally {
    await media.close();
  }
}

Future<void> _eraseIn(RandomAccessFile media, int start, int end) async {
  for (var at = start; at + 8 <= end;) {
    await media.setPosition(at);
    final header = await media.read(16);
    if (header.length < 8) return;
    final type = String.fromCharCodes(header, 4, 8);
    final (:size, :headerSize) = _sizesOf(header, rest: end - at);
    // Damaged, or not of this kind.
    if (size < headerSize || at + size > end) return;
    if (_containers.contains(type)) await _eraseIn(media, at + headerSize, at + size);
    if (_metadata.contains(type)) await _erase(media, at, size: size, headerSize: headerSize);
    at += size;
  }
}

/// Large boxes have their size behind the type, and the last one may have none.
({int size, int headerSize}) _sizesOf(Uint8List header, {required int rest}) {
  final data = ByteData.sublistView(header);
  final size = data.getUint32(0);
  if (size == 0) return (size: rest, headerSize: 8);
  if (size == 1 && header.length == 16) return (size: data.getUint64(8), headerSize: 16);
  return (size: size, headerSize: 8);
}

/// Makes it free space.
Future<void> _erase(RandomAccessFile media, int at, {required int size, required int headerSize}) async {
  await media.setPosition(at + 4);
  await media.writeString('free');
  await media.setPosition(at + headerSize);
  await media.writeFrom(Uint8List(size - headerSize));
}
