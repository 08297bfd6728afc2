import 'dart:io';

import 'package:dio/dio.dart';
import 'package:group_chat_client/group_chat_client.dart';
import 'package:open_filex/open_filex.dart';
import 'package:path_provider/path_provider.dart';

/// Downloads a file, unless it is still in the cache, and opens it in an app of the phone. Throws a [DioException] if it
/// cannot be downloaded, perhaps because its URL has expired, and a [FormatException] if no app opens it.
Future<void> openAttachment(Attachment attachment, {required void Function(double share) onProgress}) async {
  final Attachment(:id, :name, :mimeType, :size, :url) = attachment;
  final cache = await getTemporaryDirectory();
  final file = File('${cache.path}/chat_files/$id/${nameOnDevice(name)}');
  if (!file.existsSync() || file.lengthSync() != size) {
    // Without tokens: the URL is all that it needs.
    await Dio().download(url, file.path, onReceiveProgress: (bytes, _) => onProgress(bytes / size));
  }
  final result = await OpenFilex.open(file.path, type: mimeType);
  if (result.type != ResultType.done) throw FormatException(result.message);
}

/// The sender has chosen the name: it must not lead out of the folder, or be longer than a file system allows.
String nameOnDevice(String name) {
  final safe = name.replaceAll(RegExp(r'^\.+|[/\\]'), '_');
  return safe.length <= 80 ? safe : safe.substring(safe.length - 80);
}
