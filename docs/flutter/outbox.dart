import 'dart:math';

import 'models.dart';

/// A message of mine that is not in the chat yet.
class Outgoing {
  Outgoing(this.content)
      : clientId = List.generate(4, (_) => _random.nextInt(0xffffffff).toRadixString(36)).join(),
        since = DateTime.now();

  /// As [toJson] has kept it.
  Outgoing.kept(Json json)
      : clientId = json['clientId'] as String,
        content = json['content'] as String,
        code = json['code'] as String?,
        since = DateTime.parse(json['since'] as String);

  static final _random = Random.secure();

  /// The same on every try, so that the message is stored once.
  final String clientId;
  final String content;

  /// Why it failed; null while it is being sent.
  String? code;

  /// When the user sent it, or last asked for another try.
  DateTime since;

  Json toJson() => {
        'clientId': clientId,
        'content': content,
        if (code != null) 'code': code,
        'since': since.toIso8601String(),
      };
}

/// My messages on their way. One is sent after the other came back, so that they stay in my order.
class Outbox {
  Outbox();

  /// As [toJson] has kept it: `Outbox.kept(jsonDecode(text) as List)`.
  Outbox.kept(List<dynamic> kept) {
    for (final outgoing in listOf(kept, Outgoing.kept)) {
      _byClientId[outgoing.clientId] = outgoing;
    }
  }

  final _byClientId = <String, Outgoing>{};

  List<Outgoing> get all => _byClientId.values.toList();

  /// The one to send now.
  Outgoing? get next => all.where((outgoing) => outgoing.code == null).firstOrNull;

  void add(String content) {
    final outgoing = Outgoing(content);
    _byClientId[outgoing.clientId] = outgoing;
  }

  /// It is in the chat.
  void stored(String clientId) => _byClientId.remove(clientId);

  void fail(String clientId, String code) => _byClientId[clientId]?.code = code;

  /// The user asks for another try.
  void retry(String clientId) => _byClientId[clientId]
    ?..code = null
    ..since = DateTime.now();

  List<Json> toJson() => [for (final outgoing in all) outgoing.toJson()];
}
