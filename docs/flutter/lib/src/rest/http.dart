import 'package:dio/dio.dart';

import '../app_config.dart';

/// An HTTP client for the backend, without interceptors.
Dio createDio() => Dio(
  BaseOptions(
    baseUrl: AppConfig.apiBaseUrl,
    connectTimeout: const Duration(seconds: 10),
    receiveTimeout: const Duration(seconds: 10),
  ),
);
