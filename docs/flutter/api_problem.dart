import 'package:dio/dio.dart';

import 'models.dart';

/// Why the backend refused. What never arrived is a DioException without a response.
class ApiProblem implements Exception {
  ApiProblem(this.status, Json body, this.retryAfter)
      : isOurs = body['code'] is String,
        code = body['code'] is String
            ? body['code'] as String
            : status == 429
                ? 'too_many_requests'
                : 'internal',
        title = body['title'] as String? ?? 'Status $status',
        requestId = body['requestId'] as String?,
        fields = {
          for (final error in body['errors'] as List<dynamic>? ?? const [])
            (error as Json)['path'] as String: error['message'] as String,
        };

  /// Null if the error is no answer of the backend.
  static ApiProblem? of(DioException error) {
    final response = error.response;
    final status = response?.statusCode;
    if (response == null || status == null) return null;
    final body = response.data;
    final seconds = int.tryParse(response.headers.value('retry-after') ?? '');
    return ApiProblem(status, body is Json ? body : const {}, seconds == null ? null : Duration(seconds: seconds));
  }

  final int status;

  /// Whether the backend itself has refused, and not something on the way to it: a firewall or a proxy gives no code.
  final bool isOurs;

  /// What to test for: it never changes.
  final String code;

  /// For people, in English.
  final String title;

  /// Leads to the request in the backend's log: show it to people who report a problem.
  final String? requestId;

  /// What is wrong with which field, with the code `invalid_input`.
  final Map<String, String> fields;

  /// How long to wait before it makes sense to ask again.
  final Duration? retryAfter;

  /// The session is over: the user has to sign in.
  bool get isSignedOut => const {'session_ended', 'token_invalid', 'token_missing'}.contains(code);

  @override
  String toString() => '$code ($status): $title';
}
