import 'package:dio/dio.dart';

import 'api_problem.dart';
import 'json.dart';
import 'session.dart';

/// Sends the access token with each request and keeps the session up to date with the answers. If the backend says that
/// the token has expired, it refreshes the token and repeats the request. It does not compare times itself, because a
/// phone's clock may be wrong.
class SessionInterceptor extends Interceptor {
  SessionInterceptor(this._dio, this._session);

  final Dio _dio;
  final AuthSession _session;

  @override
  void onRequest(RequestOptions options, RequestInterceptorHandler handler) {
    // A repeated request must not become that of somebody who has signed in since.
    if (options.extra['userId'] != _session.user?.id) {
      return handler.reject(DioException(requestOptions: options, error: ApiProblem.signedOut()));
    }
    final token = _session.accessToken;
    if (token != null) options.headers['Authorization'] = 'Bearer $token';
    options.extra['token'] = token;
    handler.next(options);
  }

  @override
  Future<void> onResponse(Response<dynamic> response, ResponseInterceptorHandler handler) async {
    final options = response.requestOptions;
    // A request that is neither continued nor rejected would never complete.
    try {
      await _follow(options, response.data);
      handler.next(response);
    } on Object catch (error, stackTrace) {
      handler.reject(DioException(requestOptions: options, error: error, stackTrace: stackTrace));
    }
  }

  Future<void> _follow(RequestOptions options, Object? answer) async {
    if (_isLogout(options) || _isDeletion(options)) {
      _session.leave();
      return _session.end();
    }
    if (answer case {'user': _, 'accessToken': _, 'refreshToken': _}) await _session.begin(answer as Json);
    if (answer case {'user': final Json user} when options.path.startsWith('/users/me')) await _session.update(user);
  }

  static bool _isLogout(RequestOptions options) => options.path == '/auth/logout';

  static bool _isDeletion(RequestOptions options) => options.method == 'DELETE' && options.path == '/users/me';

  @override
  Future<void> onError(DioException err, ErrorInterceptorHandler handler) async {
    try {
      handler.resolve(await _repeat(err));
    } on DioException catch (error) {
      handler.next(error);
    } on Object catch (error, stackTrace) {
      handler.next(DioException(requestOptions: err.requestOptions, error: error, stackTrace: stackTrace));
    }
  }

  /// Repeats the request with a new token. Throws the error if a new token cannot help.
  Future<Response<dynamic>> _repeat(DioException err) async {
    final options = err.requestOptions;
    final token = options.extra['token'] as String?;
    final problem = ApiProblem.of(err);
    // A late answer to an older session must not end the current one.
    if (problem != null && problem.isSignedOut && token == _session.accessToken) await _session.end();
    if (token == null || problem?.code != 'token_expired' || options.extra['repeated'] == true) throw err;
    await _session.refresh(token);
    options.extra['repeated'] = true;
    return _dio.fetch<dynamic>(options);
  }
}
