import 'package:dio/dio.dart';

import 'api_problem.dart';
import 'http.dart';
import 'json.dart';
import 'session.dart';
import 'session_interceptor.dart';

/// Sends the requests of `ChatApi` with the tokens of the session.
class ApiClient {
  ApiClient(this._session) {
    _dio.interceptors.add(SessionInterceptor(_dio, _session));
  }

  final AuthSession _session;

  final _dio = createDio();

  /// The body of the answer. Throws an [ApiProblem] if the backend refuses, and a [DioException] if there is no answer.
  Future<Json> send(String method, String path, {Json? query, Json? body}) async {
    final isLogout = path == '/auth/logout';
    if (isLogout) _session.leave();
    try {
      final options = Options(
        method: method,
        // The user waits for a logout, whose answer makes no difference.
        receiveTimeout: isLogout ? const Duration(seconds: 10) : null,
        extra: {'userId': _session.user?.id},
      );
      final answer = await repeating(
        () => _dio.request<Json>(path, queryParameters: query, data: body, options: options),
      );
      return answer.data ?? const {};
    } on DioException catch (error) {
      throw ApiProblem.of(error) ?? error;
    } finally {
      // Logging out signs the device out even if the request fails.
      if (isLogout) await _session.end();
    }
  }
}
