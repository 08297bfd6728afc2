import 'dart:ui' as ui;

import 'package:blurhash_dart/blurhash_dart.dart';
import 'package:flutter/foundation.dart';
import 'package:flutter_image_compress/flutter_image_compress.dart';
import 'package:group_chat_client/group_chat_client.dart';
import 'package:image/image.dart' as img;

import 'file_folder.dart';

/// The shorter sides of what is made of a photo, in pixels.
const photoSide = 1600;
const avatarSide = 512;
const _thumbnailSide = 320;

const _maxThumbnailBytes = 100000;

/// Makes a picture ready to be sent. It is encoded anew, which turns it upright and leaves out its metadata: where and
/// when it was taken, and with what. A GIF stays as it is: it has no position, and would lose its movement.
///
/// Throws if the phone cannot read the picture. It must not be sent with its position instead.
Future<LocalFile> preparePicture(
  FileFolder folder, {
  required String path,
  required String name,
  int side = photoSide,
}) async {
  final type = fileTypeOf(name);
  if (type == 'image/gif') return _gif(folder, path: path, name: name);
  final isPng = type == 'image/png';
  final bytes = await FlutterImageCompress.compressWithFile(
    path,
    minWidth: side,
    minHeight: side,
    quality: 85,
    format: isPng ? CompressFormat.png : CompressFormat.jpeg,
  );
  if (bytes == null) throw FormatException('This picture cannot be read.', name);
  final key = FileFolder.newKey(isPng ? 'png' : 'jpg');
  await folder.write(key, bytes);
  final thumbnail = await _thumbnailOf(bytes);
  if (thumbnail != null) await folder.write('$key.thumbnail', thumbnail);
  final (width, height) = await _sizeOf(bytes);
  return LocalFile(
    key: key,
    // The type may be another one than before.
    name: isPng ? name : '${name.replaceFirst(RegExp(r'\.\w+$'), '')}.jpg',
    mimeType: isPng ? 'image/png' : 'image/jpeg',
    size: bytes.length,
    width: width,
    height: height,
    blurhash: thumbnail == null ? null : await compute(blurHashOf, thumbnail),
    thumbnail: thumbnail == null ? null : await _describe(thumbnail),
  );
}

Future<LocalFile> _gif(FileFolder folder, {required String path, required String name}) async {
  final key = await folder.copy(path, extension: 'gif');
  final bytes = await folder.fileOf(key).readAsBytes();
  final (width, height) = await _sizeOf(bytes);
  return LocalFile(key: key, name: name, mimeType: 'image/gif', size: bytes.length, width: width, height: height);
}

/// Null if it would be too large, as for a very long picture.
Future<Uint8List?> _thumbnailOf(Uint8List picture) async {
  for (final quality in const [70, 40, 10]) {
    final bytes = await FlutterImageCompress.compressWithList(
      picture,
      minWidth: _thumbnailSide,
      minHeight: _thumbnailSide,
      quality: quality,
    );
    if (bytes.length <= _maxThumbnailBytes) return bytes;
  }
  return null;
}

Future<LocalThumbnail> _describe(Uint8List thumbnail) async {
  final (width, height) = await _sizeOf(thumbnail);
  return LocalThumbnail(size: thumbnail.length, width: width, height: height);
}

/// Reads only the beginning of the picture.
Future<(int width, int height)> _sizeOf(Uint8List bytes) async {
  final buffer = await ui.ImmutableBuffer.fromUint8List(bytes);
  final descriptor = await ui.ImageDescriptor.encoded(buffer);
  final size = (descriptor.width, descriptor.height);
  descriptor.dispose();
  buffer.dispose();
  return size;
}

img.Image _reduced(img.Image picture) => img.copyResize(picture, width: 32, interpolation: img.Interpolation.average);

/// The BlurHash of a JPEG. So few pixels are enough for its twelve components.
String? blurHashOf(Uint8List jpeg) {
  final picture = img.decodeJpg(jpeg);
  return picture == null ? null : BlurHash.encode(_reduced(picture)).hash;
}
