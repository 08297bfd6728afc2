import 'dart:io';
import 'dart:typed_data';

import 'package:group_chat_client/group_chat_client.dart';
import 'package:path_provider/path_provider.dart';

/// Where a user's files are kept until they are sent. What a picker returns may be deleted by the system at any time.
class FileFolder {
  FileFolder._(this.path);

  static Future<FileFolder> open(String userId) async {
    final support = await getApplicationSupportDirectory();
    final folder = await Directory('${support.path}/chat_files/$userId').create(recursive: true);
    // Earlier versions kept them in the folder above.
    await for (final entity in folder.parent.list()) {
      if (entity is File) await entity.rename('${folder.path}/${entity.uri.pathSegments.last}');
    }
    return FileFolder._(folder.path);
  }

  /// For `Unsent.load`.
  final String path;

  /// A name for a new file.
  static String newKey(String extension) => '${newId()}.$extension';

  File fileOf(String key) => File('$path/$key');

  Future<void> write(String key, Uint8List bytes) => fileOf(key).writeAsBytes(bytes, flush: true);

  /// Copies a file into the folder, and returns its key.
  Future<String> copy(String path, {required String extension}) async {
    final key = newKey(extension);
    await File(path).copy(fileOf(key).path);
    return key;
  }

  /// Deletes what no unsent message or draft needs.
  Future<void> clean(Unsent unsent) async {
    if (!unsent.isReadable) return;
    final needed = {
      for (final file in unsent.files) ...[file.key, file.thumbnailKey],
    };
    await for (final entity in Directory(path).list()) {
      if (!needed.contains(entity.uri.pathSegments.last)) await entity.delete();
    }
  }

  /// The user has logged out: deletes all of their files, as far as the system allows it now.
  Future<void> delete() async {
    try {
      await Directory(path).delete(recursive: true);
    } on FileSystemException {
      // The next login of this user cleans the folder.
    }
  }
}
