import 'dart:async';
import 'dart:io';

import '../realtime/outbox.dart';
import '../rest/api_problem.dart';
import '../rest/chat_api.dart';
import '../rest/refusal.dart';
import 'local_file.dart';
import 'uploader.dart';

/// Uploads the files of one user's unsent messages. A message may be asked for several times, for example by a chat that
/// has just been closed and by the one that takes over: its files are uploaded once.
class Uploads {
  Uploads(this._api, this._userId, String folder) : _uploader = Uploader(_api, folder);

  final ChatApi _api;
  final String _userId;
  final Uploader _uploader;

  /// By `clientId`.
  final _running = <String, Future<Refusal?>>{};

  /// Uploads the files of a message that are not uploaded yet. Null if all of them are now, otherwise why not. Ends early
  /// if the user deletes the message.
  Future<Refusal?> complete(Outgoing message, Outbox outbox) => _running[message.clientId] ??= _once(message, outbox);

  Future<Refusal?> _once(Outgoing message, Outbox outbox) async {
    try {
      return await _complete(message, outbox);
    } finally {
      // The answer of `remove` is this future itself, so nothing may wait for it.
      unawaited(_running.remove(message.clientId));
    }
  }

  Future<Refusal?> _complete(Outgoing message, Outbox outbox) async {
    final files = message.draft.files;
    final total = files.fold(0, (sum, file) => sum + file.uploadSize);
    var done = 0;
    for (final (index, file) in files.indexed) {
      final refusal = file.id == null
          ? await _upload(
              file,
              path: 'fileIds.$index',
              onSent: (bytes) => outbox.progress(message.clientId, (done + bytes) / total),
              isWanted: () => outbox.has(message.clientId),
            )
          : null;
      if (refusal != null) return refusal;
      done += file.uploadSize;
      // The outbox stores the ids too: a restart of the app does not upload the file again.
      outbox.progress(message.clientId, done / total);
    }
    return null;
  }

  /// [path] is where the message names the file.
  Future<Refusal?> _upload(
    LocalFile file, {
    required String path,
    required void Function(int bytes) onSent,
    required bool Function() isWanted,
  }) async {
    // The file must not become that of somebody who has signed in since.
    if (_api.session.user?.id != _userId) return const Refusal('unavailable');
    try {
      file.id = await _uploader.upload(file, purpose: 'message', onSent: onSent, isWanted: isWanted);
      return null;
    } on ApiProblem catch (problem) {
      return problem.ofMessage;
    } on FileSystemException {
      return Refusal('file_refused', fields: {path: _missing(path)});
    } on Object {
      return const Refusal('unavailable');
    }
  }

  /// As the backend says it of a file that has expired.
  static FieldError _missing(String path) =>
      FieldError(path: path, message: 'is not on this device any more', rule: 'unknown_file');
}
