import 'package:dio/dio.dart';

import 'json.dart';
import 'refusal.dart';

/// The backend's refusal of a request. A request without an answer throws a [DioException] instead.
class ApiProblem extends Refusal implements Exception {
  /// [retryAfter] is in seconds.
  ApiProblem(this.status, Json body, [int? retryAfter])
    : isOurs = body['code'] is String,
      title = _text(body['title']) ?? 'Status $status',
      requestId = _text(body['requestId']),
      super.of(_text(body['code']) ?? _codes[status] ?? 'internal', body['title'], body['errors'], retryAfter);

  /// The session ended before a request could be sent or repeated.
  ApiProblem.signedOut() : this(401, const {'code': 'session_ended', 'title': 'This session has ended. Log in again.'});

  /// What a status means when API Gateway, a firewall or a proxy sent it, with a body of its own.
  static const _codes = {
    413: 'payload_too_large',
    429: 'too_many_requests',
    502: 'unavailable',
    503: 'unavailable',
    504: 'unavailable',
  };

  /// Null if there was no answer.
  static ApiProblem? of(DioException error) {
    if (error.error case final ApiProblem problem) return problem;
    final response = error.response;
    final status = response?.statusCode;
    if (response == null || status == null) return null;
    final body = response.data;
    final seconds = int.tryParse(response.headers.value('retry-after') ?? '');
    return ApiProblem(status, body is Json ? body : const {}, seconds);
  }

  static String? _text(Object? value) => value is String ? value : null;

  final int status;

  /// Whether the backend itself refused. A firewall or a proxy in front of it sends no code.
  final bool isOurs;

  /// What is wrong and what to do, in English.
  final String title;

  /// Finds the request in the backend's log. Show it to users who report a problem.
  final String? requestId;

  /// API Gateway refused before any function ran, so that the same request may be repeated.
  bool get isUnhandled => !isOurs && (status == 429 || status == 503);

  /// The session is over, and the user has to sign in.
  bool get isSignedOut => const {'session_ended', 'token_invalid', 'token_missing'}.contains(code);

  /// A retry would be refused too: the user is signed out, was removed from the chat, or is blocked.
  bool get isFinal => isOurs && const {401, 403, 404}.contains(status) && code != 'switched_off';

  /// What the refusal means for a message on its way: a firewall's refusal and the end of a session say nothing about it.
  Refusal get ofMessage => isOurs && status != 401 ? this : Refusal('unavailable', retryAfter: retryAfter);

  @override
  String toString() => '$code ($status): $title';
}
