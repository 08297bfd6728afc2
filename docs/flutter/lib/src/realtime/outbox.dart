import '../new_id.dart';
import '../rest/json.dart';
import '../rest/refusal.dart';

/// A message of mine that is not in the chat yet.
class Outgoing {
  Outgoing(this.content) : clientId = newId();

  Outgoing.fromJson(Json json)
    : clientId = json['clientId'] as String,
      content = json['content'] as String,
      refusal = json['code'] == null ? null : Refusal.fromJson(json);

  /// The same in every retry, so that the message is stored once.
  final String clientId;
  final String content;

  /// Why it failed. Null while it is being sent.
  Refusal? refusal;

  /// Whether it is on its way. Otherwise it waits for the message before, for the connection, or for the next try.
  bool sending = false;

  Json toJson() => {'clientId': clientId, 'content': content, ...?refusal?.toJson()};
}

/// My unsent messages. The next one is sent when the previous one is stored, so that they keep their order.
class Outbox {
  Outbox();

  /// Restores what [toJson] returned. A message that was stored meanwhile is not stored twice.
  Outbox.fromJson(List<dynamic> json) {
    for (final outgoing in listOf(json, Outgoing.fromJson)) {
      _byClientId[outgoing.clientId] = outgoing;
    }
  }

  final _byClientId = <String, Outgoing>{};

  List<Outgoing> get all => _byClientId.values.toList();

  /// The message to send now.
  Outgoing? get next => all.where((outgoing) => outgoing.refusal == null).firstOrNull;

  void add(String content) {
    final outgoing = Outgoing(content);
    _byClientId[outgoing.clientId] = outgoing;
  }

  /// Says whether the message is on its way.
  void mark(String clientId, {required bool sending}) => _byClientId[clientId]?.sending = sending;

  /// The message is in the chat.
  void stored(String clientId) => _byClientId.remove(clientId);

  void fail(String clientId, Refusal refusal) => _byClientId[clientId]?.refusal = refusal;

  void retry(String clientId) => _byClientId[clientId]?.refusal = null;

  List<Json> toJson() => [for (final outgoing in all) outgoing.toJson()];
}
