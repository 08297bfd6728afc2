import 'json.dart';

/// What is wrong with a field of a refused request or message.
class FieldError {
  FieldError.fromJson(Json json)
    : path = json['path'] as String,
      message = json['message'] as String,
      rule = json['rule'] as String?,
      limit = json['limit'] as num?;

  const FieldError({required this.path, required this.message, this.rule, this.limit});

  final String path;

  /// In English, to follow the name of the field.
  final String message;

  /// What the field breaks, such as `too_long`. There may be new ones.
  final String? rule;

  /// The bound of the rule, such as the maximum length.
  final num? limit;

  Json toJson() => {'path': path, 'message': message, 'rule': ?rule, 'limit': ?limit};
}

/// Why the backend refused a request or a message.
class Refusal {
  const Refusal(this.code, {this.message, this.fields = const {}, this.retryAfter});

  /// From an `error` frame or from [toJson].
  Refusal.fromJson(Json json) : this.of(json['code'] as String, json['message'], json['errors'], json['retryAfter']);

  /// [retryAfter] is in seconds.
  Refusal.of(this.code, Object? message, Object? errors, Object? retryAfter)
    : message = message is String ? message : null,
      fields = _byPath(errors),
      retryAfter = retryAfter is int && retryAfter > 0 ? Duration(seconds: retryAfter) : null;

  static Map<String, FieldError> _byPath(Object? errors) {
    final fields = <String, FieldError>{};
    if (errors is! List) return fields;
    for (final error in errors) {
      if (error case {'path': final String path, 'message': String _}) {
        fields.putIfAbsent(path, () => FieldError.fromJson(error as Json));
      }
    }
    return fields;
  }

  /// What to test for. Codes never change.
  final String code;

  /// In English, for codes that are newer than the app.
  final String? message;

  /// What is wrong with each field, by its path, if the code is `invalid_input`. For groups, the refused users.
  final Map<String, FieldError> fields;

  /// How long to wait before the next attempt.
  final Duration? retryAfter;

  /// To store the refusal, without [retryAfter]: nobody knows how much of it is left when it is read again.
  Json toJson() => {
    'code': code,
    'message': ?message,
    'errors': [for (final field in fields.values) field.toJson()],
  };
}
