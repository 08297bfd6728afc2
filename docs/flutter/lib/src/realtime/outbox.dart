import 'package:flutter/foundation.dart';

import '../new_id.dart';
import '../rest/json.dart';
import '../rest/refusal.dart';
import '../times.dart';
import 'message_draft.dart';

/// A message of mine that is not in the chat yet.
class Outgoing {
  Outgoing(this.draft) : clientId = newId(), writtenAt = DateTime.now();

  Outgoing.fromJson(Json json)
    : clientId = json['clientId'] as String,
      draft = MessageDraft.fromJson(json),
      writtenAt = DateTime.parse(json['writtenAt'] as String),
      refusal = json['code'] == null ? null : Refusal.fromJson(json);

  /// The same in every retry, so that the message is stored once.
  final String clientId;
  final MessageDraft draft;

  String get content => draft.content;

  /// When the user wrote it, or last asked to send it again.
  DateTime writtenAt;

  /// Why it failed. Null while it is being sent.
  Refusal? refusal;

  /// Whether it is on its way. Otherwise it waits for the message before, for the connection, or for the next try.
  bool sending = false;

  /// Whether it has waited for so long that the user should decide whether it is still worth sending.
  bool get isTooOld => DateTime.now().difference(writtenAt) > Times.unsent;

  /// Whether all of its files are uploaded.
  bool get isUploaded => draft.fileIds.length == draft.files.length;

  /// The share of the files' bytes that is uploaded, from 0 to 1.
  double progress = 0;

  /// Whether files were uploaded a second time, because the backend did not have them any more.
  bool _isUploadedAnew = false;

  /// Forgets that its files were uploaded.
  void _forgetUploads() {
    progress = 0;
    for (final file in draft.files) {
      file.id = null;
    }
  }

  Json toJson() => {
    'clientId': clientId,
    ...draft.toJson(),
    'writtenAt': writtenAt.toUtc().toIso8601String(),
    ...?refusal?.toJson(),
  };
}

/// My unsent messages in one chat. The next one is sent when the previous one is stored, so that they keep their order.
class Outbox extends ChangeNotifier {
  final _byClientId = <String, Outgoing>{};

  List<Outgoing> get all => _byClientId.values.toList();

  /// The message to send now.
  Outgoing? get next => all.where((outgoing) => outgoing.refusal == null).firstOrNull;

  bool has(String clientId) => _byClientId.containsKey(clientId);

  /// Puts a stored message back. Listeners hear nothing.
  void restore(Outgoing outgoing) => _byClientId[outgoing.clientId] = outgoing;

  void add(Outgoing outgoing) {
    restore(outgoing);
    notifyListeners();
  }

  /// The message is in the chat, or the user has deleted it.
  void remove(String clientId) {
    if (_byClientId.remove(clientId) != null) notifyListeners();
  }

  /// Says whether the message is on its way.
  void mark(String clientId, {required bool sending}) => _change(clientId, (outgoing) => outgoing.sending = sending);

  void fail(String clientId, Refusal refusal) => _change(clientId, (outgoing) => outgoing.refusal = refusal);

  /// Says how much of its files is uploaded. Listeners hear of each percent.
  void progress(String clientId, double share) {
    final known = _byClientId[clientId]?.progress ?? 0;
    if (share < 1 && (share * 100).floor() == (known * 100).floor()) return;
    _change(clientId, (outgoing) => outgoing.progress = share);
  }

  /// Lets its files be uploaded again, after the backend refused them. False if that was tried already.
  bool uploadAnew(String clientId) {
    final outgoing = _byClientId[clientId];
    if (outgoing == null || outgoing._isUploadedAnew) return false;
    outgoing._isUploadedAnew = true;
    outgoing._forgetUploads();
    return true;
  }

  void retry(String clientId) => _change(clientId, (outgoing) {
    if (outgoing.refusal?.code == 'file_refused') outgoing._forgetUploads();
    outgoing.refusal = null;
    outgoing.writtenAt = DateTime.now();
  });

  void _change(String clientId, void Function(Outgoing outgoing) change) {
    final outgoing = _byClientId[clientId];
    if (outgoing == null) return;
    change(outgoing);
    notifyListeners();
  }
}
