import 'package:dio/dio.dart';

import '../app_config.dart';
import '../times.dart';
import 'api_problem.dart';

/// An HTTP client for the backend, without interceptors. A function of the backend runs for up to 28 seconds, for example
/// while it marks very many chats as read.
Dio createDio() => Dio(
  BaseOptions(
    baseUrl: AppConfig.apiBaseUrl,
    connectTimeout: const Duration(seconds: 10),
    receiveTimeout: const Duration(seconds: 30),
  ),
);

/// Sends a request, up to four times while API Gateway refuses it before a function runs: safe for every request.
Future<Response<T>> repeating<T>(Future<Response<T>> Function() send) async {
  for (var tries = 0; ; tries++) {
    try {
      return await send();
    } on DioException catch (error) {
      final problem = ApiProblem.of(error);
      final wait = problem?.retryAfter ?? Times.jittered(Times.repeat, tries);
      // The user decides whether to wait longer.
      if (problem == null || !problem.isUnhandled || tries == 3 || wait > Times.repeat.max) rethrow;
      await Future<void>.delayed(wait);
    }
  }
}
